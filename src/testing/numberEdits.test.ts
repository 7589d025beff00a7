/**
 * A few numbers of each patch, halved and doubled while it plays: the edit is taken without a step, or refused with a reason
 * and a line; nothing turns to NaN by what was kept. All of them: numberEdits.long.test.ts.
 */
import { describe, expect, it } from 'vitest';
import { faultsOf, MOMENTS, numberEdits, OwnSound } from './numberEdits.ts';
import { patches } from './texts.ts';

/** One in so many of all edits of a patch is tried. */
const EVERY = 121;

it('finds every number in the code, and none in comments', () => {
  const edits = numberEdits("const a = 0.5 // 7\nconst b = slider('x2 3', 0, 4)\nconst c4 = a + 10");
  expect(edits.map(({ name }) => name)).toEqual([
    'line 1: 0.5 → 0.25 in const a = 0.5 // 7',
    'line 1: 0.5 → 1 in const a = 0.5 // 7',
    "line 2: 4 → 2 in const b = slider('x2 3', 0, 4)",
    "line 2: 4 → 8 in const b = slider('x2 3', 0, 4)",
    'line 3: 10 → 5 in const c4 = a + 10',
    'line 3: 10 → 20 in const c4 = a + 10',
  ]);
});

describe.each(patches())('$name', ({ text }) => {
  const own = new OwnSound();
  const edits = numberEdits(text).filter((_, n) => n % EVERY === 11);

  it.each(edits)('$name', async (edit) => {
    const moment = MOMENTS[edit.line % MOMENTS.length];
    expect(await faultsOf(text, edit, moment, own)).toEqual([]);
  });
});

it('notices a step that no program makes by itself', async () => {
  const text = 'const gain = 0.5\nexport default () => gain * Math.sin(currentFrame / 100)';
  const own = new OwnSound();
  // The text says that it has no steps, but for the moment of the swap.
  const [edit] = numberEdits(text);
  const after = `${edit.text} + (currentFrame === ${MOMENTS[0] + 6000} ? 0.9 : 0)`;
  const silent = { of: (one: string) => (one === after ? own.of(edit.text) : own.of(one)) };
  const faults = await faultsOf(text, { ...edit, text: after }, MOMENTS[0], silent);
  expect(faults).toEqual([expect.stringMatching(/^steps by 0\.9\d* at frame/)]);
});
