/**
 * Runs a text both ways and says in one line what is wrong, if anything. For random programs: what goes wrong is told
 * apart by that line, so that a smaller text that goes wrong in the same way can be found. Tests only.
 */

import { parse } from '@babel/parser';
import { compareRender } from '../compare.ts';
import { compileText } from '../compileText.ts';
import type { FreshPlays } from '../corpus/freshPlays.ts';
import { type Render, renderOracle } from '../oracle.ts';

export interface Verdict {
  /** What kind of mistake it is: stays the same while the text gets smaller. */
  readonly kind: string;
  readonly report: string;
}

const FRAMES = 64;

/** `null`: Segue and JavaScript agree. Throws if the text is no program that JavaScript runs to its end. */
export async function judge(plays: FreshPlays, text: string, frames = FRAMES): Promise<Verdict | null> {
  const expected = renderOracle(text, { frames });
  let actual: Render;
  try {
    actual = await plays.render(text, frames);
  } catch (thrown) {
    const report = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    // A frame has room for so much; what a program makes is not known while it is written.
    return /: per-frame-memory: /.test(report) ? null : { kind: kindOf(report), report };
  }
  const difference = compareRender(actual, expected, { tolerance: 0 });
  if (difference === null) return verified(text);
  return { kind: 'difference', report: difference.report };
}

/** What the verifier says of its IR. */
function verified(text: string): Verdict | null {
  try {
    compileText(text);
    return null;
  } catch (thrown) {
    return { kind: 'faulty IR', report: String(thrown) };
  }
}

/** The code of the first diagnostic; for our own mistakes, the message without numbers and names. */
function kindOf(report: string): string {
  const diagnostic = /^\d+:\d+: ([\w-]+):/m.exec(report);
  if (diagnostic) return `diagnostic ${diagnostic[1]}`;
  return (report.split('\n')[0] ?? '').replace(/`[^`]*`|\d+/g, '…').slice(0, 80);
}

/** Whether a smaller text goes wrong in the same way. */
export async function goesWrong(plays: FreshPlays, text: string, kind: string): Promise<boolean> {
  try {
    // JavaScript has no fuel: what does not end is found by a copy of the text that counts.
    renderOracle(withFuel(text), { frames: FRAMES });
    return (await judge(plays, text))?.kind === kind;
  } catch {
    return false;
  }
}

const FUEL = 300_000;

/** The text with a counter in every loop and function that throws when it runs out. */
export function withFuel(text: string): string {
  const tree: unknown = parse(text, { sourceType: 'module', plugins: ['typescript'] });
  const places: { at: number; text: string }[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      value.forEach(visit);
      return;
    }
    const node = value as { type?: string; body?: { type: string; start: number; end: number } };
    const isRepeated = /^(For|While|DoWhile|Arrow|Function|ObjectMethod)/.test(node.type ?? '');
    if (isRepeated && node.body?.type === 'BlockStatement') places.push({ at: node.body.start + 1, text: 'burn();' });
    else if (isRepeated && node.type?.startsWith('Arrow')) {
      places.push({ at: node.body!.start, text: '(burn(), ' }, { at: node.body!.end, text: ')' });
    } else if (isRepeated && node.body) {
      places.push({ at: node.body.start, text: '{ burn();' }, { at: node.body.end, text: '}' });
    }
    Object.values(value).forEach(visit);
  };
  visit(tree);
  places.sort((a, b) => b.at - a.at);
  let burning = text;
  for (const { at, text: put } of places) burning = burning.slice(0, at) + put + burning.slice(at);
  return `let fuel = ${FUEL}; function burn() { if (--fuel < 0) throw new Error('endless') }\n${burning}`;
}
