/**
 * Watches a variable of what plays. In: the place of a name in a text, and what the audio thread has seen. Out: looks for the
 * audio thread, one at a time, and what was seen for the page. Compiler worker, and Node.
 *
 * What leads to the variable is read again each time, since arrays grow and objects are replaced while a patch plays: a look asks
 * for all memory that was needed the last time, and where that is not enough any more the next one follows at once. After a
 * swap the variable is looked up in what plays then. Nobody is asked while nothing is watched, and nothing answers while
 * nothing plays.
 */

import { LiveBytes } from '../linker/liveBytes.ts';
import { findWatched, keyOf, type WatchedCells, type WatchKey } from '../linker/watched.ts';
import type { WorkerToProcessor } from '../protocol/audio.ts';
import type { MainToWorker, WorkerToMain } from '../protocol/compile.ts';
import { LOOK_BYTES_PER_BLOCK, MAX_LOOK_CELLS, MAX_LOOK_RANGES, type Seen } from '../protocol/look.ts';
import type { Generation } from '../protocol/units.ts';
import { WATCHES_PER_SECOND } from '../protocol/watch.ts';
import type { Inspector } from './inspector.ts';

export interface WatchPorts {
  toMain(message: WorkerToMain): void;
  toProcessor(message: WorkerToProcessor): void;
}

interface Watching {
  readonly id: number;
  readonly key: WatchKey;
}

/** A look on its way. */
interface Asked {
  readonly serial: number;
  readonly generation: Generation;
  readonly ranges: Int32Array<ArrayBuffer>;
  readonly cells: readonly number[];
}

const LINE_BYTES = 64;
/** Some chains of pointers are longer than others; what changes faster than it can be read is given up for this time. */
const MAX_ROUNDS = 32;
const MAX_PLACES = 4;

export class WatchService {
  private readonly inspector: Inspector;
  private readonly ports: WatchPorts;
  private readonly frames: number;
  private watching: Watching | null = null;
  private asked: Asked | null = null;
  private serial = 0;
  private rounds = 0;
  /** The lines that were needed the last time, and the cells. */
  private ranges: Int32Array<ArrayBuffer> = new Int32Array(0);
  private cells: readonly number[] = [];

  constructor(inspector: Inspector, ports: WatchPorts, sampleRate: number) {
    this.inspector = inspector;
    this.ports = ports;
    this.frames = Math.ceil(sampleRate / WATCHES_PER_SECOND);
  }

  hear({ id, text, offset }: Extract<MainToWorker, { kind: 'watch' }>): void {
    this.watching = null;
    this.asked = null;
    if (offset === null) return;
    const declared = this.inspector.declarationAt(text, offset);
    if (!declared) return;
    const { name, at } = declared;
    const key = declared.isOwn ? keyOf(this.inspector.rootsOf(text), name, at) : null;
    if (!key) {
      const reason = declared.isOwn
        ? `\`${name}\` has a value only while it is computed. To see it, write \`probe(${name}, '${name}')\`.`
        : `\`${name}\` is not a variable of this patch.`;
      this.ports.toMain({ kind: 'watched', id, watched: { kind: 'none', name, reason } });
      return;
    }
    this.watching = { id, key };
    this.ranges = new Int32Array(0);
    this.cells = [];
    this.begin();
  }

  /** To be called whenever something else may play. */
  changed(): void {
    if (this.watching && !this.asked) this.begin();
  }

  /** Looks again, at once. */
  private begin(): void {
    this.rounds = 0;
    const found = this.find(new LiveBytes());
    if (found) this.look(found.generation, 0);
  }

  /** Reads what is there, and notes what else is needed. `null`: nothing plays, as far as is known. */
  private find(memory: LiveBytes): { readonly generation: Generation; readonly found: WatchedCells } | null {
    const playing = this.inspector.playing();
    if (!this.watching || !playing) return null;
    const found = findWatched(playing.linked.state, this.watching.key, memory);
    this.ranges = memory.wanted(Math.min(MAX_LOOK_RANGES, LOOK_BYTES_PER_BLOCK / LINE_BYTES));
    this.cells = found.cells.filter(({ isNumber }) => isNumber).map(({ offset }) => offset);
    return { generation: playing.linked.generation, found };
  }

  private look(generation: Generation, frames: number): void {
    const cells = this.cells.slice(0, MAX_LOOK_CELLS);
    const extremes = new Float64Array(2 * cells.length);
    for (let n = 0; n < cells.length; n++) {
      extremes[2 * n] = Number.POSITIVE_INFINITY;
      extremes[2 * n + 1] = Number.NEGATIVE_INFINITY;
    }
    let size = 0;
    for (let n = 1; n < this.ranges.length; n += 2) size += this.ranges[n]!;
    this.asked = { serial: ++this.serial, generation, ranges: this.ranges, cells };
    this.ports.toProcessor({
      kind: 'look',
      look: {
        ...{ serial: this.serial, purpose: 'watch', generation, frames, cells: Int32Array.from(cells), extremes },
        ...{ ranges: this.ranges.slice(), bytes: new Uint8Array(size) },
      },
    });
  }

  seen({ serial, isThere, extremes, bytes }: Seen): void {
    const { asked, watching } = this;
    if (!asked || !watching || asked.serial !== serial) return;
    this.asked = null;
    const playing = this.inspector.playing();
    // Something else plays: `changed` says so as soon as it is known what.
    if (!isThere || playing?.linked.generation !== asked.generation) {
      if (playing && playing.linked.generation !== asked.generation) this.begin();
      return;
    }
    const memory = new LiveBytes();
    memory.fill(asked.ranges, bytes);
    const read = this.find(memory);
    if (!read) return;
    // Cells that were found only now have no range yet.
    const isWhole = !memory.isMissing && isSame(asked.cells, this.cells);
    if (!isWhole && ++this.rounds <= MAX_ROUNDS) {
      this.look(read.generation, 0);
      return;
    }
    this.rounds = 0;
    if (isWhole) this.tell(watching, read.found, extremes);
    this.look(read.generation, this.frames);
  }

  private tell({ id, key }: Watching, { cells, isMore }: WatchedCells, extremes: Float64Array): void {
    const { name } = key;
    if (cells.length === 0) {
      const reason = `The running patch has no \`${name}\`.`;
      this.ports.toMain({ kind: 'watched', id, watched: { kind: 'none', name, reason } });
      return;
    }
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let n = 0; n < extremes.length; n += 2) {
      low = Math.min(low, extremes[n]!);
      high = Math.max(high, extremes[n + 1]!);
    }
    const places = cells.slice(0, MAX_PLACES).map(({ path, value }) => ({ path, value }));
    const range = low <= high ? { low, high } : null;
    this.ports.toMain({
      ...{ kind: 'watched', id },
      watched: { kind: 'values', name, places, isMore: isMore || cells.length > MAX_PLACES, range },
    });
  }
}

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, n) => value === b[n]);
