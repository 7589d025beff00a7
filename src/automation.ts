/**
 * `window.segue`: the page for programs, for embedding, tests and experiments in the console. Everything here does what
 * the performer's own keys do. Main thread.
 */

import type { Conductor, Evaluation, Stats } from './app/conductor.ts';
import type { TextPlace } from './app/workspace.ts';
import type { Recording } from './engine/sound.ts';

export interface Automation {
  /** The patch in the editor. Setting it is one undoable edit, and evaluates as typing does. */
  text: string;
  /**
   * Compiles the text as it is now and swaps it into the sound. Resolves when the new generation is committed, also while
   * nothing plays, or when the text was refused; never rejects. A newer call may answer an older one that waited.
   * `diagnostics` have `severity`, `code`, `message`, `span` (UTF-16 offsets), and `line` and `column`, which count from
   * 1. `generation` is what plays now, null before the first. `latencyMs` is the time from the call to the answer.
   */
  evaluate(): Promise<Evaluation>;
  /**
   * Starts the sound, and compiles the text first if it is not what plays. Resolves when it sounds, which in most
   * browsers takes a gesture of a person first. Rejects when there is nothing that could sound.
   */
  play(): Promise<void>;
  /** Ends the sound with a short ramp. Time stands still until the next `play`. */
  stop(): void;
  /**
   * `state`: `loading`, `stopped`, `starting`, `playing`, or `held` while the browser keeps the sound back. `load`: part
   * of the time there is that rendering takes, 0 to 1 and above. `underruns`: how often the output ran dry, null where the
   * browser does not say. `arenaBytes`, `slots`: memory and table entries that the live generation uses.
   */
  stats(): Stats;
  /** The next `frames` (1 to 28,800,000) frames of what is really played; waits while nothing plays. */
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
  readonly sound: Promise<{ record(frames: number): Promise<Recording> }>;
}

export function createAutomation({ place, conductor, sound }: AutomationParts): Automation {
  return {
    get text() {
      return place.text;
    },
    set text(text) {
      place.replace(String(text));
    },
    evaluate: () => conductor.evaluate(),
    play: () => conductor.play(),
    stop: () => conductor.stop(),
    stats: () => conductor.stats(),
    record: async (frames) => (await sound).record(frames),
  };
}
