/**
 * What is known while a wild program is written: the variables in sight, the labels around, and how much may still be
 * written. Wild programs may throw and may be refused; what they draw is mostly of the right kinds, so that most play.
 * Tests only.
 */

import { ScopedMaker } from '../random/scopedMaker.ts';
import { Seeded } from '../random/seeded.ts';

const TYPED = ['Float64Array', 'Float32Array', 'Int32Array', 'Uint32Array', 'Int16Array', 'Uint8Array', 'Int8Array'];

/** `numbers`: an array of numbers. `bytes`: a typed array. */
export type WildKind = 'number' | 'numbers' | 'bytes' | 'record' | 'function';

export interface WildName {
  readonly name: string;
  readonly kind: WildKind;
  readonly isMutable: boolean;
  /** It may be `undefined`, for what is no number. */
  readonly isMaybe: boolean;
  /** Whether code outside of the default export may use it. */
  readonly isShared: boolean;
}

export interface WildLabel {
  readonly name: string;
  readonly isLoop: boolean;
}

export class WildMaker extends ScopedMaker<WildName> {
  labels: readonly WildLabel[] = [];
  /** What a plain `break` or `continue` would leave. */
  isInLoop = false;
  isInSwitch = false;
  /** Whether code runs per frame; otherwise while the top level does. */
  isFrame = false;
  /** Whether the code being written belongs to a function that the top level may call as well. */
  isOutside = false;
  /** The one kind of typed arrays that the program has: two do not meet in one variable. */
  readonly typed: string;
  statementsLeft = 14;

  constructor(seed: number) {
    super(new Seeded(seed));
    this.typed = this.random.pick(TYPED);
  }

  declare(name: WildName): WildName {
    this.names.push(name);
    return name;
  }

  /** Runs `work` as the body of another function: what is around it cannot be left by jumps. */
  inFunction<Result>(work: () => Result): Result {
    const { labels, isInLoop, isInSwitch } = this;
    Object.assign(this, { labels: [], isInLoop: false, isInSwitch: false });
    const result = this.inScope(work);
    Object.assign(this, { labels, isInLoop, isInSwitch });
    return result;
  }

  visible(isWanted: (name: WildName) => boolean): WildName[] {
    return this.names.filter((name) => isWanted(name) && (name.isShared || !this.isOutside));
  }

  /** A variable of this kind; `null`: there is none. */
  find(kind: WildKind, isMutable = false): WildName | null {
    const found = this.visible((name) => name.kind === kind && (name.isMutable || !isMutable));
    return found.length > 0 ? this.random.pick(found) : null;
  }

  takeStatement(): boolean {
    return --this.statementsLeft >= 0;
  }
}
