/**
 * What is faded out: one generation, or, where an edit came during a fade, those that sounded then, each with the part of
 * the sound that it had. In: their samples. Out: one mix, with which the next fade begins where the last one had got.
 * Audio thread and Node; `mix` allocates nothing.
 */

import { f64Index } from './memoryViews.ts';

/** More than these would take too much time: what is heard least goes. */
export const MAX_OLD = 2;

export class OldSide<Member extends { readonly base: number }> {
  /** In the order in which they came. `null`: silence. */
  readonly #members: (Member | null)[] = [];
  /** How much of the mix up to and with a member is its own: 1 for the first. */
  readonly #ratios: number[] = [];

  get count(): number {
    return this.#members.length;
  }

  /** Those that are no silence, the newest last. */
  get members(): Member[] {
    return this.#members.filter((member) => member !== null);
  }

  /** `null`: silence, or none. */
  at(index: number): Member | null {
    return this.#members[index] ?? null;
  }

  /** Nothing else but this. */
  begin(member: Member | null): void {
    this.clear();
    this.#members.push(member);
    this.#ratios.push(1);
  }

  clear(): void {
    this.#members.length = 0;
    this.#ratios.length = 0;
  }

  /** One more, which makes up this part of the whole from now on. */
  add(member: Member | null, part: number): void {
    this.#members.push(member);
    this.#ratios.push(this.#members.length === 1 ? 1 : part);
  }

  /** Takes one out; how much of the mix was its own. The others take its place in their proportion. */
  remove(member: Member | null): number {
    const index = this.#members.indexOf(member);
    if (index < 0) return 0;
    const parts = this.#parts();
    const [part] = parts.splice(index, 1);
    this.#members.splice(index, 1);
    this.#ratios.length = 0;
    let sum = 0;
    for (const one of parts) {
      sum += one;
      this.#ratios.push(sum > 0 ? one / sum : 1);
    }
    return part;
  }

  /** The one that is heard least. */
  get least(): Member | null {
    const parts = this.#parts();
    return this.#members[parts.indexOf(Math.min(...parts))];
  }

  #parts(): number[] {
    let rest = 1;
    const parts: number[] = [];
    for (let n = this.#ratios.length - 1; n >= 0; n--) {
      parts.unshift(rest * this.#ratios[n]);
      rest *= 1 - this.#ratios[n];
    }
    return parts;
  }

  /**
   * Writes `frames` samples of the mix into the beginning of `mixed`. Those of a member are in `samples`, `outputOffset` bytes
   * behind its base. What is the same in all stays the same bits.
   */
  mix(mixed: Float64Array, frames: number, samples: Float64Array, outputOffset: number): void {
    for (let at = 0; at < this.#members.length; at++) {
      const member = this.#members[at];
      const index = member === null ? -1 : f64Index(member.base + outputOffset);
      const ratio = this.#ratios[at];
      for (let n = 0; n < frames; n++) {
        const sample = index < 0 ? 0 : samples[index + n];
        if (at === 0) mixed[n] = sample;
        else if (mixed[n] !== sample) mixed[n] += (sample - mixed[n]) * ratio;
      }
    }
  }
}
