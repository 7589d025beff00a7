/**
 * The sound as the main thread sees it: the AudioContext, the processor's node, what measures it, and recording.
 *
 *   processor ─▶ node ─┬─▶ destination
 *                      └─▶ left, right (analysers: level, scope, spectrum)
 *
 * The context is made at load and stays suspended until the first gesture, so that the compiler knows the sample rate and
 * the processor can take generations before there is anything to hear. Main thread; the messages to and from the
 * processor are in src/protocol/audio.ts.
 */

import { type MainToProcessor, PROCESSOR_NAME, type ProcessorToMain } from '../protocol/audio.ts';

/** `held`: it should sound, but the browser or the system holds it back until somebody touches the page. */
export type SoundState = 'stopped' | 'starting' | 'playing' | 'held';

export type Meter = Extract<ProcessorToMain, { kind: 'meter' }>;

export interface Recording {
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
}

export interface SoundEvents {
  state(state: SoundState): void;
  meter(meter: Meter): void;
  /** The processor broke down: there will be no more sound from it. */
  failed(reason: string): void;
}

/** What draws the sound reads from these, one a channel: their sum would show beats and cancellations nobody hears. */
export interface SoundTaps {
  readonly left: AnalyserNode;
  readonly right: AnalyserNode;
}

/** Counters of newer browsers that TypeScript does not know yet. */
interface PlaybackStats {
  readonly underrunEvents?: number;
}

/** About 90 ms: a few periods of low notes, bins of 12 Hz, and longer than the time between two pictures. */
const TAP_FRAMES = 4096;
/** Ten minutes at 48 kHz, stereo: 230 MB. */
const MAX_RECORD_FRAMES = 28_800_000;

export class Sound {
  readonly taps: SoundTaps;
  readonly #context: AudioContext;
  readonly #node: AudioWorkletNode;
  readonly #events: SoundEvents;
  readonly #recordings = new Map<number, (recording: Recording) => void>();
  #lastRecording = 0;
  #wanted = false;
  /** Whether the processor has come to rest, so that nothing is cut off when the context is suspended. */
  #silent = true;
  #started: PromiseWithResolversOf<void> | null = null;

  /**
   * Makes the context and the processor. Resolves when the processor's module has loaded; nothing sounds yet.
   * @throws when the browser has no sound to give.
   */
  static async open(workletUrl: string, events: SoundEvents): Promise<Sound> {
    const context = new AudioContext({ latencyHint: 'interactive' });
    await context.audioWorklet.addModule(workletUrl);
    const node = new AudioWorkletNode(context, PROCESSOR_NAME, { numberOfInputs: 0, outputChannelCount: [2] });
    return new Sound(context, node, events);
  }

  private constructor(context: AudioContext, node: AudioWorkletNode, events: SoundEvents) {
    this.#context = context;
    this.#node = node;
    this.#events = events;
    this.taps = tap(context, node);
    node.connect(context.destination);
    node.port.onmessage = (event: MessageEvent<ProcessorToMain>) => this.#receive(event.data);
    node.onprocessorerror = () => events.failed('the audio processor broke down');
    context.addEventListener('statechange', () => this.#contextChanged());
    const wake = () => {
      if (this.#wanted) this.#resume();
    };
    for (const gesture of ['pointerup', 'keydown', 'touchend']) window.addEventListener(gesture, wake, true);
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) wake();
      else this.#rest();
    });
  }

  /** Frames per second. */
  get sampleRate(): number {
    return this.#context.sampleRate;
  }

  /** A new port on which the compiler worker reaches the processor. */
  compilerPort(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#post({ kind: 'connect', port: port2 }, [port2]);
    return port1;
  }

  /** Asks the browser for sound. To be called first thing in the handler of a gesture; `start` follows. */
  prepare(): void {
    void this.#context.resume().catch(() => undefined);
  }

  /** Lets the processor render. Resolves when the context really runs, which may need a gesture. */
  start(): Promise<void> {
    this.#wanted = true;
    this.#silent = false;
    beAnInstrument();
    this.#post({ kind: 'run', running: true });
    if (this.#context.state === 'running') {
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

  /**
   * The next `frames` (1 to 28,800,000) frames of what is really played, counted from now on; waits while nothing plays.
   * @throws RangeError when `frames` is not such a number.
   */
  record(frames: number): Promise<Recording> {
    if (!Number.isInteger(frames) || frames < 1 || frames > MAX_RECORD_FRAMES) {
      return Promise.reject(new RangeError(`record: frames must be a whole number from 1 to ${MAX_RECORD_FRAMES}`));
    }
    const id = ++this.#lastRecording;
    return new Promise((resolve) => {
      this.#recordings.set(id, resolve);
      this.#post({ kind: 'record', id, frames });
    });
  }

  /** How often the output ran dry since the context was made; null where the browser does not say. */
  underruns(): number | null {
    const { playbackStats } = this.#context as AudioContext & { readonly playbackStats?: PlaybackStats };
    return playbackStats?.underrunEvents ?? null;
  }

  #post(message: MainToProcessor, transfer: Transferable[] = []): void {
    this.#node.port.postMessage(message, transfer);
  }

  #receive(message: ProcessorToMain): void {
    switch (message.kind) {
      case 'meter':
        this.#events.meter(message);
        return;
      case 'recorded':
        this.#recordings.get(message.id)?.({ left: message.left, right: message.right });
        this.#recordings.delete(message.id);
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
    if (this.#silent && document.hidden) void this.#context.suspend();
  }

  #contextChanged(): void {
    if (!this.#wanted) return;
    if (this.#context.state === 'running') {
      this.#settleStart();
      this.#events.state('playing');
    } else {
      this.#events.state('held');
    }
  }

  #resume(): void {
    if (this.#context.state === 'running') return;
    // Without a gesture the promise stays open and the state tells; what may fail here ends in `held` just as well.
    this.#context.resume().catch(() => this.#events.state('held'));
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

function tap(context: AudioContext, node: AudioNode): SoundTaps {
  const splitter = new ChannelSplitterNode(context, { numberOfOutputs: 2 });
  node.connect(splitter);
  const options = { fftSize: TAP_FRAMES, smoothingTimeConstant: 0.6 };
  const left = new AnalyserNode(context, options);
  const right = new AnalyserNode(context, options);
  splitter.connect(left, 0);
  splitter.connect(right, 1);
  return { left, right };
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
