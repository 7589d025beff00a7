/**
 * What puts a mistake right, where that is obvious from the text around it. In: a text, its tree and its mistakes. Out: the same
 * mistakes, some of them with edits. What the message itself is about is in src/language/obviousFixes.ts.
 */

import type * as Babel from '@babel/types';
import type { Diagnostic, Fix, Span, TextEdit } from '../protocol/diagnostic.ts';
import { withoutFences } from './fences.ts';
import { classToPlay, expressionToPlay, functionToPlay } from './noDefaultExport.ts';
import { scopesOf } from './service/scopes.ts';

export function withFixes(
  text: string,
  statements: readonly Babel.Statement[],
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) => {
    const fix = diagnostic.fix ?? fixOf(text, statements, diagnostic);
    return fix ? { ...diagnostic, fix } : diagnostic;
  });
}

/** The text with these edits, which do not overlap. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  let made = text;
  for (const { span, text: put } of edits.toSorted((a, b) => b.span.start - a.span.start)) {
    made = made.slice(0, span.start) + put + made.slice(span.end);
  }
  return made;
}

function fixOf(text: string, statements: readonly Babel.Statement[], diagnostic: Diagnostic): Fix | null {
  const { code, span, message } = diagnostic;
  switch (code) {
    case 'hides-library':
      return renamed(text, statements, diagnostic);
    case 'assign-to-const':
      return madeVariable(text, diagnostic);
    case 'undefined-name':
      return expressionToPlay(text, statements, span) ?? declared(text, statements, diagnostic);
    case 'no-default-export':
      return functionToPlay(text, statements);
    case 'array-of-holes': {
      const array = /^(?:new\s+)?Array\([^()]*\)/.exec(text.slice(span.start, span.end));
      return array && { title: 'fill with 0', edits: [insertion(span.start + array[0].length, '.fill(0)')] };
    }
    case 'refused':
      return classToPlay(text, statements, span) ?? exportedOtherwise(text, span) ?? withoutWord(text, span);
    case 'syntax': {
      const missing = /^A `(.)` is missing before this/.exec(message)?.[1];
      if (missing) return { title: `add \`${missing}\``, edits: [insertion(span.start, missing)] };
      return message.startsWith('This line marks a code block') ? unfenced(text) : null;
    }
    default:
      return null;
  }
}

const insertion = (at: number, text: string): TextEdit => ({ span: { start: at, end: at }, text });

/** `const chorus = chorus()`: the own one gets another name, everywhere but where the library's is meant. */
function renamed(text: string, statements: readonly Babel.Statement[], { span, related }: Diagnostic): Fix | null {
  const declaredAt = related?.[0]?.span.start;
  const { occurrences } = scopesOf(statements, text.length);
  const declaration = occurrences.find((one) => one.span.start === declaredAt)?.declaration;
  if (!declaration) return null;
  const { name } = declaration;
  const taken = new Set(occurrences.map((one) => one.name));
  const wish = `my${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  let free = wish;
  for (let count = 2; taken.has(free); count++) free = `${wish}${count}`;
  const edits = declaration.occurrences
    .filter((one) => one.span.start !== span.start)
    .map((one): TextEdit => ({ span: one.span, text: one.isShorthand ? `${name}: ${free}` : free }));
  return { title: `rename yours to \`${free}\``, edits };
}

function madeVariable(text: string, { related }: Diagnostic): Fix | null {
  const at = related?.[0]?.span.start ?? 0;
  const head = /\bconst(\s+)$/.exec(text.slice(0, at));
  if (!head) return null;
  const start = at - head[0].length;
  return { title: 'declare it with `let`', edits: [{ span: { start, end: start + 'const'.length }, text: 'let' }] };
}

/** Something is assigned to a name that is not declared: it is state, and belongs to the top level. */
function declared(text: string, statements: readonly Babel.Statement[], { span, message }: Diagnostic): Fix | null {
  const name = text.slice(span.start, span.end);
  const statement = statements.find(({ start, end }) => (start ?? 0) <= span.start && span.end <= (end ?? 0));
  if (!statement || !message.includes(`as in \`let ${name} = 0\``)) return null;
  return { title: `declare \`let ${name} = 0\``, edits: [insertion(statement.start ?? 0, `let ${name} = 0\n`)] };
}

/** `module.exports = f` */
function exportedOtherwise(text: string, { start }: Span): Fix | null {
  const found = /^module\.exports\s*=\s*/.exec(text.slice(start))?.[0];
  if (found === undefined) return null;
  const edit = { span: { start, end: start + found.length }, text: 'export default ' };
  return { title: 'write `export default`', edits: [edit] };
}

/** What can be left out without a change of meaning. */
const LEFT_OUT = /^(?:debugger;?|async\s+(?=\S)|export\s*\{[^}]*\};?)/;

function withoutWord(text: string, { start, end }: Span): Fix | null {
  const there = text.slice(start, end);
  if (/^\d+n$/.test(there)) return { title: 'leave out the `n`', edits: [{ span: { start: end - 1, end }, text: '' }] };
  const found = LEFT_OUT.exec(there)?.[0];
  if (found === undefined) return null;
  const word = /^\w+/.exec(found)?.[0] ?? found;
  return { title: `leave out \`${word}\``, edits: [{ span: { start, end: start + found.length }, text: '' }] };
}

function unfenced(text: string): Fix | null {
  const inside = withoutFences(text)?.text;
  if (inside === undefined) return null;
  const lines = inside.split('\n').map((line) => line.trimEnd());
  return {
    title: 'keep only the code',
    edits: [{ span: { start: 0, end: text.length }, text: `${lines.join('\n').trim()}\n` }],
  };
}
