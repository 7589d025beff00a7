/** Everything of this folder under any modulation and signal: finite, bounded, recovers from NaN. Compiled, too. */
import { it } from 'vitest';
import { RATES } from '../../../testing/measure/rates.ts';
import { expectSameAsJavaScript } from '../../../testing/measure/sameAsJavaScript.ts';
import { torture } from '../../../testing/measure/stability.ts';
import { delaySubjects } from '../../../testing/measure/subjects/delays.ts';

const SEED = 606;
const FRAMES = 1500;

it.each(delaySubjects)(`$name stays finite and recovers, seed ${SEED}`, (subject) =>
  torture({ tailSeconds: 0.05, ...subject }, SEED, FRAMES, RATES),
);

const sound = 'const tone = (t) => Math.sin(2 * Math.PI * 220 * t) * (t % 0.02 < 0.01 ? 1 : 0.1)';

it('delays equal themselves as JavaScript', () =>
  expectSameAsJavaScript(`${sound}
    const late = delayLine(0.05), whole = delayFrames(500), taps = tapDelay(0.05), again = echo(0.05), sides = pingPong(0.02)
    const tape = tapeDelay(0.05), loop = looper(0.03), cloud = granulator(0.2, 8, 5), shift = pitchShifter(0.02)
    export default (t) => {
      const x = tone(t)
      taps.write(x)
      const [l, r] = sides([x, -0.5 * x], 0.004 + 0.1 * t, 0.7)
      const [a, b] = cloud(x, 200, 0.02, 5, 0.05, t > 0.06)
      return [
        late(x, 0.3 * t) + whole(x, 6000 * t) + taps.read(0.01) + taps.read(0.3 * t) + l + a,
        again(x, 0.01, 0.7, 0.3) + tape(x, 0.03, 0.8, 0.5) + loop(x, t < 0.02) + shift(x, 30 * Math.sin(40 * t)) + r + b,
      ]
    }`));

it('modulations equal themselves as JavaScript', () =>
  expectSameAsJavaScript(`${sound}
    const wide = chorus(), sweep = flanger(), phase = phaser(8), wave = vibrato(), swell = tremolo(), around = autoPan(), ring = ringMod()
    const shift = freqShifter(), leslie = rotary()
    export default (t) => {
      const x = tone(t)
      const [l, r] = wide(x, 3, 0.6, 0.4)
      const [a, b] = around(x, 9, 0.8)
      const [c, d] = leslie(x, 9 * t)
      return [c + shift(x, 900 * t) + l + sweep(x, 5, 0.8, 0.6) + phase(x, 8, 0.8, 0.4) + a, d + r + wave(x, 6, 0.5) + swell(x, 9, 0.7) + ring(x, 300 - 9000 * t, 0.8) + b]
    }`));
