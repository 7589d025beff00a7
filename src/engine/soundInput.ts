/**
 * The sound that comes in: a microphone or a line, as raw as the browser gives it. In: wishes, which have to come from a click. Out: a
 * source that is connected to the output there is, also to one that takes its place; which inputs there are; why nothing is heard.
 * Main thread.
 */

/** What sound can come from. The names are known once the page was allowed to listen. */
export interface InputDevice {
  readonly id: string;
  readonly name: string;
}

/** What the sound goes to. */
export interface InputTarget {
  readonly context: BaseAudioContext & Pick<AudioContext, 'createMediaStreamSource'>;
  connectInput(source: AudioNode): void;
}

/** `missing`: the browser has no inputs for pages. */
export type InputState = 'missing' | 'off' | 'opening' | 'on';

/** The parts of `MediaDevices` and of `Navigator` that are used here. */
export type InputSource = Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices' | 'addEventListener'>;
export interface InputBrowser {
  readonly mediaDevices?: InputSource;
  /** Only iPhones have it. */
  readonly audioSession?: { type: string };
}

const REASONS: Readonly<Record<string, string>> = {
  NotAllowedError:
    'The browser does not let this page listen, so the patch hears silence. Allow the microphone in its address bar, and try again.',
  NotFoundError: 'There is no input, so the patch hears silence. Plug one in, and try again.',
  OverconstrainedError: 'This input is gone, so the patch hears silence. Choose another one.',
  NotReadableError:
    'This input is in use by another program or does not answer, so the patch hears silence. Free it, and try again.',
};
const LOST = 'The input was unplugged, so the patch hears silence. Choose another one.';
const MUTED = 'The system has muted this input, so the patch hears silence.';
/** Firefox cannot bring two rates together. */
const OTHER_RATE =
  'This input runs at another sample rate than the output, which this browser cannot connect, so the patch hears silence. Set both to one rate, or choose another input.';

/** 40 ms and more: longer than from one picture to the next. */
const LEVEL_FRAMES = 2048;

export class SoundInput {
  readonly #target: () => InputTarget;
  readonly #changed: () => void;
  readonly #browser: InputBrowser;
  #stream: MediaStream | null = null;
  #node: MediaStreamAudioSourceNode | null = null;
  #analyser: AnalyserNode | null = null;
  /** How many look at the level. */
  #refCount = 0;
  #devices: readonly InputDevice[] = [];
  #chosen: string | null = null;
  #trouble: string | null = null;
  /** Number of the newest wish: what an older one gets comes too late. */
  #wish = 0;
  #isOpening = false;
  #isFollowing = false;

  /** `changed`: something that the getters tell is different. */
  constructor(target: () => InputTarget, changed: () => void, browser: InputBrowser) {
    this.#target = target;
    this.#changed = changed;
    this.#browser = browser;
  }

  get state(): InputState {
    if (!this.#browser.mediaDevices) return 'missing';
    if (this.#isOpening) return 'opening';
    return this.#stream ? 'on' : 'off';
  }

  get isOpen(): boolean {
    return this.#stream !== null;
  }

  /** Why the patch hears silence although somebody wants it to hear something. */
  get trouble(): string | null {
    return this.#trouble;
  }

  get devices(): readonly InputDevice[] {
    return this.#devices;
  }

  /** The one that is open. */
  get chosen(): string | null {
    return this.#chosen;
  }

  /** Asks the browser for an input, the usual one if none is named; in place of one that is open. Never rejects. */
  async open(deviceId?: string): Promise<void> {
    const { mediaDevices } = this.#browser;
    if (!mediaDevices) return;
    const wish = ++this.#wish;
    this.#isOpening = true;
    this.#changed();
    const audio: MediaTrackConstraints = {
      ...(deviceId !== undefined && { deviceId: { exact: deviceId } }),
      ...{ echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: { ideal: 2 } },
    };
    this.#mayRecord(true);
    let stream: MediaStream | null = null;
    let trouble: string | null = null;
    try {
      stream = await mediaDevices.getUserMedia({ audio });
    } catch (error) {
      const { name = '', message = String(error) } = error instanceof Error ? error : {};
      trouble = REASONS[name] ?? `The input could not be opened, so the patch hears silence: ${message}`;
    }
    if (wish !== this.#wish) {
      end(stream);
      return;
    }
    this.#release();
    this.#isOpening = false;
    this.#trouble = trouble;
    if (stream) this.#take(stream);
    else this.#mayRecord(false);
    this.#follow();
    await this.#list();
  }

  close(): void {
    this.#wish++;
    this.#isOpening = false;
    this.#trouble = null;
    this.#release();
    this.#mayRecord(false);
    this.#changed();
  }

  /** The output is another one. */
  reconnect(): void {
    if (this.#stream) this.#connect(this.#stream);
    this.#changed();
  }

  /** Somebody looks at the level from now on. Returns a function that ends it. */
  use(): () => void {
    if (++this.#refCount === 1) this.#listen();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      if (--this.#refCount === 0) this.#listen();
    };
  }

  /** The newest samples, both sides together; zeros while nothing is open. */
  read(into: Float32Array<ArrayBuffer>): void {
    if (this.#analyser) this.#analyser.getFloatTimeDomainData(into);
    else into.fill(0);
  }

  #take(stream: MediaStream): void {
    const [track] = stream.getAudioTracks();
    this.#stream = stream;
    this.#chosen = track?.getSettings().deviceId ?? null;
    const isThis = () => this.#stream === stream;
    track?.addEventListener('ended', () => {
      if (!isThis()) return;
      this.#release();
      this.#trouble = LOST;
      void this.#list();
    });
    const mute = () => {
      if (!isThis()) return;
      this.#trouble = track?.muted ? MUTED : null;
      this.#changed();
    };
    track?.addEventListener('mute', mute);
    track?.addEventListener('unmute', mute);
    this.#connect(stream);
  }

  #connect(stream: MediaStream): void {
    this.#node?.disconnect();
    this.#node = null;
    this.#analyser = null;
    const target = this.#target();
    try {
      this.#node = target.context.createMediaStreamSource(stream);
    } catch {
      this.#release();
      this.#trouble = OTHER_RATE;
      return;
    }
    target.connectInput(this.#node);
    this.#listen();
  }

  /** The analyser costs the audio thread nothing while nobody looks. */
  #listen(): void {
    if (this.#analyser) this.#node?.disconnect(this.#analyser);
    this.#analyser = null;
    if (this.#refCount === 0 || !this.#node) return;
    this.#analyser = this.#target().context.createAnalyser();
    this.#analyser.fftSize = LEVEL_FRAMES;
    this.#node.connect(this.#analyser);
  }

  #release(): void {
    this.#node?.disconnect();
    end(this.#stream);
    this.#node = null;
    this.#analyser = null;
    this.#stream = null;
    this.#chosen = null;
  }

  /** On an iPhone, a page that only plays cannot listen, and one that listens plays more quietly. */
  #mayRecord(isRecording: boolean): void {
    const { audioSession } = this.#browser;
    if (audioSession) audioSession.type = isRecording ? 'play-and-record' : 'playback';
  }

  /** Devices come and go. Not before somebody asked: until then the page has nothing to say of them. */
  #follow(): void {
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    this.#browser.mediaDevices?.addEventListener('devicechange', () => void this.#list());
  }

  async #list(): Promise<void> {
    const found = (await this.#browser.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
    this.#devices = found
      .filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== '')
      .map(({ deviceId, label }, index) => ({ id: deviceId, name: label || `Input ${index + 1}` }));
    this.#changed();
  }
}

function end(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
