/**
 * `window.segue`: the page for programs, for embedding, tests and experiments in the console. Everything here does what
 * the performer's own keys do. Main thread.
 */

import type { Evaluation, Stats, Undone } from './app/answers.ts';
import type { Conductor } from './app/conductor.ts';
import type { ControlBoard } from './app/controlBoard.ts';
import type { Model } from './app/model.ts';
import type { SampleShelf } from './app/sampleShelf.ts';
import { changeSettings, type Settings, settingsFrom } from './app/settings.ts';
import type { Transport } from './app/transport.ts';
import type { TextPlace } from './app/workspace.ts';
import type { Recording, Sound } from './engine/sound.ts';
import type { CodeRow } from './protocol/compile.ts';
import type { ControlDeclaration, ControlValue } from './protocol/controls.ts';
import type { MidiEvent } from './protocol/hostEvents.ts';

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
  /**
   * The controls of the patch that plays, in its order: `name`, `kind` (`slider`, `knob`, `toggle`, `button`, `select`, `xy`), where it
   * stands (`value`; for `xy` a pair), its range (`min`, `max`, `step`, `curve`, `unit`, `options`), and whether it was moved.
   */
  controls(): readonly ListedControl[];
  /**
   * Moves a control, as a hand does: at once, without an evaluation. Values are clamped; a `select` takes an index or the text of an
   * option; a `button` is held with 1 and let go with 0.
   * @throws RangeError when what plays has no control of that name, or a select no such option.
   */
  set(name: string, value: ControlValue | string | boolean): void;
  /** Plays a note, 0 to 127, on a MIDI channel, 1 to 16. `velocity` 0 to 1; 0 ends it. */
  note(note: number, velocity: number, channel?: number): void;
  /** Bends the notes of a channel: −1 to 1, in parts of the bend range. */
  bend(value: number, channel?: number): void;
  /**
   * A sound file for patches that name it so: WAV or AIFF, to the bit, or whatever the browser decodes. It is kept in this browser, with the patch.
   * Rejects
   * with a message where it is no sound.
   */
  sample(name: string, file: ArrayBuffer): Promise<void>;
  /** Moves a controller, 0 to 127, of a channel to a value from 0 to 127. */
  cc(number: number, value: number, channel?: number): void;
}

export interface ListedControl extends Omit<ControlDeclaration, 'span' | 'valueSpan' | 'secondValueSpan'> {
  readonly value: ControlValue;
  readonly isMoved: boolean;
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
  readonly board: Pick<ControlBoard, 'move'>;
  readonly samples: Pick<SampleShelf, 'give'>;
  readonly sound: Promise<Pick<Sound, 'record' | 'sendEvent'>>;
}

export function createAutomation(parts: AutomationParts): Automation {
  const { place, conductor, transport, model, board, samples, sound } = parts;
  const play = (event: MidiEvent): void => void sound.then((opened) => opened.sendEvent(event)).catch(() => undefined);
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
    controls: () =>
      model.controls.value.map(({ declaration: { span, valueSpan, secondValueSpan, ...shown }, value, isMoved }) => ({
        ...shown,
        value,
        isMoved,
      })),
    set: (name, value) => {
      const control = model.controls.value.find(({ declaration }) => declaration.name === name);
      if (!control) throw new RangeError(`set: what plays has no control \`${name}\``);
      const given = typeof value === 'string' ? control.declaration.options.indexOf(value) : value;
      if (given === -1 && typeof value === 'string')
        throw new RangeError(`set: \`${name}\` has no option \`${value}\``);
      board.move(name, typeof given === 'boolean' ? Number(given) : given);
    },
    sample: (name, file) => samples.give(name, file.slice(0)),
    note: (note, velocity, channel = 1) => play({ kind: 'note', note, velocity, channel }),
    bend: (value, channel = 1) => play({ kind: 'bend', value, channel }),
    cc: (number, value, channel = 1) => play({ kind: 'cc', number, value, channel }),
  };
}
