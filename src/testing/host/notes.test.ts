/**
 * What is played: keys, pads, wheels, controllers, voices. Right is what the contract says, worked out by hand, and what the text run as
 * JavaScript gives with the same events at the same frames.
 */
import { describe, expect, it } from 'vitest';
import { renderPatch } from '../../node/renderPatch.ts';
import type { ScriptEvent } from '../../node/scriptHost.ts';
import type { MidiEvent } from '../../protocol/hostEvents.ts';
import { expectSameRender } from '../compare.ts';
import { renderOracle } from '../oracle.ts';

const RATE = 48_000;
const at = (frame: number, event: MidiEvent): ScriptEvent => ({ frame, event });
const on = (frame: number, note: number, velocity = 1, channel = 1) =>
  at(frame, { kind: 'note', note, velocity, channel });
const off = (frame: number, note: number, channel = 1) => on(frame, note, 0, channel);
const bend = (frame: number, value: number, channel = 1) => at(frame, { kind: 'bend', value, channel });
const cc = (frame: number, number: number, value: number, channel = 1) =>
  at(frame, { kind: 'cc', number, value, channel });

async function heard(text: string, events: readonly ScriptEvent[], frames: number, blockFrames = 128) {
  const { left, right, diagnostics } = await renderPatch({ text, frames, blockFrames, raw: true, events });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return { left: [...left], right: [...right] };
}

const mtof = (note: number) => 440 * 2 ** ((note - 69) / 12);

describe('alone', () => {
  it('gives what the contract says', async () => {
    const { left, right } = await heard(
      `const k = keyboard(), p = padTrig(36), c = cc(1, 0.3), w = pitchBend(), a = aftertouch()
const synth = poly(2, () => (v) => v.note + v.gate + v.trig + v.velocity + v.bend + v.pressure + (v.age > 1e300 ? 1000 : 0))
export default () => [
  k.note() + 1000 * (k.gate() + k.trig() + k.velocity() + k.bend() + k.pressure() + p() + w() + a()) + c(),
  k.hz() - synth.next() + synth.held(),
]`,
      [],
      3,
    );
    expect(left).toEqual([60.3, 60.3, 60.3]);
    for (const value of right) expect(value).toBeCloseTo(mtof(60) - 2120, 9);
  });
});

describe('keyboard', () => {
  it('plays the key pressed last that is still held, with one trigger for each new key', async () => {
    const events = [on(2, 60, 0.5), on(4, 64, 0.25), off(6, 64), off(8, 60), on(9, 67, 1, 3)];
    const { left, right } = await heard(
      'const k = keyboard()\nexport default () => [k.note() + k.gate() / 2, k.trig()]',
      events,
      11,
    );
    expect(left).toEqual([60, 60, 60.5, 60.5, 64.5, 64.5, 60.5, 60.5, 60, 67.5, 67.5]);
    expect(right).toEqual([0, 0, 0.5, 0, 0.25, 0, 0, 0, 0, 1, 0]);
  });

  it('hears one channel, if it is to', async () => {
    const { left } = await heard(
      'const k = keyboard({ channel: 2 })\nexport default () => k.note() * k.gate()',
      [on(1, 50, 1, 1), on(2, 51, 1, 2), off(3, 51, 1), off(4, 51, 2)],
      6,
    );
    expect(left).toEqual([0, 0, 51, 51, 0, 0]);
  });

  it('glides in a straight line of pitch, and bends', async () => {
    const { left } = await heard(
      'const k = keyboard({ glide: 100 / sampleRate, bendRange: 12 })\nexport default () => k.hz()',
      [on(0, 48), on(10, 60), bend(200, 0.5)],
      210,
    );
    expect(left[9]).toBeCloseTo(mtof(48), 6);
    expect(left[59]).toBeCloseTo(mtof(54), 6);
    expect(left[150]).toBeCloseTo(mtof(60), 6);
    expect(left[205]).toBeCloseTo(mtof(66), 6);
  });
});

describe('pads, controllers and pressure', () => {
  it('come in their frame', async () => {
    const { left, right } = await heard(
      `const p = padTrig(36), c = cc(7, 0, { max: 254, smooth: 0 })
export default () => [p() + p() * 0, c()]`,
      [on(3, 36, 0.5), on(4, 37, 0.5), off(5, 36), cc(2, 7, 127), cc(4, 7, 0), cc(4, 8, 127)],
      6,
    );
    expect(left).toEqual([0, 0, 0, 0.5, 0, 0]);
    expect(right).toEqual([0, 0, 254, 254, 0, 0]);
  });

  it('are smoothed once a frame', async () => {
    const { left } = await heard('const c = cc(1)\nexport default () => c() === c() ? c() : -1', [cc(1, 1, 127)], 300);
    let y = 0;
    for (let n = 1; n < 300; n++) {
      y += (1 - y) * (1 - Math.exp(-1 / (0.01 * RATE)));
      expect(Math.abs(left[n] - y)).toBeLessThan(1e-12);
    }
  });
});

/** What the voices play in one frame, as decimal digits: voice 0 in units, voice 1 in hundreds, and so on. */
const VOICES = (count: number, which = 'v.gate > 0 ? v.note : 0') =>
  `const synth = poly(${count}, (i) => (v) => (${which}) * 1000 ** i)\nexport default () => synth.next()`;
const voicesIn = (sample: number, count: number) =>
  Array.from({ length: count }, (_, index) => Math.floor(sample / 1000 ** index) % 1000);

describe('poly', () => {
  it.each<[string, readonly ScriptEvent[], number[]]>([
    ['takes voices that were never used, lowest first', [on(0, 60), off(1, 60), on(2, 62)], [0, 62, 0]],
    ['takes its own voice for the same note', [on(0, 60), off(1, 60), on(2, 60)], [60, 0, 0]],
    [
      'takes the one released longest ago',
      [on(0, 60), on(0, 61), on(0, 62), off(1, 61), off(2, 60), on(3, 70)],
      [0, 70, 62],
    ],
    ['takes the one started longest ago', [on(0, 60), on(1, 61), on(2, 62), on(3, 70), on(4, 71)], [70, 71, 62]],
    ['ends all', [on(0, 60), on(1, 61), at(2, { kind: 'allNotesOff' })], [0, 0, 0]],
    ['keeps what is held when others end', [on(0, 60), on(1, 61), off(2, 60)], [0, 61, 0]],
  ])('%s', async (_, events, expected) => {
    const { left } = await heard(VOICES(3), events, 8);
    expect(voicesIn(left[7], 3)).toEqual(expected);
  });

  it('plays a chord of one frame, and steals within it', async () => {
    const { left } = await heard(VOICES(3), [on(1, 60), on(1, 61), on(1, 62), on(1, 63)], 2);
    expect(voicesIn(left[0], 3)).toEqual([0, 0, 0]);
    expect(voicesIn(left[1], 3)).toEqual([63, 61, 62]);
  });

  it('tells age and trigger of a note', async () => {
    const age = await heard(
      VOICES(1, 'v.age > 1e300 ? -1 : Math.round(v.age * sampleRate)'),
      [on(2, 60), on(5, 60)],
      8,
    );
    expect(age.left).toEqual([-1, -1, 0, 1, 2, 0, 1, 2]);
    const trig = await heard(VOICES(1, 'v.trig'), [on(2, 60, 0.5), on(5, 60, 0.25)], 8);
    expect(trig.left).toEqual([0, 0, 0.5, 0, 0, 0.25, 0, 0]);
  });

  it('is played by on and off, which act at the next next()', async () => {
    const text = `let n = 0
const synth = poly(2, (i) => (v) => (v.gate ? v.note : 0) * 1000 ** i, { midi: false })
export default () => {
  const before = synth.held()
  if (n === 1) synth.on(60, 1)
  if (n === 2) synth.on(64, 1)
  if (n === 4) synth.off(60)
  if (n === 6) synth.allOff()
  n++
  return [synth.next(), before]
}`;
    const { left, right } = await heard(text, [on(0, 70)], 8);
    expect(left).toEqual([0, 60, 64_060, 64_060, 64_000, 64_000, 0, 0]);
    expect(right).toEqual([0, 0, 1, 2, 2, 1, 1, 0]);
  });

  it('bends and presses the notes of a channel only, by the ranges of an MPE zone', async () => {
    const zone = [cc(0, 101, 0), cc(0, 100, 6), cc(0, 6, 5)];
    const events = [...zone, on(1, 60, 1, 2), on(1, 62, 1, 3), bend(2, 0.25, 2), bend(3, 0.5, 1)];
    const { left } = await heard(VOICES(2, 'Math.round(v.bend + 100)'), events, 4);
    expect([1, 2, 3].map((frame) => voicesIn(left[frame], 2))).toEqual([
      [100, 100],
      [112, 100],
      [113, 101],
    ]);
    const pressed = await heard(
      VOICES(2, 'Math.round(v.pressure * 100)'),
      [
        on(0, 60, 1, 2),
        on(0, 62, 1, 3),
        at(1, { kind: 'pressure', value: 0.5, channel: 3 }),
        at(2, { kind: 'notePressure', note: 60, value: 0.25, channel: 2 }),
      ],
      3,
    );
    expect([0, 1, 2].map((frame) => voicesIn(pressed.left[frame], 2))).toEqual([
      [0, 0],
      [0, 50],
      [25, 50],
    ]);
  });

  it('takes what is out of range as what is nearest', async () => {
    const events = [on(0, 300, 7, 99), at(1, { kind: 'note', note: Number.NaN, velocity: 1 }), cc(1, 999, 1e9)];
    const { left } = await heard(VOICES(3, 'v.gate > 0 ? v.note + v.velocity : 0'), events, 3);
    expect(voicesIn(left[2], 3)).toEqual([128, 1, 0]);
  });
});

const ALL = `
const keys = keyboard({ glide: 0.002 })
const pad = padTrig(36), k = cc(1, 5, { max: 127 }), w = pitchBend(0, 12), press = aftertouch()
const synth = poly(3, (i) => {
  const osc = saw()
  const env = adsr()
  return (v) => osc(v.hz) * env(v.gate, 0.001, 0.01, 0.5, 0.01) * v.velocity + v.trig + (v.age < 1e9 ? v.age : 0)
})
const pair = polyStereo(2, (i) => (v) => [v.hz * v.gate, v.pressure + v.bend])
export default () => {
  const [l, r] = pair.next()
  return [keys.hz() + keys.gate() * 10 + keys.trig() * 100 + pad() * 1e5 + k() + l, synth.next() + w() + press() + r + synth.held()]
}`;

const PLAYED = [
  on(0, 60, 0.5),
  on(10, 64, 0.7, 2),
  cc(33, 1, 90),
  bend(63, -0.7),
  bend(64, 0.3, 2),
  on(127, 36, 0.9),
  on(128, 67, 0.9),
  on(128, 71, 0.8),
  off(200, 64, 2),
  at(255, { kind: 'pressure', value: 0.8 }),
  off(300, 60),
  at(301, { kind: 'notePressure', note: 67, value: 0.3 }),
  at(700, { kind: 'allNotesOff' }),
  on(701, 72, 0.2, 16),
];

it.each([1, 32, 127, 1000])('all of it gives the bits of JavaScript, in blocks of %d', async (blockFrames) => {
  const expected = renderOracle(ALL, { frames: 900, events: PLAYED });
  const request = { text: ALL, frames: 900, blockFrames, raw: true, events: PLAYED };
  expectSameRender('tier 1', await renderPatch(request), expected, { tolerance: 0 });
  if (blockFrames !== 127) return;
  const second = await renderPatch({ ...request, tier: 2 });
  expectSameRender(`tier ${second.tier} ${second.tierReason}`, second, expected, { tolerance: 0 });
});
