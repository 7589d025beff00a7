/** What the page does, with a compiler and a sound that answer by hand. */

import { Conductor } from '../app/conductor.ts';
import { createModel, type Problem } from '../app/model.ts';
import { createNotes } from '../app/notes.ts';
import { PlaybackHistory } from '../app/playbackHistory.ts';
import { settingsFrom } from '../app/settings.ts';
import { Transport } from '../app/transport.ts';
import { Watch } from '../app/watch.ts';
import type { Compiled, CompileOutcome } from '../engine/compileClient.ts';
import type { SoundState } from '../engine/sound.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import { generation } from '../protocol/units.ts';
import { FrozenTexts } from '../share/frozenTexts.ts';

export const error = (message: string, start: number): Diagnostic => ({
  severity: 'error',
  code: 'undefined-name',
  message,
  span: { start, end: start + 1 },
});

/** An outcome without the id, which nobody looks at here. */
type Answer = CompileOutcome extends infer One ? (One extends unknown ? Omit<One, 'id'> : never) : never;

export const report = {
  ...{
    changed: [],
    kept: [],
    removed: [],
    stateKept: [],
    stateReset: [],
    stateNew: [],
    batchBytes: 1,
    fadeFrames: 480,
  },
  ...{ transition: 'fade' as const, copiedBytes: 0, adoptedBytes: 0 },
};

export const committed = (number: number) =>
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

export const rejected = (...diagnostics: Diagnostic[]) => ({ kind: 'rejected', diagnostics }) as const;

export const unchanged = (number: number) =>
  ({ kind: 'unchanged', generation: generation(number), diagnostics: [] }) as const;

export const settle = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

/** A request that came to the compiler. */
interface Asked {
  readonly text: string;
  readonly fresh: boolean;
  readonly piece: number | undefined;
  /** The generation to be brought back; null: an edit. */
  readonly restores: number | null;
  /** The function without whose state it is tried again. */
  readonly withoutStateOf: string | undefined;
  /** `by`: the request that took its place. */
  answer(outcome: Answer, by?: Asked): Promise<void>;
}

export function pageByHand({ hasSound = true, text = 'a\nb\nc' } = {}) {
  const model = createModel(settingsFrom({}), []);
  const { status } = model;
  const asked: Asked[] = [];
  const did: string[] = [];
  let soundState: (state: SoundState) => void = () => undefined;
  /** `mistakes`: what a text has that is checked. */
  const page: { text: string; nowMs: number; underruns: number | null; mistakes: readonly Diagnostic[] } = {
    ...{ text, nowMs: 0, underruns: 3, mistakes: [] },
  };
  const part = {
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
    underruns: () => page.underruns,
  };
  const ask = (
    wanted: string,
    fresh: boolean,
    piece: number | undefined,
    restores: number | null,
    withoutStateOf?: string,
  ) =>
    new Promise<Compiled>((resolve) => {
      asked.push({
        text: wanted,
        fresh,
        piece,
        restores,
        withoutStateOf,
        answer: async (outcome, by) => {
          const answeredBy = by ? (by.restores === null ? 'update' : 'restore') : 'itself';
          const played = (outcome.kind === 'committed' && outcome.text) || (by?.text ?? wanted);
          resolve({ text: played, outcome: { id: 1, ...outcome } as CompileOutcome, answeredBy });
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
  status.attach(code);
  const frozen = new FrozenTexts(null);
  const history = new PlaybackHistory(model.generation);
  const watch = new Watch({
    ...{ model, status, history, readText, board: { declare: () => undefined } },
    readUnderruns: () => page.underruns,
    soundTimes: () => ({ sampleRate: 48_000, callSeconds: 0.01 }),
  });
  const sound = hasSound ? Promise.resolve(part) : Promise.reject(new Error('no device'));
  const notes = createNotes(model);
  const conductor = new Conductor({
    ...{ model, status, history, sound, readText, code, frozen },
    compiler: {
      update: (updated, { fresh = false, piece, withoutStateOf }) => ask(updated, fresh, piece, null, withoutStateOf),
      restore: (wanted, restores, piece) => ask(wanted, false, piece, restores),
    },
    say: (note, holds) => {
      did.push(`say ${note.text}`);
      notes(note, holds);
    },
    check: (checked) => {
      did.push(`check ${checked}`);
      return Promise.resolve(page.mistakes);
    },
    now: () => page.nowMs,
  });
  const transport = new Transport({ model, status, history, conductor, frozen, sound, readText });
  soundState = (state) => transport.soundChanged(state);
  transport.ready();
  /** Evaluates, and has it taken in as a generation. */
  const take = async (wanted: string, number: number, { byHand = true, atMs = page.nowMs } = {}) => {
    page.text = wanted;
    page.nowMs = atMs;
    const evaluation = conductor.evaluate({ byHand });
    await settle();
    await asked.at(-1)?.answer(committed(number));
    return evaluation;
  };
  return { model, status, history, conductor, transport, watch, frozen, asked, did, page, soundState, take };
}

/** A page on which 'one' has played, and 'two' plays, by hand. */
export async function twoVersions() {
  const all = pageByHand({ text: 'one' });
  void all.transport.play();
  await settle();
  await all.asked[0].answer(committed(1));
  await all.take('two', 2);
  return all;
}
