/**
 * A patch without a default export: guesses which of its functions is meant, and what the last line would be. In: a text and its
 * tree. Out: the mistake, and the edit that makes a patch of it.
 */

import type * as Babel from '@babel/types';
import { diagnose } from '../language/diagnostics.ts';
import type { Diagnostic, Fix, Span } from '../protocol/diagnostic.ts';

interface Candidate {
  readonly name: string;
  readonly span: Span;
  /** A declaration, which `export default` can be put in front of. */
  readonly isDeclared: boolean;
  readonly parameters: readonly Babel.Node[];
  /** What is exported: the name, or a function that calls it with what it takes. */
  readonly play: string;
}

/** What such functions are called in other environments. */
const NAMES = /^(?:dsp|main|loop|process|play|render|sound|audio|tick|run)$/i;
const TIMES = /^(?:t|time|s|seconds)$/;
const RATES = /^(?:sampleRate|samplerate|sr|fs|rate)$/;
/** What objects that make samples are asked for the next one with. */
const METHODS = /^(?:process|tick|next|render|sample|run)$/;

export function noDefaultExport(text: string, statements: readonly Babel.Statement[]): Diagnostic {
  const meant = candidateIn(statements);
  if (meant) {
    const isFunction = meant.isDeclared && meant.play === meant.name;
    return diagnose(meant.span, 'no-default-export', isFunction ? `function ${meant.name}` : meant.play, isFunction);
  }
  const end = text.trimEnd().length;
  return diagnose({ start: Math.max(0, end - 1), end }, 'no-default-export', null, false);
}

/** The last line of a program, or the words in front of its function. */
export function functionToPlay(text: string, statements: readonly Babel.Statement[]): Fix | null {
  const meant = candidateIn(statements) ?? classIn(statements);
  if (!meant) return null;
  if (meant.isDeclared && meant.play === meant.name) {
    const at = { start: meant.span.start, end: meant.span.start };
    return { title: `play \`${meant.name}\``, edits: [{ span: at, text: 'export default ' }] };
  }
  const end = text.trimEnd().length;
  const line = `\n\n${meant.play.startsWith('const ') ? meant.play : `export default ${meant.play}`}\n`;
  return { title: `play \`${meant.name}\``, edits: [{ span: { start: end, end: text.length }, text: line }] };
}

/** `export default class`: an instance of it is played instead. */
export function classToPlay(text: string, statements: readonly Babel.Statement[], { start, end }: Span): Fix | null {
  const isClass = /^class\b/.test(text.slice(start, end));
  const words = isClass ? /\bexport\s+default\s+$/.exec(text.slice(0, start))?.[0] : undefined;
  const meant = words === undefined ? null : classIn(statements);
  if (!meant || words === undefined) return null;
  const last = text.trimEnd().length;
  return {
    title: `play \`${meant.name}\``,
    edits: [
      { span: { start: start - words.length, end: start }, text: '' },
      { span: { start: last, end: text.length }, text: `\n\n${meant.play}\n` },
    ],
  };
}

function candidateIn(statements: readonly Babel.Statement[]): Candidate | undefined {
  const candidates = statements.flatMap(candidatesIn);
  return candidates.find(({ name }) => NAMES.test(name)) ?? candidates.findLast(takesTime);
}

function candidatesIn(outer: Babel.Statement): Candidate[] {
  const statement = outer.type === 'ExportNamedDeclaration' ? outer.declaration : outer;
  if (statement?.type === 'FunctionDeclaration' && statement.id) {
    const { id, params } = statement;
    // A named export would have to lose its `export` first: a line at the end is simpler.
    const isDeclared = outer === statement;
    const start = isDeclared ? statement.start! : id.start!;
    return [{ ...candidate(id.name, params), span: { start, end: id.end! }, isDeclared }];
  }
  if (statement?.type !== 'VariableDeclaration') return [];
  return statement.declarations.flatMap(({ id, init }) => {
    const isFunction = init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression';
    if (id.type !== 'Identifier' || !isFunction) return [];
    const start = id.start!;
    return [{ ...candidate(id.name, init.params), span: { start, end: start + id.name.length }, isDeclared: false }];
  });
}

function candidate(name: string, parameters: readonly Babel.Node[]): Pick<Candidate, 'name' | 'parameters' | 'play'> {
  const [, second, third] = parameters;
  const takesRate = second?.type === 'Identifier' && RATES.test(second.name) && !third;
  return { name, parameters, play: takesRate ? `(t) => ${name}(t, sampleRate)` : name };
}

const takesTime = ({ parameters: [first, second, third], play, name }: Candidate): boolean =>
  first?.type === 'Identifier' && TIMES.test(first.name) && (!second || (play !== name && !third));

/** The last class with a method that makes a sample: an instance is made, and asked in every frame. */
function classIn(statements: readonly Babel.Statement[]): Candidate | null {
  for (const outer of statements.toReversed()) {
    const isExported = outer.type === 'ExportNamedDeclaration' || outer.type === 'ExportDefaultDeclaration';
    const statement = isExported ? outer.declaration : outer;
    if (statement?.type !== 'ClassDeclaration' || !statement.id) continue;
    const methods = statement.body.body.filter((member) => member.type === 'ClassMethod');
    const made = methods.find(({ kind }) => kind === 'constructor')?.params ?? [];
    const next = methods.find(
      ({ key, params, kind }) =>
        kind === 'method' && key.type === 'Identifier' && METHODS.test(key.name) && params.length <= 1,
    );
    const takesRate = made.length === 1 && made[0]?.type === 'Identifier' && RATES.test(made[0].name);
    if (next?.key.type !== 'Identifier' || (made.length > 0 && !takesRate)) continue;
    const { id } = statement;
    const time = next.params.length > 0 ? 't' : '';
    const instance = `${id.name.charAt(0).toLowerCase()}${id.name.slice(1)}`;
    const own = instance === id.name ? `${instance}1` : instance;
    const play = `const ${own} = new ${id.name}(${takesRate ? 'sampleRate' : ''})\nexport default (${time}) => ${own}.${next.key.name}(${time})`;
    return { name: id.name, span: { start: id.start!, end: id.end! }, isDeclared: false, parameters: [], play };
  }
  return null;
}

const BIT_OPERATION = /[^&]&[^&]|[^|]\|[^|]|\^|>>|<</;
const BYTEBEAT_HZ = 8000;
/** `t / 44100` and the like: the expression counts frames at this rate. */
const DIVIDED_BY_RATE = /(?:\bt\s*\/\s*(8000|16000)|\/\s*(11025|22050|32000|44100|48000))\b/;

/**
 * A bytebeat or floatbeat: an expression with `t` that stands alone. `span`: the first `t`. The first kind counts frames at
 * 8000 Hz and makes bytes.
 */
export function expressionToPlay(text: string, statements: readonly Babel.Statement[], span: Span): Fix | null {
  if (text.slice(span.start, span.end) !== 't') return null;
  if (statements.some(({ type }) => type === 'ExportDefaultDeclaration')) return null;
  const last = statements.at(-1);
  if (last?.type !== 'ExpressionStatement') return null;
  const { start, end } = last.expression;
  if ((start ?? 0) > span.start || (end ?? 0) < span.end) return null;
  const written = text.slice(start ?? 0, end ?? 0);
  const divided = DIVIDED_BY_RATE.exec(written);
  const rate = divided?.[1] ?? divided?.[2];
  const isBytes = !rate && BIT_OPERATION.test(written);
  const statement = { start: last.start ?? 0, end: last.end ?? 0 };
  const counted = (hz: number | string, sample: string): string =>
    `export default () => {\n  const t = Math.floor((currentFrame * ${hz}) / sampleRate)\n  return ${sample}\n}`;
  const played = isBytes
    ? counted(BYTEBEAT_HZ, `((${written}) & 255) / 128 - 1`)
    : rate
      ? counted(rate, written)
      : `export default (t) => ${written}`;
  const title = isBytes
    ? 'play it as bytebeat, 8000 Hz'
    : rate
      ? `play it at ${rate} Hz`
      : 'play it, with `t` in seconds';
  return { title, edits: [{ span: statement, text: played }] };
}
