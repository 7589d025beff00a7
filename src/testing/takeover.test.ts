/**
 * Workers that end at any moment, between texts that change what names are and what lies where: the next worker's memory
 * holds nothing but what it owns, and the sound is, bit for bit, what it would have been, through all edits that follow.
 */
import { expect, it } from 'vitest';
import { Handover } from '../../worklets/handover.ts';
import { Renderer } from '../../worklets/renderer.ts';
import { createSession } from '../node/session.ts';
import { MAX_MEMORY_PAGES, PAGE_BYTES } from '../protocol/arena.ts';
import type { Checkpoint } from '../protocol/compile.ts';
import type { Generation } from '../protocol/units.ts';
import type { Session } from '../worker/session.ts';
import { FOLLOWING } from './escapes.ts';
import { Seeded } from './random/seeded.ts';
import { limitsOf } from './swaps/limits.ts';

const SEEDS = 10;
const EDITS = 8;
const BLOCKS = 6;
const PAGES = 16;
const PATTERN = 0xa5;
const UNTOUCHED = Buffer.alloc(PAGES * PAGE_BYTES, PATTERN);
const OPTIONS = { sampleRate: 48_000, fadeFrames: 96, postsModules: false };

interface Worker {
  readonly session: Session;
  readonly renderer: Renderer;
  readonly memory: WebAssembly.Memory;
  /** Where this worker has arenas, and which pages of the memory it may have written. */
  readonly owned: Map<Generation, readonly [start: number, end: number][]>;
}

/** The audio thread with one worker after the other. */
class Machine {
  readonly handover = new Handover(96);
  readonly heard: number[] = [];
  traps = 0;
  inherited = 0;
  private worker!: Worker;
  private checkpoint: Checkpoint | null = null;
  private lastGeneration = 0;
  private readonly seed: number;

  constructor(seed: number) {
    this.seed = seed;
  }

  async start(): Promise<void> {
    const session = await createSession({
      ...OPTIONS,
      lastGeneration: this.lastGeneration,
      limits: limitsOf(this.seed),
    });
    const memory = new WebAssembly.Memory({ initial: PAGES, maximum: MAX_MEMORY_PAGES });
    new Uint8Array(memory.buffer).fill(PATTERN);
    const renderer = new Renderer({
      ...{ memory, table: new WebAssembly.Table({ initial: 64, element: 'anyfunc' }), sampleRate: OPTIONS.sampleRate },
      emit: (event) => {
        if (event.kind === 'committed') session.committed(event.generation);
        if (event.kind === 'retired') renderer.release(session.retired(event.generation));
        if (event.kind === 'trapped') {
          this.traps++;
          session.trapped(event.generation, event.fallback);
        }
      },
    });
    this.worker = { session, renderer, memory, owned: new Map() };
    this.handover.connect(renderer);
    if (this.checkpoint === null) return;
    const { result, inherits } = session.resume(structuredClone(this.checkpoint));
    if (result.kind !== 'batch') throw new Error(result.kind);
    if (inherits) {
      this.inherited++;
      this.handover.inherit(structuredClone(inherits));
    }
    this.take(result);
  }

  /** Whether there was anything to swap. */
  edit(text: string): boolean {
    const { session, renderer } = this.worker;
    let result = session.update(text);
    if (result.kind === 'crowded') {
      renderer.drop(result.kept);
      result = session.update(text);
    }
    if (result.kind === 'batch') this.take(result);
    return result.kind === 'batch';
  }

  private take({ batch }: Extract<ReturnType<Session['update']>, { kind: 'batch' }>): void {
    const { session, renderer, owned } = this.worker;
    this.lastGeneration = batch.generation;
    this.checkpoint = session.checkpoint();
    const { address, sizeBytes, gotBytes } = batch.arena;
    const pieces: [number, number][] = [[address - gotBytes, address + sizeBytes]];
    for (let n = 0; n < batch.outside.length; n += 3)
      pieces.push([address + batch.outside[n]!, address + batch.outside[n + 1]!]);
    owned.set(batch.generation, pieces);
    // Nothing in this memory is clean.
    const { cleanFrom: _, ...arena } = batch.arena;
    const outside = batch.outside.map((at, n) => (n % 3 === 2 ? batch.outside[n - 1]! : at));
    renderer.receive({ ...batch, arena, outside });
    renderer.stageAll();
  }

  play(blocks: number): void {
    const [left, right] = [new Float64Array(128), new Float64Array(128)];
    for (let n = 0; n < blocks; n++) {
      this.handover.process(left, right, 128);
      this.heard.push(...left, ...right);
    }
  }

  /** The first byte that belongs to no generation there ever was, and was written; -1: there is none. */
  strayByte(): number {
    const bytes = new Uint8Array(this.worker.memory.buffer).slice();
    if (bytes.length !== UNTOUCHED.length) throw new Error('the test has too little memory');
    for (const pieces of this.worker.owned.values()) for (const [start, end] of pieces) bytes.fill(PATTERN, start, end);
    if (Buffer.compare(bytes, UNTOUCHED) === 0) return -1;
    return bytes.findIndex((byte) => byte !== PATTERN);
  }
}

async function run(seed: number, endsAt: ReadonlySet<number>) {
  const random = new Seeded(seed);
  const machine = new Machine(seed);
  await machine.start();
  for (let n = 0; n < EDITS; n++) {
    machine.edit(FOLLOWING[Math.floor(random.next() * FOLLOWING.length)]!);
    machine.play(BLOCKS);
    if (endsAt.has(n)) await machine.start();
    machine.play(BLOCKS);
    expect(machine.strayByte(), `seed ${seed}, edit ${n}`).toBe(-1);
  }
  return machine;
}

it('plays on as if no worker had ended', { timeout: 300_000 }, async () => {
  let inherited = 0;
  let compared = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const undisturbed = await run(seed, new Set());
    const disturbed = await run(seed, new Set([1, 4, 5].map((n) => (n + seed) % EDITS)));
    inherited += disturbed.inherited;
    // What plays after a trap is another one when nothing is kept.
    if (undisturbed.traps + disturbed.traps > 0) continue;
    compared++;
    const at = disturbed.heard.findIndex((sample, n) => !Object.is(sample, undisturbed.heard[n]));
    expect(at, `seed ${seed}: sample ${at} of ${disturbed.heard.length}`).toBe(-1);
  }
  expect(inherited).toBeGreaterThan(2 * SEEDS);
  expect(compared).toBeGreaterThan(SEEDS / 2);
});
