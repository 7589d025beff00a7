/**
 * Numbers of a patch changed while it plays: each one halved and doubled, at several moments. In: a text and which number
 * becomes what. Out: what is wrong with the way that edit was taken, if anything. Tests only.
 */

import { DEFAULT_SAMPLE_RATE, playThrough } from '../node/playThrough.ts';
import { createSession } from '../node/session.ts';
import { largestStep } from './compare.ts';
import { type Render, renderOracle } from './oracle.ts';

export interface NumberEdit {
  readonly line: number;
  /** `0.4 → 0.8 in const time = 0.4`. */
  readonly name: string;
  readonly text: string;
}

const FACTORS = [0.5, 2];

/** Every number in the code of a text, by half and doubled, in the order of the text. */
export function numberEdits(text: string): NumberEdit[] {
  const lines = text.split('\n');
  return lines.flatMap((line, row) => {
    const code = line.replace(/\/\/.*/, '').replace(/'[^']*'/g, (quoted) => ' '.repeat(quoted.length));
    return [...code.matchAll(/(?<![\w.])\d+(?:\.\d+)?(?![\w.])/g)].flatMap(({ 0: number, index }) =>
      FACTORS.flatMap((factor) => {
        const value = String(Number(number) * factor);
        // Zero has neither a half nor a double.
        if (Number(value) === Number(number)) return [];
        const edited = line.slice(0, index) + value + line.slice(index + number.length);
        const name = `line ${row + 1}: ${number} → ${value} in ${line.trim()}`;
        return [{ line: row + 1, name, text: lines.with(row, edited).join('\n') }];
      }),
    );
  });
}

const BLOCK_FRAMES = 128;
/** Anywhere in the first second, at no beat of any patch. */
export const MOMENTS = [37, 95, 173, 241, 359].map((blocks) => blocks * BLOCK_FRAMES);
const FADE_FRAMES = 480;
/** So long after the swap a seam in the longest delay line has been heard. */
const TAIL_FRAMES = 24_000;
/** Within this time a patch plays whatever it has, each of its chords and bars. */
const OWN_SECONDS = 12;
/** A step may be larger by so much than the largest one that the programs make themselves. */
const TOLERANCE = 1.05;

interface Sound {
  /** The largest step. */
  readonly step: number;
  readonly isFinite: boolean;
}

/** What the texts themselves play, each on its own. */
export class OwnSound {
  private readonly known = new Map<string, Sound>();

  of(text: string): Sound {
    let found = this.known.get(text);
    if (!found) {
      found = soundOf(text);
      this.known.set(text, found);
    }
    return found;
  }
}

/** A text that throws by itself is as one that turns to NaN. */
function soundOf(text: string): Sound {
  try {
    const render = renderOracle(text, { frames: OWN_SECONDS * DEFAULT_SAMPLE_RATE });
    return { step: largestStep(render), isFinite: allFinite(render, 0) };
  } catch {
    return { step: Number.POSITIVE_INFINITY, isFinite: false };
  }
}

const allFinite = ({ left, right }: Render, from: number): boolean =>
  left.subarray(from).every(Number.isFinite) && right.subarray(from).every(Number.isFinite);

/** What the edit of a text at a moment does that it must not; empty: nothing. */
export async function faultsOf(
  text: string,
  edit: NumberEdit,
  moment: number,
  own: Pick<OwnSound, 'of'>,
): Promise<string[]> {
  const frames = moment + TAIL_FRAMES;
  const session = await createSession({
    sampleRate: DEFAULT_SAMPLE_RATE,
    fadeFrames: FADE_FRAMES,
    postsModules: false,
  });
  const render: Render = { left: new Float64Array(frames), right: new Float64Array(frames) };
  let at = 0;
  const request = { text, frames, raw: true, sampleRate: DEFAULT_SAMPLE_RATE, fadeFrames: FADE_FRAMES };
  const outcome = playThrough(
    session,
    { ...request, swaps: [{ frame: moment, text: edit.text }] },
    (left, right, n) => {
      render.left.set(left.subarray(0, n), at);
      render.right.set(right.subarray(0, n), at);
      at += n;
    },
  );
  const [swap] = outcome.swaps;
  if (!swap) return ['it was never swapped in'];
  if (swap.kind === 'refused') return [`refused: ${swap.reason}`];
  if (swap.kind === 'rejected') {
    const named = swap.diagnostics.filter(({ span, message }) => span.start > 0 && message !== '');
    return named.length > 0 ? [] : ['rejected without a line or a reason'];
  }
  const alone = own.of(edit.text);
  const faults: string[] = [];
  const [trap] = outcome.traps;
  if (trap && alone.isFinite) faults.push(`trapped: ${trap.diagnostic.message}`);
  if (trap && trap.diagnostic.span.start === 0) faults.push('trapped without a line');
  if (!alone.isFinite || trap) return faults;
  if (!allFinite(render, 0)) faults.push(`not finite from frame ${firstNonFinite(render)} on`);
  const [before, after] = [own.of(text).step, alone.step];
  // A variable that the edit sets strikes a note at once, beside those that ring: their steps may add up.
  const isStruck = swap.kind === 'committed' && swap.report.stateReset.some(({ reason }) => reason === 'edited');
  const allowed = TOLERANCE * (isStruck ? before + after : Math.max(before, after));
  const step = largestStep(render, moment);
  if (step > allowed)
    faults.push(`steps by ${step} at frame ${frameOfStep(render, moment, allowed)}: the programs by ${allowed}`);
  return faults;
}

const firstNonFinite = ({ left, right }: Render): number =>
  left.findIndex((y, n) => !Number.isFinite(y) || !Number.isFinite(right[n]));

function frameOfStep(render: Render, from: number, allowed: number): number {
  for (let frame = from; frame < render.left.length; frame++) {
    if (largestStep(render, frame, frame + 2) > allowed) return frame;
  }
  return -1;
}
