/**
 * A patch as large as a real piece: a small set of instruments, effects and a sequencer, and as many tracks as it takes
 * to reach a number of lines. In: how long, and how many edits it has had. Out: the text. The same arguments always give
 * the same text.
 */

/** Closures that are edited in turn; each edit changes one number in the body of one of them. */
export const EDITED_CLOSURES = ['saw', 'lowpass', 'decay', 'crush', 'echo', 'track2', 'pan'] as const;
export type EditedClosure = (typeof EDITED_CLOSURES)[number];

/** The number in each edited closure, and how much each of its edits adds, for `EDIT_TURNS` edits before it starts over. */
const EDITED_NUMBERS: Readonly<Record<EditedClosure, { readonly start: number; readonly step: number }>> = {
  saw: { start: 2, step: 0.01 },
  lowpass: { start: 0.49, step: -0.002 },
  decay: { start: 6.9, step: 0.05 },
  crush: { start: 1.5, step: 0.02 },
  echo: { start: 0.45, step: -0.005 },
  track2: { start: 2400, step: 20 },
  pan: { start: 0.6, step: -0.01 },
};
const EDIT_TURNS = 20;

export interface LargePatchOptions {
  /** Lines of text, 280 at least. Default 300. */
  readonly lines?: number;
  /** Edits since the first text; edit `n` changes one number in `EDITED_CLOSURES[(n - 1) % length]`. Default 0. */
  readonly edits?: number;
}

/** Text of a patch that plays, `lines` long (the last few may be comments), after `edits` edits of one closure each. */
export function largePatch({ lines = 300, edits = 0 }: LargePatchOptions = {}): string {
  const number = (name: EditedClosure) => {
    const { start, step } = EDITED_NUMBERS[name];
    const before = Math.floor((edits - 1 - EDITED_CLOSURES.indexOf(name)) / EDITED_CLOSURES.length) + 1;
    return String(Number((start + step * (before % EDIT_TURNS)).toFixed(4)));
  };
  const fixed = [...instruments(number), ...effects(number), ...sequencer()];
  const room = lines - fixed.length - mixer(0).length;
  const tracks: string[] = [];
  let count = 0;
  // Each track also takes one line of the mixer.
  for (let next = track(1, number); tracks.length + next.length + count + 1 <= room; next = track(count + 1, number)) {
    tracks.push(...next);
    count += 1;
  }
  const text = [...fixed, ...tracks, ...mixer(count)];
  while (text.length < lines) text.push('//');
  return `${text.join('\n')}\n`;
}

type EditedNumber = (name: EditedClosure) => string;

/** The lines of a section, with an empty one after it. */
const linesOf = (text: string): string[] => [...text.trim().split('\n'), ''];

function instruments(number: EditedNumber): string[] {
  return linesOf(`
// a piece for many small instruments

const bpm = 112
const root = 45
const hz = (note) => 440 * Math.pow(2, (note - 69) / 12)
const clamp = (x, low, high) => Math.min(high, Math.max(low, x))
const mix = (a, b, amount) => a + (b - a) * amount

// ---- oscillators: each call of a factory makes one with a phase of its own

function phasor() {
  let phase = 0
  return (f) => {
    phase += f / sampleRate
    if (phase >= 1) phase -= 1
    return phase
  }
}

function sine() {
  const phase = phasor()
  return (f) => Math.sin(2 * Math.PI * phase(f))
}

function saw() {
  let phase = 0
  return (f) => {
    const step = f / sampleRate
    phase += step
    if (phase >= 1) phase -= 1
    let y = ${number('saw')} * phase - 1
    if (phase < step) {
      const x = phase / step - 1
      y += x * x
    } else if (phase > 1 - step) {
      const x = (phase - 1) / step + 1
      y -= x * x
    }
    return y
  }
}

function pulse() {
  const phase = phasor()
  return (f, width) => (phase(f) < width ? 1 : -1)
}

function noise(seed) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return state / 2147483648
  }
}

function bell() {
  const carrier = phasor()
  const modulator = sine()
  return (f, ratio, index) => Math.sin(2 * Math.PI * (carrier(f) + index * modulator(f * ratio)))
}

// ---- shapes in time

function decay() {
  let level = 0
  return (gate, seconds) => {
    if (gate > 0) level = gate
    level -= (level * ${number('decay')}) / (seconds * sampleRate)
    return level
  }
}

function swell() {
  let level = 0
  return (gate, attackSeconds, releaseSeconds) => {
    const seconds = gate > level ? attackSeconds : releaseSeconds
    level += (gate - level) / (seconds * sampleRate)
    return level
  }
}

function smooth(seconds) {
  let value = 0
  return (target) => {
    value += (target - value) / (seconds * sampleRate)
    return value
  }
}

// ---- filters

function onepole() {
  let y = 0
  return (x, f) => {
    y += (x - y) * Math.min(1, (2 * Math.PI * f) / sampleRate)
    return y
  }
}

function filter() {
  let low = 0
  let band = 0
  const run = (x, f, damping) => {
    const g = Math.min(${number('lowpass')}, (Math.PI * f) / sampleRate)
    const high = (x - low - (damping + g) * band) / (1 + g * (damping + g))
    band += 2 * g * high
    low += 2 * g * band
    return high
  }
  return {
    lowpass: (x, f, damping) => {
      run(x, f, damping)
      return low
    },
    bandpass: (x, f, damping) => {
      run(x, f, damping)
      return band
    },
    highpass: (x, f, damping) => run(x, f, damping),
  }
}
`);
}

function effects(number: EditedNumber): string[] {
  return linesOf(`
// ---- effects

function crush(x, drive) {
  const y = clamp(x * drive, -${number('crush')}, ${number('crush')})
  return y - (y * y * y) / 9
}

function delay(frames) {
  const line = new Float64Array(frames)
  let at = 0
  return (x, feedback) => {
    const y = line[at]
    line[at] = x + y * feedback
    at = at + 1 < frames ? at + 1 : 0
    return y
  }
}

function allpass(frames) {
  const line = new Float64Array(frames)
  let at = 0
  return (x) => {
    const y = line[at]
    line[at] = x + y * 0.5
    at = at + 1 < frames ? at + 1 : 0
    return y - x
  }
}

function comb(frames) {
  const line = new Float64Array(frames)
  let at = 0
  let dull = 0
  return (x, size) => {
    const y = line[at]
    dull += (y - dull) * 0.8
    line[at] = x + dull * size
    at = at + 1 < frames ? at + 1 : 0
    return y
  }
}

function room(spread) {
  const combs = [1116, 1188, 1277, 1356].map((frames) => comb(frames + spread))
  const passes = [556, 441].map((frames) => allpass(frames + spread))
  return (x) => {
    let wet = 0
    for (let i = 0; i < combs.length; i++) wet += combs[i](x * 0.1, 0.84)
    for (let i = 0; i < passes.length; i++) wet = passes[i](wet)
    return wet
  }
}

function echo() {
  const line = delay(18000)
  const tone = onepole()
  return (x) => tone(line(x, ${number('echo')}), 2600)
}

const pan = (x, place) => x * (0.5 + ${number('pan')} * place)
`);
}

function sequencer(): string[] {
  return linesOf(`
// ---- time: a step is a sixteenth, its gate is open for one frame

let step = -1
let framesLeft = 0

function clock() {
  framesLeft -= 1
  if (framesLeft > 0) return 0
  framesLeft += (sampleRate * 15) / bpm
  step += 1
  return 1
}

function kick() {
  const level = decay()
  const pitch = decay()
  const body = sine()
  return (gate) => {
    const hit = step % 4 === 0 ? gate : 0
    return body(48 + 160 * pitch(hit, 0.06)) * level(hit, 0.4)
  }
}

function hat() {
  const level = decay()
  const hiss = noise(7)
  const tone = filter()
  return (gate) => {
    const hit = step % 2 === 1 ? gate * 0.5 : 0
    return tone.highpass(hiss(), 7000, 0.9) * level(hit, step % 8 === 7 ? 0.2 : 0.05)
  }
}
`);
}

const TRACK_NOTES = [0, 12, 7, 19, 3, 15, 10, 24, 14];
const TRACK_STEPS = ['1, 0, 0, 1, 0, 0, 1, 0', '1, 0, 1, 1, 0, 1, 0, 1', '0, 0, 1, 0, 0, 1, 0, 0'];

/** A factory of one track: a pluck, a bell or a pad by turns, each with its own note and rhythm. */
function track(index: number, number: EditedNumber): string[] {
  const note = TRACK_NOTES[(index - 1) % TRACK_NOTES.length];
  const steps = TRACK_STEPS[(index - 1) % TRACK_STEPS.length];
  const brightHz = index === 2 ? number('track2') : String(1200 + 150 * index);
  const head = [
    `function track${index}() {`,
    '  const level = decay()',
    `  const steps = [${steps}]`,
    `  const f = hz(root + ${note})`,
  ];
  const gate = '    const now = level(gate * steps[step & 7], ';
  const kinds = [
    [
      ...['  const low = filter()', '  const string = saw()', '  return (gate) => {', `${gate}0.3)`],
      `    return low.lowpass(string(f), 120 + ${brightHz} * now, 0.6) * now`,
    ],
    [
      ...['  const tone = bell()', '  const dull = onepole()', '  return (gate) => {', `${gate}0.9)`],
      `    return dull(tone(f * 2, 3.5, 0.4 * now), ${brightHz}) * now`,
    ],
    [
      ...['  const slow = swell()', '  const voices = [pulse(), pulse(), pulse()]', '  return (gate) => {'],
      ...[`${gate}1.5)`, '    let sum = 0'],
      '    for (let i = 0; i < 3; i++) sum += voices[i](f * (1 + 0.003 * i), 0.3 + 0.1 * i)',
      '    return sum * slow(now, 0.05, 0.4) * 0.2',
    ],
  ];
  return [...head, ...kinds[(index - 1) % kinds.length], '  }', '}', ''];
}

function mixer(tracks: number): string[] {
  const list = Array.from({ length: tracks }, (_, index) => {
    const place = Number((((index * 0.7) % 2) - 1).toFixed(2));
    return `  { play: track${index + 1}(), gain: ${Number((0.25 - 0.01 * (index % 7)).toFixed(2))}, place: ${place} },`;
  });
  return [
    ...['// ---- the mixer', '', 'const drum = kick()', 'const cymbal = hat()', 'const tracks = ['],
    ...list,
    ...linesOf(`
]
const rooms = [room(0), room(23)]
const echoes = echo()
const duck = smooth(0.05)

export default () => {
  const gate = clock()
  const beat = drum(gate)
  const hiss = cymbal(gate)
  let left = 0
  let right = 0
  for (let i = 0; i < tracks.length; i++) {
    const x = tracks[i].play(gate) * tracks[i].gain
    left += pan(x, -tracks[i].place)
    right += pan(x, tracks[i].place)
  }
  const quiet = 1 - 0.5 * duck(Math.abs(beat))
  const send = echoes((left + right) * 0.3)
  left = left * quiet + beat * 0.6 + hiss * 0.2 + rooms[0](left + send)
  right = right * quiet + beat * 0.6 + hiss * 0.2 + rooms[1](right - send)
  return [crush(left, 0.7), crush(mix(right, left, 0.1), 0.7)]
}
`),
  ];
}
