/**
 * One AudioContext with the processor in it and what measures it: made, listened to, and thrown away as a whole when it
 * breaks. Main thread; src/engine/sound.ts decides when there has to be another one.
 *
 *   processor ─▶ node ─┬─▶ destination
 *                      └─▶ left, right (analysers: level, scope, spectrum)
 */

import { type MainToProcessor, PROCESSOR_NAME, type ProcessorToMain } from '../protocol/audio.ts';

/** What draws the sound reads from these, one a channel: their sum would show beats and cancellations nobody hears. */
export interface SoundTaps {
  readonly left: AnalyserNode;
  readonly right: AnalyserNode;
}

export interface OutputEvents {
  message(message: ProcessorToMain): void;
  /** The context runs, or no longer does. */
  stateChanged(): void;
  /** Nothing will come out of this any more. */
  lost(reason: string): void;
  /** The device failed; whether nothing will come out of this any more is to be seen. */
  deviceFailed(): void;
}

/** About 90 ms: a few periods of low notes, bins of 12 Hz, and longer than the time between two pictures. */
const TAP_FRAMES = 4096;
const LOOK_MS = 50;

export class Output {
  readonly context: AudioContext;
  readonly taps: SoundTaps;
  readonly #node: AudioWorkletNode;
  readonly #listening = new AbortController();

  /**
   * Resolves when the processor's module has loaded; nothing sounds yet.
   * @throws when the browser has no sound to give.
   */
  static async open(workletUrl: string, events: OutputEvents): Promise<Output> {
    const context = new AudioContext({ latencyHint: 'interactive' });
    await context.audioWorklet.addModule(workletUrl);
    return new Output(context, events);
  }

  private constructor(context: AudioContext, events: OutputEvents) {
    this.context = context;
    this.#node = new AudioWorkletNode(context, PROCESSOR_NAME, { numberOfInputs: 0, outputChannelCount: [2] });
    this.taps = tap(context, this.#node);
    this.#node.connect(context.destination);
    const { signal } = this.#listening;
    const lose = (reason: string) => {
      if (!signal.aborted) events.lost(reason);
    };
    this.#node.port.onmessage = ({ data }: MessageEvent<ProcessorToMain>) => events.message(data);
    this.#node.addEventListener('processorerror', () => lose('the audio processor broke down'), { signal });
    // Chromium says so also where it goes on at once, with another device.
    context.addEventListener('error', () => events.deviceFailed(), { signal });
    context.addEventListener(
      'statechange',
      () => (context.state === 'closed' ? lose('the audio was closed') : events.stateChanged()),
      { signal },
    );
  }

  get isRunning(): boolean {
    return this.context.state === 'running';
  }

  /** Whether time goes on here, at the latest after `withinMs`. */
  async goesOn(withinMs: number): Promise<boolean> {
    const { currentTime } = this.context;
    this.context.resume().catch(() => undefined);
    for (let waitedMs = 0; waitedMs < withinMs; waitedMs += LOOK_MS) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      if (this.context.currentTime > currentTime) return true;
    }
    return false;
  }

  post(message: MainToProcessor, transfer: Transferable[] = []): void {
    this.#node.port.postMessage(message, transfer);
  }

  /** Lets go of everything; nothing is heard of it afterwards. */
  close(): void {
    this.#listening.abort();
    this.#node.port.onmessage = null;
    this.#node.disconnect();
    if (this.context.state !== 'closed') this.context.close().catch(() => undefined);
  }
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
