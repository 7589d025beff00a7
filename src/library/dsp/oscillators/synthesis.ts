/** Whole spectra from few parameters: FM, sums in closed form, formants. Patch language: factories and closures. */

import { sineTurns, wrapTurns } from '../internal/turns.ts';

/**
 * A row of partials whose levels fall by a constant factor, by a sum in closed form.
 * @param hz frequency of the first partial in Hz
 * @param rolloff 0…0.99, level of each partial relative to the one before; 0.5 if not given
 * @param ratio distance of the partials in multiples of hz, 0.01…100; 1 (harmonics) if not given
 * @returns Σ rolloff^k·sin 2π(1 + k·ratio)p without partials above half the sample rate, as loud (rms) as a sine
 * Source: Moorer 1976, The Synthesis of Complex Audio Spectra by Means of Discrete Summation Formulas; FunDSP's dsf.
 * @example
 * const tone = dsfOsc()
 * const sweep = sine()
 * export default () => 0.2 * tone(110, 0.7 + 0.2 * sweep(0.5))
 */
export function dsfOsc(): (hz: number, rolloff?: number, ratio?: number) => number {
  let first = 0;
  let between = 0;
  return (hz: number, rolloff = 0.5, ratio = 1): number => {
    const a = rolloff > 0.99 ? 0.99 : rolloff >= 0 ? rolloff : rolloff < 0 ? 0 : 0.5;
    const distance = ratio > 100 ? 100 : ratio >= 0.01 ? ratio : ratio < 0.01 ? 0.01 : 1;
    const size = Math.abs(hz);
    // Partials below half the sample rate, as far as any can be heard; what is left out begins at the level `rest`.
    const count = Math.min(5000, Math.ceil((sampleRate / 2 - size) / (size * distance)));
    const rest = a ** count;
    const top =
      sineTurns(first) -
      a * sineTurns(first - between) -
      rest * (sineTurns(first + count * between) - a * sineTurns(first + (count - 1) * between));
    const sum = top / (1 + a * a - 2 * a * sineTurns(between + 0.25));
    const y = sum * Math.sqrt((1 - a * a) / (1 - rest * rest));
    first = wrapTurns(first + hz / sampleRate);
    between = wrapTurns(between + (hz * distance) / sampleRate);
    return count > 0 && Number.isFinite(y) ? y : 0;
  };
}

/**
 * Two sines, one of which modulates the phase of the other: simple FM.
 * @param hz frequency of the carrier in Hz
 * @param ratio of the modulator's frequency to the carrier's; 1 if not given
 * @param index depth of modulation in radians, from 0; 1 if not given
 * @param feedback 0…1, how much the modulator modulates itself
 * @returns sin(2πp + index·modulator), -1…1
 * Source: Chowning 1973, The Synthesis of Complex Audio Spectra by Means of Frequency Modulation; DaisySP's Fm2.
 * @example
 * const tone = fmPair()
 * export default (t) => 0.3 * tone(220, 1.4, 5 * Math.exp(-3 * (t % 1)))
 */
export function fmPair(): (hz: number, ratio?: number, index?: number, feedback?: number) => number {
  let carrier = 0;
  let modulator = 0;
  let last = 0;
  let beforeLast = 0;
  return (hz: number, ratio = 1, index = 1, feedback = 0): number => {
    const depth = Number.isNaN(index) ? 1 : index;
    const own = feedback > 1 ? 1 : feedback > 0 ? feedback : 0;
    // The mean of two frames keeps feedback from hunting, as in Yamaha's chips; a quarter of a turn at most.
    const wave = sineTurns(modulator + 0.125 * own * (last + beforeLast));
    const y = sineTurns(carrier + depth * 0.15915494309189535 * wave);
    beforeLast = last;
    last = wave;
    carrier = wrapTurns(carrier + hz / sampleRate);
    modulator = wrapTurns(modulator + (hz * (Number.isNaN(ratio) ? 1 : ratio)) / sampleRate);
    return Number.isFinite(y) ? y : 0;
  };
}

/**
 * A tone with a formant: bursts of a sine, `hz` a second, each under a window.
 * @param hz frequency in Hz: the pitch
 * @param formantHz frequency of the sine in Hz, where the spectrum is strongest
 * @param shift 0…1, the phase in turns at which the sine begins in each period
 * @returns -1…1
 * Source: window function synthesis (Bass & Goeddel 1981); DaisySP's FormantOscillator.
 * @example
 * const voice = formantOsc()
 * const sweep = sine()
 * export default () => 0.4 * voice(110, 800 + 400 * sweep(0.5))
 */
export function formantOsc(): (hz: number, formantHz: number, shift?: number) => number {
  let turns = 0;
  let formant = 0;
  return (hz: number, formantHz: number, shift = 0): number => {
    const window = 0.5 - 0.5 * sineTurns(turns + 0.25);
    const y = window * sineTurns(formant + (Number.isNaN(shift) ? 0 : shift));
    const next = turns + Math.abs(hz) / sampleRate;
    const begins = next >= 1;
    turns = wrapTurns(next);
    formant = wrapTurns(begins ? (turns * formantHz) / Math.abs(hz) : formant + formantHz / sampleRate);
    return y;
  };
}
