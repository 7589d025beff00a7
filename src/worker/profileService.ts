/**
 * The profile on demand: a copy of what plays from the audio thread, played on in small pieces behind everything else in rank. In:
 * a request, the copy, idle moments. Out: one answer for the page. Compiler worker, and Node.
 */

import type { ArenaCopy } from '../linker/arenaCopy.ts';
import { copyOf } from '../linker/arenaCopy.ts';
import type { WorkerToProcessor } from '../protocol/audio.ts';
import type { MainToWorker, WorkerToMain } from '../protocol/compile.ts';
import type { Seen } from '../protocol/look.ts';
import type { Profiled } from '../protocol/profile.ts';
import type { Generation } from '../protocol/units.ts';
import type { Inspector } from './inspector.ts';
import type { Emitter } from './objects.ts';
import { profile } from './profiler.ts';

export interface ProfilePorts {
  toMain(message: WorkerToMain): void;
  toProcessor(message: WorkerToProcessor): void;
}

export interface ProfileOptions {
  readonly sampleRate: number;
  readonly emit: Emitter;
  readonly now: (() => number) | null;
}

interface Asked {
  readonly id: number;
  readonly text: string;
  readonly generation: Generation;
  readonly copy: ArenaCopy;
  /** Null until the copy is there. */
  pieces: Iterator<void, Profiled> | null;
}

const NOTHING_PLAYS = 'Nothing is playing. Press play, then show the profile again.';
const TOO_LARGE = 'The running patch uses too much memory to be copied.';
const SWAPPED = 'The patch has changed since. Show the profile again.';

export class ProfileService {
  private readonly inspector: Inspector;
  private readonly ports: ProfilePorts;
  private readonly options: ProfileOptions;
  private asked: Asked | null = null;
  private serial = 0;

  constructor(inspector: Inspector, ports: ProfilePorts, options: ProfileOptions) {
    this.inspector = inspector;
    this.ports = ports;
    this.options = options;
  }

  hear({ id, text }: Extract<MainToWorker, { kind: 'profile' }>): void {
    const playing = this.inspector.playing();
    const copy = playing && copyOf(playing.linked);
    if (!playing || !copy) {
      this.answer(id, { none: playing ? TOO_LARGE : NOTHING_PLAYS });
      return;
    }
    const { generation } = playing.linked;
    this.asked = { id, text, generation, copy, pieces: null };
    const { ranges, sizeBytes } = copy;
    const room = { cells: new Int32Array(0), extremes: new Float64Array(0), bytes: new Uint8Array(sizeBytes) };
    this.ports.toProcessor({
      kind: 'look',
      look: { serial: ++this.serial, purpose: 'copy', generation, frames: 0, ranges: ranges.slice(), ...room },
    });
  }

  seen({ serial, isThere, bytes }: Seen): void {
    const { asked } = this;
    if (!asked || asked.pieces || serial !== this.serial) return;
    if (!isThere) this.end({ none: SWAPPED });
    else asked.pieces = this.begun(asked, asked.copy.assemble(bytes));
  }

  /** The compiler's part is one of the pieces. */
  private *begun({ text, generation }: Asked, arena: Uint8Array<ArrayBuffer>): Generator<void, Profiled, void> {
    const marked = this.inspector.marked(text, generation);
    if (!marked) return { none: SWAPPED };
    yield;
    return yield* profile({ ...marked, ...this.options, arena });
  }

  /** To be called in idle moments. Returns whether there is more to do at once. */
  step(): boolean {
    const { asked } = this;
    if (!asked?.pieces) return false;
    if (this.inspector.playing()?.linked.generation !== asked.generation) {
      this.end({ none: SWAPPED });
      return false;
    }
    try {
      const piece = asked.pieces.next();
      if (!piece.done) return true;
      this.end(piece.value);
    } catch (thrown) {
      // Larger than engines take, with all that counts in it.
      this.end({ none: `It cannot be profiled (${thrown instanceof Error ? thrown.message : String(thrown)}).` });
    }
    return false;
  }

  private end(profiled: Profiled): void {
    const { asked } = this;
    this.asked = null;
    if (asked) this.answer(asked.id, profiled);
  }

  private answer(id: number, profiled: Profiled): void {
    this.ports.toMain({ kind: 'profiled', id, profiled });
  }
}
