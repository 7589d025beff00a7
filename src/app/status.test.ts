/** The line that stays: it says what is so now, and the gravest thing first. */
import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { NO_HOST_DECLARATIONS } from '../protocol/controls.ts';
import { NO_INPUT } from './listening.ts';
import type { Message, PlayState, Problem } from './model.ts';
import type { ShownSound } from './sampleShelf.ts';
import { shownMessages } from './shownMessages.ts';
import { Status } from './status.ts';

const problem: Problem = {
  ...{ severity: 'error', code: 'undefined-name', message: '`x` is not defined.', line: 3, column: 1 },
  span: { start: 0, end: 1 },
};

function setUp(playState: PlayState = 'playing') {
  const inputs = {
    state: signal<PlayState>(playState),
    generation: signal<number | null>(1),
    dcOffset: signal(0),
    host: signal(NO_HOST_DECLARATIONS),
    input: signal(NO_INPUT),
    sounds: signal<readonly ShownSound[]>([]),
  };
  const marked: (readonly Problem[])[] = [];
  const status = new Status(inputs);
  status.attach({ showProblems: (problems) => void marked.push(problems) });
  return {
    ...inputs,
    status,
    marked,
    text: () => status.message.value?.text,
    sound: () => status.message.value?.sound,
  };
}

describe('what is said of the sound', () => {
  it('is so when it is read, not when it was written', () => {
    const { status, state, generation, sound } = setUp();
    status.answered({ kind: 'rejected', problem }, [problem]);
    const said = [sound()];
    state.value = 'stopped';
    said.push(sound());
    generation.value = null;
    said.push(sound());
    generation.value = 2;
    state.value = 'playing';
    said.push(sound());
    expect(said).toEqual([
      'The previous version keeps playing.',
      'Play starts the previous version.',
      'Nothing to play yet.',
      'The previous version keeps playing.',
    ]);
  });

  it('after a trap and after an undo is so too', () => {
    const { status, state, sound } = setUp();
    status.found({ kind: 'trapped', problem, fallback: 4 }, problem);
    expect(sound()).toBe('The previous version (generation 4) keeps playing.');
    state.value = 'stopped';
    expect(sound()).toBe('Play starts the previous version (generation 4).');
    status.answered({ kind: 'undone', stepsBack: 3 }, null);
    expect(sound()).toBe('Play starts the version from 3 swaps ago.');
  });
});

describe('a fact', () => {
  it('is not hidden by one that matters less, which is there when it has gone', () => {
    const { status, dcOffset, text } = setUp();
    status.answered({ kind: 'rejected', problem }, [problem]);
    status.handleEvent({ kind: 'compiler restarted', reason: 'it was terminated', wasSounding: true });
    dcOffset.value = 0.5;
    expect(text()).toBe('Line 3: `x` is not defined.');
    status.failed({ kind: 'no compiler', reason: 'it is gone' });
    status.answered(null, []);
    expect(text()).toMatch(/^The compiler stopped working: it is gone/);
    const other = setUp();
    other.status.handleEvent({ kind: 'sound rebuilt', reason: 'the device is gone', wasSounding: true });
    other.dcOffset.value = 0.5;
    expect(other.text()).toMatch(/^Audio restarted/);
  });

  it('about what stopped is not hidden by one about what plays on, nor are its marks', () => {
    const { status, marked, text } = setUp();
    status.found({ kind: 'trapped', problem, fallback: 1 }, problem);
    const slow = { ...problem, line: 9, message: 'Too slow.' };
    status.found({ kind: 'noticed', problem: slow }, slow);
    status.found({ kind: 'not finite' });
    expect([text(), marked]).toEqual(['Line 3: `x` is not defined.', [[problem]]]);
    status.found({ kind: 'trapped', problem: slow, fallback: 1 }, slow);
    expect(text()).toBe('Line 9: Too slow.');
  });

  it('goes with the next answer, and its marks with it', () => {
    const { status, marked, text } = setUp();
    status.found({ kind: 'noticed', problem }, problem);
    expect(status.problems.value).toEqual([problem]);
    status.answered(null, []);
    expect([text(), status.problems.value, marked]).toEqual([undefined, [], [[problem], []]]);
  });

  it('about a constant offset tells the one there is now, and goes with it', () => {
    const { status, dcOffset, text } = setUp();
    dcOffset.value = 0.012;
    dcOffset.value = 0.5;
    expect(text()).toBe('The patch has a constant offset (DC) of 0.5.');
    dcOffset.value = 0;
    expect(text()).toBeUndefined();
    dcOffset.value = 0.25;
    status.answered(null, []);
    // It has been said, and is still the same one.
    expect(text()).toBeUndefined();
    status.offsetEnded();
    status.found({ kind: 'not finite' });
    status.answered(null, []);
    expect(text()).toBe('The patch has a constant offset (DC) of 0.25.');
  });
});

describe('the status line', () => {
  const note: Message = { tone: 'note', text: 'Said once.' };
  const lasting = (tone: Message['tone']): Message => ({ tone, text: 'Stays.' });
  const show = (message: Message | null, said: Message | null, isWaiting = false, state: PlayState = 'playing') =>
    shownMessages({
      ...{ message: signal(message), note: signal(said), state: signal(state) },
      waiting: signal(isWaiting ? { reason: 'bar', untilMs: null } : null),
    });

  it.each(['error', 'warning'] as const)('has an %s in front of what goes by itself', (tone) => {
    expect(show(lasting(tone), note)).toEqual({ main: lasting(tone), aside: note, tone });
    expect(show(lasting(tone), null, true)).toEqual({ main: lasting(tone), aside: 'waiting', tone });
  });

  it('has a note in the place of what weighs no more', () => {
    expect(show(lasting('note'), note)).toEqual({ main: note, aside: null, tone: 'good' });
    expect(show(null, note, true)).toEqual({ main: note, aside: 'waiting', tone: 'good' });
    expect(show(lasting('note'), null, true)).toEqual({ main: 'waiting', aside: null, tone: 'good' });
    expect(show(null, null, false, 'stopped')).toEqual({ main: null, aside: null, tone: 'none' });
  });

  it('says first that the browser holds the sound back', () => {
    expect(show(lasting('error'), note, false, 'held').main).toMatchObject({ tone: 'warning' });
  });
});

describe('what the patch wants from outside', () => {
  const sound = (name: string, state: ShownSound['state'], isUsed = true): ShownSound => ({
    ...{ name, state, isUsed, frames: 0, rate: 0, channels: 0, trouble: null },
  });

  it('is offered where a click would give it, behind everything else', () => {
    const { status, host, input, sounds, text } = setUp();
    host.value = { ...NO_HOST_DECLARATIONS, hasInput: true };
    expect(status.message.value).toMatchObject({ tone: 'note', offer: 'listen' });
    status.answered({ kind: 'rejected', problem }, [problem]);
    expect(text()).toMatch(/^Line 3/);
    status.answered(null, []);
    input.value = { ...NO_INPUT, state: 'on' };
    expect(text()).toBeUndefined();
    sounds.value = [sound('kick', 'missing'), sound('old', 'missing', false), sound('here', 'here')];
    expect(status.message.value).toMatchObject({ text: 'Sound file missing: kick.', offer: 'addSounds' });
    sounds.value = [sound('kick', 'missing'), sound('https://a.example/b.wav', 'unasked')];
    expect(status.message.value).toMatchObject({
      text: 'The patch plays a sound file from a.example.',
      offer: 'loadSounds',
    });
  });

  it('has nothing to press where the browser has no inputs', () => {
    const { status, host, input } = setUp();
    host.value = { ...NO_HOST_DECLARATIONS, hasInput: true };
    input.value = { ...NO_INPUT, state: 'missing' };
    expect(status.message.value?.text).toMatch(/gives pages no sound input/);
    expect(status.message.value?.offer).toBeUndefined();
  });
});
