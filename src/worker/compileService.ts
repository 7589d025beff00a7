/**
 * What the compiler worker does with messages: one text at a time, the newest waiting one next, batches to the processor,
 * what became of them to the page. Knows ports only by their `postMessage`, so that it also runs in tests.
 *
 * A batch is *under way* from the send until it is settled: staged, appointed to a beat, committed, fading in. A request
 * that comes before the commit takes the batch back and waits for that; the newest wins. One that comes during the fade
 * begins the next batch at once. Settings hold for a batch that waits, too.
 */

import type { Inheritance, ProcessorToWorker } from '../protocol/audio.ts';
import type { Checkpoint, MainToWorker } from '../protocol/compile.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import type { Appointment, GenerationBatch, Transition } from '../protocol/generation.ts';
import type { Generation } from '../protocol/units.ts';
import { faultOf } from './explanations.ts';
import { missedEvents, type Status } from './missedEvents.ts';
import { type PromotionPorts, PromotionService } from './promotionService.ts';
import { isFirstTry, SecondTry, withoutState } from './secondTry.ts';
import type { BatchResult, Session, UpdateResult } from './session.ts';
import { isSameAppointment } from './tempo.ts';

export interface ServicePorts extends PromotionPorts {
  /** For the worker that may have to take over. */
  keep?(checkpoint: Checkpoint): void;
  /** This worker is no good any more: what it is made of has aborted. What was asked is answered. */
  broken?(thrown: Error): void;
  /** Milliseconds on the clock that the page has, too. */
  now(): number;
}

type Update = Extract<MainToWorker, { kind: 'update' }>;
type Restore = Extract<MainToWorker, { kind: 'restore' }>;

interface Request {
  readonly id: number;
  readonly text: string;
  readonly fresh: boolean;
  /** Which piece the text is of; `undefined`: that of what plays. */
  readonly piece: number | undefined;
  /** The generation that the text was, which is to be brought back; `null`: an edit. */
  readonly restores: Generation | null;
  /** Checkpoints of the worker before: one of these plays, and is to continue. */
  readonly resume: readonly Checkpoint[] | null;
  readonly receivedMs: number;
  /** Whether its batch was lost once. */
  readonly isRepeated?: boolean;
  readonly withoutStateOf?: string | null;
}

/** A batch that the processor has not finished with. */
interface UnderWay {
  readonly request: Request;
  readonly result: BatchResult;
  readonly compileMs: number;
  /** What it replaces. */
  readonly replaces: Generation | null;
  /** What it waits for where it is not to commit at once: as the settings were when it was made. */
  waitsFor: 'beat' | 'bar';
  isCommitted: boolean;
  /** When and how it follows what plays; by the newest settings. */
  appointment: Appointment;
  isReappointed: boolean;
  /** Whether it was asked back. */
  isWithdrawn: boolean;
  /** The request that wants another version instead, and came before this one had begun. */
  restore: Request | null;
}

export class CompileService {
  private readonly ports: ServicePorts;
  private readonly session: Session;
  private readonly secondTry = new SecondTry();
  private readonly promotions: PromotionService;
  private waiting: Request | null = null;
  /** Whether what waits does so for kept generations to retire. */
  private awaitsRoom = false;
  private underWay: UnderWay | null = null;
  /** What the processor plays, as far as it has said. */
  private playing: Generation | null = null;
  private readonly leftBehind: Generation | null;
  /** The last question about what became of things, and what was under way then; null: it is answered. */
  private asked: {
    readonly serial: number;
    readonly about: Generation | null;
    readonly sent: number;
    readonly changes: number;
    /** What was sent code of tier 2 before, without an answer. */
    readonly promoted: Generation | null;
  } | null = null;
  private lastSerial = 0;
  /** The newest generation that was sent. */
  private newest = 0;
  /** How often something has happened, and how much of that the processor's last answer was about. */
  private changes = 0;
  private knownChanges = 0;
  /** Kept generations that were told to go and have not retired. */
  private readonly dropping = new Set<Generation>();

  /** `leftBehind`: what the worker before has left playing. */
  constructor(session: Session, ports: ServicePorts, leftBehind: Generation | null = null) {
    this.session = session;
    this.leftBehind = leftBehind;
    this.ports = ports;
    this.promotions = new PromotionService(session, ports);
  }

  hearMain(message: Extract<MainToWorker, { kind: 'update' | 'restore' | 'settings' | 'moved' | 'sample' }>): void {
    switch (message.kind) {
      case 'update':
        this.ask(message);
        return;
      case 'restore':
        this.requestUndo(message);
        return;
      case 'settings':
        this.session.configure(message);
        this.appoint();
        return;
      default:
        this.session.hear(message);
    }
  }

  hearProcessor(message: ProcessorToWorker): void {
    if (message.kind === 'status') this.reconcile(message);
    else this.handleEvent(message);
    this.next();
    this.tellEvents();
  }

  private handleEvent(message: Exclude<ProcessorToWorker, Status>): void {
    switch (message.kind) {
      case 'connected':
      case 'probed':
      case 'seen':
        return;
      case 'committed':
        this.committed(message.generation, message.frame, message.transition, message.isStateLost);
        break;
      case 'settled':
        this.settled(message.generation);
        break;
      case 'retired':
        this.retired(message.generation);
        break;
      case 'refused':
        this.refused(message.generation, message.reason);
        break;
      case 'trapped':
        this.trapped(message);
        break;
      case 'promoted':
      case 'notPromoted':
        this.changes++;
        this.promotions.hear(message, this.underWay ? null : this.playing);
        break;
      case 'nonFinite':
        this.notice(message.generation, this.session.explainNonFinite(message.generation));
        break;
      case 'slow':
        this.notice(message.generation, this.session.explainSlow(message.generation, message.load));
        break;
    }
  }

  /**
   * To be called about once a second: a message that was lost would leave a batch under way forever, or memory in use.
   * So the processor is asked how things are, as long as something is under way and once after it has changed.
   */
  tick(): void {
    const promoted = this.session.promotions.isSent(this.playing) ? this.playing : null;
    const isSettled = !this.underWay && this.knownChanges === this.changes && this.dropping.size === 0;
    if (isSettled && promoted === null) return;
    const about = this.underWay?.result.batch.generation ?? null;
    this.asked = { serial: ++this.lastSerial, about, sent: this.newest, changes: this.changes, promoted };
    this.ports.toProcessor({ kind: 'status', serial: this.lastSerial });
  }

  private reconcile(status: Status): void {
    const { asked, underWay, playing } = this;
    if (asked?.serial !== status.serial) return;
    this.asked = null;
    this.knownChanges = asked.changes;
    const batch = underWay?.result.batch;
    const isAbout = underWay !== null && batch?.generation === asked.about;
    const belief = {
      underWay: isAbout ? { ...underWay.result.batch, ...underWay.appointment, ...underWay } : null,
      ...{ playing, newest: asked.sent, generations: this.session.generations() },
    };
    // What was sent since the question was is not in the answer.
    if (underWay && !isAbout) return;
    if (underWay && batch && status.staged === batch.generation) this.stillWaits(underWay, status.waitFrames);
    for (const missing of missedEvents(status, belief)) {
      if (missing.kind === 'lost') this.lost(underWay!);
      else if (missing.kind === 'notWithdrawn') this.ports.toProcessor({ kind: 'withdraw', generation: asked.about! });
      else this.handleEvent(missing);
    }
    this.dropAgain(status);
    const missed = this.promotions.missed(status, asked.promoted);
    if (missed) this.handleEvent(missed);
  }

  /**
   * To be called in idle moments: a piece of the way to tier 2 for what plays alone. Returns whether there is more of it to do
   * at once.
   */
  promoteStep(): boolean {
    const { underWay, waiting, playing } = this;
    return !underWay && !waiting && playing !== null && this.promotions.step(playing);
  }

  /** Whether a text is still to be compiled. */
  get isAsked(): boolean {
    return this.waiting !== null;
  }

  private stillWaits(underWay: UnderWay, waitFrames: number | null): void {
    const { request, result, appointment, isReappointed, waitsFor } = underWay;
    // Nothing tells whether the last word on this has arrived.
    if (isReappointed) this.ports.toProcessor({ kind: 'appoint', generation: result.batch.generation, appointment });
    if (appointment.quantumBeats === 0) return;
    this.tellWait(request.id, waitsFor, waitFrames === null ? null : this.session.secondsOf(waitFrames));
  }

  private tellWait(id: number, reason: 'beat' | 'bar', seconds: number | null): void {
    this.ports.toMain({ kind: 'waiting', id, reason, seconds });
  }

  /** What was told to go and is still there has not heard of it. */
  private dropAgain({ held }: Status): void {
    const { dropping } = this;
    for (const generation of dropping) if (!held.includes(generation)) dropping.delete(generation);
    if (dropping.size > 0) this.ports.toProcessor({ kind: 'drop', generations: [...dropping] });
    else this.awaitsRoom = false;
  }

  private drop(generations: readonly Generation[]): void {
    for (const generation of generations) this.dropping.add(generation);
    this.ports.toProcessor({ kind: 'drop', generations });
  }

  /** A batch that did not arrive: it is taken back, should it still come, and made once more. */
  private lost(underWay: UnderWay): void {
    const { request, result, isWithdrawn } = underWay;
    const { generation } = result.batch;
    this.ports.toProcessor({ kind: 'withdraw', generation });
    if (isWithdrawn || this.waiting || request.isRepeated) {
      this.refused(generation, 'it did not arrive');
      return;
    }
    this.giveBack(generation);
    this.waiting = { ...request, isRepeated: true };
  }

  private giveBack(generation: Generation): void {
    const slots = this.session.refused(generation);
    if (slots.length > 0) this.ports.toProcessor({ kind: 'release', slots });
    this.underWay = null;
  }

  private retired(generation: Generation): void {
    this.awaitsRoom = false;
    this.dropping.delete(generation);
    const slots = this.session.retired(generation);
    if (slots.length > 0) this.ports.toProcessor({ kind: 'release', slots });
  }

  private ask({ id, text, fresh = false, piece, resume, withoutStateOf }: Update): void {
    this.supersede();
    this.awaitsRoom = false;
    const receivedMs = this.ports.now();
    const request = { id, text, fresh, piece, restores: null, resume: resume ?? null, receivedMs };
    this.waiting = withoutStateOf === undefined ? request : { ...request, withoutStateOf };
    const { underWay } = this;
    if (underWay && !underWay.isCommitted) this.withdraw(underWay);
    this.next();
    this.tellEvents();
  }

  /**
   * Another version is to play. What has not begun is taken back first, which may be all there is to do; what fades in is
   * turned round without waiting for its end.
   */
  private requestUndo({ id, text, generation, piece }: Restore): void {
    this.supersede();
    this.awaitsRoom = false;
    const receivedMs = this.ports.now();
    const request: Request = { id, text, fresh: false, piece, restores: generation, resume: null, receivedMs };
    const { underWay } = this;
    if (underWay && !underWay.isCommitted) {
      underWay.restore = request;
      this.withdraw(underWay);
      return;
    }
    if (generation !== this.playing) this.underWay = null;
    this.waiting = request;
    this.next();
    this.tellEvents();
  }

  private supersede(): void {
    if (this.waiting) this.ports.toMain({ kind: 'superseded', id: this.waiting.id });
    this.waiting = null;
    const { underWay } = this;
    if (!underWay?.restore) return;
    this.ports.toMain({ kind: 'superseded', id: underWay.restore.id });
    underWay.restore = null;
  }

  /** What waits for a beat, or is still being staged, follows the newest settings. */
  private appoint(): void {
    const { underWay } = this;
    if (!underWay || underWay.isCommitted || underWay.isWithdrawn) return;
    const appointment = this.session.appointment();
    if (!appointment) return;
    if (isSameAppointment(appointment, underWay.appointment)) return;
    underWay.appointment = appointment;
    underWay.isReappointed = true;
    underWay.waitsFor = this.session.waitsFor;
    this.ports.toProcessor({ kind: 'appoint', generation: underWay.result.batch.generation, appointment });
    if (appointment.quantumBeats === 0) return;
    this.tellWait(underWay.request.id, underWay.waitsFor, null);
    this.tick();
  }

  private withdraw(underWay: UnderWay): void {
    if (underWay.isWithdrawn) return;
    underWay.isWithdrawn = true;
    this.ports.toProcessor({ kind: 'withdraw', generation: underWay.result.batch.generation });
  }

  private committed(generation: Generation, frame: number, transition: Transition, isStateLost = false): void {
    const { underWay } = this;
    if (!underWay || underWay.isCommitted || underWay.result.batch.generation !== generation) return;
    const dropped = this.session.committed(generation);
    if (dropped.length > 0) this.drop(dropped);
    this.playing = generation;
    this.changes++;
    underWay.isCommitted = true;
    const { request, result, compileMs, appointment } = underWay;
    const report = { ...result.report, fadeFrames: appointment.fadeFrames };
    this.secondTry.committed({ generation, frame, report, isEdit: isFirstTry(request) });
    const { arenaBytes, slots, modules } = this.session.memory();
    this.ports.toMain({
      kind: 'committed',
      id: request.id,
      atMs: this.ports.now(),
      ...{ generation, frame, compileMs, transition, arenaBytes, slots, modules },
      diagnostics: result.diagnostics,
      report: isStateLost ? withoutState(report) : report,
      text: result.text,
    });
    this.promotions.tellCode(generation);
    // It had begun already when another version was wanted.
    if (underWay.restore) {
      this.waiting = underWay.restore;
      this.underWay = null;
    }
  }

  private settled(generation: Generation): void {
    this.changes++;
    if (this.underWay?.isCommitted && this.underWay.result.batch.generation === generation) this.underWay = null;
    // What was still fading out could not go before.
    if (this.dropping.size > 0) this.ports.toProcessor({ kind: 'drop', generations: [...this.dropping] });
    const rollbackPlan = generation === this.playing ? this.session.rollbackPlan() : null;
    if (rollbackPlan) this.ports.toProcessor({ kind: 'rollbackPlan', ...rollbackPlan });
  }

  private refused(generation: Generation, reason: string): void {
    const { underWay } = this;
    if (!underWay || underWay.isCommitted || underWay.result.batch.generation !== generation) return;
    this.giveBack(generation);
    this.changes++;
    const { request, result, isWithdrawn } = underWay;
    if (isWithdrawn) {
      this.ports.toMain({ kind: 'superseded', id: request.id });
      this.waiting ??= underWay.restore;
      return;
    }
    if (this.playing !== underWay.replaces) {
      // What it was to continue has stopped meanwhile: it is made again, unless a newer text waits.
      if (this.waiting) this.ports.toMain({ kind: 'superseded', id: request.id });
      else this.waiting = request;
      return;
    }
    const diagnostic = faultOf('The audio processor', reason, result.text);
    this.ports.toMain({ kind: 'rejected', id: request.id, diagnostics: [diagnostic] });
  }

  private trapped(trap: Extract<ProcessorToWorker, { kind: 'trapped' }>): void {
    const { generation, fallback } = trap;
    const diagnostic = this.session.describeTrap(trap);
    const tryWithoutStateOf = this.secondTry.of(trap, this.session);
    this.session.trapped(generation, fallback);
    if (this.playing === generation) this.playing = fallback;
    // Its fade is over, and it will not settle.
    if (this.underWay?.result.batch.generation === generation) this.underWay = null;
    this.ports.toMain({ kind: 'trapped', generation, fallback, diagnostic, ...tryWithoutStateOf });
    if (fallback === null || this.underWay) return;
    this.promotions.tellCode(fallback);
    const rollbackPlan = this.session.rollbackPlan();
    if (rollbackPlan) this.ports.toProcessor({ kind: 'rollbackPlan', ...rollbackPlan });
  }

  private notice(generation: Generation, diagnostic: Diagnostic | null): void {
    if (!diagnostic) return;
    this.ports.toMain({ kind: 'noticed', generation, diagnostic: { ...diagnostic, severity: 'warning' } });
  }

  private tellEvents(): void {
    const events = this.session.takeEvents();
    if (events.length > 0) this.ports.toMain({ kind: 'events', events });
  }

  /** Takes up the request that waits, unless a batch is under way: its copy plan must begin with what plays then. */
  private next(): void {
    if (!this.waiting) return;
    const { id, restores } = this.waiting;
    if (restores !== null && restores === this.playing && (this.underWay?.isCommitted ?? true)) {
      this.waiting = null;
      this.ports.toMain({ kind: 'unchanged', id, generation: restores, diagnostics: [] });
      return;
    }
    if ((this.underWay && !this.underWay.isCommitted) || this.awaitsRoom) return;
    const request = this.withPlayingText(this.waiting);
    this.waiting = null;
    const { result, inherits } = this.compile(request);
    switch (result.kind) {
      case 'rejected':
        this.ports.toMain({ kind: 'rejected', id, diagnostics: result.diagnostics });
        return;
      case 'unchanged': {
        const generation = this.playing!;
        this.ports.toMain({ kind: 'unchanged', id, generation, diagnostics: result.diagnostics });
        this.promotions.tellCode(generation);
        return;
      }
      case 'crowded':
        this.waiting = request;
        this.awaitsRoom = true;
        this.drop(result.kept);
        return;
      case 'batch':
        this.send(request, result, inherits);
        return;
    }
  }

  /** What plays may be newer than the page knows: then it is that which is to continue. */
  private withPlayingText(request: Request): Request {
    const checkpoint = request.resume?.find(({ generation }) => generation === this.leftBehind);
    return checkpoint ? { ...request, text: checkpoint.text, resume: [checkpoint] } : { ...request, resume: null };
  }

  private send(request: Request, result: BatchResult, inherits: Inheritance | null = null): void {
    const compileMs = this.ports.now() - request.receivedMs;
    const { waitsFor } = this.session;
    const { batch } = result;
    const { fadeFrames, transition, quantumBeats, quantumBpm } = batch;
    const appointment = { fadeFrames, transition, quantumBeats, quantumBpm };
    const nothingYet = { isReappointed: false, isCommitted: false, isWithdrawn: false, restore: null };
    this.underWay = { request, result, compileMs, replaces: batch.from, waitsFor, appointment, ...nothingYet };
    this.newest = batch.generation;
    this.ports.toProcessor(inherits ? { kind: 'batch', batch, inherits } : { kind: 'batch', batch });
    const checkpoint = this.session.checkpoint();
    if (checkpoint) this.ports.keep?.(checkpoint);
    if (batch.quantumBeats > 0) {
      this.tellWait(request.id, waitsFor, null);
      // For the frame at which the processor is.
      this.tick();
    }
  }

  private compile({ text, fresh, piece, restores, resume, withoutStateOf = null }: Request): {
    readonly result: UpdateResult<GenerationBatch>;
    readonly inherits: Inheritance | null;
  } {
    let compiled: ReturnType<typeof this.compile> | null = null;
    const diagnostics = this.guarded(text, () => {
      const of = piece === undefined ? {} : { piece };
      if (resume) compiled = this.session.resume(resume[0]);
      else if (restores !== null) compiled = { result: this.session.restore(text, restores, of), inherits: null };
      else compiled = { result: this.session.update(text, { fresh, withoutStateOf, ...of }), inherits: null };
      return [];
    });
    return compiled ?? { result: { kind: 'rejected', diagnostics }, inherits: null };
  }

  /** A mistake of ours in the compiler must not leave a request without an answer. */
  private guarded(text: string, run: () => readonly Diagnostic[]): readonly Diagnostic[] {
    try {
      return run();
    } catch (thrown) {
      // Traps of patches are told by the shadow; what traps here is the emitter, which never works again after that.
      if (thrown instanceof WebAssembly.RuntimeError) this.ports.broken?.(thrown);
      return [faultOf('The compiler', thrown, text)];
    }
  }
}
