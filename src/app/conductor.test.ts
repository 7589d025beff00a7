/** Evaluating and playing against a compiler and a sound that answer by hand: what the page then says is true. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Compiled, CompileOutcome } from '../engine/compileClient.ts';
import type { SoundState } from '../engine/sound.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import { generation } from '../protocol/units.ts';
import { Conductor } from './conductor.ts';
import { createModel } from './model.ts';
import { settingsFrom } from './settings.ts';

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

function setUp({ hasSound = true, text = 'a\nb\nc' } = {}) {
  const model = createModel(settingsFrom({}), []);
  const asked: { text: string; answer: (outcome: Answer) => Promise<void> }[] = [];
  const did: string[] = [];
  let soundState: (state: SoundState) => void = () => undefined;
  const page = { text };
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
  const conductor = new Conductor({
    model,
    compiler: {
      update: (updated) =>
        new Promise<Compiled>((resolve) => {
          asked.push({
            text: updated,
            answer: async (outcome) => {
              resolve({ text: updated, outcome: { id: 1, ...outcome } as CompileOutcome });
              await settle();
            },
          });
        }),
    },
    sound: hasSound ? Promise.resolve(sound) : Promise.reject(new Error('no device')),
    readText: () => page.text,
    code: {
      showProblems: (problems) => void did.push(`mark ${problems.map(({ line, column }) => `${line}:${column}`)}`),
      flash: (from, to) => void did.push(`flash ${from}-${to}`),
    },
    now: () => 0,
  });
  soundState = (state) => conductor.soundChanged(state);
  conductor.ready();
  const committed = (number: number) =>
    ({
      kind: 'committed',
      generation: generation(number),
      frame: 0,
      compileMs: 1,
      diagnostics: [],
      report,
      transition: 'cut',
      text: '',
      arenaBytes: 100 * number,
      slots: 10 * number,
      modules: 1,
    }) as const;
  const rejected = (...diagnostics: Diagnostic[]) => ({ kind: 'rejected', diagnostics }) as const;
  return { model, conductor, asked, did, page, committed, rejected };
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
    expect(await first).toEqual({ ok: true, generation: 1, diagnostics: [], latencyMs: 0 });
    expect(model.swap.value).toBeNull();
    page.text = 'a\nB\nc';
    const second = conductor.evaluate({ byHand: false });
    await settle();
    await asked[1].answer(committed(2));
    await second;
    expect(did).toEqual(['mark ', 'mark ', 'flash 2-2']);
    expect(model.swap.value).toEqual({ serial: 2, latencyMs: 0, fadeMs: 10 });
    expect(model.compiling.value).toBe(false);
    expect(conductor.stats()).toMatchObject({ generation: 2, arenaBytes: 200, slots: 20, underruns: 3, tier: 1 });
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
    const { model, conductor, asked, did, page, committed } = setUp();
    void conductor.evaluate();
    await settle();
    await asked[0].answer(committed(1));
    page.text = 'one\ntwo\nthree';
    void conductor.evaluate();
    await settle();
    await asked[1].answer(committed(2));
    page.text = 'now something else';
    conductor.trapped({
      kind: 'trapped',
      generation: generation(2),
      fallback: generation(1),
      diagnostic: error('This loop does not end.', 9),
    });
    expect(model.message.value).toEqual({
      tone: 'error',
      text: 'Line 3: This loop does not end.',
      sound: 'The sound goes on with the version before.',
    });
    expect([model.generation.value, did.at(-1)]).toEqual([1, 'mark 3:2']);
  });

  it('shows the load, and says once a generation that values were not finite', async () => {
    const { model, conductor } = setUp();
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
    conductor.metered(meter);
    expect([model.load.value, model.message.value]).toEqual([0.25, null]);
    conductor.metered({ ...meter, nonFinite: 7 });
    expect(model.message.value?.text).toContain('not finite');
    model.message.value = null;
    conductor.metered({ ...meter, nonFinite: 7 });
    expect(model.message.value).toBeNull();
    conductor.soundChanged('stopped');
    conductor.metered(meter);
    expect(model.load.value).toBeNull();
  });
});
