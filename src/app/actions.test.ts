/** What keys and menus do to settings and places, and what they say about it. */
import { describe, expect, it, vi } from 'vitest';
import type { CodeRow } from '../protocol/compile.ts';
import { type ActionParts, createActions } from './actions.ts';
import { createModel } from './model.ts';
import { settingsFrom } from './settings.ts';

const row = (unit: string, span: CodeRow['span'] = { start: 6, end: 9 }): CodeRow => ({
  ...{ unit, version: 1, slots: [], codeBytes: 0, stateBytes: 0, tier: 1, span },
});

/** What is done where another piece takes the place of the one that was there. */
const OPENED = ['open', 'another piece', 'values', 'files of another', 'sounds of another'];

function setUp({ text = 'const bpm = 90', rows = [row('bpm')], hasTempo = true } = {}) {
  const model = createModel(settingsFrom({}), []);
  model.code.value = { rows, text: 'const bpm = 90', beatsPerBar: hasTempo ? 4 : null };
  const did: string[] = [];
  const note = (name: string) => () => void did.push(name);
  const conductor: ActionParts['conductor'] = {
    evaluate: async ({ fresh = false } = {}) => {
      did.push(fresh ? 'fresh' : 'evaluate');
      return { ok: true, generation: 1, diagnostics: [], latencyMs: 0, swap: null };
    },
    undo: async () => {
      did.push('undo');
      return { ok: true, generation: 1, text, latencyMs: 0, swap: null };
    },
    redo: async () => {
      did.push('redo');
      return { ok: true, generation: 1, text, latencyMs: 0, swap: null };
    },
    textChanged: note('changed'),
    opened: note('another piece'),
  };
  const transport: ActionParts['transport'] = {
    play: async () => void did.push('play'),
    stop: note('stop'),
    evaluateAndPlay: async ({ fresh = false } = {}) => {
      did.push(fresh ? 'fresh, and play' : 'evaluate, and play');
      return { ok: true, generation: 1, diagnostics: [], latencyMs: 0, swap: null };
    },
  };
  const actions = createActions({
    openNewTab: note('new tab'),
    watching: { toggle: () => undefined },
    profiling: { toggle: async () => undefined },
    peeking: { ask: async () => void did.push('peek') },
    values: { opened: note('values') },
    midi: {
      open: note('midi'),
      choose: note('device'),
      learn: note('learn'),
      forget: note('forget'),
      play: note('note'),
    },
    listening: { open: note('listen'), close: note('do not listen') },
    sounds: {
      allow: note('allow'),
      retry: note('retry'),
      remove: note('remove'),
      opened: note('sounds of another'),
      add: async ({ name }, as) => void did.push(`${name} as ${as}`),
    },
    patchSounds: { opened: note('files of another'), pin: note('pin') },
    printLog: { clear: note('clear') },
    chooseSounds: (open) => open([new File([], 'chosen.aif')]),
    hands: { move: note('move'), release: note('release'), writeBack: note('write back') },
    takes: { toggle: async () => void did.push('record'), keepLastMinute: async () => void did.push('keep') },
    model,
    conductor,
    transport,
    workspace: { share: async () => undefined, saveByHand: async () => void did.push('save'), open: note('open') },
    code: {
      text,
      cursor: 3,
      edit: (edits) => void did.push(JSON.stringify(edits)),
      reveal: (offset) => void did.push(`reveal ${offset}`),
      focus: () => {},
      openPalette: () => {},
    },
    graph: async () => null,
    say: (said) => void did.push(said.text),
  });
  return { model, actions, did };
}

it('opens entries and files as other pieces, and says why it does not', async () => {
  const { actions, did } = setUp();
  actions.open({ text: 'export default () => 0' });
  expect(did.splice(0)).toEqual([...OPENED, 'evaluate']);
  actions.openFiles([new File(['export default () => 1'], 'song.ts')]);
  await vi.waitFor(() => expect(did.length).toBe(6));
  expect(did.splice(0)).toEqual([...OPENED, 'evaluate']);
  actions.openFiles([new File([Uint8Array.of(0xff, 0xfe)], 'song.xls')]);
  await vi.waitFor(() => expect(did.length).toBe(1));
  expect(did[0]).toMatch(/^song.xls is not a text file/);
  actions.set({ autoEvaluate: false });
  actions.open({ text: 'export default () => 2' });
  expect(did.slice(1)).toEqual(OPENED);
});

it('puts sounds on the shelf, the first under the name that it was dropped on, and opens what is none', async () => {
  const { actions, did } = setUp();
  const files = ['a.wav', 'b.flac', 'song.ts', 'other.ts'].map((name) => new File(['export default () => 1'], name));
  actions.openFiles(files, 'kick');
  await vi.waitFor(() => expect(did.length).toBe(8));
  expect(did.splice(0)).toEqual(['a.wav as kick', 'b.flac as undefined', ...OPENED, 'evaluate']);
  actions.insert("sample('a')");
  expect(did.splice(0)).toEqual([`[{"span":{"start":3,"end":3},"put":"sample('a')"}]`]);
  actions.run('addSounds');
  actions.run('loadSounds');
  actions.run('listen');
  expect(did).toEqual(['chosen.aif as undefined', 'allow', 'listen']);
});

it('asks for a restart from scratch, an undo, a redo, and for sound with an evaluation', () => {
  const { actions, did } = setUp();
  actions.run('freshStart');
  actions.run('undoSwap');
  actions.run('redoSwap');
  actions.run('evaluate');
  expect(did).toEqual(['fresh, and play', 'undo', 'redo', 'evaluate, and play']);
});

describe('settings of swaps', () => {
  it('change step by step, and each says what it means', () => {
    const { model, actions, did } = setUp();
    for (const name of ['longerFade', 'shorterFade', 'shorterFade', 'cycleQuantise', 'cycleQuantise'] as const) {
      actions.run(name);
    }
    actions.run('cycleQuantise');
    actions.run('toggleLimiter');
    expect(did).toEqual([
      ...['Swaps fade over 50 ms.', 'Swaps fade over 10 ms.', 'Swaps do not fade.'],
      ...['Swaps wait for the beat.', 'Swaps wait for the bar.', 'Swaps happen immediately.'],
      'The limiter is off: peaks above 0 dB will clip.',
    ]);
    expect(model.settings.value).toMatchObject({ fadeMs: 0, quantise: 'off', limiterIsOn: false });
  });

  it('say that a patch without a tempo has nothing to wait for', () => {
    // As where frames write `bpm`.
    const { actions, did } = setUp({ hasTempo: false });
    actions.set({ quantise: 'bar' });
    expect(did[0]).toMatch(/no tempo.*do not wait for the bar/);
  });
});

describe('a unit that runs', () => {
  it('leads to its text, also when that has moved', () => {
    const { actions, did } = setUp({ text: '// new\nconst bpm = 90' });
    actions.reveal(row('bpm'));
    expect(did).toEqual(['reveal 13']);
  });

  it('leads nowhere when it has been edited since', () => {
    const { actions, did } = setUp({ text: 'const b = 90' });
    actions.reveal(row('bpm'));
    expect(did).toEqual(['This unit has been edited since it was swapped in.']);
  });
});
