/**
 * `window.segue`: the page for programs, for embedding, tests and experiments in the console. Everything here does what
 * the performer's own keys do. Main thread.
 */

import type { Evaluation, Stats, Undone } from './app/answers.ts';
import type { Conductor } from './app/conductor.ts';
import type { Model } from './app/model.ts';
import { changeSettings, type Settings, settingsFrom } from './app/settings.ts';
import type { Transport } from './app/transport.ts';
import type { TextPlace } from './app/workspace.ts';
import type { Recording } from './engine/sound.ts';
import type { CodeRow } from './protocol/compile.ts';

/** The settings that concern swaps and sound, not the look of the page. */
export type SwapSettings = Pick<Settings, 'fadeMs' | 'quantise' | 'limiterIsOn' | 'autoEvaluate'>;

export interface Automation {
  /** The patch in the editor. Setting it is one undoable edit, which keeps state, and evaluates as typing does. */
  text: string;
  /**
   * Compiles the text as it is now and swaps it into the sound. Resolves when the new generation is committed, also while
   * nothing plays, or when the text was refused; never rejects. A newer call may answer an older one that waited.
   * `diagnostics` have `severity`, `code`, `message`, `span` (UTF-16 offsets), and `line` and `column`, which count from
   * 1. `generation` is what plays now, null before the first. `latencyMs` is the time from the call to the answer.
   * `swap` is null if there was none, and otherwise says what it did: `report` has units (`changed`, `kept`, `removed`),
   * state (`stateKept`, `stateReset` with a `reason` each, `stateNew`, `stateFitted`) and bytes; `transition` is `cut`, `fade` or `offset`, which took
   * `fadeMs`. With `fresh`, all state is reset, even where nothing was edited.
   */
  evaluate(options?: { readonly fresh?: boolean }): Promise<Evaluation>;
  /**
   * Brings back the sound before the last swap, faded; called again, the one before that, up to fifty. Typing in one number
   * or name counts as one. The text in the editor stays. `ok` is false when there is no version from before. `text` is what
   * plays now, null when nothing does. Never rejects.
   */
  undo(): Promise<Undone>;
  /** Brings back what was undone last. Answers as `undo` does. */
  redo(): Promise<Undone>;
  /**
   * Changes the given settings, and returns all of them. `fadeMs`: 0 to 10000. `quantise`: `off`, `beat` or `bar`, of the
   * patch that plays. They are remembered, as if chosen in the menu.
   * @throws RangeError when a value makes no sense; nothing is changed then.
   */
  settings(change?: Partial<SwapSettings>): SwapSettings;
  /**
   * The running code, by unit: version, table entries, bytes of code and state, tier and why it will not be another, span in
   * the text that plays.
   */
  code(): readonly CodeRow[];
  /**
   * Starts the sound, and compiles the text first if it is not what plays. Resolves when it sounds, which in most
   * browsers needs a click or key press first. Rejects if there is nothing to play.
   */
  play(): Promise<void>;
  /** Stops the sound with a short ramp. Time stands still until the next `play`. */
  stop(): void;
  /**
   * `state`: `loading`, `stopped`, `starting`, `playing`, or `held` while the browser blocks sound. `load`: the
   * fraction of real time that rendering takes, 0 to 1 and above. `underruns`: how often the output ran dry, null if the
   * browser does not tell. `arenaBytes`, `slots`: memory and table entries that the live generation uses. `reductionDb`:
   * by how much the limiter turned down in the last quarter of a second, 0 or above. `dcOffset`: the constant offset
   * that the sound had then and that is taken out, of full scale, with its sign; 0 when there is none. `beat`: `currentBeat`
   * up to a quarter of a second ago, null while nothing plays.
   */
  stats(): Stats;
  /**
   * The next `frames` (1 to 28,800,000) frames of the actual output; waits while nothing plays. At most 16 recordings,
   * of so many frames altogether, can be under way at a time.
   */
  record(frames: number): Promise<Recording>;
}

declare global {
  interface Window {
    segue: Automation;
  }
}

export interface AutomationParts {
  readonly place: TextPlace;
  readonly conductor: Conductor;
  readonly transport: Transport;
  readonly model: Model;
  readonly sound: Promise<{ record(frames: number): Promise<Recording> }>;
}

export function createAutomation({ place, conductor, transport, model, sound }: AutomationParts): Automation {
  return {
    get text() {
      return place.text;
    },
    set text(text) {
      place.replace(String(text));
    },
    evaluate: ({ fresh = false } = {}) => conductor.evaluate({ fresh }),
    undo: () => conductor.undo(),
    redo: () => conductor.redo(),
    settings: (change = {}) => {
      const now = model.settings.value;
      const { fadeMs, quantise, limiterIsOn, autoEvaluate } = now;
      const wanted = { fadeMs, quantise, limiterIsOn, autoEvaluate, ...change };
      const checked = settingsFrom({ ...now, ...wanted });
      for (const name of Object.keys(wanted) as (keyof SwapSettings)[]) {
        if (checked[name] !== wanted[name]) throw new RangeError(`settings: ${name} cannot be ${String(wanted[name])}`);
      }
      changeSettings(model.settings, wanted);
      return { ...wanted };
    },
    code: () => model.code.value.rows,
    play: () => transport.play(),
    stop: () => transport.stop(),
    stats: () => ({
      state: model.state.value,
      generation: model.generation.value,
      tier: model.code.value.rows.some(({ tier }) => tier === 2) ? 2 : 1,
      load: model.load.value ?? 0,
      underruns: transport.underruns(),
      reductionDb: model.reductionDb.value,
      dcOffset: model.dcOffset.value,
      beat: model.beat.value?.position ?? null,
      ...conductor.memory,
    }),
    record: async (frames) => (await sound).record(frames),
  };
}
