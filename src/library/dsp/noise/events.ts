/** Single events by chance, and what is made of bits and chaos. Patch language: factories and closures. */

import { drawer } from '../internal/chance.ts';
import { wrapTurns } from '../internal/turns.ts';

/**
 * Sparse noise: one pulse at a place by chance in each period, up or down. Smooth to the ear where it is dense.
 * @param seed the same seed gives the same noise; 0 takes one by chance
 * @param density pulses a second, 0…sampleRate; 2000 if not given
 * @returns -1, 0 or 1
 * Source: Karjalainen & Järveläinen 2007, Reverberation Modeling Using Velvet Noise.
 * @example
 * const crackle = velvetNoise()
 * export default () => 0.3 * crackle(1500)
 */
export function velvetNoise(seed = 0): (density?: number) => number {
  const random = drawer(seed);
  let turns = 0;
  let place = random();
  let sign = random() < 0.5 ? -1 : 1;
  let isDue = 1;
  return (density = 2000): number => {
    const rate = density >= 0 ? Math.min(density, sampleRate) : density < 0 ? 0 : 2000;
    const next = turns + rate / sampleRate;
    // The period's last frame covers all that is left of it.
    const fires = isDue > 0 && next > place;
    const y = fires ? sign : 0;
    isDue = fires ? 0 : isDue;
    if (next >= 1) {
      place = random();
      sign = random() < 0.5 ? -1 : 1;
      isDue = 1;
    }
    turns = wrapTurns(next);
    return y;
  };
}

/**
 * Single events at times by chance, as raindrops or a Geiger counter.
 * @param seed the same seed gives the same events; 0 takes one by chance
 * @param density events a second on average, from 0
 * @returns 0, or in the frame of an event its strength, 0…1
 * Source: SuperCollider's Dust, DaisySP's Dust.
 * @example
 * const drops = dust(4)
 * const ring = resonator()
 * export default () => 0.6 * ring(drops(8), 900, 0.4)
 */
export function dust(seed = 0): (density: number) => number {
  const random = drawer(seed);
  return (density: number): number => {
    const likelihood = density / sampleRate;
    const draw = random();
    return draw < likelihood ? draw / Math.min(1, likelihood) : 0;
  };
}

/**
 * The noise of old consoles and game machines: a shift register that repeats itself, as a tone where it is fast.
 * @param bits 15 for noise, 7 for a metallic tone; 15 if not given
 * @param hz steps a second, up to 64 in a frame
 * @returns -1 or 1; it repeats after 2^bits - 1 steps
 * Source: the shift registers with feedback of the NES and the Game Boy.
 * @example
 * const tin = lfsrNoise(7)
 * export default (t) => 0.2 * tin(20000 * 2 ** -(t % 4))
 */
export function lfsrNoise(bits = 15): (hz: number) => number {
  const top = bits < 11 ? 6 : 14;
  let register = bits < 11 ? 127 : 32767;
  let turns = 0;
  return (hz: number): number => {
    const y = (register & 1) === 1 ? 1 : -1;
    const next = turns + Math.abs(hz) / sampleRate;
    const steps = Math.min(64, Math.floor(next));
    for (let i = 0; i < steps; i++) {
      const bit = (register ^ (register >> 1)) & 1;
      register = (register >> 1) | (bit << top);
    }
    turns = wrapTurns(next);
    return y;
  };
}

/**
 * Lorenz's attractor, the butterfly: two slow values that never repeat, or at high speed a growling noise.
 * @param speed time units a second, one turn takes about 0.7; 0…0.02·sampleRate; 1 if not given
 * @returns [x/20, z/25 - 1], both about -1…1
 * Source: Lorenz 1963 with σ 10, ρ 28, β 8/3, by the classical method of Runge and Kutta; SuperCollider's LorenzL.
 * @example
 * const butterfly = lorenzOsc()
 * export default () => gainStereo(butterfly(400), 0.3)
 */
export function lorenzOsc(): (speed?: number) => [number, number] {
  let x = 1;
  let y = 1;
  let z = 20;
  return (speed = 1): [number, number] => {
    const rate = speed / sampleRate;
    const h = rate > 0.02 ? 0.02 : rate >= 0 ? rate : rate < 0 ? 0 : 1 / sampleRate;
    const ax = 10 * (y - x);
    const ay = x * (28 - z) - y;
    const az = x * y - 2.6666666666666665 * z;
    const x2 = x + 0.5 * h * ax;
    const y2 = y + 0.5 * h * ay;
    const z2 = z + 0.5 * h * az;
    const bx = 10 * (y2 - x2);
    const by = x2 * (28 - z2) - y2;
    const bz = x2 * y2 - 2.6666666666666665 * z2;
    const x3 = x + 0.5 * h * bx;
    const y3 = y + 0.5 * h * by;
    const z3 = z + 0.5 * h * bz;
    const cx = 10 * (y3 - x3);
    const cy = x3 * (28 - z3) - y3;
    const cz = x3 * y3 - 2.6666666666666665 * z3;
    const x4 = x + h * cx;
    const y4 = y + h * cy;
    const z4 = z + h * cz;
    const sixth = h / 6;
    x += sixth * (ax + 2 * (bx + cx) + 10 * (y4 - x4));
    y += sixth * (ay + 2 * (by + cy) + x4 * (28 - z4) - y4);
    z += sixth * (az + 2 * (bz + cz) + x4 * y4 - 2.6666666666666665 * z4);
    return [x / 20, z / 25 - 1];
  };
}
