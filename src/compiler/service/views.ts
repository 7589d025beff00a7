/**
 * Types as the editor shows them: in the words of TypeScript, with the names that somebody has written. Made from written
 * types (annotations.ts), from what the compiler has inferred (inferred.ts) and from the text itself (evaluate.ts). Pure.
 */

import type { LibraryEntry } from './libraryDocs.ts';

export interface ParameterView {
  readonly name: string;
  readonly type: View;
  readonly isOptional: boolean;
  readonly isRest: boolean;
}

export interface MemberView {
  readonly type: View;
  readonly isOptional: boolean;
}

export type View =
  | { readonly kind: 'unknown' }
  /** `number`, `boolean`, `string`, `undefined`, `null`, `void`; or a type that is printed as it was written. */
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'typedArray'; readonly name: string }
  | { readonly kind: 'array'; readonly element: View }
  | { readonly kind: 'tuple'; readonly elements: readonly { readonly name: string | null; readonly type: View }[] }
  | { readonly kind: 'record'; readonly members: ReadonlyMap<string, MemberView> }
  | FunctionView
  | { readonly kind: 'union'; readonly options: readonly View[] }
  /** A type with a name of its own, as `Stereo`. */
  | { readonly kind: 'named'; readonly name: string; readonly type: View }
  /** `Math` and the like. */
  | { readonly kind: 'namespace'; readonly name: string };

export interface FunctionView {
  readonly kind: 'function';
  readonly parameters: readonly ParameterView[];
  readonly result: View;
  /** The function of the library that this is, or that has made it: its comment names the parameters of both. */
  readonly entry: LibraryEntry | null;
}

export const UNKNOWN: View = { kind: 'unknown' };
export const plain = (text: string): View => ({ kind: 'plain', text });
export const NUMBER = plain('number');
export const BOOLEAN = plain('boolean');
export const STRING = plain('string');
export const UNDEFINED = plain('undefined');

const MAX_DEPTH = 4;
const MAX_MEMBERS = 12;

export function printView(view: View, depth = 0): string {
  if (depth > MAX_DEPTH) return '…';
  const inner = (type: View): string => printView(type, depth + 1);
  switch (view.kind) {
    case 'unknown':
      return 'unknown';
    case 'plain':
      return view.text;
    case 'typedArray':
    case 'named':
    case 'namespace':
      return view.name;
    case 'array': {
      const element = inner(view.element);
      return isSimple(view.element) ? `${element}[]` : `(${element})[]`;
    }
    case 'tuple':
      return `[${view.elements.map(({ name, type }) => (name === null ? '' : `${name}: `) + inner(type)).join(', ')}]`;
    case 'record': {
      const members = [...view.members];
      const shown = members
        .slice(0, MAX_MEMBERS)
        .map(([name, { type, isOptional }]) => `${keyText(name)}${isOptional ? '?' : ''}: ${inner(type)}`);
      if (members.length > MAX_MEMBERS) shown.push('…');
      return shown.length > 0 ? `{ ${shown.join('; ')} }` : '{}';
    }
    case 'function':
      return `(${view.parameters.map((parameter) => printParameter(parameter, depth)).join(', ')}) => ${inner(view.result)}`;
    case 'union':
      return view.options
        .map((option) => (option.kind === 'function' ? `(${inner(option)})` : inner(option)))
        .join(' | ');
  }
}

export function printParameter({ name, type, isOptional, isRest }: ParameterView, depth = 0): string {
  const head = `${isRest ? '...' : ''}${name}${isOptional && !isRest ? '?' : ''}`;
  return type.kind === 'unknown' ? head : `${head}: ${printView(type, depth + 1)}`;
}

/** As a call is written: `name(x: number, q?: number): number`. */
export function printCall(name: string, { parameters, result }: FunctionView): string {
  const tail = result.kind === 'unknown' ? '' : `: ${printView(result, 1)}`;
  return `${name}(${parameters.map((parameter) => printParameter(parameter)).join(', ')})${tail}`;
}

const isSimple = (view: View): boolean => view.kind !== 'function' && view.kind !== 'union';
const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;
const keyText = (name: string): string => (NAME.test(name) ? name : JSON.stringify(name));

/** The type behind a name. */
export const bare = (view: View): View => (view.kind === 'named' ? bare(view.type) : view);

/** One of several, each told once. */
export function unionOf(views: readonly View[]): View {
  const options = new Map<string, View>();
  for (const view of views.flatMap((one) => (one.kind === 'union' ? one.options : [one]))) {
    if (view.kind !== 'unknown') options.set(printView(view), view);
  }
  const [first, ...others] = [...options.values()];
  if (!first) return UNKNOWN;
  return others.length === 0 ? first : { kind: 'union', options: [...options.values()] };
}

/** What is left of a type where it is not `undefined` or `null`. */
export function present(view: View): View {
  const type = bare(view);
  if (type.kind !== 'union') return type;
  return unionOf(
    type.options.filter((option) => !(option.kind === 'plain' && /^(?:undefined|null|void)$/.test(option.text))),
  );
}

export function withoutUndefined(view: View): View {
  return view.kind === 'union' ? unionOf(view.options.filter((option) => option !== UNDEFINED)) : view;
}

/** Whether nothing at all is known of it, or of the most of it. */
export function isVague(view: View, depth = 0): boolean {
  if (depth > 2) return false;
  switch (view.kind) {
    case 'unknown':
      return true;
    case 'array':
      return isVague(view.element, depth + 1);
    case 'function':
      return isVague(view.result, depth + 1) || view.parameters.some(({ type }) => isVague(type, depth + 1));
    case 'record':
      return [...view.members.values()].some(({ type }) => isVague(type, depth + 1));
    case 'tuple':
      return view.elements.some(({ type }) => isVague(type, depth + 1));
    default:
      return false;
  }
}

/** What calling it gives. */
export function resultOf(view: View): View {
  const type = present(view);
  return type.kind === 'function' ? type.result : UNKNOWN;
}

/** What an element of it is. */
export function elementOf(view: View, index: number | null = null): View {
  const type = present(view);
  switch (type.kind) {
    case 'array':
      return type.element;
    case 'typedArray':
      return NUMBER;
    case 'tuple':
      return (index === null ? null : type.elements[index]?.type) ?? unionOf(type.elements.map((one) => one.type));
    case 'plain':
      return type.text === 'string' ? STRING : UNKNOWN;
    case 'union':
      return unionOf(type.options.map((option) => elementOf(option, index)));
    default:
      return UNKNOWN;
  }
}
