/** The channel vocoder. Patch language. */

import { clampOr, fallPole, flushed, tauPole } from '../internal/guard.ts';

/** Opens a band fast enough for consonants. */
const ATTACK_TAU = 0.002;

/**
 * Gives one sound the spectrum of another: the carrier speaks as the modulator does.
 * @param bands how many, 1…64, evenly spaced in octaves
 * @param lowHz middle of the lowest band
 * @param highHz middle of the highest band
 * @param carrier what sounds
 * @param modulator what it says
 * @param release seconds in which a band falls by 60 dB
 * @returns the carrier with the spectrum of the modulator
 * Source: Dudley 1939; two bandpasses in a row for each band and side, an envelope follower; Faust `ve.vocoder`.
 * @example
 * const talk = vocoder(16)
 * const carrier = saw()
 * const noise = whiteNoise(1)
 * const filter = bandpass()
 * const clock = lfPulse()
 * export default (t) => 16 * talk(0.3 * carrier(110), clock(4) * filter(noise(), 800 + 600 * Math.sin(5 * t), 4))
 */
export function vocoder(
  bands = 16,
  lowHz = 100,
  highHz = 8000,
): (carrier: number, modulator: number, release?: number) => number {
  const count = Math.round(clampOr(bands, 1, 64, 16));
  const low = clampOr(lowHz, 1, 0.45 * sampleRate, 100);
  const high = clampOr(highHz, low, 0.45 * sampleRate, 8000);
  const ratio = count > 1 ? (high / low) ** (1 / (count - 1)) : 2;
  // A band is as wide as it is far to the next, where two bandpasses in a row are some 3 dB down.
  const k = 1.25 * Math.max(Math.sqrt(ratio) - 1 / Math.sqrt(ratio), 0.02);
  const g = new Float64Array(count);
  const a = new Float64Array(count);
  for (let band = 0; band < count; band++) {
    g[band] = Math.tan((Math.PI * low * ratio ** band) / sampleRate);
    a[band] = 1 / (1 + g[band] * (g[band] + k));
  }
  // Two states for each of four filters: modulator twice, carrier twice.
  const states = Array.from({ length: 8 }, () => new Float64Array(count));
  const levels = new Float64Array(count);
  const attack = tauPole(ATTACK_TAU);

  /** Simper's SVF, its bandpass output. */
  const filter = (band: number, x: number, first: Float64Array, second: Float64Array) => {
    const v3 = x - second[band];
    const v1 = a[band] * (first[band] + g[band] * v3);
    const v2 = second[band] + g[band] * v1;
    first[band] = flushed(2 * v1 - first[band]);
    second[band] = flushed(2 * v2 - second[band]);
    return k * v1;
  };

  let releaseSeconds = -1;
  let fall = 0;
  return (carrier, modulator, release = 0.03) => {
    const seconds = clampOr(release, 0, 60, 0.03);
    if (seconds !== releaseSeconds) {
      releaseSeconds = seconds;
      fall = fallPole(seconds);
    }
    const voice = flushed(modulator);
    const tone = flushed(carrier);
    let sum = 0;
    for (let band = 0; band < count; band++) {
      const heard = filter(band, filter(band, voice, states[0], states[1]), states[2], states[3]);
      const size = Math.abs(heard);
      const level = levels[band];
      levels[band] = flushed(size > level ? size + (level - size) * attack : level * fall);
      sum += filter(band, filter(band, tone, states[4], states[5]), states[6], states[7]) * levels[band];
    }
    return sum;
  };
}
