/** Gains that follow an envelope: ducking, and shaping of transients. Patch language. */

import { clampOr, flushed, tauPole } from '../internal/guard.ts';

/** The level of a signal with τ for the way up and τ for the way down. */
function level(): (x: number, attack: number, release: number) => number {
  let y = 0;
  let attackTau = -1;
  let attackPole = 0;
  let releaseTau = -1;
  let releasePole = 0;
  return (x, attack, release) => {
    if (attack !== attackTau) {
      attackTau = attack;
      attackPole = tauPole(attack);
    }
    if (release !== releaseTau) {
      releaseTau = release;
      releasePole = tauPole(release);
    }
    const size = Math.abs(flushed(x));
    y = flushed(size + (y - size) * (size > y ? attackPole : releasePole));
    return y;
  };
}

/**
 * Makes room for another signal.
 * @param x signal
 * @param key any signal that x makes room for; 1 is full
 * @param amount 0…1: what is taken away at full
 * @param attack τ in seconds
 * @param release τ in seconds
 * @returns x·(1 − amount·level of key)
 * Source: side-chain compression: x·(1 − amount·level of key).
 * @example
 * const duck = ducker()
 * const kick = kickDrum()
 * const clock = impulse()
 * const osc = saw()
 * export default () => {
 *   const beat = kick(clock(2))
 *   return 0.5 * beat + duck(0.3 * osc(110), beat, 0.9)
 * }
 */
export function ducker(): (x: number, key: number, amount?: number, attack?: number, release?: number) => number {
  const follow = level();
  return (x, key, amount = 0.7, attack = 0.005, release = 0.2) =>
    x *
    (1 -
      clampOr(amount, 0, 1, 0.7) *
        Math.min(follow(key, clampOr(attack, 0, 60, 0.005), clampOr(release, 0, 60, 0.2)), 1));
}

/**
 * Makes beginnings and what rings after them louder or softer, whatever the level.
 * @param x signal
 * @param attackGain of what begins, linear 0…16
 * @param sustainGain of what rings, linear 0…16
 * @returns the signal; x itself where both are 1
 * Source: the principle of SPL's Transient Designer: the differences of a fast follower to one with a slow attack, and to one
 * with a slow release.
 * @example
 * const shape = transientShaper()
 * const snare = snareDrum()
 * const clock = impulse()
 * export default () => 0.4 * shape(snare(clock(2)), db(6), db(-9))
 */
export function transientShaper(): (x: number, attackGain?: number, sustainGain?: number) => number {
  const fast = level();
  const slowUp = level();
  const slowDown = level();
  return (x, attackGain = 1, sustainGain = 1) => {
    const now = fast(x, 0.001, 0.04);
    const before = slowUp(now, 0.03, 0.04);
    const after = slowDown(now, 0, 0.4);
    // 0…1: how much of the level is new, and how much of it is gone.
    const begins = now > 1e-9 ? Math.max(now - before, 0) / now : 0;
    const rings = after > 1e-9 ? Math.max(after - now, 0) / after : 0;
    return x * clampOr(attackGain, 0, 16, 1) ** begins * clampOr(sustainGain, 0, 16, 1) ** rings;
  };
}
