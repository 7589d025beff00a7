/**
 * One AudioContext with the processor in it and what measures it: created, listened to, and discarded as a whole when it
 * breaks. Main thread; src/engine/sound.ts decides when another one is needed.
 *
 *   processor ─▶ node ─┬─▶ destination
 *                      └─▶ taps (analysers, while pictures are shown)
 *
 * An output whose audio thread hangs cannot be closed: in Chromium, closing or suspending its context, or leaving the
 * page, waits for that thread, and so forever. It can only be abandoned.
 */

import { type MainToProcessor, PROCESSOR_NAME, type ProcessorToMain } from '../protocol/audio.ts';
import { HangWatch } from './hangWatch.ts';
import { SoundTaps } from './taps.ts';
import { everyTick } from './ticker.ts';

export interface OutputEvents {
  message(message: ProcessorToMain): void;
  /** The context runs, or no longer does. */
  stateChanged(): void;
  /** The context is lost for good. */
  lost(reason: string): void;
  /** The device failed; it is not yet clear whether the context is lost. */
  deviceFailed(): void;
  /** The audio thread no longer answers. */
  hung(): void;
}

const LOOK_MS = 50;

export class Output {
  readonly context: AudioContext;
  readonly taps: SoundTaps;
  readonly #node: AudioWorkletNode;
  readonly #listening = new AbortController();
  readonly #watch: HangWatch;
  #stopTicks: (() => void) | null = null;
  #pings = 0;
  /** Called when the processor answers. */
  #answered: () => void = () => undefined;

  /**
   * Resolves when the processor's module has loaded; no sound yet.
   * @throws if the browser cannot produce sound.
   */
  static async open(workletUrl: string, events: OutputEvents): Promise<Output> {
    const context = new AudioContext({ latencyHint: 'interactive' });
    await context.audioWorklet.addModule(workletUrl);
    return new Output(context, events);
  }

  private constructor(context: AudioContext, events: OutputEvents) {
    this.context = context;
    this.#node = new AudioWorkletNode(context, PROCESSOR_NAME, {
      ...{ numberOfInputs: 1, outputChannelCount: [2] },
      // A mono source comes in on both sides.
      ...{ channelCount: 2, channelCountMode: 'explicit', channelInterpretation: 'speakers' },
    });
    this.taps = new SoundTaps(context, this.#node);
    this.#node.connect(context.destination);
    const { signal } = this.#listening;
    const lose = (reason: string) => {
      if (!signal.aborted) events.lost(reason);
    };
    const isRunning = () => this.isRunning;
    this.#watch = new HangWatch(
      {
        get isRunning() {
          return isRunning();
        },
        get currentTime() {
          return context.currentTime;
        },
        ping: () => this.#ping(),
      },
      () => events.hung(),
    );
    this.#node.port.onmessage = ({ data }: MessageEvent<ProcessorToMain>) => {
      this.#watch.heard();
      if (data.kind === 'pong') this.#answered();
      else events.message(data);
    };
    this.#node.addEventListener('processorerror', () => lose('the audio processor crashed'), { signal });
    // Chromium reports this also when it continues at once with another device.
    context.addEventListener('error', () => events.deviceFailed(), { signal });
    context.addEventListener(
      'statechange',
      () => {
        this.#tickWhileRunning();
        if (context.state === 'closed') lose('the audio context was closed');
        else events.stateChanged();
      },
      { signal },
    );
    this.#tickWhileRunning();
    // Once it has answered it is known to be there, also before it runs.
    this.#ping();
  }

  connectInput(source: AudioNode): void {
    source.connect(this.#node);
  }

  get isRunning(): boolean {
    return this.context.state === 'running';
  }

  /** Whether time advances within `withinMs`. */
  async goesOn(withinMs: number): Promise<boolean> {
    const { currentTime } = this.context;
    this.context.resume().catch(() => undefined);
    for (let waitedMs = 0; waitedMs < withinMs; waitedMs += LOOK_MS) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      if (this.context.currentTime > currentTime) return true;
    }
    return false;
  }

  /** Resolves when the processor answers: its thread is there. */
  answers(): Promise<void> {
    return new Promise((resolve) => {
      this.#answered = resolve;
      this.#ping();
    });
  }

  #ping(): void {
    this.post({ kind: 'ping', serial: ++this.#pings });
  }

  #tickWhileRunning(): void {
    if (this.isRunning) this.#stopTicks ??= everyTick(() => this.#watch.tick());
    else this.#stopTicking();
  }

  #stopTicking(): void {
    this.#stopTicks?.();
    this.#stopTicks = null;
  }

  post(message: MainToProcessor, transfer: Transferable[] = []): void {
    this.#node.port.postMessage(message, transfer);
  }

  /** Releases everything; no events come after this. */
  close(): void {
    this.#letGo();
    this.#node.port.onmessage = null;
    if (this.context.state !== 'closed') this.context.close().catch(() => undefined);
  }

  /** For one that hangs: it is no longer heard or listened to, and closed if it ever comes back. */
  abandon(): void {
    this.#letGo();
    abandoned.add(this);
    // Until then its thread may hang again at any block.
    this.post({ kind: 'end' });
    this.#ping();
    const serial = this.#pings;
    this.#node.port.onmessage = ({ data }: MessageEvent<ProcessorToMain>) => {
      if (data.kind !== 'pong' || data.serial !== serial) return;
      abandoned.delete(this);
      this.close();
    };
  }

  #letGo(): void {
    this.#stopTicking();
    this.#listening.abort();
    this.#node.disconnect();
  }
}

/** Held on to, since collecting one would close its context. */
const abandoned = new Set<Output>();

/** Outputs whose thread still hangs: each keeps a processor core busy, and the page from being left. */
export const hangingOutputs = (): number => abandoned.size;
