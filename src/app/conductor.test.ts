/** Evaluating against a compiler and a sound that answer by hand: what the page then says is true. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  committed,
  error,
  pageByHand,
  rejected,
  report,
  settle,
  twoVersions,
  unchanged,
} from '../testing/pageByHand.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('evaluate', () => {
  it('tells what was committed, and lights up what changed', async () => {
    const { model, conductor, asked, did, page } = pageByHand();
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
    expect(conductor.memory).toEqual({ arenaBytes: 200, slots: 20 });
  });

  it('says how long it took until the sound changed, not until the page came round to hear of it', async () => {
    const { conductor, asked, page } = pageByHand();
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
    const { conductor, asked, did } = pageByHand();
    for (const byHand of [false, true]) {
      const evaluation = conductor.evaluate({ byHand });
      await settle();
      await asked.at(-1)!.answer(byHand ? unchanged(1) : committed(1));
      expect((await evaluation).ok).toBe(true);
    }
    expect(did).toEqual(['mark ', 'mark ', 'flash 1-3']);
  });

  it('says what is wrong, where, and that the sound keeps playing', async () => {
    const { transport, model, conductor, asked, did, page } = pageByHand();
    void transport.play();
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
      sound: 'The previous version keeps playing.',
    });
    expect(model.problems.value).toHaveLength(2);
    expect(model.state.value).toBe('playing');
    expect(did.at(-1)).toBe('mark 3:3,1:1');
    page.text = 'a\nb\nc';
    void conductor.evaluate();
    await settle();
    await asked[2].answer(unchanged(1));
    expect([model.message.value, model.problems.value]).toEqual([null, []]);
  });

  it('shows only the newest of several answers', async () => {
    const { model, conductor, asked, page } = pageByHand();
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
    const { model, conductor, asked } = pageByHand();
    void conductor.evaluate();
    await settle();
    await asked[0].answer({ ...committed(1), diagnostics: [{ ...error('Unused.', 2), severity: 'warning' }] });
    expect(model.message.value).toEqual({ tone: 'note', text: 'Line 2: Unused.' });
    expect(model.problems.value).toHaveLength(1);
  });

  it('says of a patch that plays as silence that it does', async () => {
    const { model, conductor, asked } = pageByHand();
    void conductor.evaluate();
    await settle();
    const diagnostic = { ...error('NaN.', 2), code: 'not-finite', severity: 'warning' } as const;
    await asked[0].answer({ ...committed(1), diagnostics: [diagnostic] });
    expect(model.message.value).toEqual({
      tone: 'warning',
      text: 'Line 2: NaN.',
      sound: 'They were replaced by silence.',
    });
  });

  it('ends without a sound, and without a compiler', async () => {
    const silent = pageByHand({ hasSound: false });
    expect((await silent.conductor.evaluate()).ok).toBe(false);
    expect(silent.model.message.value?.text).toContain('no device');
    const broken = pageByHand();
    const evaluation = broken.conductor.evaluate();
    await settle();
    broken.transport.compilerFailed('out of memory');
    await broken.asked[0].answer({ kind: 'failed', reason: 'out of memory' });
    expect(await evaluation).toMatchObject({ ok: false, diagnostics: [{ code: 'compiler-failed' }] });
    expect(broken.model.message.value?.text).toContain('out of memory');
  });
});

describe('a restart from scratch', () => {
  it('is asked for, lights up everything, and is told as one', async () => {
    const { model, conductor, asked, did } = await twoVersions();
    const evaluation = conductor.evaluate({ fresh: true });
    await settle();
    expect(asked.map(({ fresh }) => fresh)).toEqual([false, false, true]);
    await asked[2].answer(committed(3));
    expect((await evaluation).swap?.cause).toBe('restart from scratch');
    expect([model.swap.value?.cause, did.at(-1)]).toEqual(['restart from scratch', 'flash 1-1']);
    void conductor.evaluate();
    await settle();
    expect(asked[3].fresh).toBe(false);
  });

  it('is not lost to a newer text that takes its place', async () => {
    const { conductor, asked, page } = await twoVersions();
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

describe('another piece', () => {
  /** Puts a text into the editor as opening does, and evaluates it. */
  const setUp = async () => {
    const all = await twoVersions();
    const open = (text: string) => {
      type(text);
      all.conductor.opened();
    };
    const type = (text: string) => {
      all.page.text = text;
      all.conductor.textChanged();
    };
    const evaluate = async (number: number | null) => {
      const evaluation = all.conductor.evaluate({ byHand: false });
      await settle();
      await all.asked.at(-1)?.answer(number === null ? rejected(error('no', 0)) : committed(number));
      return evaluation;
    };
    const pieces = () => all.asked.map(({ piece }) => piece);
    return { ...all, open, type, evaluate, pieces };
  };

  it('is what was opened, until something else is; all that is typed into it is an edit', async () => {
    const { open, type, evaluate, pieces, did, model } = await setUp();
    open('other');
    expect((await evaluate(3)).swap?.cause).toBe('another piece');
    expect([model.swap.value?.cause, did.at(-1)]).toEqual(['another piece', 'flash 1-1']);
    type('other, edited');
    expect((await evaluate(4)).swap?.cause).toBe('edit');
    type('one');
    expect((await evaluate(5)).swap?.cause).toBe('edit');
    open('third');
    await evaluate(6);
    expect(pieces()).toEqual([0, 0, 1, 1, 1, 2]);
  });

  it('is another one also when it had mistakes at first', async () => {
    const { open, type, evaluate, pieces } = await setUp();
    open('broken');
    await evaluate(null);
    type('fixed');
    expect((await evaluate(3)).swap?.cause).toBe('another piece');
    expect(pieces()).toEqual([0, 0, 1, 1]);
  });

  it('is given up when the editor takes it back before it was heard', async () => {
    const { open, type, evaluate, pieces } = await setUp();
    open('other');
    type('two');
    type('two, edited');
    expect((await evaluate(3)).swap?.cause).toBe('edit');
    expect(pieces()).toEqual([0, 0, 0]);
  });

  it('may have the same text as the one that plays', async () => {
    const { open, evaluate, history } = await setUp();
    open('two');
    expect((await evaluate(3)).swap?.cause).toBe('another piece');
    expect([history.text, history.before()?.text, history.before()?.generation]).toEqual(['two', 'two', 2]);
  });

  it('gives way to the one before by undo, and comes back by redo or an evaluation, each as the piece that it is', async () => {
    const { open, type, evaluate, pieces, conductor, asked } = await setUp();
    open('other');
    await evaluate(3);
    void conductor.undo();
    await settle();
    await asked.at(-1)?.answer({ ...committed(4), text: 'two' });
    void conductor.redo();
    await settle();
    await asked.at(-1)?.answer({ ...committed(5), text: 'other' });
    void conductor.undo();
    await settle();
    await asked.at(-1)?.answer({ ...committed(6), text: 'two' });
    type('other, edited');
    expect((await evaluate(7)).swap?.cause).toBe('another piece');
    expect(pieces()).toEqual([0, 0, 1, 0, 1, 0, 1]);
    expect(asked.map(({ restores }) => restores)).toEqual([null, null, null, 2, 3, 4, null]);
  });
});

describe('a swap that waits', () => {
  it('says for what and until when, also when that changes, until it is heard', async () => {
    const { model, conductor, asked, page } = await twoVersions();
    page.text = 'three';
    page.nowMs = 5000;
    const evaluation = conductor.evaluate();
    await settle();
    conductor.waiting({ kind: 'waiting', id: 3, reason: 'beat', seconds: 1.5 });
    expect([model.waiting.value, model.compiling.value]).toEqual([{ reason: 'beat', untilMs: 6500 }, false]);
    conductor.waiting({ kind: 'waiting', id: 3, reason: 'bar', seconds: null });
    expect(model.waiting.value).toEqual({ reason: 'bar', untilMs: null });
    await asked[2].answer(committed(3));
    await evaluation;
    expect(model.waiting.value).toBeNull();
    conductor.waiting({ kind: 'waiting', id: 3, reason: 'bar', seconds: null });
    expect(model.waiting.value).toBeNull();
  });
});

describe('the text that is evaluated', () => {
  it('is the one that was there when it was asked for, however long the sound takes to open', async () => {
    const { conductor, asked, page, history } = pageByHand({ text: 'asked for' });
    const evaluation = conductor.evaluate();
    page.text = 'typed since';
    await settle();
    expect(asked.map(({ text }) => text)).toEqual(['asked for']);
    await asked[0].answer(committed(1));
    await evaluation;
    expect(history.text).toBe('asked for');
    // The pause finds that there is another one.
    conductor.textChanged();
    vi.runAllTimers();
    await settle();
    expect(asked[1].text).toBe('typed since');
  });
});

describe('a pause in typing', () => {
  it('evaluates once, and not a text that was asked for already', async () => {
    const { conductor, asked, page } = pageByHand();
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
    const { model, conductor, asked, page } = pageByHand();
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

  it('marks what is wrong all the same, when that is switched off, and plays nothing', async () => {
    const { model, conductor, asked, page, did } = pageByHand();
    model.settings.value = { ...model.settings.value, autoEvaluate: false };
    page.text = 'xy';
    page.mistakes = [error('No.', 1)];
    conductor.textChanged();
    vi.runAllTimers();
    await settle();
    expect([asked.length, did]).toEqual([0, ['check xy', 'mark 1:2']]);
    expect(model.problems.value.map(({ message }) => message)).toEqual(['No.']);
    // What was checked is another text by now.
    page.mistakes = [];
    conductor.textChanged();
    vi.runAllTimers();
    page.text = 'xyz';
    await settle();
    expect(did.slice(2)).toEqual(['check xy']);
  });
});

describe('a second try', () => {
  it('says what was reset, until the next evaluation, and can be taken back', async () => {
    const { model, conductor, watch, transport, asked, take } = await twoVersions();
    transport.soundChanged('playing');
    const { generation } = committed(2);
    watch.trapped({ kind: 'trapped', generation, fallback: committed(1).generation, diagnostic: error('No.', 0) });
    const trying = conductor.tryAgain('two', 'walk()');
    await settle();
    expect([asked.at(-1)?.text, asked.at(-1)?.withoutStateOf]).toEqual(['two', 'walk()']);
    const stateReset = [
      { path: 'o.k', reason: 'restarted' },
      { path: 'c', reason: 'restarted' },
      { path: 'x', reason: 'gone' },
    ] as const;
    await asked.at(-1)?.answer({ ...committed(3), report: { ...report, stateReset } });
    await trying;
    expect(model.message.value).toEqual({
      tone: 'warning',
      text: 'The new code stopped with the state that was kept, so this was reset: o.k, c.',
      sound: 'The new version is playing. F4 brings the previous one back.',
    });
    expect([model.generation.value, model.problems.value, model.swap.value?.report.stateReset]).toEqual([
      3,
      [],
      stateReset,
    ]);
    void conductor.undo();
    await settle();
    expect([asked.at(-1)?.text, asked.at(-1)?.restores]).toEqual(['one', 1]);
    await asked.at(-1)?.answer(committed(1));
    await take('three', 4);
    expect(model.message.value).toBeNull();
  });
});
