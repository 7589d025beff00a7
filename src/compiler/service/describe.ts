/** What is said of a name: a line of TypeScript, and its documentation as Markdown. Pure. */

import type { Description } from '../../protocol/language.ts';
import { builtinDoc, builtinView } from './builtinDocs.ts';
import { commentAbove, readComment } from './docComments.ts';
import { type Evaluator, holderOf } from './evaluate.ts';
import type { LibraryEntry } from './libraryDocs.ts';
import type { Declaration } from './scopes.ts';
import type { Knowledge } from './textModel.ts';
import { present, printCall, printView, type View } from './views.ts';

/** A name as it is used at a position. */
export function describeName(
  name: string,
  declaration: Declaration | null,
  evaluator: Evaluator,
  { docs }: Knowledge,
): Description | null {
  if (declaration) return describeOwn(declaration, evaluator);
  const builtin = builtinDoc('global', name);
  if (builtin) {
    const view = builtinView(builtin);
    const code = view.kind === 'function' ? printCall(name, view) : `const ${name}: ${printView(view)}`;
    return { code, text: builtin.text };
  }
  const entry = docs.find(name);
  return entry && describeEntry(entry);
}

export function describeEntry(entry: LibraryEntry): Description {
  const { view, name } = entry;
  const code = view.kind === 'function' ? `function ${printCall(name, view)}` : `const ${name}: ${printView(view)}`;
  return { code, text: documentation(entry, true) };
}

function describeOwn(declaration: Declaration, evaluator: Evaluator): Description {
  const { name, kind } = declaration;
  const view = evaluator.declarationType(declaration);
  return { code: codeOf(name, kind, view), text: ownText(declaration, view, evaluator.text) };
}

function codeOf(name: string, kind: Declaration['kind'], view: View): string {
  if (kind === 'type') return `type ${name}`;
  if (kind === 'class') return `class ${name}`;
  if (kind === 'function' && view.kind === 'function') return `function ${printCall(name, view)}`;
  const head = kind === 'parameter' ? `(parameter) ${name}` : `${kind} ${name}`;
  return view.kind === 'unknown' ? head : `${head}: ${printView(view)}`;
}

/** Its own comment, and what the library says of what it is. */
function ownText({ kind, statement }: Declaration, view: View, text: string): string {
  const comment = kind === 'parameter' ? '' : commentAbove(text, statement.start ?? 0);
  const { summary, parameters } = readComment(escaped(comment));
  const own = [summary, listOf(parameters)].filter(Boolean).join('\n\n');
  const type = present(view);
  const entry = type.kind === 'function' ? type.entry : null;
  if (!entry) return own;
  // What a factory takes is not said where its closure is used.
  const told = type.kind === 'function' ? type.parameters.map((parameter) => parameter.name) : [];
  const used = entry.parameters.filter((parameter) => told.includes(parameter.name));
  const made = `Made by \`${entry.name}\`: ${lowered(entry.summary)}`;
  return [own, made, listOf(used), entry.returns && `Returns ${entry.returns}.`].filter(Boolean).join('\n\n');
}

/** A patch may be a stranger's: no links, no pictures, no HTML from its comments. */
const escaped = (text: string): string => text.replace(/[[\]<>&!:\\]|(?<=www)\./g, '\\$&');

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** One line, the parameters with their units and ranges, and an example. */
export function documentation(entry: LibraryEntry, withExample: boolean): string {
  const { summary, parameters, returns, example } = entry;
  return [
    summary,
    listOf(parameters),
    returns && `Returns ${returns}.`,
    withExample && example && `\`\`\`ts\n${example}\n\`\`\``,
  ]
    .filter(Boolean)
    .join('\n\n');
}

const listOf = (parameters: LibraryEntry['parameters']): string =>
  parameters.map(({ name, text }) => `- \`${name}\`: ${text}`).join('\n');

/** A member of a value of a type. */
export function describeMember(object: View, name: string, evaluator: Evaluator): Description | null {
  const type = present(object);
  const view = evaluator.memberType(object, name);
  const holder = holderOf(type);
  const doc = holder && builtinDoc(holder, name);
  const owner = type.kind === 'namespace' ? `${type.name}.` : '';
  if (view.kind === 'unknown' && !doc) return null;
  const isMethod = view.kind === 'function' && doc;
  const code = isMethod ? printCall(`${owner}${name}`, view) : `(member) ${owner}${name}: ${printView(view)}`;
  const entry = view.kind === 'function' ? view.entry : null;
  return { code, text: doc ? doc.text : entry ? documentation(entry, false) : '' };
}
