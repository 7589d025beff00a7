/**
 * The sound that comes in: a microphone or a line, as raw as the browser gives it. In: a wish, which has to come from a click. Out: a
 * source that is connected to the output there is, also to one that takes its place. Main thread.
 */

/** What sound can come from. Names are empty until the page was let listen once. */
export interface InputDevice {
  readonly id: string;
  readonly name: string;
}

/** What the sound comes to. */
export interface InputTarget {
  readonly context: AudioContext;
  connectInput(source: AudioNode): void;
}

const REASONS: Readonly<Record<string, string>> = {
  NotAllowedError: 'The browser does not let this page listen: allow the microphone in its address bar, and try again.',
  NotFoundError: 'There is no such input: choose another one.',
  OverconstrainedError: 'There is no such input: choose another one.',
  NotReadableError: 'The input is in use by another program, or does not answer: free it, and try again.',
};

export class SoundInput {
  #stream: MediaStream | null = null;
  #source: MediaStreamAudioSourceNode | null = null;

  get isOpen(): boolean {
    return this.#stream !== null;
  }

  /**
   * Asks the browser for a device, the usual one if none is named. In place of one that is open.
   * @throws Error with a message for the user.
   */
  async open(target: InputTarget, deviceId?: string): Promise<void> {
    const { mediaDevices } = navigator as Partial<Navigator>;
    if (!mediaDevices) throw new Error('This browser gives pages no sound input, or only over https.');
    const audio: MediaTrackConstraints = {
      ...(deviceId !== undefined && { deviceId: { exact: deviceId } }),
      ...{ echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: { ideal: 2 } },
    };
    let stream: MediaStream;
    try {
      stream = await mediaDevices.getUserMedia({ audio });
    } catch (error) {
      const { name = '', message = String(error) } = error instanceof Error ? error : {};
      throw new Error(REASONS[name] ?? `The input could not be opened: ${message}`);
    }
    this.close();
    this.#stream = stream;
    this.connect(target);
  }

  /** To an output, which may be another one than before. */
  connect(target: InputTarget): void {
    this.#source?.disconnect();
    this.#source = this.#stream && target.context.createMediaStreamSource(this.#stream);
    if (this.#source) target.connectInput(this.#source);
  }

  close(): void {
    this.#source?.disconnect();
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#source = null;
    this.#stream = null;
  }

  async devices(): Promise<readonly InputDevice[]> {
    const { mediaDevices } = navigator as Partial<Navigator>;
    const found = (await mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
    return found
      .filter(({ kind }) => kind === 'audioinput')
      .map(({ deviceId, label }, index) => ({ id: deviceId, name: label || `Input ${index + 1}` }));
  }
}
