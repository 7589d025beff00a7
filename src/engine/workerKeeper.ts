/**
 * Keeps a compiler worker alive: looks like one worker to whoever posts to it, and replaces the real one when that dies,
 * crashes or hangs. The sound keeps playing meanwhile; what plays is handed to the new worker, which continues from
 * there, and unanswered requests are sent again.
 *
 * In: messages for the worker, and ways for a worker to end. Out: the worker's answers, and one event for each restart.
 * Main thread. Texts are remembered until they are answered; a text that ended two workers is not sent a third time. What
 * a worker ended over while it ran code from an earlier visit is not the text's fault: the next one gives that code up.
 *
 *   start ─▶ connect ─▶ ready ─▶ update with the playing text, if any ─▶ its answer ─▶ what was not answered
 */

import { type Checkpoint, type MainToWorker, WITHOUT_CACHE, type WorkerToMain } from '../protocol/compile.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import type { Generation } from '../protocol/units.ts';

/** The part of `Worker` that is used here. `memoryBytes`: the memory that it needs, where that is known. */
export type KeptWorker = Pick<EventTarget, 'addEventListener'> & {
  postMessage(message: MainToWorker, transfer?: Transferable[]): void;
  terminate(): void;
  readonly memoryBytes?: number;
  /** Whether it is in the page, and so cannot vanish and holds no lock. */
  readonly isInPage?: boolean;
};

export interface KeeperParts {
  /** `name`: see WITHOUT_CACHE; empty for others. */
  startWorker(name: string): KeptWorker;
  /** Calls about once a second, less often in a page that sleeps, until the returned function is called. */
  everySecond(call: () => void): () => void;
  /** Calls once nobody holds the lock: its worker is gone, for whatever reason. Never, if that cannot be told. */
  whenFree(lockName: string, call: () => void): void;
  readonly events: KeeperEvents;
}

export interface KeeperEvents {
  /** The worker ended (`reason`: what is wrong with it, as the rest of a sentence) and another one was started. */
  restarted(reason: string): void;
  /** The new worker has taken over what was playing. `generation` is its number from now on. */
  resumed(generation: Generation, text: string): void;
  /** What the next processor was to begin with no longer passes, so that nothing plays. */
  notResumed(): void;
}

/** A new connection to the processor. */
export interface ProcessorAccess {
  readonly port: MessagePort;
  /** Hz. */
  readonly sampleRate: number;
}

/** `memoryBytes`: of the processor's memory, as much as is needed; all there can be if not given. */
type OpenProcessor = (memoryBytes?: number) => ProcessorAccess;

type Request = Extract<MainToWorker, { kind: 'update' | 'restore' }>;

const isRequest = (message: MainToWorker): message is Request =>
  message.kind === 'update' || message.kind === 'restore';

/** A text that has played, and the piece that it is of. */
type Played = Pick<Checkpoint, 'text' | 'piece'>;

/** A worker that does not answer for this long hangs: far longer than any text should take. */
export const HANG_SECONDS = 15;
/** This many workers in a row may end without having answered anything. */
const MAX_FRUITLESS = 3;
/** A text is refused once it is blamed for this many ended workers. */
const MAX_BLAME = 2;
const MAX_CHECKPOINTS = 8;
/** Texts that have played are remembered, to go back to one that did not freeze the audio. */
const MAX_HISTORY = 16;
/** Texts that are remembered as blamed; the oldest is forgotten first. */
const MAX_BLAMED = 16;

export class WorkerKeeper extends EventTarget {
  readonly #parts: KeeperParts;
  #worker: KeptWorker;
  /** Opens a connection to the processor; null until there is one. */
  #access: OpenProcessor | null = null;
  /** Counts workers and connections: messages from earlier ones are ignored. */
  #epoch = 0;
  #lifeSerial = 0;
  /** Held by the worker while it lives. */
  #lockName = '';
  #isReady = false;
  /** Whether the worker runs code from an earlier visit. */
  #reuses = false;
  /** Whether such code, or reading it, has ended a worker: no later one uses any. */
  #isCacheOff = false;
  #isOver = false;
  /** There is no processor, and will be none. */
  #isGone = false;
  #consecutiveFailures = 0;

  /** Not answered, in the order in which they were asked. */
  #requests: Request[] = [];
  /** Questions of the editor without an answer. */
  readonly #questions = new Set<number>();
  #settings: MainToWorker | null = null;
  /** What says that there is time to spare; null: there is none yet. */
  #spare: MainToWorker | null = null;
  #moved: MainToWorker | null = null;
  readonly #samples = new Map<string, MainToWorker>();
  readonly #crashCount = new Map<string, number>();

  readonly #checkpoints = new Map<Generation, Checkpoint>();
  #lastGeneration = 0;
  /** What plays, as far as the worker has reported. */
  #playing: Generation | null = null;
  /** The request by which the playing text goes over to a new worker; null when that is done. */
  #resuming: { readonly id: number; readonly text: string } | null = null;

  /** The texts that have played, the newest last, each once. */
  #history: Played[] = [];
  /** What a new processor is to begin with, in the place of what the old one hangs in. */
  #comeback: Played | null = null;

  #pings = 0;
  #pongs = 0;
  #silentSeconds = 0;
  #stopWatch: (() => void) | null = null;

  /** Resolves when a compiler is there and has taken over what plays, or when there will be none. */
  readonly compilerIsThere: Promise<void>;
  #tellCompilerIsThere: () => void = () => undefined;

  constructor(parts: KeeperParts) {
    super();
    this.#parts = parts;
    this.compilerIsThere = new Promise((resolve) => {
      this.#tellCompilerIsThere = resolve;
    });
    this.#worker = this.#start();
  }

  /** Connects the worker to the processor, and again to another one when the audio was restarted. */
  connectTo(access: OpenProcessor): void {
    this.#access = access;
    this.#connect();
  }

  /** As in a worker. Texts and settings that come too early wait. */
  postMessage(message: MainToWorker): void {
    if (message.kind === 'settings') this.#settings = message;
    if (message.kind === 'moved') this.#moved = message;
    if (message.kind === 'spare') this.#spare = message;
    if (message.kind === 'sample') this.#samples.set(message.name, message);
    if (isRequest(message)) {
      this.#requests.push(message);
      if (this.#isGone) queueMicrotask(() => this.#reject(message, NO_AUDIO));
    }
    if (message.kind === 'ask' || message.kind === 'forget') {
      this.#passQuestion(message);
      return;
    }
    // Requests wait until what plays has gone over.
    const waits = isRequest(message) && this.#resuming !== null;
    if (this.#isReady && !waits) this.#send(message);
  }

  /**
   * The processor hangs, in what plays or in what was just sent: it is not to play again by itself. What waits for an
   * answer from there gets one. Returns the text, null when nothing was played, and the one that plays in the next
   * processor, null when there is none. `connectTo` follows, or nothing.
   */
  processorHung(): { readonly hung: string | null; readonly before: string | null } {
    const hung = this.#sentText() ?? this.#history.at(-1)?.text ?? null;
    this.#history = this.#history.filter(({ text }) => text !== hung);
    this.#comeback = this.#history.at(-1) ?? null;
    this.#playing = null;
    this.#resuming = null;
    // It may have been code from an earlier visit that hung it, and not what the text says.
    if (this.#reuses) this.#giveCacheUp();
    if (hung !== null) {
      for (const request of this.#requests.filter(({ text }) => text === hung)) this.#reject(request, frozenBy(hung));
    }
    return { hung, before: this.#comeback?.text ?? null };
  }

  /** `connectTo` follows. */
  #giveCacheUp(): void {
    this.#isCacheOff = true;
    this.#replace();
  }

  /** Another worker takes over, once it is connected. */
  #replace(): void {
    this.#worker.terminate();
    this.#dropQuestions();
    this.#epoch++;
    this.#isReady = false;
    this.#stopWatching();
    this.#worker = this.#start();
  }

  /** The text that was sent to the processor and not heard of since; null: there is none. */
  #sentText(): string | null {
    const newest = [...this.#checkpoints.values()].at(-1);
    if (newest === undefined || newest.generation <= (this.#playing ?? 0)) return null;
    return this.#requests.some(({ text }) => text === newest.text) ? newest.text : null;
  }

  /** There is no processor any more, nor will there be: nothing can be played. */
  processorGone(): void {
    this.#isReady = false;
    this.#access = null;
    this.#isGone = true;
    this.#tellCompilerIsThere();
    this.#stopWatching();
    for (const request of this.#requests) this.#reject(request, NO_AUDIO);
  }

  /** What the editor asks is of no use later: a worker that is not there yet, or no more, has nothing to say to it. */
  #passQuestion(message: Extract<MainToWorker, { kind: 'ask' | 'forget' }>): void {
    if (message.kind === 'ask') this.#questions.add(message.id);
    if (this.#isReady) this.#worker.postMessage(message);
    else queueMicrotask(() => this.#dropQuestions());
  }

  #dropQuestions(): void {
    for (const id of this.#questions) this.#tell({ kind: 'answer', id, answer: null });
    this.#questions.clear();
  }

  #reject(request: Request, diagnostic: Diagnostic): void {
    this.#requests = this.#requests.filter((other) => other !== request);
    this.#tell({ kind: 'rejected', id: request.id, diagnostics: [diagnostic] });
  }

  #start(): KeptWorker {
    this.#reuses = false;
    const worker = this.#parts.startWorker(this.#isCacheOff ? WITHOUT_CACHE : '');
    const life = ++this.#lifeSerial;
    const isCurrent = () => life === this.#lifeSerial && !this.#isOver;
    worker.addEventListener('message', (event) => {
      if (isCurrent()) this.#receive((event as MessageEvent<WorkerToMain>).data);
    });
    worker.addEventListener('error', (event) => {
      if (isCurrent()) this.#ended((event as ErrorEvent).message || 'it could not be loaded');
    });
    worker.addEventListener('messageerror', () => {
      if (isCurrent()) this.#ended('a message could not be read');
    });
    return worker;
  }

  #connect(): void {
    if (!this.#access || this.#isOver) return;
    const { port, sampleRate } = this.#access(this.#worker.memoryBytes);
    this.#lockName = `segue.worker.${crypto.randomUUID()}`;
    this.#epoch++;
    this.#isReady = false;
    this.#stopWatching();
    const message: MainToWorker = {
      kind: 'connect',
      port,
      sampleRate,
      lastGeneration: this.#lastGeneration,
      lockName: this.#lockName,
    };
    this.#worker.postMessage(message, [port]);
  }

  #receive(message: WorkerToMain): void {
    switch (message.kind) {
      case 'ready':
        this.#ready();
        break;
      case 'pong':
        this.#pongs = message.serial;
        if (this.#pongs === this.#pings) this.#stopWatching();
        return;
      case 'checkpoint':
        this.#remember(message.checkpoint);
        return;
      case 'reuses':
        this.#reuses = true;
        return;
      case 'leaves':
        this.#replace();
        this.#connect();
        return;
      case 'answer':
        this.#questions.delete(message.id);
        this.#tell(message);
        return;
      case 'committed':
        this.#playing = message.generation;
        this.#keepPlayed(message.text, this.#checkpoints.get(message.generation)?.piece ?? 0);
        this.#lastGeneration = Math.max(this.#lastGeneration, message.generation);
        break;
      case 'trapped':
        if (this.#playing === message.generation) this.#playing = message.fallback;
        this.#forget(this.#checkpoints.get(message.generation)?.text);
        break;
    }
    if ('id' in message && message.kind !== 'waiting') {
      if (this.#resuming?.id === message.id) {
        this.#resumed(message);
        return;
      }
      this.#consecutiveFailures = 0;
      this.#requests = this.#requests.filter(({ id }) => id !== message.id);
    }
    this.#tell(message);
  }

  #keepPlayed(text: string, piece: number): void {
    this.#history = [...this.#history.filter((other) => other.text !== text), { text, piece }].slice(-MAX_HISTORY);
  }

  #ready(): void {
    const epoch = this.#epoch;
    this.#isReady = true;
    if (!this.#worker.isInPage) {
      this.#parts.whenFree(this.#lockName, () => {
        if (epoch === this.#epoch) this.#ended('it was terminated');
      });
    }
    if (this.#settings) this.#send(this.#settings);
    if (this.#spare) this.#send(this.#spare);
    if (this.#moved) this.#send(this.#moved);
    for (const sample of this.#samples.values()) this.#send(sample);
    if (this.#comeback !== null) {
      this.#resuming = { id: -epoch, text: this.#comeback.text };
      this.#send({ kind: 'update', id: -epoch, ...this.#comeback });
      return;
    }
    const checkpoint = this.#playing === null ? undefined : this.#checkpoints.get(this.#playing);
    if (!checkpoint) {
      this.#sendAll();
      return;
    }
    this.#resuming = { id: -epoch, text: checkpoint.text };
    this.#send({ kind: 'update', id: -epoch, text: checkpoint.text, resume: [...this.#checkpoints.values()] });
  }

  #resumed(message: WorkerToMain): void {
    const text = message.kind === 'committed' ? message.text : this.#resuming?.text;
    this.#resuming = null;
    if (message.kind === 'committed' && text !== undefined) this.#parts.events.resumed(message.generation, text);
    else if (this.#comeback !== null) this.#parts.events.notResumed();
    this.#comeback = null;
    this.#sendAll();
  }

  #sendAll(): void {
    if (!this.#worker.isInPage) this.#tellCompilerIsThere();
    for (const request of this.#requests) this.#send(request);
  }

  #send(message: MainToWorker): void {
    this.#worker.postMessage(message);
    if (!isRequest(message)) return;
    this.#worker.postMessage({ kind: 'ping', serial: ++this.#pings } satisfies MainToWorker);
    this.#silentSeconds = 0;
    this.#stopWatch ??= this.#parts.everySecond(() => {
      // Counted and not measured: a computer that sleeps does not make its worker late.
      if (++this.#silentSeconds >= HANG_SECONDS)
        this.#ended(`it did not respond for ${HANG_SECONDS} seconds`, MAX_BLAME);
    });
  }

  #stopWatching(): void {
    this.#stopWatch?.();
    this.#stopWatch = null;
  }

  /** A text that failed while it played is none to go back to. */
  #forget(text: string | undefined): void {
    this.#history = this.#history.filter((other) => other.text !== text);
  }

  #remember(checkpoint: Checkpoint): void {
    this.#lastGeneration = Math.max(this.#lastGeneration, checkpoint.generation);
    this.#checkpoints.set(checkpoint.generation, checkpoint);
    for (const generation of this.#checkpoints.keys()) {
      if (this.#checkpoints.size <= MAX_CHECKPOINTS) break;
      // What plays may be older than what was tried after it.
      if (generation !== this.#playing) this.#checkpoints.delete(generation);
    }
  }

  /** The worker is unusable. `blame`: how much of that is blamed on the current text. */
  #ended(reason: string, crashCount = 1): void {
    this.#stopWatching();
    this.#worker.terminate();
    this.#dropQuestions();
    this.#epoch++;
    const isByCache = !this.#isCacheOff && (this.#reuses || !this.#isReady);
    this.#isCacheOff ||= isByCache;
    this.#isReady = false;
    if (++this.#consecutiveFailures > MAX_FRUITLESS) {
      this.#isOver = true;
      this.#tellCompilerIsThere();
      this.dispatchEvent(Object.assign(new Event('error'), { message: reason }));
      return;
    }
    // A text that plays was compiled before: if it cannot be taken over, the next one starts from scratch.
    if (this.#resuming && !isByCache) {
      this.#playing = null;
      this.#comeback = null;
    } else if (!this.#resuming && !isByCache) this.#putDownTo(this.#requests[0], crashCount, reason);
    this.#resuming = null;
    this.#worker = this.#start();
    this.#connect();
    this.#parts.events.restarted(reason);
  }

  #putDownTo(request: Request | undefined, crashCount: number, reason: string): void {
    if (!request) return;
    const { id, text } = request;
    const total = (this.#crashCount.get(text) ?? 0) + crashCount;
    this.#crashCount.delete(text);
    this.#crashCount.set(text, total);
    for (const oldest of this.#crashCount.keys()) {
      if (this.#crashCount.size <= MAX_BLAMED) break;
      this.#crashCount.delete(oldest);
    }
    if (total < MAX_BLAME) return;
    this.#requests = this.#requests.filter((other) => other !== request);
    this.#tell({ kind: 'rejected', id, diagnostics: [endedBy(text, reason)] });
  }

  #tell(data: WorkerToMain): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

const endedBy = (text: string, reason: string): Diagnostic => ({
  severity: 'error',
  code: 'compiler-failed',
  message: `The compiler crashed on this code: ${reason}. It will not be tried again until you evaluate it.`,
  span: { start: 0, end: Math.min(1, text.length) },
});

/** What is said of a text in which the audio thread hangs. */
export const frozenBy = (text: string): Diagnostic => ({
  severity: 'error',
  code: 'audio-frozen',
  message: 'This code froze the audio. It will not run again until you edit it or evaluate it by hand.',
  span: { start: 0, end: Math.min(1, text.length) },
});

const NO_AUDIO: Diagnostic = {
  severity: 'error',
  code: 'audio-frozen',
  message: 'The audio in this tab is frozen, so nothing can be played here.',
  span: { start: 0, end: 0 },
};

/** The keeper's surroundings in a browser. */
export const browserKeeping = {
  everySecond: (call: () => void): (() => void) => {
    const timer = setInterval(call, 1000);
    return () => clearInterval(timer);
  },
  whenFree: (lockName: string, call: () => void): void => {
    // Pages that are not served securely have no locks: there, a worker that vanished is found when it does not answer.
    navigator.locks?.request(lockName, call).catch(() => undefined);
  },
};
