/** Versions from before: on the arena that is kept, or compiled again, at once, and the newest wish wins. */

import { describe, expect, it } from 'vitest';
import { Desk, text } from '../testing/serviceDesk.ts';

/** A desk at which the versions from 1 on have played, one after the other; the last one plays. */
async function deskAfter(versions: number): Promise<Desk> {
  const desk = await Desk.open();
  for (let n = 1; n <= versions; n++) {
    desk.ask(text(n));
    desk.finish();
  }
  return desk;
}

const playedTexts = (desk: Desk) => desk.main.flatMap((told) => (told.kind === 'committed' ? [told.text] : []));

describe('a version that is kept', () => {
  it('plays again on its arena, with its text, and so does the one that it took the place of', async () => {
    const desk = await deskAfter(3);
    const [first, second, third] = desk.batches;
    desk.restore(second);
    const back = desk.batches.at(-1);
    expect(back).toMatchObject({ from: third.generation, reinstates: second.generation });
    expect(back).not.toHaveProperty('modules');
    expect(back).not.toHaveProperty('image');
    desk.finish();
    desk.restore(first);
    expect(desk.batches.at(-1)).toMatchObject({ from: desk.batches[3].generation, reinstates: first.generation });
    desk.finish();
    desk.restore(third);
    expect(desk.batches.at(-1)).toMatchObject({ from: desk.batches[4].generation, reinstates: third.generation });
    desk.finish();
    expect(playedTexts(desk)).toEqual([1, 2, 3, 2, 1, 3].map(text));
    // It is another edit, which the next one continues.
    desk.ask(text(4));
    expect(desk.batches.at(-1)?.from).toBe(desk.batches[5].generation);
  });

  it('that is refused leaves both as they were', async () => {
    const desk = await deskAfter(2);
    desk.restore(desk.batches[0]);
    desk.refuse();
    expect(desk.answers.at(-1)).toBe('rejected 3');
    expect(desk.processor.filter(({ kind }) => kind === 'release')).toEqual([]);
    desk.restore(desk.batches[0]);
    desk.finish();
    expect(desk.answers.at(-1)).toBe('committed 4');
  });
});

describe('a version that is not kept any more', () => {
  it('is compiled again, and takes the state by name', async () => {
    const desk = await deskAfter(3);
    const [first, second, third] = desk.batches;
    desk.retire(first.generation);
    desk.retire(second.generation);
    desk.restore(first);
    expect(desk.batches.at(-1)).toMatchObject({ from: third.generation, reinstates: null });
    expect(desk.batches.at(-1)).toHaveProperty('image');
    desk.finish();
    expect(playedTexts(desk)).toEqual([1, 2, 3, 1].map(text));
    // The initial value of x is another in each text; that of n is not.
    const counter = (step: number) => `let n = 0\nexport default () => (n += ${step}) % 1\n`;
    const counting = await Desk.open();
    for (const step of [0.1, 0.2]) {
      counting.ask(counter(step));
      counting.finish();
    }
    counting.retire(counting.batches[0].generation);
    counting.restore(counting.batches[0]);
    counting.finish();
    const last = counting.main.filter((told) => told.kind === 'committed').at(-1);
    expect(last).toMatchObject({ text: counter(0.1), report: { changed: ['default'], stateKept: ['n'] } });
  });

  it('is not waited for: neither for a beat nor for a long fade', async () => {
    const song = (n: number) => `const bpm = 120\n${text(n)}`;
    const desk = await Desk.open();
    desk.service.hearMain({ kind: 'settings', fadeMs: 4000, quantise: 'bar' });
    for (const n of [1, 2]) {
      desk.ask(song(n));
      desk.finish();
    }
    // A bar has four beats where the text does not say otherwise.
    expect(desk.batches[1]).toMatchObject({ quantumBeats: 4, quantumBpm: 0, fadeFrames: 192_000 });
    for (const isKept of [true, false]) {
      if (!isKept) desk.retire(desk.batches[1].generation);
      desk.restore(desk.batches[isKept ? 0 : 1]);
      expect(desk.batches.at(-1)).toMatchObject({ quantumBeats: 0, fadeFrames: 2400 });
      desk.finish();
    }
    expect(desk.batches.map(({ reinstates }) => reinstates)).toEqual([null, null, 1, null]);
  });

  it('waits for room as an edit does', async () => {
    const large = (n: number) =>
      `const line = new Float64Array(${2 ** 16})\nlet n = ${n}\nexport default () => (line[n++ % 9] = n)`;
    const desk = await Desk.open({ memoryBytes: 1.7 * 2 ** 20 });
    for (const n of [1, 2, 3]) {
      desk.ask(large(n));
      desk.finish();
    }
    const [first, second] = desk.batches;
    desk.retire(first.generation);
    desk.ask(large(4));
    desk.finish();
    desk.restore(first);
    const dropped = desk.processor.at(-1);
    expect(dropped?.kind).toBe('drop');
    for (const one of dropped?.kind === 'drop' ? dropped.generations : []) desk.retire(one);
    desk.finish();
    expect(desk.answers.at(-1)).toBe('committed 5');
    expect(playedTexts(desk).at(-1)).toBe(large(1));
    expect(second.generation).toBe(2);
  });
});

describe('another piece', () => {
  const counter = (step: number) => `let n = 0\nexport default () => (n += ${step}) % 1\n`;
  const report = (desk: Desk) => {
    const told = desk.main.findLast((message) => message.kind === 'committed');
    if (told?.kind !== 'committed') throw new Error('nothing was committed');
    const { stateKept, stateReset, stateNew } = told.report;
    return { stateKept, stateReset, stateNew };
  };

  it('starts from scratch, and what it replaces comes back as it was, while that is kept', async () => {
    const desk = await Desk.open();
    desk.ask(counter(0.1), 0);
    desk.finish();
    desk.ask(counter(0.2), 1);
    const [first, second] = desk.batches;
    expect(second).toMatchObject({ from: first.generation, transition: 'fade', fadeFrames: 480 });
    expect([...second.plan.copies]).toEqual([]);
    desk.finish();
    expect(report(desk)).toEqual({ stateKept: [], stateReset: [], stateNew: ['n'] });
    // Nor does state go there after a trap.
    expect(desk.processor.filter(({ kind }) => kind === 'rollbackPlan')).toEqual([]);
    desk.restore(first, 0);
    expect(desk.batches[2]).toMatchObject({ reinstates: first.generation, plan: { copies: new Int32Array(0) } });
    desk.finish();
    expect(report(desk)).toEqual({ stateKept: ['n'], stateReset: [], stateNew: [] });
    desk.ask(counter(0.3), 0);
    expect([...desk.batches[3].plan.copies].length).toBeGreaterThan(0);
    desk.finish();
    expect(desk.processor.filter(({ kind }) => kind === 'rollbackPlan').length).toBe(1);
    // Once it is given up there is no state of its own, and still none of the other's.
    desk.retire(second.generation);
    desk.restore(second, 1);
    expect(desk.batches[4].reinstates).toBeNull();
    expect([...desk.batches[4].plan.copies]).toEqual([]);
    desk.finish();
    expect(report(desk)).toEqual({ stateKept: [], stateReset: [], stateNew: ['n'] });
  });

  it('starts from scratch where it means the same, and continues the piece that plays where nobody says', async () => {
    const desk = await Desk.open();
    desk.ask(counter(0.1), 5);
    desk.finish();
    desk.ask(counter(0.1), 6);
    desk.finish();
    desk.ask(counter(0.1), 6);
    desk.ask(counter(0.1));
    expect(desk.answers).toEqual(['committed 1', 'committed 2', 'unchanged 3', 'unchanged 4']);
    desk.ask(counter(0.2));
    desk.finish();
    expect(report(desk).stateKept).toEqual(['n']);
  });
});

describe('a version that is asked for', () => {
  it('and plays changes nothing', async () => {
    const desk = await deskAfter(2);
    desk.restore(desk.batches[1]);
    expect([desk.answers.at(-1), desk.batches.length]).toEqual(['unchanged 3', 2]);
  });

  it('during the fade does not wait for its end, whether it is kept or not', async () => {
    for (const isKept of [true, false]) {
      const desk = await deskAfter(2);
      if (!isKept) desk.retire(desk.batches[0].generation);
      desk.ask(text(3));
      desk.commit();
      desk.restore(desk.batches[0]);
      expect(desk.batches.at(-1)?.reinstates).toBe(isKept ? desk.batches[0].generation : null);
      desk.finish();
      expect(desk.answers).toEqual([1, 2, 3, 4].map((id) => `committed ${id}`));
    }
  });

  it('takes back what has not begun, or takes its place when it is too late for that', async () => {
    for (const tooLate of [false, true]) {
      const desk = await deskAfter(1);
      desk.ask(text(2));
      desk.restore(desk.batches[0]);
      expect(desk.processor.at(-1)).toEqual({ kind: 'withdraw', generation: desk.batches[1].generation });
      if (tooLate) {
        desk.commit();
        desk.commit();
        expect(desk.batches.at(-1)?.reinstates).toBe(desk.batches[0].generation);
      } else desk.refuse();
      expect(desk.answers).toEqual(
        tooLate ? ['committed 1', 'committed 2', 'committed 3'] : ['committed 1', 'superseded 2', 'unchanged 3'],
      );
    }
  });

  it('gives way to one further back, and to an edit', async () => {
    const desk = await deskAfter(3);
    const [first, second] = desk.batches;
    desk.restore(second);
    desk.restore(first);
    desk.refuse();
    expect(desk.batches.at(-1)?.reinstates).toBe(first.generation);
    desk.finish();
    desk.restore(desk.batches[2]);
    desk.restore(second);
    desk.ask(text(4));
    desk.refuse();
    desk.finish();
    expect(desk.answers.slice(3)).toEqual([
      ...['superseded 4', 'committed 5', 'superseded 7', 'superseded 6', 'committed 8'],
    ]);
    expect(playedTexts(desk)).toEqual([1, 2, 3, 1, 4].map(text));
  });

  it('is made once more when its batch did not arrive', async () => {
    const desk = await deskAfter(2);
    const [first, second] = desk.batches;
    desk.restore(first);
    desk.service.tick();
    const asked = desk.processor.at(-1);
    if (asked?.kind !== 'status') throw new Error('nobody asked');
    const { serial } = asked;
    const held = [first.generation];
    desk.say({
      kind: 'status',
      serial,
      playing: second.generation,
      ...{ staged: null, waitFrames: null, held, isFading: false, tier: 1, promoting: null, frame: 0 },
    });
    expect(desk.batches.slice(2).map(({ reinstates }) => reinstates)).toEqual([first.generation, first.generation]);
    desk.finish();
    expect(desk.answers.at(-1)).toBe('committed 3');
  });
});
