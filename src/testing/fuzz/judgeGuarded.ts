/**
 * Holds what a text does in a guarded memory against what JavaScript does, also where one of the two stops. In: a text.
 * Out: what is wrong, if anything: the same `kind` while the text gets smaller. Tests only.
 */

import { compile } from '../../compiler/compile.ts';
import { compareRender } from '../compare.ts';
import { testLibrary } from '../compileText.ts';
import { Escape, type GuardedPlays, type Outcome } from '../guard/guardedPlays.ts';
import { type Verdict, withFuel } from '../random/judge.ts';
import { type Truth, truthOf } from './truth.ts';

export const FRAMES = 32;

/** What stops a patch where JavaScript continues, as docs/language.md says. */
const MAY_STOP: ReadonlySet<string> = new Set([
  ...[
    'array-gap',
    'outside-array',
    'grows-per-frame',
    'per-frame-memory',
    'array-length',
    'key-per-frame',
    'no-such-key',
  ],
]);

export interface Judgement {
  readonly verdict: Verdict | null;
  /** For statistics: `plays`, `throws`, or the codes of what refused or stopped it. */
  readonly outcome: string;
  /** See `Outcome`. */
  readonly isOptimised?: boolean | null;
}

export function judgeGuarded(plays: GuardedPlays, text: string): Judgement {
  let outcome: Outcome;
  try {
    outcome = plays.play(text);
  } catch (thrown) {
    const report = thrown instanceof Error ? thrown.message : String(thrown);
    const stack = thrown instanceof Error && !(thrown instanceof Escape) ? `\n${thrown.stack}` : '';
    const name = thrown instanceof Escape ? 'escape' : 'internal error';
    const kind = `${name}: ${(report.split('\n')[0] ?? '').replace(/`[^`]*`|-?\d+(\.\d+)?(e[-+]?\d+)?|NaN|Infinity/g, '…').slice(0, 60)}`;
    return { verdict: { kind, report: `${report}${stack}` }, outcome: name };
  }
  if (outcome.kind === 'refused') {
    // JavaScript that runs well may be refused, for its kinds; but not as something that certainly throws.
    const isEarly = outcome.codes.every((code) => code === 'used-before-declared');
    const isWrong = isEarly && truthOf(text, FRAMES).thrown === null;
    const verdict = isWrong ? { kind: 'refused as an early use', report: outcome.report } : null;
    return { verdict, outcome: `refused: ${outcome.codes[0]}` };
  }
  const truth = truthOf(text, FRAMES);
  const stop = outcome.trap ? `stopped: ${outcome.trap.code}` : truth.thrown ? 'throws' : 'plays';
  const faulty = { kind: 'faulty IR', report: outcome.faults.join('\n') };
  return {
    verdict: compare(outcome, truth) ?? (outcome.faults.length > 0 ? faulty : null),
    outcome: stop,
    isOptimised: outcome.isOptimised,
  };
}

function compare(played: Outcome & { kind: 'played' }, truth: Truth): Verdict | null {
  const { trap } = played;
  const played32 = { left: played.left, right: played.right };
  const toFrame = Math.min(truth.left.length, played.left.length);
  const cut = ({ left, right }: { left: ArrayLike<number>; right: ArrayLike<number> }) => ({
    left: Array.from(left).slice(0, toFrame),
    right: Array.from(right).slice(0, toFrame),
  });
  const difference = compareRender(cut(played32), cut(truth), { tolerance: 0 });
  if (difference) return { kind: 'difference', report: difference.report };
  const stopsAt = trap === null ? Number.POSITIVE_INFINITY : trap.isTopLevel ? -1 : trap.frame;
  const throwsAt = truth.thrown === null ? Number.POSITIVE_INFINITY : (truth.thrown.frame ?? -1);
  if (stopsAt === throwsAt || (trap && stopsAt < throwsAt && MAY_STOP.has(trap.code))) return null;
  const told = `JavaScript: ${truth.thrown ? `${truth.thrown.message} ${at(throwsAt)}` : 'plays'}; Segue: ${trap ? `${trap.code} ${at(stopsAt)}` : 'plays'}`;
  return { kind: stopsAt > throwsAt ? 'continues where JavaScript throws' : `stops: ${trap?.code}`, report: told };
}

const at = (frame: number): string => (frame < 0 ? 'at the top level' : `in frame ${frame}`);

/** How what is heard is made a number. */
const RESULT = /^return \[num\(/m;

/** Whether a smaller text goes wrong in the same way. */
export function goesWrongGuarded(plays: GuardedPlays, text: string, kind: string, original: string): boolean {
  try {
    // What does not end is found by a copy of the text that counts.
    if (/endless/.test(truthOf(withFuel(text), FRAMES).thrown?.message ?? '')) return false;
    if (/SyntaxError|no default export/.test(truthOf(text, 0).thrown?.message ?? '')) return false;
    // Objects as numbers are NaN here and something else in JavaScript: another difference than the one that is looked for.
    if (RESULT.test(original) !== RESULT.test(text)) return false;
    if (compile(text, testLibrary()).diagnostics.some(({ code }) => code === 'gives-nan')) return false;
    return judgeGuarded(plays, text).verdict?.kind === kind;
  } catch {
    return false;
  }
}
