/** Evaluating and playing against a compiler and a sound that answer by hand: what the page then says is true. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Compiled, CompileOutcome } from '../engine/compileClient.ts';
import type { SoundState } from '../engine/sound.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import { generation } from '../protocol/units.ts';
import { Conductor } from './conductor.ts';
import { createModel, type Problem } from './model.ts';
import { Played } from './played.ts';
import { settingsFrom } from './settings.ts';
import { Watch } from './watch.ts';

const error = (message: string, start: number): Diagnostic => ({
  severity: 'error',
  code: 'undefined-name',
  message,
  span: { start, end: start + 1 },
});

/** An outcome without the id, which nobody looks at here. */
type Answer = CompileOutcome extends infer One ? (One extends unknown ? Omit<One, 'id'> : never) : never;

const report = {
  ...{ changed: [], kept: [], removed: [], stateKept: [], stateReset: [], batchBytes: 1, fadeFrames: 480 },
  ...{ transition: 'fade' as const, copiedBytes: 0, adoptedBytes: 0 },
};

const UNDO = '(undo)';

function setUp({ hasSound = true, text = 'a\nb\nc' } = {}) {
  const model = createModel(settingsFrom({}), []);
  const asked: { text: string; fresh: boolean; answer: (outcome: Answer) => Promise<void> }[] = [];
  const did: string[] = [];
  let soundState: (state: SoundState) => void = () => undefined;
  const page = { text, nowMs: 0 };
  const sound = {
    sampleRate: 48_000,
    prepare: () => void did.push('prepare'),
    start: async () => {
      did.push('start');
      soundState('playing');
    },
    stop: () => {
      did.push('stop');
      soundState('stopped');
    },
    underruns: () => 3,
  };
  const ask = (wanted: string, fresh: boolean) =>
    new Promise<Compiled>((resolve) => {
      const text = wanted === UNDO ? null : wanted;
      asked.push({
        text: wanted,
        fresh,
        answer: async (outcome) => {
          const played = outcome.kind === 'committed' ? outcome.text || text : text;
          resolve({ text: played, outcome: { id: 1, ...outcome } as CompileOutcome });
          await settle();
        },
      });
    });
  const readText = () => page.text;
  const code = {
    showProblems: (problems: readonly Problem[]) =>
      void did.push(`mark ${problems.map(({ line, column }) => `${line}:${column}`)}`),
    flash: (from: number, to: number) => void did.push(`flash ${from}-${to}`),
  };
  const played = new Played();
  const watch = new Watch({ model, played, readText, code });
  const conductor = new Conductor({
    model,
    played,
    compiler: { update: (updated, { fresh }) => ask(updated, fresh), undo: () => ask(UNDO, false) },
    sound: hasSound ? Promise.resolve(sound) : Promise.reject(new Error('no device')),
    readText,
    code,
    say: ({ text: said }) => void did.push(`say ${said}`),
    now: () => page.nowMs,
  });
  soundState = (state) => conductor.soundChanged(state);
  conductor.ready();
  const committed = (number: number) =>
    ({
      kind: 'committed',
      generation: generation(number),
      frame: 0,
      compileMs: 1,
      atMs: 0,
      diagnostics: [],
      report,
      transition: 'fade',
      text: '',
      arenaBytes: 100 * number,
      slots: 10 * number,
      modules: 1,
    }) as const;
  const rejected = (...diagnostics: Diagnostic[]) => ({ kind: 'rejected', diagnostics }) as const;
  return { model, conductor, watch, asked, did, page, committed, rejected };
}

const settle = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('evaluate', () => {
  it('tells what was committed, and lights up what changed', async () => {
    const { model, conductor, asked, did, page, committed } = setUp();
    const first = conductor.evaluate({ byHand: false });
    await settle();
    expect(model.compiling.value).toBe(true);
    await asked[0].answer(committed(1));
    expect(await first).toMatchObject({ ok: true, generation: 1, diagnostics: [], latencyMs: 0, swap: { serial: 1 } });
    expect(model.swap.value).toBeNull();
    page.text = 'a\nB\nc';
    const second = conductor.evaluate({ byHand: false });
    await settle();
    await asked[1].answer(committed(2));
    await second;
    expect(did).toEqual(['mark ', 'mark ', 'flash 2-2']);
    const swap = { serial: 2, cause: 'edit', latencyMs: 0, compileMs: 1, fadeMs: 10, transition: 'fade', report };
    expect(model.swap.value).toEqual(swap);
    expect(model.compiling.value).toBe(false);
    expect(conductor.stats()).toMatchObject({ generation: 2, arenaBytes: 200, slots: 20, underruns: 3, tier: 1 });
  });

  it('says how long it took until the sound changed, not until the page came round to hear of it', async () => {
    const { conductor, asked, page, committed, rejected } = setUp();
    const latencies: number[] = [];
    const ask = async (atMs: number, endMs: number) => {
      page.nowMs = 1000;
      const asking = conductor.evaluate();
      await settle();
      page.nowMs = endMs;
      await asked.at(-1)?.answer(Number.isNaN(atMs) ? rejected(error('no', 0)) : { ...committed(1), atMs });
      latencies.push((await asking).latencyMs);
    };
    await ask(1012, 1040);
    // Clocks of other threads may be a little off.
    await ask(1050, 1040);
    await ask(990, 1040);
    await ask(Number.NaN, 1040);
    expect(latencies).toEqual([12, 40, 0, 40]);
  });

  it('lights up everything when the key was pressed and nothing changed', async () => {
    const { conductor, asked, did, committed } = setUp();
    for (const byHand of [false, true]) {
      const evaluation = conductor.evaluate({ byHand });
      await settle();
      await asked
        .at(-1)!
        .answer(byHand ? { kind: 'unchanged', generation: generation(1), diagnostics: [] } : committed(1));
      expect((await evaluation).ok).toBe(true);
    }
    expect(did).toEqual(['mark ', 'mark ', 'flash 1-3']);
  });

  it('says what is wrong, where, and that the sound goes on', async () => {
    const { model, conductor, asked, did, page, committed, rejected } = setUp();
    void conductor.play();
    await settle();
    await asked[0].answer(committed(1));
    page.text = 'a\nb\n  x';
    const evaluation = conductor.evaluate();
    await settle();
    await asked[1].answer(rejected(error('`x` is not defined.', 6), error('And more.', 0)));
    const { ok, generation: playing, diagnostics } = await evaluation;
    expect([ok, playing]).toEqual([false, 1]);
    expect(diagnostics.map(({ line, column, span }) => [line, column, span.start])).toEqual([
      [3, 3, 6],
      [1, 1, 0],
    ]);
    expect(model.message.value).toEqual({
      tone: 'warning',
      text: 'Line 3: `x` is not defined.',
      sound: 'The sound goes on with the version before.',
    });
    expect(model.problems.value).toHaveLength(2);
    expect(model.state.value).toBe('playing');
    expect(did.at(-1)).toBe('mark 3:3,1:1');
    page.text = 'a\nb\nc';
    void conductor.evaluate();
    await settle();
    await asked[2].answer({ kind: 'unchanged', generation: generation(1), diagnostics: [] });
    expect([model.message.value, model.problems.value]).toEqual([null, []]);
  });

  it('shows only the newest of several answers', async () => {
    const { model, conductor, asked, page, committed, rejected } = setUp();
    const first = conductor.evaluate();
    page.text = 'other';
    const second = conductor.evaluate();
    await settle();
    await asked[1].answer(committed(1));
    await asked[0].answer(rejected(error('old', 0)));
    expect([(await first).ok, (await second).ok]).toEqual([false, true]);
    expect(model.message.value).toBeNull();
  });

  it('keeps warnings apart from errors', async () => {
    const { model, conductor, asked, committed } = setUp();
    void conductor.evaluate();
    await settle();
    await asked[0].answer({ ...committed(1), diagnostics: [{ ...error('Unused.', 2), severity: 'warning' }] });
    expect(model.message.value).toEqual({ tone: 'note', text: 'Line 2: Unused.' });
    expect(model.problems.value).toHaveLength(1);
  });

  it('ends without a sound, and without a compiler', async () => {
    const silent = setUp({ hasSound: false });
    expect((await silent.conductor.evaluate()).ok).toBe(false);
    expect(silent.model.message.value?.text).toContain('no device');
    const broken = setUp();
    const evaluation = broken.conductor.evaluate();
    await settle();
    broken.conductor.compilerFailed('out of memory');
    await broken.asked[0].answer({ kind: 'failed', reason: 'out of memory' });
    expect(await evaluation).toMatchObject({ ok: false, diagnostics: [{ code: 'compiler-failed' }] });
    expect(broken.model.message.value?.text).toContain('out of memory');
  });
});

/** Plays 'one', then 'two', by hand. */
async function twoVersions() {
  const all = setUp({ text: 'one' });
  const { conductor, asked, page, committed } = all;
  void conductor.play();
  await settle();
  await asked[0].answer(committed(1));
  page.text = 'two';
  void conductor.evaluate();
  await settle();
  await asked[1].answer(committed(2));
  return all;
}

describe('a fresh start', () => {
  it('is asked for, lights up everything, and is told as one', async () => {
    const { model, conductor, asked, did, committed } = await twoVersions();
    const evaluation = conductor.evaluate({ fresh: true });
    await settle();
    expect(asked.map(({ fresh }) => fresh)).toEqual([false, false, true]);
    await asked[2].answer(committed(3));
    expect((await evaluation).swap?.cause).toBe('fresh start');
    expect([model.swap.value?.cause, did.at(-1)]).toEqual(['fresh start', 'flash 1-1']);
    void conductor.evaluate();
    await settle();
    expect(asked[3].fresh).toBe(false);
  });

  it('is not lost to a newer text that takes its place', async () => {
    const { conductor, asked, page, committed } = await twoVersions();
    void conductor.evaluate({ fresh: true });
    page.text = 'three';
    void conductor.evaluate({ byHand: false });
    await settle();
    expect(asked[3]).toMatchObject({ text: 'three', fresh: true });
    await asked[3].answer(committed(3));
    page.text = 'four';
    void conductor.evaluate();
    await settle();
    expect(asked[4].fresh).toBe(false);
  });
});

describe('undo', () => {
  it('keeps the text, says that another one plays, and the next evaluation swaps it in again', async () => {
    const { model, conductor, asked, did, page, committed } = await twoVersions();
    const marks = did.length;
    const undone = conductor.undo();
    await settle();
    await asked[2].answer({ ...committed(3), text: 'one' });
    expect(await undone).toMatchObject({ ok: true, generation: 3, text: 'one', swap: { cause: 'undo' } });
    expect(page.text).toBe('two');
    expect(model.message.value).toEqual({
      tone: 'warning',
      text: 'Undone: evaluate to bring your text back.',
      sound: 'The version before plays.',
    });
    expect([model.generation.value, model.swap.value?.cause, did.length]).toEqual([3, 'undo', marks]);
    void conductor.evaluate();
    await settle();
    expect(asked[3].text).toBe('two');
    await asked[3].answer(committed(4));
    expect([model.message.value, model.generation.value]).toEqual([null, 4]);
  });

  it('goes further back each time, and says so when there is nothing more', async () => {
    const { model, conductor, asked, did, committed } = await twoVersions();
    for (const [n, text] of ['one', 'zero'].entries()) {
      void conductor.undo();
      await settle();
      await asked[2 + n].answer({ ...committed(3 + n), text });
    }
    expect(model.message.value?.sound).toBe('The version 2 swaps back plays.');
    const last = conductor.undo();
    await settle();
    await asked[4].answer({ kind: 'nothingToUndo' });
    expect(await last).toMatchObject({ ok: false, generation: 4, text: 'zero', swap: null });
    expect(did.at(-1)).toMatch(/^say There is no version before/);
    expect(model.message.value?.sound).toBe('The version 2 swaps back plays.');
  });

  it('says nothing when what plays again is what stands in the editor', async () => {
    const { model, conductor, asked, page, committed } = await twoVersions();
    page.text = 'one';
    void conductor.undo();
    await settle();
    await asked[2].answer({ ...committed(3), text: 'one' });
    expect(model.message.value).toBeNull();
  });

  it('takes back a swap that waits for its beat', async () => {
    const { model, conductor, asked, page, committed } = await twoVersions();
    page.text = 'three';
    void conductor.evaluate();
    const undone = conductor.undo();
    await settle();
    await asked[3].answer({ kind: 'unchanged', generation: generation(2), diagnostics: [] });
    expect(await undone).toMatchObject({ ok: true, generation: 2, text: 'two', swap: null });
    expect(model.message.value?.sound).toBe('The version before plays.');
    void conductor.evaluate();
    await settle();
    await asked[4].answer(committed(3));
    expect(model.message.value).toBeNull();
  });

  it('holds back an evaluation that a pause in typing would have made', async () => {
    const { conductor, asked, page } = await twoVersions();
    page.text = 'three';
    conductor.textChanged();
    void conductor.undo();
    vi.runAllTimers();
    await settle();
    expect(asked.map(({ text }) => text)).toEqual(['one', 'two', UNDO]);
  });

  it('lasts through stop and play, until the text is another', async () => {
    const { conductor, asked, page, committed } = await twoVersions();
    void conductor.undo();
    await settle();
    await asked[2].answer({ ...committed(3), text: 'one' });
    conductor.stop();
    await conductor.play();
    expect(asked).toHaveLength(3);
    conductor.stop();
    page.text = 'three';
    void conductor.play();
    await settle();
    expect(asked[3].text).toBe('three');
  });
});

describe('a swap that waits', () => {
  it('is said to, until it is heard', async () => {
    const { model, conductor, watch, asked, page, committed } = await twoVersions();
    model.settings.value = { ...model.settings.value, quantise: 'bar' };
    page.text = 'three';
    const evaluation = conductor.evaluate();
    await settle();
    watch.waiting();
    expect([model.waiting.value, model.compiling.value]).toEqual(['bar', false]);
    await asked[2].answer(committed(3));
    await evaluation;
    expect(model.waiting.value).toBeNull();
  });
});

describe('a pause in typing', () => {
  it('evaluates once, and not a text that was asked for already', async () => {
    const { conductor, asked, page } = setUp();
    for (const text of ['x', 'xy', 'xyz']) {
      page.text = text;
      conductor.textChanged();
      vi.advanceTimersByTime(100);
      await settle();
    }
    expect(asked).toHaveLength(0);
    vi.runAllTimers();
    await settle();
    expect(asked.map(({ text }) => text)).toEqual(['xyz']);
    conductor.textChanged();
    vi.runAllTimers();
    await settle();
    expect(asked).toHaveLength(1);
  });

  it('does nothing when that is switched off, nor after the key', async () => {
    const { model, conductor, asked, page } = setUp();
    page.text = 'x';
    conductor.textChanged();
    void conductor.evaluate();
    model.settings.value = { ...model.settings.value, autoEvaluate: false };
    page.text = 'xy';
    conductor.textChanged();
    vi.runAllTimers();
    await settle();
    expect(asked.map(({ text }) => text)).toEqual(['x']);
  });
});

describe('play', () => {
  it('asks for sound at once, compiles what has not been compiled, and then starts', async () => {
    const { model, conductor, asked, did, committed } = setUp();
    await settle();
    const playing = conductor.play();
    expect(did).toEqual(['prepare']);
    await settle();
    expect(model.state.value).toBe('starting');
    expect(did).toEqual(['prepare']);
    await asked[0].answer(committed(1));
    await playing;
    expect(did).toEqual(['prepare', 'mark ', 'start']);
    expect(model.state.value).toBe('playing');
    conductor.stop();
    expect(model.state.value).toBe('stopped');
    await conductor.play();
    expect(asked).toHaveLength(1);
  });

  it('plays the version before when the text has errors, and nothing when there is none', async () => {
    const { model, conductor, asked, did, page, committed, rejected } = setUp();
    const nothing = conductor.play();
    const refused = expect(nothing).rejects.toThrow('Line 1: Wrong.');
    await settle();
    await asked[0].answer(rejected(error('Wrong.', 0)));
    await refused;
    expect(did).not.toContain('start');
    expect(model.state.value).toBe('stopped');
    expect(model.message.value?.sound).toBe('There is nothing to play yet.');
    page.text = 'good';
    void conductor.evaluate();
    await settle();
    await asked[1].answer(committed(1));
    page.text = 'bad';
    const playing = conductor.play();
    await settle();
    await asked[2].answer(rejected(error('Wrong.', 0)));
    await playing;
    expect(did).toContain('start');
  });

  it('does not start when stop came first', async () => {
    const { model, conductor, asked, did, committed } = setUp();
    const playing = conductor.play();
    await settle();
    conductor.stop();
    await asked[0].answer(committed(1));
    await playing;
    expect(did).not.toContain('start');
    expect(model.state.value).toBe('stopped');
  });
});

describe('while it plays', () => {
  it('names the line of a trap in the text that trapped, and what plays instead', async () => {
    const { model, conductor, watch, asked, did, page, committed } = setUp();
    void conductor.evaluate();
    await settle();
    await asked[0].answer(committed(1));
    page.text = 'one\ntwo\nthree';
    void conductor.evaluate();
    await settle();
    await asked[1].answer(committed(2));
    page.text = 'now something else';
    watch.trapped({
      kind: 'trapped',
      generation: generation(2),
      fallback: generation(1),
      diagnostic: error('This loop does not end.', 9),
    });
    expect(model.message.value).toEqual({
      tone: 'error',
      text: 'Line 3: This loop does not end.',
      sound: 'The sound goes on with the version before (generation 1).',
    });
    expect([model.generation.value, did.at(-1)]).toEqual([1, 'mark 3:2']);
  });

  it('moves the mark of a trap with the text, and does not try the text again on play', async () => {
    const { model, conductor, watch, asked, did, page } = await twoVersions();
    page.text = '// new\ntwo';
    watch.trapped({
      ...{ kind: 'trapped', generation: generation(2), fallback: generation(1) },
      diagnostic: { ...error('No end.', 1), related: [{ span: { start: 0, end: 1 }, message: 'Begins here.' }] },
    });
    expect([model.message.value?.text, did.at(-1)]).toEqual(['Line 2: No end.', 'mark 2:2']);
    expect(model.problems.value[0].related?.[0].span).toEqual({ start: 7, end: 8 });
    conductor.stop();
    page.text = 'two';
    await conductor.play();
    expect(asked).toHaveLength(2);
  });

  it('tries again on play when a trap left nothing that could sound', async () => {
    const { conductor, watch, asked } = await twoVersions();
    watch.trapped({
      ...{ kind: 'trapped', generation: generation(2), fallback: null, diagnostic: error('No end.', 1) },
    });
    conductor.stop();
    void conductor.play();
    await settle();
    expect(asked[2].text).toBe('two');
  });

  it('says where a number came from that is not finite, of what plays and of nothing else', async () => {
    const { model, watch, did } = await twoVersions();
    const diagnostic = { ...error('This divides by zero.', 0), code: 'not-finite', severity: 'warning' } as const;
    watch.noticed({ kind: 'noticed', generation: generation(1), diagnostic });
    expect(model.message.value).toBeNull();
    watch.noticed({ kind: 'noticed', generation: generation(2), diagnostic });
    expect(model.message.value).toEqual({
      tone: 'warning',
      text: 'Line 1: This divides by zero.',
      sound: 'Silence took their place.',
    });
    expect([model.generation.value, did.at(-1)]).toEqual([2, 'mark 1:1']);
    watch.metered({
      kind: 'meter',
      load: 0,
      nonFinite: 7,
      dcOffset: 0,
      reductionDb: 0,
      frame: 0,
      generation: generation(2),
    });
    expect(model.message.value?.text).toBe('Line 1: This divides by zero.');
  });

  it('knows the code that runs with the text of its spans, and the last of what happened', async () => {
    const { model, watch } = await twoVersions();
    const row = { unit: 'a', version: 1, slots: [], codeBytes: 1, stateBytes: 0, tier: 1, span: null } as const;
    watch.codeChanged({ kind: 'code', generation: generation(1), rows: [row] });
    expect(model.code.value).toEqual({ rows: [row], text: 'one' });
    const event = { kind: 'linked', generation: generation(1), row } as const;
    for (let n = 0; n < 3; n++) watch.happened(Array.from({ length: 60 }, () => event));
    watch.happened([{ ...event, kind: 'retired' }]);
    expect([model.events.value.length, model.events.value.at(-1)?.kind]).toEqual([100, 'retired']);
  });

  it('says once that a constant is taken out, and again when another one is, and not over something that matters more', async () => {
    const { model, conductor, watch, asked, committed } = await twoVersions();
    const meter = {
      ...({ kind: 'meter', load: 0, nonFinite: 0, dcOffset: 0.1234, reductionDb: 0, frame: 0 } as const),
      generation: generation(2),
    };
    const said = { tone: 'warning', text: 'Line 1: Unused.' } as const;
    model.message.value = said;
    watch.metered(meter);
    expect(model.message.value).toBe(said);
    model.message.value = null;
    watch.metered(meter);
    expect(model.message.value).toMatchObject({ tone: 'note', text: 'The patch has a constant offset of 0.12 (DC).' });
    expect(conductor.stats().dcOffset).toBe(0.1234);
    void conductor.evaluate();
    await settle();
    await asked[2].answer(committed(3));
    watch.metered({ ...meter, generation: generation(3) });
    expect(model.message.value).toBeNull();
    watch.metered({ ...meter, dcOffset: 0 });
    watch.metered(meter);
    expect(model.message.value).not.toBeNull();
  });

  it('shows the load, and says once a generation that values were not finite', async () => {
    const { model, conductor, watch } = setUp();
    conductor.soundChanged('playing');
    const meter = {
      kind: 'meter',
      load: 0.25,
      nonFinite: 0,
      dcOffset: 0,
      reductionDb: 0,
      frame: 0,
      generation: generation(1),
    } as const;
    watch.metered({ ...meter, reductionDb: 3 });
    expect([model.reductionDb.value, conductor.stats().reductionDb]).toEqual([3, 3]);
    watch.metered(meter);
    expect([model.load.value, model.message.value]).toEqual([0.25, null]);
    watch.metered({ ...meter, nonFinite: 7 });
    expect(model.message.value?.text).toContain('not finite');
    model.message.value = null;
    watch.metered({ ...meter, nonFinite: 7 });
    expect(model.message.value).toBeNull();
    conductor.soundChanged('stopped');
    watch.metered(meter);
    expect(model.load.value).toBeNull();
  });
});
