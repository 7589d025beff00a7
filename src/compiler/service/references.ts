/** Where a name is declared and used, and what has to change for it to have another one. Pure. */

import type { TextEdit } from '../../protocol/diagnostic.ts';
import type { Highlight, Place, Renaming } from '../../protocol/language.ts';
import { builtinDoc } from './builtinDocs.ts';
import { type Declaration, lookUp, type NameScope, type Occurrence, scopeAt } from './scopes.ts';
import { occurrenceAt, targetAt } from './targets.ts';
import type { Knowledge, TextModel } from './textModel.ts';

/** Where the name at a position is declared. */
export function definitionAt(model: TextModel, offset: number, { docs }: Knowledge): Place | null {
  const occurrence = occurrenceAt(model, model.repaired.toRepaired(offset));
  if (!occurrence) return null;
  if (occurrence.declaration) return { path: null, span: model.toOriginal(occurrence.declaration.span) };
  const entry = builtinDoc('global', occurrence.name) ? null : docs.find(occurrence.name);
  return entry && { path: entry.path, span: entry.span };
}

/** All places of the name at a position; for one of the library, with the place where that declares it. */
export function referencesAt(model: TextModel, offset: number, { docs }: Knowledge): Place[] {
  const occurrence = occurrenceAt(model, model.repaired.toRepaired(offset));
  if (!occurrence) return [];
  const places = sameAs(model, occurrence).map(({ span }): Place => ({ path: null, span: model.toOriginal(span) }));
  const entry = occurrence.declaration ? null : docs.find(occurrence.name);
  return entry ? [...places, { path: entry.path, span: entry.span }] : places;
}

export function highlightsAt(model: TextModel, offset: number): Highlight[] {
  const occurrence = occurrenceAt(model, model.repaired.toRepaired(offset));
  if (!occurrence) return [];
  return sameAs(model, occurrence).map(({ span, role }) => ({
    span: model.toOriginal(span),
    isWritten: role !== 'read',
  }));
}

/** In the order of the text. */
const sameAs = ({ scopes }: TextModel, { name, declaration }: Occurrence): readonly Occurrence[] =>
  scopes.occurrences.filter((other) => other.name === name && other.declaration === declaration);

type Renamable = { readonly declaration: Declaration } | { readonly refusal: string };

/** What is at a position, if it can have another name. */
export function renamableAt(model: TextModel, offset: number, { docs }: Knowledge): Renamable {
  const target = targetAt(model, model.repaired.toRepaired(offset));
  if (target?.kind === 'member')
    return {
      refusal: `\`${target.name}\` is a member of an object: only names of variables and functions can be renamed.`,
    };
  if (!target) return { refusal: 'There is no name here that can be renamed.' };
  const { name, declaration } = target.occurrence;
  if (!declaration) {
    if (builtinDoc('global', name)) return { refusal: `\`${name}\` is built in and keeps its name.` };
    return {
      refusal: docs.has(name)
        ? `\`${name}\` is a name of the library and keeps it.`
        : `\`${name}\` is not declared in this patch.`,
    };
  }
  const [problem] = model.parsed.diagnostics;
  if (problem || model.text !== model.original) {
    const line = model.original.slice(0, problem?.span.start ?? offset).split('\n').length;
    return { refusal: `\`${name}\` cannot be renamed while line ${line} cannot be read: correct that first.` };
  }
  return { declaration };
}

export function renameAt(model: TextModel, offset: number, name: string, knowledge: Knowledge): Renaming {
  const renamable = renamableAt(model, offset, knowledge);
  if ('refusal' in renamable) return renamable;
  const { declaration } = renamable;
  if (name === declaration.name) return { edits: [] };
  const refusal = unfit(name) ?? clash(model, declaration, name);
  return refusal === null ? { edits: declaration.occurrences.map((one) => editOf(one, name)) } : { refusal };
}

function editOf({ span, isShorthand, name: before }: Occurrence, name: string): TextEdit {
  return { span, text: isShorthand ? `${before}: ${name}` : name };
}

const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;
const RESERVED = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected public return ' +
    'static super switch this throw true try typeof undefined var void while with yield NaN Infinity'
  ).split(' '),
);

function unfit(name: string): string | null {
  if (!NAME.test(name)) return `\`${name}\` is not a name: use letters, digits, \`_\` and \`$\`, and no digit first.`;
  return RESERVED.has(name) ? `\`${name}\` is a word of the language and cannot be a name.` : null;
}

/** Why the text would mean something else with the new name. */
function clash(model: TextModel, declaration: Declaration, name: string): string | null {
  const { scopes, original } = model;
  const lineOf = (at: number): number => original.slice(0, at).split('\n').length;
  const names = declaration.kind === 'type' ? declaration.scope.types : declaration.scope.names;
  const same = names.get(name);
  if (same) return `\`${name}\` is declared in line ${lineOf(same.span.start)} already: take another name.`;
  // A use of the old name would find another declaration, which is nearer.
  for (const { span } of declaration.occurrences) {
    const nearer = lookUp(scopeAt(scopes, span.start), name);
    if (nearer && isInside(nearer.scope, declaration.scope)) {
      return `\`${name}\` means something else in line ${lineOf(span.start)}, where \`${declaration.name}\` is used: take another name.`;
    }
  }
  // A use of what has the new name would find this one.
  for (const other of scopes.occurrences) {
    if (other.name !== name || !isInside(scopeAt(scopes, other.span.start), declaration.scope)) continue;
    if (!other.declaration || isInside(declaration.scope, other.declaration.scope)) {
      return `\`${name}\` in line ${lineOf(other.span.start)} would then mean this one: take another name.`;
    }
  }
  return null;
}

function isInside(scope: NameScope, outer: NameScope): boolean {
  for (let at: NameScope | null = scope; at; at = at.parent) if (at === outer) return true;
  return false;
}
