/**
 * What the page shows, as signals, read by the views. Each is written by one file only, which is named beside it. No
 * logic. Main thread.
 */

import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { CodeEvent, CodeRow, SwapReport, WorkerToMain } from '../protocol/compile.ts';
import {
  type ControlState,
  type HostDeclarations,
  type MovedControl,
  NO_HOST_DECLARATIONS,
} from '../protocol/controls.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import type { Transition } from '../protocol/generation.ts';
import type { Evaluated } from '../protocol/peek.ts';
import type { Profile } from '../protocol/profile.ts';
import type { BeatTold } from './beat.ts';
import type { CommandName } from './commands.ts';
import { type InputShown, NO_INPUT } from './listening.ts';
import { type MidiState, NO_MIDI } from './midiHands.ts';
import type { LineColumn } from './position.ts';
import type { PrintedLine } from './printLog.ts';
import type { ProbeReading } from './probes.ts';
import type { ShownSound } from './sampleShelf.ts';
import type { Settings } from './settings.ts';
import { Status } from './status.ts';
import type { WatchedReading } from './watching.ts';

/** `held`: it should be playing, but the browser blocks sound until the user interacts with the page. */
export type PlayState = 'loading' | 'stopped' | 'starting' | 'playing' | 'held';

/** A diagnostic with its line and column. */
export type Problem = Diagnostic & LineColumn;

/** The one line that says what happened. `tone` decides its colour and the dot's. */
export interface Message {
  readonly tone: 'note' | 'warning' | 'error';
  readonly text: string;
  /** Shown after the text, and never cut off: what it means for the sound. */
  readonly sound?: string;
  /** A command that would help, as a button behind the text. */
  readonly offer?: CommandName;
}

/** A patch that can be opened from the menu. */
export interface Entry {
  readonly title: string;
  readonly text: string;
  /** Tells it from others of that title, such as when it was saved. */
  readonly detail?: string;
  /** Where its controls stand, where it was saved with that. */
  readonly moved?: readonly MovedControl[];
  /** For patches of the gallery: its folder, what to listen for, and words to find it by. */
  readonly group?: string;
  readonly about?: string;
  readonly tags?: readonly string[];
}

/** What one swap was. `serial` differs for every swap. */
export interface Swap {
  readonly serial: number;
  readonly cause: 'edit' | 'another piece' | 'restart from scratch' | 'undo' | 'redo';
  /** From the request to the first frame, as far as the main thread can tell; includes the wait for the beat. */
  readonly latencyMs: number;
  /** From the request until the batch was sent. */
  readonly compileMs: number;
  readonly fadeMs: number;
  /** Which kind of transition was used. */
  readonly transition: Transition;
  readonly report: SwapReport;
}

/** The running code, and the text that its spans refer to. */
export interface RunningCode {
  readonly rows: readonly CodeRow[];
  readonly text: string;
  /** Null where it has no tempo that swaps wait for. */
  readonly beatsPerBar: number | null;
}

/** What a swap that is on its way waits for, and until when on the page's clock; null where nobody knows. */
export interface Waiting {
  readonly reason: Extract<WorkerToMain, { kind: 'waiting' }>['reason'];
  readonly untilMs: number | null;
}

/** Only the text and one line: in the page as it is, or on the whole screen. */
export type Stage = 'off' | 'window' | 'screen';

/** What a part of the text gives, and an offset in its line. `serial` differs each time. */
export interface Peeked {
  readonly serial: number;
  readonly offset: number;
  readonly evaluated: Evaluated;
}

export interface Model {
  /** transport.ts */
  readonly state: Signal<PlayState>;
  /** conductor.ts */
  readonly compiling: Signal<boolean>;
  /** What the newest swap waits for; null when none does. conductor.ts */
  readonly waiting: Signal<Waiting | null>;
  /** workspace.ts */
  readonly title: Signal<string>;
  /** status.ts */
  readonly problems: ReadonlySignal<readonly Problem[]>;
  /** What stays as long as it is true. status.ts */
  readonly message: ReadonlySignal<Message | null>;
  /** What is said once, beside the message, and goes by itself. notes.ts */
  readonly note: Signal<Message | null>;
  /** Number of the generation that plays; null before the first. playbackHistory.ts */
  readonly generation: Signal<number | null>;
  /** Part of the time there is that rendering takes, from 0; null while nothing plays. watch.ts */
  readonly load: Signal<number | null>;
  /** How often the output ran dry since the sound began; null while nothing plays, and where the browser does not say. watch.ts */
  readonly underruns: Signal<number | null>;
  /** By how much the limiter turns down, in dB, 0 or above. watch.ts */
  readonly reductionDb: Signal<number>;
  /** The constant that is taken out of the sound, of full scale; 0 when it has none. watch.ts */
  readonly dcOffset: Signal<number>;
  /** `currentBeat` as it was told last, and the beats per minute since; null while nothing plays. watch.ts */
  readonly beat: Signal<BeatTold | null>;
  /** Whole seconds of sound in the recording under way; null: there is none. takes.ts */
  readonly takeSeconds: Signal<number | null>;
  /** conductor.ts */
  readonly swap: Signal<Swap | null>;
  /** watch.ts */
  readonly code: Signal<RunningCode>;
  /** The controls of the patch that plays, in the order in which it declares them. controlBoard.ts */
  readonly controls: Signal<readonly ControlState[]>;
  /** What else the patch that plays gets from outside. watch.ts */
  readonly host: Signal<HostDeclarations>;
  /** What its probes see, in their order; none while nothing plays. probes.ts */
  readonly probes: Signal<readonly ProbeReading[]>;
  /** What the patch prints, the newest last. printLog.ts */
  readonly printed: Signal<readonly PrintedLine[]>;
  /** Devices, and controllers that controls have learned. midiHands.ts */
  readonly midi: Signal<MidiState>;
  /** Where the sound that the patch hears comes from. listening.ts */
  readonly input: Signal<InputShown>;
  /** Sound files that are here, and those that the patch names and that are not. sampleShelf.ts */
  readonly sounds: Signal<readonly ShownSound[]>;
  /** What was asked of the text, until that is edited. peeking.ts */
  readonly peeked: Signal<Peeked | null>;
  /** The variable that is watched; null: none is. watching.ts */
  readonly watched: Signal<WatchedReading | null>;
  /** Where what plays spends its time; null: nobody has asked. profiling.ts */
  readonly profile: Signal<Profile | 'counting' | null>;
  /** What happened to units, the newest last. watch.ts */
  readonly events: Signal<readonly CodeEvent[]>;
  /** settings.ts */
  readonly settings: Signal<Settings>;
  /** The gallery; only its first patch until the others have loaded. main.ts */
  readonly examples: Signal<readonly Entry[]>;
  /** Patches of one's own whose place was taken by another, the newest first. workspace.ts */
  readonly aside: Signal<readonly Entry[]>;
  /** Patches that were saved by hand, the newest first. workspace.ts */
  readonly saved: Signal<readonly Entry[]>;
  /** stage.ts */
  readonly stage: Signal<Stage>;
  /** Which menu is open: written by who opens it and by the menus, which close by themselves. */
  readonly menu: Signal<'examples' | 'more' | null>;
}

/** A model, and the status that is behind two of its signals. */
export function createModel(settings: Settings, examples: readonly Entry[]): Model & { readonly status: Status } {
  const [state, generation, dcOffset] = [signal<PlayState>('loading'), signal<number | null>(null), signal(0)];
  const [host, input] = [signal<HostDeclarations>(NO_HOST_DECLARATIONS), signal<InputShown>(NO_INPUT)];
  const sounds = signal<readonly ShownSound[]>([]);
  const status = new Status({ state, generation, dcOffset, host, input, sounds });
  return {
    ...{ state, generation, dcOffset, host, input, sounds, status, problems: status.problems, message: status.message },
    compiling: signal(false),
    waiting: signal<Waiting | null>(null),
    title: signal('untitled'),
    note: signal<Message | null>(null),
    load: signal<number | null>(null),
    underruns: signal<number | null>(null),
    reductionDb: signal(0),
    beat: signal<BeatTold | null>(null),
    takeSeconds: signal<number | null>(null),
    swap: signal<Swap | null>(null),
    code: signal<RunningCode>({ rows: [], text: '', beatsPerBar: null }),
    controls: signal<readonly ControlState[]>([]),
    events: signal<readonly CodeEvent[]>([]),
    probes: signal<readonly ProbeReading[]>([]),
    printed: signal<readonly PrintedLine[]>([]),
    midi: signal<MidiState>(NO_MIDI),
    peeked: signal<Peeked | null>(null),
    watched: signal<WatchedReading | null>(null),
    profile: signal<Profile | 'counting' | null>(null),
    settings: signal(settings),
    examples: signal(examples),
    aside: signal<readonly Entry[]>([]),
    saved: signal<readonly Entry[]>([]),
    stage: signal<Stage>('off'),
    menu: signal<'examples' | 'more' | null>(null),
  };
}
