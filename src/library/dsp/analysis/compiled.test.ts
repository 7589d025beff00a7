/** What this folder computes when Segue compiles it, against itself as JavaScript. */
import { it } from 'vitest';
import { expectSameAsJavaScript } from '../../../testing/measure/sameAsJavaScript.ts';

const sound = `
  let noise = 1
  let t = 0
  const next = () => {
    noise = (noise * 16807) % 2147483647
    t += 1 / sampleRate
    return 0.3 * Math.sin(6.28 * 330 * t) + 0.2 * (noise / 1073741823 - 1) * (t % 0.04 < 0.01 ? 1 : 0)
  }`;

it('transforms equal themselves as JavaScript', () =>
  expectSameAsJavaScript(`${sound}
    const { forward, inverse } = fft(256)
    const re = hannWindow(256)
    const im = new Float64Array(256)
    const bins = spectrum(256)
    const clear = stft(512, (re, im) => { for (let k = 0; k < re.length; k++) { re[k] *= 0.5; im[k] = im[k] > 1 ? 0 : im[k] } }, 64)
    const hold = spectralFreeze(512)
    const shift = phaseVocoder(512)
    export default (t) => {
      const x = next()
      re[currentFrame & 255] = x
      if (currentFrame % 300 === 0) { forward(re, im); if (currentFrame % 600 === 0) inverse(re, im) }
      return [re[currentFrame & 127] + bins(x)[currentFrame & 127] + clear(x), hold(x, t > 0.03 && t < 0.06) + shift(x, 5 * Math.sin(40 * t))]
    }`));

it('measures equal themselves as JavaScript', () =>
  expectSameAsJavaScript(
    `${sound}
    const level = rms(0.01), loud = loudness(0.05), crossings = zeroCrossings(0.02), at = goertzel(300)
    const pitch = pitchTrack(100, 1000), onset = onsetTrig(256), talk = vocoder(12, 150, 6000)
    let last = 0
    export default (t) => {
      const x = next()
      last = 0.9 * last + onset(x, 0.2)
      return [level(x) + loud([x, 0.5 * x]) + crossings(x) + at(x, 330 + 200 * t), pitch(x) + last + talk(x, x * Math.sin(700 * t), t)]
    }`,
    6000,
  ));
