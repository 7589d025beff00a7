/**
 * Splits a text into tokens, as well as possible without parsing it: for explaining parser errors. Regular expressions
 * are not recognised. Never fails.
 */

import type { Span } from '../protocol/diagnostic.ts';

export interface Token extends Span {
  readonly text: string;
  /** `text`: a string, or a piece of a template between two `${…}`. */
  readonly kind: 'name' | 'number' | 'text' | 'bracket' | 'operator';
}

/** Which bracket closes which. */
export const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '${': '}' };

const SKIPPED = /(?:\s|\/\/.*|\/\*[\s\S]*?(?:\*\/|$))+/y;
const TOKEN = new RegExp(
  [
    /(?<name>[\p{L}_$][\p{L}\p{N}_$]*)/u,
    /(?<number>(?:0[xobXOB][\da-fA-F_]*|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d+)?)n?)/u,
    /(?<text>"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?)/u,
    /(?<bracket>[()[\]{}])/u,
    /\.\.\.|=>|>>>=?|<<=?|>>=?|\*\*=?|&&=?|\|\|=?|\?\?=?|\?\.|[=!]==?|[-+*/%&|^<>]=|\+\+|--|[\s\S]/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'uy',
);
/** From a backtick, or from the end of a `${…}`, to the next one of these. */
const TEMPLATE = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*`?/y;
const KINDS = ['name', 'number', 'text', 'bracket'] as const;

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  /** Brackets that are open, among them the `${` of templates. */
  const open: string[] = [];
  let at = 0;
  const add = (kind: Token['kind'], length: number): void => {
    tokens.push({ kind, text: text.slice(at, at + length), start: at, end: at + length });
    at += length;
  };
  const addTemplate = (from: number): void => {
    const length = from + (matchAt(TEMPLATE, text, at + from)?.[0].length ?? 0);
    if (length > 0) add('text', length);
    if (!text.startsWith('${', at)) return;
    open.push('${');
    add('bracket', 2);
  };
  while (at < text.length) {
    at += matchAt(SKIPPED, text, at)?.[0].length ?? 0;
    if (text[at] === '`') {
      addTemplate(1);
      continue;
    }
    const found = matchAt(TOKEN, text, at);
    if (!found) break;
    const kind = KINDS.find((name) => found.groups?.[name] !== undefined) ?? 'operator';
    add(kind, found[0].length);
    if (kind !== 'bracket') continue;
    if (CLOSERS[found[0]]) open.push(found[0]);
    else if (open.pop() === '${') addTemplate(0);
  }
  return tokens;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
