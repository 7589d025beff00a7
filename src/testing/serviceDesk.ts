/** A `CompileService` whose page and processor are played by hand. */

import { createSession } from '../node/session.ts';
import type { ProcessorToWorker, WorkerToProcessor } from '../protocol/audio.ts';
import type { WorkerToMain } from '../protocol/compile.ts';
import type { GenerationBatch } from '../protocol/generation.ts';
import type { Generation } from '../protocol/units.ts';
import { CompileService } from '../worker/compileService.ts';
import type { PromotionPorts } from '../worker/promotionService.ts';

export type Answer = Extract<WorkerToMain, { id: number }>;

export interface DeskOptions {
  /** Milliseconds, for what is timed. */
  readonly now?: () => number;
  readonly memoryBytes?: number;
  readonly optimise?: PromotionPorts['optimise'];
}

/** Has sent what it was asked, and says what it is told. */
export class Desk {
  readonly main: WorkerToMain[] = [];
  readonly processor: WorkerToProcessor[] = [];
  readonly service: CompileService;
  /** Milliseconds. */
  time = 0;
  private nextId = 1;

  private constructor(session: Awaited<ReturnType<typeof createSession>>, optimise?: PromotionPorts['optimise']) {
    this.service = new CompileService(session, {
      ...(optimise && { optimise }),
      toMain: (message) => this.main.push(message),
      toProcessor: (message) => this.processor.push(message),
      now: () => this.time,
    });
  }

  /** `optimise`: with it, modules are posted, too. */
  static async open({ optimise, ...options }: DeskOptions = {}): Promise<Desk> {
    const postsModules = optimise !== undefined;
    return new Desk(await createSession({ sampleRate: 48_000, fadeFrames: 480, postsModules, ...options }), optimise);
  }

  /** Asks for what `batch` was to play again. `piece`: see `MainToWorker`. */
  restore(batch: GenerationBatch, piece?: number): number {
    const id = this.nextId++;
    const of = piece === undefined ? {} : { piece };
    const committed = this.main.find((told) => told.kind === 'committed' && told.generation === batch.generation);
    if (committed?.kind !== 'committed') throw new Error('a version that never played');
    this.service.hearMain({ kind: 'restore', id, text: committed.text, generation: batch.generation, ...of });
    return id;
  }

  ask(text: string, piece?: number): number {
    const id = this.nextId++;
    this.service.hearMain({ kind: 'update', id, text, ...(piece !== undefined && { piece }) });
    return id;
  }

  /** What was answered to the requests, in order. */
  get answers(): string[] {
    const told = this.main.filter(({ kind }) => kind !== 'code' && kind !== 'cost' && kind !== 'events');
    return told.map((message) => `${message.kind} ${'id' in message ? message.id : ''}`.trim());
  }

  get batches(): GenerationBatch[] {
    return this.processor.flatMap((message) => (message.kind === 'batch' ? [message.batch] : []));
  }

  say(message: ProcessorToWorker): void {
    this.service.hearProcessor(message);
  }

  commit(batch = this.batches.at(-1)!): void {
    this.say({ kind: 'committed', generation: batch.generation, frame: 0, transition: batch.transition });
  }

  settle(batch = this.batches.at(-1)!): void {
    this.say({ kind: 'settled', generation: batch.generation, frame: 0 });
  }

  retire(retired: Generation | null): void {
    if (retired !== null) this.say({ kind: 'retired', generation: retired, frame: 0 });
  }

  /** Commits the newest batch and lets its fade end. */
  finish(): void {
    const batch = this.batches.at(-1)!;
    this.commit(batch);
    this.settle(batch);
  }

  refuse(batch = this.batches.at(-1)!): void {
    this.say({ kind: 'refused', generation: batch.generation, reason: 'a test said so' });
  }

  trap(trapped: Generation, fallback: Generation | null): void {
    this.say({
      kind: 'trapped',
      generation: trapped,
      fallback,
      trapSymbol: 0,
      trapSite: 0,
      frame: 0,
      reason: 'a test said so',
      stack: '',
    });
    this.retire(trapped);
  }
}

/** A patch with state that plays, another one for each number. */
export const text = (n: number): string => `let x = ${n}\nexport default () => x * ${n}\n`;
