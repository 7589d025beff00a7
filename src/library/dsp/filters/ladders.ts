/** The filters of well-known synthesisers. Patch language: factories at the top level, closures once per frame. */

import { tanhRatio } from '../internal/saturation.ts';
import { prewarp } from '../internal/svf.ts';

/**
 * The transistor ladder of Moog's synthesisers: -24 dB per octave, fat, and it sings.
 * @param x signal; saturates beyond about ±0.5
 * @param hz cutoff in Hz, 1…0.49·sampleRate
 * @param resonance 0…1.2; from 1 on it oscillates at the cutoff
 * @param drive 0…1, how early it saturates
 * @returns the signal; the gain at 0 Hz is 1/(1 + 4·resonance)
 * Source: Zavalishin 2012 (one-poles by the trapezoidal rule, no delay in the loop), tanh at the entrance; Huovilainen 2004.
 * @example
 * const tone = saw()
 * const filter = moogLadder()
 * export default (t) => filter(0.6 * tone(110), 1200 + 1000 * Math.sin(3 * t), 0.6)
 */
export function moogLadder(): (x: number, hz: number, resonance?: number, drive?: number) => number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  return (x: number, hz: number, resonance = 0, drive = 0): number => {
    const k = 4 * (resonance > 1.2 ? 1.2 : resonance > 0 ? resonance : 0);
    const heat = 1 + 7 * (drive > 1 ? 1 : drive > 0 ? drive : 0);
    const warped = prewarp(hz);
    const g = warped / (1 + warped);
    const rest = 1 - g;
    // The last stage gives g⁴·u + state for the entrance u = tanh(x - k·last); solved first without tanh, then with its
    // slope there.
    const g4 = g * g * (g * g);
    const state = rest * (d + g * (c + g * (b + g * a)));
    const linear = (x - k * state) / (1 + k * g4);
    const ratio = tanhRatio(heat * heat * linear * linear);
    const u = (ratio * (x - k * state)) / (1 + k * ratio * g4);
    const ya = a + g * (u - a);
    const yb = b + g * (ya - b);
    const yc = c + g * (yb - c);
    const yd = d + g * (yc - d);
    const nextA = 2 * ya - a;
    const nextB = 2 * yb - b;
    const nextC = 2 * yc - c;
    const nextD = 2 * yd - d;
    a = Math.abs(nextA) > 1e-30 ? nextA : 0;
    b = Math.abs(nextB) > 1e-30 ? nextB : 0;
    c = Math.abs(nextC) > 1e-30 ? nextC : 0;
    d = Math.abs(nextD) > 1e-30 ? nextD : 0;
    return yd * Math.sqrt(heat);
  };
}

/**
 * The diode ladder of the TB-303: softer than Moog's at first, and it squeals.
 * @param x signal; saturates beyond about ±0.5
 * @param hz frequency of the resonance in Hz, 1…0.49·sampleRate
 * @param resonance 0…1.2; from 1 on it oscillates at hz
 * @returns the signal; the gain at 0 Hz is (1 + 5.67·resonance)/(1 + 17·resonance)
 * Source: Zavalishin 2012 (trapezoidal rule, no delay in the loop), Pirkle's note AN-6; tanh at the entrance.
 * @example
 * const tone = saw()
 * const filter = diodeLadder()
 * export default (t) => filter(0.6 * tone(55), 600 + 500 * Math.sin(5 * t), 0.8)
 */
export function diodeLadder(): (x: number, hz: number, resonance?: number) => number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  return (x: number, hz: number, resonance = 0): number => {
    const k = 17 * (resonance > 1.2 ? 1.2 : resonance > 0 ? resonance : 0);
    // The ladder is y1' = 2u - 3·y1 + y2, y2' = y1 - 2·y2 + y3, y3' = y2 - 2·y3 + y4, y4' = y3 - y4: with k = 17 it
    // oscillates at √2.
    const g = prewarp(hz) / Math.SQRT2;
    // From the last stage to the first, each as slope·(the one before) + offset.
    const slopeD = g / (1 + g);
    const offsetD = d / (1 + g);
    const scaleC = 1 / (1 + g * (2 - slopeD));
    const slopeC = g * scaleC;
    const offsetC = (c + g * offsetD) * scaleC;
    const scaleB = 1 / (1 + g * (2 - slopeC));
    const slopeB = g * scaleB;
    const offsetB = (b + g * offsetC) * scaleB;
    const scaleA = 1 / (1 + g * (3 - slopeB));
    const slopeA = 2 * g * scaleA;
    const offsetA = (a + g * offsetB) * scaleA;
    const slope = slopeA * slopeB * (slopeC * slopeD);
    const state = offsetD + slopeD * (offsetC + slopeC * (offsetB + slopeB * offsetA));
    const linear = (x - k * state) / (1 + k * slope);
    const ratio = tanhRatio(linear * linear);
    const u = (ratio * (x - k * state)) / (1 + k * ratio * slope);
    const ya = slopeA * u + offsetA;
    const yb = slopeB * ya + offsetB;
    const yc = slopeC * yb + offsetC;
    const yd = slopeD * yc + offsetD;
    const nextA = 2 * ya - a;
    const nextB = 2 * yb - b;
    const nextC = 2 * yc - c;
    const nextD = 2 * yd - d;
    a = Math.abs(nextA) > 1e-30 ? nextA : 0;
    b = Math.abs(nextB) > 1e-30 ? nextB : 0;
    c = Math.abs(nextC) > 1e-30 ? nextC : 0;
    d = Math.abs(nextD) > 1e-30 ? nextD : 0;
    return yd * (1 + k * 0.3333333333333333);
  };
}
