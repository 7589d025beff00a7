/**
 * What runs in the page, or in its worker, before anything of Segue does: scripts that the tests' server puts there, since
 * not every protocol can. Each function is sent as text, so it may use nothing from around it.
 */

/** A recording as it travels: the bytes of its samples, since JSON knows neither -0 nor 32 bits. */
export interface Bytes {
  readonly left: string;
  readonly right: string;
}

/** What `watch` keeps. */
export interface Made {
  readonly workers: Worker[];
  readonly nodes: AudioWorkletNode[];
  /** Whether compiled modules can be posted to the processor, as each worker says. */
  readonly postsModules: boolean[];
  /** Everything on the console, every exception, everything that the policy forbade. */
  readonly complaints: string[];
  /** Begins a recording, which is then the last of `recordings`. */
  record(frames: number): void;
  readonly recordings: Promise<Bytes>[];
}

declare global {
  interface Window {
    made: Made;
  }
}

/** Keeps what the page makes, to break it, and what it complains of. */
export function watch(): void {
  const bytes = ({ buffer }: Float32Array): string => {
    let text = '';
    for (let at = 0; at < buffer.byteLength; at += 4096) {
      text += String.fromCharCode(...new Uint8Array(buffer, at, Math.min(4096, buffer.byteLength - at)));
    }
    return btoa(text);
  };
  const made: Made = {
    ...{ workers: [], nodes: [], postsModules: [], complaints: [], recordings: [] },
    record: (frames) => {
      const recording = window.segue.record(frames);
      made.recordings.push(recording.then(({ left, right }) => ({ left: bytes(left), right: bytes(right) })));
    },
  };
  window.made = made;
  window.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      made.workers.push(this);
      this.addEventListener('message', ({ data }: MessageEvent<{ kind?: string; postsModules?: boolean }>) => {
        if (data.kind === 'ready') made.postsModules.push(data.postsModules === true);
      });
    }
  };
  window.AudioWorkletNode = class extends AudioWorkletNode {
    constructor(owner: BaseAudioContext, name: string, options?: AudioWorkletNodeOptions) {
      super(owner, name, options);
      made.nodes.push(this);
    }
  };
  for (const level of ['debug', 'log', 'info', 'warn', 'error'] as const) {
    const say = console[level].bind(console);
    console[level] = (...words: unknown[]) => {
      made.complaints.push(`${level}: ${words.join(' ')}`);
      say(...words);
    };
  }
  window.addEventListener('error', ({ message }) => made.complaints.push(`exception: ${message}`));
  window.addEventListener('unhandledrejection', ({ reason }) => made.complaints.push(`rejection: ${reason}`));
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    made.complaints.push(`policy: ${effectiveDirective} ${blockedURI}`);
  });
}

/** As a browser is in which a compiled module that is posted to a processor never arrives, without a word. For the worker. */
export function loseModules(): void {
  const post = MessagePort.prototype.postMessage;
  const holdsModule = (value: unknown): boolean =>
    value instanceof WebAssembly.Module ||
    (typeof value === 'object' &&
      value !== null &&
      !ArrayBuffer.isView(value) &&
      Object.values(value).some(holdsModule));
  MessagePort.prototype.postMessage = function (message: unknown, ...rest: unknown[]) {
    if (!holdsModule(message)) Reflect.apply(post, this, [message, ...rest]);
  };
}

/** As browsers do that are told to keep nothing of any site. For the page. */
export function refusePageStorage(): void {
  const refuse = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  for (const name of ['localStorage', 'sessionStorage'] as const) Object.defineProperty(window, name, { get: refuse });
  IDBFactory.prototype.open = refuse;
}

/** The same for the worker, which tells the server of it. */
export function refuseWorkerStorage(): void {
  IDBFactory.prototype.open = () => {
    void fetch('../report', { method: 'POST', body: 'refused to the worker' });
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
}

/**
 * Asks for sound without a gesture, and tells the server what becomes of that: asking from outside may itself count as a
 * gesture.
 */
export function playAtOnce(): void {
  const report = (what: string) => void fetch('report', { method: 'POST', body: what });
  window.addEventListener('pointerup', ({ isTrusted }) => report(isTrusted ? 'click' : 'false click'), true);
  const begin = setInterval(() => {
    const context = window.made.nodes[0]?.context;
    if (!context || window.segue?.stats().generation === null) return;
    clearInterval(begin);
    const tell = () => report(`${context.state}, ${window.segue.stats().state}`);
    context.addEventListener('statechange', () => setTimeout(tell));
    void window.segue.play();
    setTimeout(tell, 1000);
  }, 50);
}
