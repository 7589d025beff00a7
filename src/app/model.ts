/**
 * What the page shows, as signals: written by the conductor and the workspace, read by the views. No logic.
 * Main thread.
 */

import { type Signal, signal } from '@preact/signals';
import type { CodeEvent, CodeRow, Quantise, SwapReport } from '../protocol/compile.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import type { Transition } from '../protocol/generation.ts';
import type { LineColumn } from './position.ts';
import type { Settings } from './settings.ts';

/** `held`: it should sound, but the browser holds it back until somebody touches the page. */
export type PlayState = 'loading' | 'stopped' | 'starting' | 'playing' | 'held';

/** A diagnostic with where it is, for people. */
export type Problem = Diagnostic & LineColumn;

/** The one line that says what happened. `tone` decides its colour and the dot's. */
export interface Message {
  readonly tone: 'note' | 'warning' | 'error';
  readonly text: string;
  /** Shown after the text, and never cut off: what it means for the sound. */
  readonly sound?: string;
}

/** A patch that can be opened from the menu. */
export interface Entry {
  readonly title: string;
  readonly text: string;
}

/** What one swap was. `serial` differs for every swap. */
export interface Swap {
  readonly serial: number;
  readonly cause: 'edit' | 'fresh start' | 'undo';
  /** From the wish to the first frame, as far as the main thread can tell; with what the swap waited for its beat. */
  readonly latencyMs: number;
  /** From the request to the batch sent. */
  readonly compileMs: number;
  readonly fadeMs: number;
  /** The way that was taken. */
  readonly transition: Transition;
  readonly report: SwapReport;
}

/** The code that runs, and the text that its spans are of. */
export interface RunningCode {
  readonly rows: readonly CodeRow[];
  readonly text: string;
}

export interface Model {
  readonly state: Signal<PlayState>;
  readonly compiling: Signal<boolean>;
  /** What a swap that is compiled waits for; null when none does. */
  readonly waiting: Signal<Exclude<Quantise, 'off'> | null>;
  readonly title: Signal<string>;
  readonly problems: Signal<readonly Problem[]>;
  /** What stays true until the next evaluation or failure. */
  readonly message: Signal<Message | null>;
  /** What is said once, over the message, and goes by itself. */
  readonly note: Signal<Message | null>;
  /** Number of the generation that plays; null before the first. */
  readonly generation: Signal<number | null>;
  /** Part of the time there is that rendering takes, from 0; null while nothing plays. */
  readonly load: Signal<number | null>;
  /** By how much the limiter turns down, in dB, 0 or above. */
  readonly reductionDb: Signal<number>;
  /** The constant that is taken out of the sound, of full scale; 0 when it has none. */
  readonly dcOffset: Signal<number>;
  readonly swap: Signal<Swap | null>;
  readonly code: Signal<RunningCode>;
  /** What happened to units, the newest last. */
  readonly events: Signal<readonly CodeEvent[]>;
  readonly settings: Signal<Settings>;
  readonly examples: readonly Entry[];
  /** Patches of one's own whose place was taken by another, the newest first. */
  readonly aside: Signal<readonly Entry[]>;
  /** Which menu is open. */
  readonly menu: Signal<'examples' | 'more' | null>;
}

export function createModel(settings: Settings, examples: readonly Entry[]): Model {
  return {
    state: signal<PlayState>('loading'),
    compiling: signal(false),
    waiting: signal<Exclude<Quantise, 'off'> | null>(null),
    title: signal('untitled'),
    problems: signal<readonly Problem[]>([]),
    message: signal<Message | null>(null),
    note: signal<Message | null>(null),
    generation: signal<number | null>(null),
    load: signal<number | null>(null),
    reductionDb: signal(0),
    dcOffset: signal(0),
    swap: signal<Swap | null>(null),
    code: signal<RunningCode>({ rows: [], text: '' }),
    events: signal<readonly CodeEvent[]>([]),
    settings: signal(settings),
    examples,
    aside: signal<readonly Entry[]>([]),
    menu: signal<'examples' | 'more' | null>(null),
  };
}
