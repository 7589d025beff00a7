/**
 * The sound as the main thread sees it: starting and stopping, what the browser holds back, recording, and an output that
 * is rebuilt when it breaks.
 *
 * The context is made at load and stays suspended until the first gesture, so that the compiler knows the sample rate and
 * the processor can take generations before there is anything to hear. Main thread; the messages to and from the
 * processor are in src/protocol/audio.ts.
 */

import { MAX_RECORD_FRAMES, MAX_RECORDINGS, type MainToProcessor, type ProcessorToMain } from '../protocol/audio.ts';
import type { TimedEvent } from '../protocol/hostEvents.ts';
import { EventClock } from './eventClock.ts';
import { hangingOutputs, Output } from './output.ts';
import { outputTimes } from './outputTimes.ts';
import { type InputBrowser, SoundInput } from './soundInput.ts';
import { Tape } from './tape.ts';
import type { SoundTaps } from './taps.ts';
import { everyTick } from './ticker.ts';

/** `held`: it should sound, but the browser or the system holds it back until somebody touches the page. */
export type SoundState = 'stopped' | 'starting' | 'playing' | 'held';

export type Meter = Extract<ProcessorToMain, { kind: 'meter' }>;
export type Probed = Extract<ProcessorToMain, { kind: 'probes' }>;

export interface Recording {
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
}

export interface SoundEvents {
  state(state: SoundState): void;
  meter(meter: Meter): void;
  probed(probed: Probed): void;
  /** What patches hear comes from elsewhere, or can no longer. */
  inputChanged(input: SoundInput): void;
  /**
   * The audio thread no longer answers, so that nothing is heard. Another output is tried: `rebuilt` or `gone` follows.
   */
  hung(): void;
  /** No other output starts beside the thread that hangs: only another page can sound. */
  gone(): void;
  /** The output broke and another one took its place, which has no compiler connected to it and plays nothing yet. */
  rebuilt(sound: Sound, reason: string): void;
  /** There will be no more sound. */
  failed(reason: string): void;
}

/** Counters of newer browsers that TypeScript does not know yet. */
interface PlaybackStats {
  readonly underrunEvents?: number;
}

/** So many outputs in a row may break before they have played anything. */
const MAX_FRUITLESS = 3;

/** Chromium has no more threads for audio than a few, and each that hangs takes a processor core. */
const MAX_HANGING = 2;
/** Five seconds: another output has to load the processor's module, from the browser's cache. */
const START_TICKS = 50;

/** The time that a browser has to continue with another device. */
const DEVICE_MS = 1500;

interface PendingRecording {
  readonly frames: number;
  readonly resolve: (recording: Recording) => void;
  readonly reject: (reason: Error) => void;
}

export class Sound {
  readonly #workletUrl: string;
  readonly #events: SoundEvents;
  #output!: Output;
  /** What is played, as samples. */
  readonly tape = new Tape((message, transfer) => this.#post(message, transfer));
  /** What patches hear. */
  readonly input: SoundInput;
  readonly #recordings = new Map<number, PendingRecording>();
  #lastRecording = 0;
  #wanted = false;
  /** Whether the processor has come to rest, so that nothing is cut off when the context is suspended. */
  #silent = true;
  #started: PromiseWithResolversOf<void> | null = null;
  #consecutiveFailures = 0;
  /** The device failed, and it was not seen since that the output continues. */
  #isDoubtful = false;
  #isRebuilding = false;
  /** The audio thread hangs, and there is no other. */
  #isGone = false;
  #watchesProbes = false;
  readonly #clock = new EventClock();

  /**
   * Makes the context and the processor. Resolves when the processor's module has loaded; nothing sounds yet.
   * @throws when the browser has no sound to give.
   */
  static async open(workletUrl: string, events: SoundEvents): Promise<Sound> {
    const sound = new Sound(workletUrl, events);
    sound.#output = await sound.#build();
    sound.tape.begin(sound.sampleRate);
    sound.#listen();
    return sound;
  }

  private constructor(workletUrl: string, events: SoundEvents) {
    this.#workletUrl = workletUrl;
    this.#events = events;
    this.input = new SoundInput(
      () => this.#output,
      () => events.inputChanged(this.input),
      navigator as InputBrowser,
    );
  }

  #build(): Promise<Output> {
    return Output.open(this.#workletUrl, {
      message: (message) => this.#receive(message),
      stateChanged: () => this.#contextChanged(),
      lost: (reason) => void this.#rebuild(reason),
      deviceFailed: () => void this.#doubt(),
      hung: () => void this.#replaceHung(),
    });
  }

  #listen(): void {
    const wake = () => {
      if (this.#wanted) this.#resume();
    };
    for (const gesture of ['pointerup', 'keydown', 'touchend']) window.addEventListener(gesture, wake, true);
    for (const comingBack of ['focus', 'pageshow']) window.addEventListener(comingBack, wake);
    navigator.mediaDevices?.addEventListener('devicechange', wake);
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) wake();
      else this.#rest();
    });
  }

  /** Frames per second: of the context, whatever the device has. */
  get sampleRate(): number {
    return this.#output.context.sampleRate;
  }

  /** The rate, and how often the device calls for frames, as far as the browser says. */
  get times(): { readonly sampleRate: number; readonly callSeconds: number } {
    const { sampleRate, baseLatency } = this.#output.context;
    return { sampleRate, callSeconds: baseLatency ?? 0 };
  }

  /** Other ones after each `rebuilt`. */
  get taps(): SoundTaps {
    return this.#output.taps;
  }

  /** A new port on which a compiler worker reaches the processor. `memoryBytes`: if it needs no more. */
  compilerPort(memoryBytes?: number): MessagePort {
    const { port1, port2 } = new MessageChannel();
    const memory = memoryBytes === undefined ? {} : { memoryBytes };
    this.#post({ kind: 'connect', port: port2, ...memory }, [port2]);
    return port1;
  }

  /** Asks the browser for sound. To be called first thing in the handler of a gesture; `start` follows. */
  prepare(): void {
    if (!this.#isGone) void this.#output.context.resume().catch(() => undefined);
  }

  /** Lets the processor render. Resolves when the context really runs, which may need a gesture; rejects when it is gone. */
  start(): Promise<void> {
    if (this.#isGone) return Promise.reject(new Error('the audio thread stopped responding'));
    this.#wanted = true;
    this.#silent = false;
    if (!this.input.isOpen) beAnInstrument();
    this.#post({ kind: 'run', running: true });
    if (this.#isDoubtful) void this.#doubt();
    if (this.#output.isRunning) {
      this.#events.state('playing');
      return Promise.resolve();
    }
    this.#started ??= withResolvers<void>();
    this.#events.state('starting');
    this.#resume();
    return this.#started.promise;
  }

  /** Ends the sound with a short ramp; time stands still until the next start. */
  stop(): void {
    this.#wanted = false;
    this.#post({ kind: 'run', running: false });
    this.#settleStart();
    this.#events.state('stopped');
  }

  /** Switches the limiter, which is on at first. */
  limit(isOn: boolean): void {
    this.#post({ kind: 'limiter', isOn });
  }

  /** Whether it is told what probes see, from now on. */
  watchProbes(isOn: boolean): void {
    this.#watchesProbes = isOn;
    this.#post({ kind: 'watchProbes', isOn });
  }

  /** Something happens to the patch that plays: a control is moved, a note is played. `atSeconds`: on the clock of `currentTime`. */
  sendEvent(event: TimedEvent): void {
    this.#post({ kind: 'event', event });
  }

  /**
   * The time of the output, in seconds, at a moment on the clock of `performance.now` and of events' time stamps: what takes effect
   * then is heard with the output's delay, and no sooner or later than others.
   */
  timeAt(timeStampMs: number): number {
    return this.#clock.at(timeStampMs, outputTimes(this.#output.context));
  }

  /**
   * The next `frames` (1 to 28,800,000) frames of what is really played, counted from now on; waits while nothing plays.
   * @throws RangeError when `frames` is not such a number, or more are under way altogether; Error when there is no memory
   * for it, or the output breaks while it records.
   */
  record(frames: number): Promise<Recording> {
    if (!Number.isInteger(frames) || frames < 1 || frames > MAX_RECORD_FRAMES) {
      return Promise.reject(new RangeError(`record: frames must be a whole number from 1 to ${MAX_RECORD_FRAMES}`));
    }
    let total = frames;
    for (const recording of this.#recordings.values()) total += recording.frames;
    if (total > MAX_RECORD_FRAMES || this.#recordings.size === MAX_RECORDINGS) {
      const most = `${MAX_RECORDINGS} recordings and ${MAX_RECORD_FRAMES} frames`;
      return Promise.reject(new RangeError(`record: at most ${most} can be under way at a time`));
    }
    const id = ++this.#lastRecording;
    return new Promise((resolve, reject) => {
      this.#recordings.set(id, { frames, resolve, reject });
      this.#post({ kind: 'record', id, frames });
    });
  }

  /** How often the output ran dry since the context was made; null where the browser does not say. */
  underruns(): number | null {
    const { playbackStats } = this.#output.context as AudioContext & { readonly playbackStats?: PlaybackStats };
    return playbackStats?.underrunEvents ?? null;
  }

  #post(message: MainToProcessor, transfer: Transferable[] = []): void {
    this.#output.post(message, transfer);
  }

  #receive(message: ProcessorToMain): void {
    switch (message.kind) {
      case 'meter':
        this.#consecutiveFailures = 0;
        this.#clock.look(outputTimes(this.#output.context));
        this.#post({ kind: 'meterRead' });
        this.#events.meter(message);
        return;
      case 'probes':
        this.#post({ kind: 'probesRead' });
        this.#events.probed(message);
        return;
      case 'taped':
        this.tape.taped(message);
        return;
      case 'recorded':
        this.#recordings.get(message.id)?.resolve({ left: message.left, right: message.right });
        this.#recordings.delete(message.id);
        return;
      case 'unrecorded':
        this.#recordings.get(message.id)?.reject(new Error(`record: ${message.reason}`));
        this.#recordings.delete(message.id);
        return;
      case 'failed':
        void this.#rebuild(`the audio processor failed (${message.reason})`);
        return;
      case 'pong':
      case 'injected':
        return;
      case 'stopped':
        this.#silent = !this.#wanted;
        this.#rest();
        return;
      default:
        message satisfies never;
    }
  }

  /** A page that is silent and out of sight lets go of the loudspeaker. */
  #rest(): void {
    if (this.#silent && document.hidden && !this.#isGone) void this.#output.context.suspend();
  }

  #contextChanged(): void {
    if (!this.#output.isRunning) this.#post({ kind: 'interrupted' });
    if (!this.#wanted) return;
    if (this.#output.isRunning) {
      this.#settleStart();
      this.#events.state('playing');
    } else {
      this.#events.state('held');
    }
  }

  /** Keeps the output, with all that it plays, if it continues by itself; what is not to play now is looked at when it is. */
  async #doubt(): Promise<void> {
    this.#isDoubtful = true;
    const output = this.#output;
    if (!this.#wanted) return;
    const goesOn = await output.goesOn(DEVICE_MS);
    if (output !== this.#output || !(goesOn || this.#wanted)) return;
    if (goesOn) this.#isDoubtful = false;
    else void this.#rebuild('the audio device failed');
  }

  /** Makes another output in the place of one that broke, and lets it run if that one did. */
  async #rebuild(reason: string): Promise<void> {
    if (this.#isRebuilding) return;
    this.#isRebuilding = true;
    this.#output.close();
    this.#dropRecordings(reason);
    try {
      if (++this.#consecutiveFailures > MAX_FRUITLESS) throw new Error(reason);
      this.#output = await this.#build();
    } catch (error) {
      this.#end();
      this.#events.failed(error instanceof Error ? error.message : String(error));
      return;
    }
    this.#begin(reason);
  }

  /** Nothing can end a thread that hangs, but a context beside it may get a thread of its own. */
  async #replaceHung(): Promise<void> {
    if (this.#isRebuilding) return;
    this.#isRebuilding = true;
    this.#output.abandon();
    const reason = 'the audio thread stopped responding';
    this.#dropRecordings(reason);
    if (this.#wanted) this.#events.state('starting');
    this.#events.hung();
    const output = hangingOutputs() > MAX_HANGING ? null : await this.#tryAnother();
    if (output === null) {
      this.#isGone = true;
      this.#end();
      this.#events.gone();
      return;
    }
    this.#output = output;
    this.#begin(reason);
  }

  /** Another output whose processor answers; null when there is none in time, which is counted in ticks. */
  #tryAnother(): Promise<Output | null> {
    return new Promise((resolve) => {
      let ticks = 0;
      let isLate = false;
      let tried: Output | null = null;
      const give = (output: Output | null) => {
        stop();
        if (output === null) tried?.abandon();
        isLate = true;
        resolve(output);
      };
      const stop = everyTick(() => {
        if (++ticks > START_TICKS) give(null);
      });
      this.#build()
        .then(async (output) => {
          if (isLate) return output.abandon();
          tried = output;
          await output.answers();
          if (!isLate) give(output);
        })
        .catch(() => give(null));
    });
  }

  #begin(reason: string): void {
    this.#isRebuilding = false;
    this.#isDoubtful = false;
    this.#clock.reset();
    this.tape.begin(this.sampleRate);
    this.input.reconnect();
    this.watchProbes(this.#watchesProbes);
    this.#events.rebuilt(this, reason);
    this.#post({ kind: 'run', running: this.#wanted });
    if (!this.#wanted) return;
    // It may run since before anybody listened.
    if (this.#output.isRunning) this.#contextChanged();
    else this.#resume();
  }

  #end(): void {
    this.#wanted = false;
    this.tape.end();
    this.#settleStart();
    this.#events.state('stopped');
  }

  #dropRecordings(reason: string): void {
    for (const { reject } of this.#recordings.values()) reject(new Error(`record: ${reason}`));
    this.#recordings.clear();
  }

  #resume(): void {
    if (this.#output.isRunning) return;
    // Without a gesture the promise stays open and the state tells; what may fail here ends in `held` just as well.
    this.#output.context.resume().catch(() => this.#events.state('held'));
    if (!navigator.userActivation?.isActive) this.#events.state('held');
  }

  #settleStart(): void {
    this.#started?.resolve();
    this.#started = null;
  }
}

/** On an iPhone, sound from a page obeys the silent switch unless the page says what it is. */
function beAnInstrument(): void {
  const { audioSession } = navigator as Navigator & { readonly audioSession?: { type: string } };
  if (audioSession) audioSession.type = 'playback';
}

interface PromiseWithResolversOf<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
}

function withResolvers<Value>(): PromiseWithResolversOf<Value> {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
