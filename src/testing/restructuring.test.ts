/**
 * Edits that move state to another place of the text and mean the same are not heard: from the end of the fade on the sound
 * is, bit for bit where JavaScript fixes the bits, that of the first text run without an edit. At several moments each, and mixed with renames.
 */
import { describe, it } from 'vitest';
import { expectSameRender } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { renderOracle } from './oracle.ts';

const FRAMES = 2048;
const FADE_FRAMES = 32;
const MOMENTS = [32, 416, 1312];

interface Case {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

const SINE = 'Math.sin(2 * Math.PI * phase)';
const OSCILLATOR = `function osc(freq) {
  let phase = 0
  return () => {
    phase = (phase + freq / sampleRate) % 1
    return Math.sin(2 * Math.PI * phase)
  }
}`;
const LOWPASS = `function lowpass(k) {
  let y = 0
  return (x) => (y += k * (x - y))
}`;
const SAW = 'const saw = () => ((currentFrame * 441) / sampleRate) % 1';
const GLIDE = 'now += (440 - now) * 0.001';

const cases: Case[] = [
  {
    name: 'a phase from the top level into a factory',
    before: `let phase = 0
export default () => {
  phase = (phase + 110 / sampleRate) % 1
  return ${SINE}
}`,
    after: `${OSCILLATOR}\nconst tone = osc(110)\nexport default () => tone()`,
  },
  {
    name: 'two phases from the top level into a factory, in the other order',
    before: `let low = 0\nlet high = 0
export default () => {
  low = (low + 110 / sampleRate) % 1
  high = (high + 331 / sampleRate) % 1
  return [Math.sin(2 * Math.PI * low), Math.sin(2 * Math.PI * high)]
}`,
    after: `${OSCILLATOR}\nconst b = osc(331)\nconst a = osc(110)\nexport default () => [a(), b()]`,
  },
  {
    name: 'functions back into the frame, behind one that is new',
    before: [
      ...[110, 220, 331].map(
        (hz, n) => `let p${n} = 0.25\nconst play${n} = () => (p${n} = (p${n} + ${hz} / 48000) % 1)`,
      ),
      'export default () => play0() + 2 * play1() + 4 * play2()',
    ].join('\n'),
    after: [
      'let more = 0.5\nconst playMore = () => (more = (more + 55 / 48000) % 1)',
      ...[110, 220, 331].map((_, n) => `let q${n} = 0.25`),
      'export default () => {',
      ...[110, 220, 331].map((hz, n) => `  q${n} = (q${n} + ${hz} / 48000) % 1`),
      '  return q0 + 2 * q1 + 4 * q2 + 0 * playMore()\n}',
    ].join('\n'),
  },
  {
    name: 'a glide from 55 Hz into a factory, with its phase',
    before: `let now = 55\nlet phase = 0
export default () => {
  ${GLIDE}
  phase = (phase + now / sampleRate) % 1
  return ${SINE}
}`,
    after: `function glide() {
  let now = 55
  let phase = 0
  return () => {
    ${GLIDE}
    phase = (phase + now / sampleRate) % 1
    return ${SINE}
  }
}
const play = glide()\nexport default () => play()`,
  },
  {
    // Alone it would be clear that `at` became `place`; beside it the new line has a field of the old name.
    name: 'a delay line out of its object, beside a new one whose fields have its names',
    before: `const echo = { line: new Float64Array(29), at: 0 }
export default () => {
  const y = echo.line[echo.at]
  echo.line[echo.at] = 0.1 * Math.sin(currentFrame) + 0.5 * y
  if (++echo.at >= 29) echo.at = 0
  return y
}`,
    after: `const line = new Float64Array(29)
let place = 0
const other = { line: new Float64Array(31), at: 0 }
export default () => {
  const y = line[place]
  line[place] = 0.1 * Math.sin(currentFrame) + 0.5 * y
  if (++place >= 29) place = 0
  other.line[other.at] = 0.5
  if (++other.at >= 31) other.at = 0
  return y
}`,
  },
  {
    name: 'an envelope into a factory, with the rate as a parameter',
    before: `let env = 1\nexport default () => { env *= 0.999; return env }`,
    after: `function decay(rate) { let level = 1; return () => { level *= rate; return level } }
const env = decay(0.999)\nexport default () => env()`,
  },
  {
    name: 'lp1, lp2 into lps[]',
    before: `${LOWPASS}\n${SAW}\nconst lp1 = lowpass(0.1)\nconst lp2 = lowpass(0.02)\nexport default () => [lp1(saw()), lp2(saw())]`,
    after: `${LOWPASS}\n${SAW}\nconst lps = [lowpass(0.1), lowpass(0.02)]\nexport default () => [lps[0](saw()), lps[1](saw())]`,
  },
  {
    name: 'lp1, lp2 that are alike into lps[]',
    before: `${LOWPASS}\n${SAW}\nconst lp1 = lowpass(0.1)\nconst lp2 = lowpass(0.1)\nexport default () => [lp1(saw()), lp2(1 - saw())]`,
    after: `${LOWPASS}\n${SAW}\nconst lps = Array.from({ length: 2 }, () => lowpass(0.1))\nexport default () => [lps[0](saw()), lps[1](1 - saw())]`,
  },
  {
    name: 'the delay lines of a pad into an array of objects',
    before: `const left = new Float64Array(90)\nconst right = new Float64Array(130)
export default () => {
  const n = currentFrame
  left[n % 90] = left[n % 90] * 0.7 + (n % 50) * 0.01
  right[n % 130] = right[n % 130] * 0.6 + (n % 70) * 0.01
  return [left[(n + 1) % 90], right[(n + 1) % 130]]
}`,
    after: `const lines = [{ memory: new Float64Array(90) }, { memory: new Float64Array(130) }]
export default () => {
  const n = currentFrame
  lines[0].memory[n % 90] = lines[0].memory[n % 90] * 0.7 + (n % 50) * 0.01
  lines[1].memory[n % 130] = lines[1].memory[n % 130] * 0.6 + (n % 70) * 0.01
  return [lines[0].memory[(n + 1) % 90], lines[1].memory[(n + 1) % 130]]
}`,
  },
  {
    name: 'drone, lead into voices[]',
    before: `${OSCILLATOR}\nconst drone = osc(55)\nconst lead = osc(440)
export default () => drone() * 0.5 + lead() * 0.25`,
    after: `${OSCILLATOR}\nconst voices = [osc(55), osc(440)]
export default () => voices[0]() * 0.5 + voices[1]() * 0.25`,
  },
  {
    name: 'drone, lead into voices[] in the other order, renamed inside',
    before: `${OSCILLATOR}\nconst drone = osc(55)\nconst lead = osc(440)
export default () => drone() * 0.5 + lead() * 0.25`,
    after: `${OSCILLATOR.replaceAll('phase', 'ph').replaceAll('freq', 'hz')}\nconst voices = [osc(440), osc(55)]
export default () => voices[1]() * 0.5 + voices[0]() * 0.25`,
  },
  {
    name: 'voices with two closures each into an array of objects',
    before: `function voice(k) { let n = 3; return { up: () => (n = (n * 1.5 + k) % 11), get: () => n * 0.5 } }
const one = voice(1)\nconst two = voice(2)\nexport default () => [one.up() + two.get(), two.up() + one.get()]`,
    after: `function voice(k) { let n = 3; return { up: () => (n = (n * 1.5 + k) % 11), get: () => n * 0.5 } }
const all = [1, 2].map((k) => voice(k))
export default () => [all[0].up() + all[1].get(), all[1].up() + all[0].get()]`,
  },
  {
    name: 'single lets into the fields of an object',
    before: `let a = 0\nlet b = 1
export default () => { a = (a + 0.01) % 1; b = b * 0.999 + a * 0.001; return [a, b] }`,
    after: `const s = { a: 0, b: 1 }
export default () => { s.a = (s.a + 0.01) % 1; s.b = s.b * 0.999 + s.a * 0.001; return [s.a, s.b] }`,
  },
  {
    name: 'single lets into the fields of an object, renamed',
    before: `let a = 0\nlet b = 1
export default () => { a = (a + 0.01) % 1; b = b * 0.999 + a * 0.001; return [a, b] }`,
    after: `const s = { phase: 0, level: 1 }
export default () => {
  s.phase = (s.phase + 0.01) % 1
  s.level = s.level * 0.999 + s.phase * 0.001
  return [s.phase, s.level]
}`,
  },
  {
    name: 'fields of an object into single lets',
    before: `const s = { low: 0, band: 0 }
export default () => {
  s.low += 0.1 * s.band
  s.band += 0.1 * (1 - s.low - 0.2 * s.band)
  return [s.low, s.band]
}`,
    after: `let low = 0\nlet band = 0
export default () => {
  low += 0.1 * band
  band += 0.1 * (1 - low - 0.2 * band)
  return [low, band]
}`,
  },
  {
    name: 'numbers in an array into objects with that field',
    before: `const freqs = [110, 165, 220]\nconst phases = [0, 0, 0]
export default () => {
  let sum = 0
  for (let i = 0; i < 3; i++) {
    phases[i] = (phases[i] + freqs[i] / sampleRate) % 1
    sum = sum * 0.5 + phases[i]
  }
  return sum
}`,
    after: `const voices = [110, 165, 220].map((freq) => ({ freq, phase: 0 }))
export default () => {
  let sum = 0
  for (const v of voices) {
    v.phase = (v.phase + v.freq / sampleRate) % 1
    sum = sum * 0.5 + v.phase
  }
  return sum
}`,
  },
  {
    name: 'objects with a field into numbers in an array, in the other order',
    before: `const voices = [110, 165, 220].map((freq) => ({ freq, phase: 0 }))
export default () => {
  for (const v of voices) v.phase = (v.phase + v.freq / sampleRate) % 1
  return [voices[0].phase + voices[1].phase, voices[2].phase]
}`,
    after: `const freqs = [220, 165, 110]\nconst phases = [0, 0, 0]
export default () => {
  for (let i = 0; i < 3; i++) phases[i] = (phases[i] + freqs[i] / sampleRate) % 1
  return [phases[2] + phases[1], phases[0]]
}`,
  },
  {
    name: 'single lets into the numbers of an array',
    before: `let x = 0\nlet y = 0
export default () => { x = (x + 0.013) % 1; y = (y + 0.017) % 1; return [x, y] }`,
    after: `const at = [0, 0]
export default () => { at[0] = (at[0] + 0.013) % 1; at[1] = (at[1] + 0.017) % 1; return [at[0], at[1]] }`,
  },
  {
    name: 'three closures into one voice()',
    before: `let p1 = 0\nlet p2 = 0\nlet p3 = 0
const one = () => { p1 = (p1 + 110 / sampleRate) % 1; return p1 }
const two = () => { p2 = (p2 + 220 / sampleRate) % 1; return p2 }
const three = () => { p3 = (p3 + 330 / sampleRate) % 1; return p3 }
export default () => one() * 0.5 + two() * 0.25 + three() * 0.125`,
    after: `function voice(hz) {
  let p = 0
  return () => { p = (p + hz / sampleRate) % 1; return p }
}
const one = voice(110)\nconst two = voice(220)\nconst three = voice(330)
export default () => one() * 0.5 + two() * 0.25 + three() * 0.125`,
  },
  {
    name: 'three factories into one voice()',
    before: ['a', 'b', 'c']
      .map((name, n) => `function ${name}() { let n${n} = 0; return () => (n${n} = (n${n} + ${n + 1}.5) % 17) }`)
      .join('\n')
      .concat(
        `\nconst x = a()\nconst y = b()\nconst z = c()\nexport default () => x() * 0.5 + y() * 0.25 + z() * 0.125`,
      ),
    after: `function voice(k) { let n = 0; return () => (n = (n + k) % 17) }
const voices = [1.5, 2.5, 3.5].map((k) => voice(k))
export default () => voices[0]() * 0.5 + voices[1]() * 0.25 + voices[2]() * 0.125`,
  },
  {
    name: 'a function split in two',
    before: `function pluck() {
  let env = 1
  let phase = 0
  return () => { env *= 0.9995; phase = (phase + 0.01) % 1; return env * phase }
}
const p = pluck()\nexport default () => p()`,
    after: `function decay() { let env = 1; return () => { env *= 0.9995; return env } }
function ramp() { let phase = 0; return () => { phase = (phase + 0.01) % 1; return phase } }
const d = decay()\nconst r = ramp()\nexport default () => d() * r()`,
  },
  {
    name: 'two functions put together into one',
    before: `function decay() { let env = 1; return () => { env *= 0.9995; return env } }
function ramp() { let phase = 0; return () => { phase = (phase + 0.01) % 1; return phase } }
const d = decay()\nconst r = ramp()\nexport default () => d() * r()`,
    after: `let level = 1\nlet at = 0
export default () => { level *= 0.9995; at = (at + 0.01) % 1; return level * at }`,
  },
  {
    name: 'a phase out of a factory to the top level, renamed',
    before: `${OSCILLATOR}\nconst tone = osc(110)\nexport default () => tone()`,
    after: `let ph = 0
export default () => {
  ph = (ph + 110 / sampleRate) % 1
  return Math.sin(2 * Math.PI * ph)
}`,
  },
  {
    name: 'a delay line and its position into a factory',
    before: `const line = new Float32Array(300)\nlet at = 0
export default () => {
  const out = line[at]
  line[at] = (currentFrame % 100) * 0.01 + out * 0.5
  at = (at + 1) % 300
  return out
}`,
    after: `function echo(size) {
  const memory = new Float32Array(size)
  let at = 0
  return (x) => {
    const out = memory[at]
    memory[at] = x + out * 0.5
    at = (at + 1) % size
    return out
  }
}
const e = echo(300)\nexport default () => e((currentFrame % 100) * 0.01)`,
  },
  {
    name: 'two lines with counts that are stepped alike into objects, in the other order',
    before: `const la = new Float64Array(50)\nconst lb = new Float64Array(70)\nlet i = 0\nlet j = 0
export default () => {
  const x = la[i % 50]
  la[i % 50] = 0.1 + 0.5 * x
  i += 1
  const y = lb[j % 70]
  lb[j % 70] = 0.2 + 0.3 * y + x
  if (currentFrame % 3 > 0) j += 1
  return [x, y]
}`,
    after: `const q = { line: new Float64Array(70), at: 0 }\nconst p = { line: new Float64Array(50), at: 0 }
export default () => {
  const x = p.line[p.at % 50]
  p.line[p.at % 50] = 0.1 + 0.5 * x
  p.at += 1
  const y = q.line[q.at % 70]
  q.line[q.at % 70] = 0.2 + 0.3 * y + x
  if (currentFrame % 3 > 0) q.at += 1
  return [x, y]
}`,
  },
  {
    name: 'a step given by a helper that only returns it, and a factory around it',
    before: `let phase = 0
export default () => { phase = (phase + 110 / sampleRate) % 1; return phase }`,
    after: `const wrap = (x) => x % 1
function ramp(hz) { const step = hz / sampleRate; let at = 0; return () => { at = wrap(at + step); return at } }
const r = ramp(110)\nexport default () => r()`,
  },
  {
    name: 'a line and the count by which it is written, renamed',
    before: `${SAW}
const line = new Float64Array(37)
let at = 0
export default () => { const w = at % 37; const y = line[w]; line[w] = saw() + 0.5 * y; at += 1; return y }`,
    after: `${SAW}
const past = new Float64Array(37)
let place = 0
export default () => { const w = place % 37; const y = past[w]; past[w] = saw() + 0.5 * y; place += 1; return y }`,
  },
  {
    name: 'a running counter and a flag into an object, beside a rename',
    before: `let beats = 0\nlet isOn = false\nlet level = 0.25
export default () => {
  beats += 1
  if (beats % 100 === 0) isOn = !isOn
  level = level * 0.99 + (isOn ? 0.01 : 0)
  return [beats % 64, level]
}`,
    after: `const clock = { beats: 0, isOn: false }\nlet volume = 0.25
export default () => {
  clock.beats += 1
  if (clock.beats % 100 === 0) clock.isOn = !clock.isOn
  volume = volume * 0.99 + (clock.isOn ? 0.01 : 0)
  return [clock.beats % 64, volume]
}`,
  },
];

describe.each(cases)('$name', ({ before, after }) => {
  it.each([
    ['there', before, after],
    ['and back', after, before],
  ])('%s', async (_, first, second) => {
    const expected = renderOracle(first, { frames: FRAMES });
    for (const moment of MOMENTS) {
      const options = { frames: FRAMES, fadeFrames: FADE_FRAMES, blockFrames: 32 };
      const render = await renderCompiled({ text: first, ...options, swaps: [{ frame: moment, text: second }] });
      const [swap] = render.swaps;
      if (swap?.kind !== 'committed') throw new Error(swap?.kind);
      expectSameRender(`from ${moment} on, reset: ${JSON.stringify(swap.report.stateReset)}`, render, expected, {
        tolerance: 0,
        fromFrame: moment + FADE_FRAMES,
      });
    }
  });
});
