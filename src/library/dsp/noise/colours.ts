/** Noise of several spectra. Patch language: factories at the top level, closures once per frame. */

import { drawer } from '../internal/chance.ts';
import { sineTurns } from '../internal/turns.ts';

/**
 * White noise: each frame a number by chance.
 * @param seed the same seed gives the same noise; 0 takes one by chance
 * @returns evenly spread over -1…1
 * Source: mulberry32 (Tommy Ettinger); Faust's no.noise, SuperCollider's WhiteNoise.
 * @example
 * const hiss = whiteNoise()
 * export default () => 0.2 * hiss()
 */
export function whiteNoise(seed = 0): () => number {
  const random = drawer(seed);
  return (): number => 2 * random() - 1;
}

/**
 * Pink noise: the same power in each octave, -3 dB per octave.
 * @param seed the same seed gives the same noise; 0 takes one by chance
 * @returns about -1…1, rms 0.25
 * Source: Paul Kellet's filter of seven poles (musicdsp.org); Faust's no.pink_noise.
 * @example
 * const rain = pinkNoise()
 * export default () => 0.4 * rain()
 */
export function pinkNoise(seed = 0): () => number {
  const random = drawer(seed);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let e = 0;
  let f = 0;
  let delayed = 0;
  return (): number => {
    const white = 2 * random() - 1;
    a = 0.99886 * a + 0.0555179 * white;
    b = 0.99332 * b + 0.0750759 * white;
    c = 0.969 * c + 0.153852 * white;
    d = 0.8665 * d + 0.3104856 * white;
    e = 0.55 * e + 0.5329522 * white;
    f = -0.7616 * f - 0.016898 * white;
    const sum = a + b + c + d + e + f + delayed + 0.5362 * white;
    delayed = 0.115926 * white;
    return 0.22 * sum;
  };
}

/**
 * Brown noise: -6 dB per octave, deep and soft.
 * @param seed the same seed gives the same noise; 0 takes one by chance
 * @returns about -1…1, rms 0.25; below 5 Hz it is held back, so that it does not wander off
 * Source: white noise through a leaky integrator; FunDSP's brown.
 * @example
 * const wind = brownNoise()
 * export default () => 0.5 * wind()
 */
export function brownNoise(seed = 0): () => number {
  const random = drawer(seed);
  const pole = Math.exp((-2 * Math.PI * 5) / sampleRate);
  // White noise has the variance 1/3; the integrator's sum of squares is 1/(1 - pole²).
  const step = 0.25 * Math.sqrt(3 * (1 - pole * pole));
  let y = 0;
  return (): number => {
    y = pole * y + step * (2 * random() - 1);
    return y;
  };
}

/**
 * Blue noise: 3 dB per octave, bright.
 * @param seed the same seed gives the same noise; 0 takes one by chance
 * @returns about -1…1, rms 0.25
 * Source: differences of pink noise; Strudel's and SoX's in spirit.
 * @example
 * const spray = blueNoise()
 * export default () => 0.2 * spray()
 */
export function blueNoise(seed = 0): () => number {
  const pink = pinkNoise(seed);
  let before = 0;
  return (): number => {
    const now = pink();
    const y = 1.6 * (now - before);
    before = now;
    return y;
  };
}

/**
 * Violet noise: 6 dB per octave, a thin hiss.
 * @param seed the same seed gives the same noise; 0 takes one by chance
 * @returns -1…1, rms 0.41
 * Source: differences of white noise.
 * @example
 * const steam = violetNoise()
 * export default () => 0.2 * steam()
 */
export function violetNoise(seed = 0): () => number {
  const random = drawer(seed);
  let before = 0;
  return (): number => {
    const now = random();
    const y = now - before;
    before = now;
    return y;
  };
}

/**
 * Noise with the normal distribution: mostly small, rarely large.
 * @param seed the same seed gives the same noise; 0 takes one by chance
 * @returns mean 0, standard deviation 1; beyond ±4 once in 16000 frames
 * Source: Box & Muller 1958; Faust's no.gnoise.
 * @example
 * const hiss = gaussNoise()
 * export default () => 0.1 * hiss()
 */
export function gaussNoise(seed = 0): () => number {
  const random = drawer(seed);
  return (): number => {
    // Above 0, so that the logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return radius * sineTurns(random());
  };
}
