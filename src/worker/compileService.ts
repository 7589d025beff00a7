/**
 * What the compiler worker does with messages: one text at a time, the newest waiting one next, batches to the processor,
 * what became of them to the page. Knows ports only by their `postMessage`, so that it also runs in tests.
 */

import { diagnose } from '../language/diagnostics.ts';
import type { Inheritance, ProcessorToWorker, WorkerToProcessor } from '../protocol/audio.ts';
import type { Checkpoint, MainToWorker, WorkerToMain } from '../protocol/compile.ts';
import type { Transition } from '../protocol/generation.ts';
import type { Generation } from '../protocol/units.ts';
import { EmitterPending } from './objects.ts';
import type { Session, UpdateResult } from './session.ts';

export interface ServicePorts {
  toMain(message: WorkerToMain): void;
  toProcessor(message: WorkerToProcessor): void;
  /** For the worker that may have to take over. */
  keep?(checkpoint: Checkpoint): void;
  /** Milliseconds on a clock that only rises. */
  now(): number;
}

interface Request {
  readonly id: number;
  readonly text: string;
  /** Of the worker before: one of these plays, and is to go on. */
  readonly resume: readonly Checkpoint[] | null;
  readonly receivedMs: number;
}

/** A batch that the processor has not finished with: being staged, or fading in. */
interface UnderWay {
  readonly request: Request;
  readonly result: UpdateResult & { kind: 'batch' };
  readonly compileMs: number;
  /** What it replaces; the batch is done with once that has retired. */
  readonly replaces: Generation | null;
  isCommitted: boolean;
}

export class CompileService {
  private readonly ports: ServicePorts;
  private readonly session: Session;
  private waiting: Request | null = null;
  private underWay: UnderWay | null = null;
  /** What the processor plays, as far as it has said. */
  private playing: Generation | null = null;
  private readonly leftBehind: Generation | null;

  /** `leftBehind`: what the worker before has left playing. */
  constructor(session: Session, ports: ServicePorts, leftBehind: Generation | null = null) {
    this.session = session;
    this.leftBehind = leftBehind;
    this.ports = ports;
  }

  hearMain(message: Exclude<MainToWorker, { kind: 'connect' | 'ping' }>): void {
    if (message.kind !== 'update') return;
    const { id, text, resume = null } = message;
    if (this.waiting) this.ports.toMain({ kind: 'superseded', id: this.waiting.id });
    this.waiting = { id, text, resume, receivedMs: this.ports.now() };
    this.next();
  }

  hearProcessor(message: ProcessorToWorker): void {
    switch (message.kind) {
      case 'probed':
      case 'status':
      case 'settled':
        return;
      case 'committed':
        this.committed(message.generation, message.frame, message.transition);
        break;
      case 'retired': {
        const slots = this.session.retired(message.generation);
        if (slots.length > 0) this.ports.toProcessor({ kind: 'release', slots });
        if (this.underWay?.isCommitted && this.underWay.replaces === message.generation) this.underWay = null;
        break;
      }
      case 'refused':
        this.refused(message.generation, message.reason);
        break;
      case 'trapped': {
        this.session.trapped(message.generation, message.fallback);
        if (this.playing === message.generation) this.playing = message.fallback;
        // Its fade is over, and what it replaced will not retire.
        if (this.underWay?.result.batch.generation === message.generation) this.underWay = null;
        const diagnostic = this.session.describeTrap(message.trapSymbol, message.trapSite);
        this.ports.toMain({
          kind: 'trapped',
          generation: message.generation,
          fallback: message.fallback,
          diagnostic,
        });
        break;
      }
    }
    this.next();
  }

  private committed(generation: Generation, frame: number, transition: Transition): void {
    const { underWay } = this;
    if (!underWay || underWay.isCommitted || underWay.result.batch.generation !== generation) return;
    this.session.committed(generation);
    this.playing = generation;
    underWay.isCommitted = true;
    const { request, result, compileMs, replaces } = underWay;
    const { arenaBytes, slots, modules } = this.session.memory();
    this.ports.toMain({
      kind: 'committed',
      id: request.id,
      generation,
      frame,
      compileMs,
      diagnostics: result.diagnostics,
      report: result.report,
      transition,
      text: request.text,
      arenaBytes,
      slots,
      modules,
    });
    if (replaces === null) this.underWay = null;
  }

  private refused(generation: Generation, reason: string): void {
    const { underWay } = this;
    if (!underWay || underWay.isCommitted || underWay.result.batch.generation !== generation) return;
    this.session.refused(generation);
    this.underWay = null;
    if (this.playing !== underWay.replaces) {
      // What it was to continue has stopped meanwhile: it is made again, unless a newer text waits.
      if (this.waiting) this.ports.toMain({ kind: 'superseded', id: underWay.request.id });
      else this.waiting = underWay.request;
      return;
    }
    const span = { start: 0, end: Math.min(1, underWay.request.text.length) };
    const diagnostic = diagnose(span, 'trap', 'The audio processor', reason);
    this.ports.toMain({ kind: 'rejected', id: underWay.request.id, diagnostics: [diagnostic] });
  }

  /** Takes up the text that waits, unless a batch is still under way: its copy plan must begin with what plays then. */
  private next(): void {
    if (this.underWay || !this.waiting) return;
    const request = this.withPlayingText(this.waiting);
    this.waiting = null;
    const compiled = this.compile(request);
    if (compiled instanceof EmitterPending) {
      this.waiting = request;
      void compiled.loaded.then(() => this.next());
      return;
    }
    const { result, inherits } = compiled;
    switch (result.kind) {
      case 'rejected':
        this.ports.toMain({ kind: 'rejected', id: request.id, diagnostics: result.diagnostics });
        return;
      case 'unchanged': {
        const generation = this.playing!;
        this.ports.toMain({ kind: 'unchanged', id: request.id, generation, diagnostics: result.diagnostics });
        return;
      }
      case 'batch': {
        const compileMs = this.ports.now() - request.receivedMs;
        this.underWay = { request, result, compileMs, replaces: result.batch.from, isCommitted: false };
        const { batch } = result;
        this.ports.toProcessor(inherits ? { kind: 'batch', batch, inherits } : { kind: 'batch', batch });
        const checkpoint = this.session.checkpoint(batch.generation, request.text);
        if (checkpoint) this.ports.keep?.(checkpoint);
        return;
      }
    }
  }

  /** What plays may be newer than the page knows: then it is that which is to go on. */
  private withPlayingText(request: Request): Request {
    const checkpoint = request.resume?.find(({ generation }) => generation === this.leftBehind);
    return checkpoint ? { ...request, text: checkpoint.text, resume: [checkpoint] } : { ...request, resume: null };
  }

  /** A mistake of ours in the compiler must not leave a request without an answer. */
  private compile({ text, resume }: Request): EmitterPending | { result: UpdateResult; inherits: Inheritance | null } {
    try {
      return resume ? this.session.resume(resume[0]) : { result: this.session.update(text), inherits: null };
    } catch (thrown) {
      if (thrown instanceof EmitterPending) return thrown;
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      const span = { start: 0, end: Math.min(1, text.length) };
      const diagnostics = [diagnose(span, 'trap', 'The compiler', reason)];
      return { result: { kind: 'rejected', diagnostics }, inherits: null };
    }
  }
}
