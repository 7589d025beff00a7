/**
 * Reads docs/language.md: its examples, and the tables that follow from src/language. Tests and tools only.
 *
 * An example is a fenced block of `ts`: a whole patch, a `fragment` (expressions with what they give, and the lines they
 * need), or `wrong`, with marks around the mistake and the message in the quote behind it.
 */

import { REFUSALS, REFUSED_NAMES } from '../language/refusals.ts';

export interface DocBlock {
  readonly kind: 'patch' | 'fragment' | 'wrong';
  /** The nearest heading above it, without its signs. */
  readonly heading: string;
  readonly text: string;
  /** The line of the opening fence, from 1. */
  readonly line: number;
  /** The quote after it. */
  readonly quote: string | null;
}

const KINDS: Readonly<Record<string, DocBlock['kind']>> = {
  ts: 'patch',
  'ts fragment': 'fragment',
  'ts wrong': 'wrong',
};

export function blocksOf(markdown: string): DocBlock[] {
  const blocks: DocBlock[] = [];
  const lines = markdown.split('\n');
  let heading = '';
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (/^#+ /.test(line)) heading = line.replace(/^#+ /, '').replaceAll('`', '');
    if (!line.startsWith('```')) continue;
    const kind = KINDS[line.slice(3)];
    if (!kind) throw new Error(`line ${at + 1}: a block of an unknown kind: ${line}`);
    const end = lines.indexOf('```', at + 1);
    const behind = lines.slice(end + 1).find((other) => other !== '') ?? '';
    const quote = behind.startsWith('> ') ? behind.slice(2) : null;
    blocks.push({ kind, heading, text: lines.slice(at + 1, end).join('\n'), line: at + 1, quote });
    at = end;
  }
  return blocks;
}

export interface Fragment {
  /** The patch that plays the expressions one after the other, one per frame. */
  readonly patch: string;
  readonly expected: readonly { readonly expression: string; readonly value: number; readonly tolerance: number }[];
}

/** `EXPRESSION // → VALUE`, or `≈ VALUE` where not all digits are shown. */
const CASE = /^(.*\S)\s*\/\/ ([→≈]) (\S+)$/;

export function readFragment(text: string): Fragment {
  const statements: string[] = [];
  const expected: Fragment['expected'][number][] = [];
  for (const line of text.split('\n')) {
    const match = CASE.exec(line);
    if (!match) {
      statements.push(line);
      continue;
    }
    const [, expression, sign, shown] = match;
    const digits = /\.(\d+)$/.exec(shown!)?.[1]?.length ?? 0;
    expected.push({ expression: expression!, value: shownValue(shown!), tolerance: sign === '≈' ? 10 ** -digits : 0 });
  }
  const cases = expected.map(({ expression }, index) => `    case ${index}:\n      return (${expression})`);
  const patch = [
    ...statements,
    'export default () => {',
    '  switch (currentFrame) {',
    ...cases,
    '  }',
    '  return 0',
    '}',
    '',
  ];
  return { patch: patch.join('\n'), expected };
}

const WORDS: Readonly<Record<string, number>> = {
  true: 1,
  false: 0,
  undefined: Number.NaN,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
};

const shownValue = (shown: string): number => (Object.hasOwn(WORDS, shown) ? WORDS[shown]! : Number(shown));

/** What stands between `<!-- NAME -->` and `<!-- /NAME -->`. */
export function tableIn(markdown: string, name: string): string {
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const from = markdown.indexOf(begin) + begin.length;
  return markdown.slice(from, markdown.indexOf(end, from)).trim();
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The table of what is refused, as the page has to have it. */
export function refusalTable(): string {
  const rows = new Set(Object.values(REFUSALS).map(({ construct, instead }) => row(capital(construct), instead)));
  return ['| Not supported | Instead |', '| --- | --- |', ...rows].join('\n');
}

/** The table of names that are not there, as the page has to have it. */
export function nameTable(): string {
  const names = new Map<string, string[]>();
  for (const [name, instead] of Object.entries(REFUSED_NAMES)) {
    names.set(instead, [...(names.get(instead) ?? []), `\`${name}\``]);
  }
  const rows = [...names].map(([instead, all]) => row(all.join(', '), instead));
  return ['| Names | Instead |', '| --- | --- |', ...rows].join('\n');
}

const row = (left: string, right: string): string => `| ${left} | ${capital(right)} |`;
