/** The sound that comes in, sound files, and probes: against samples that are written down here, and the text run as JavaScript. */
import { describe, expect, it } from 'vitest';
import { filling } from '../../linker/bytes.ts';
import { Player } from '../../node/player.ts';
import { renderPatch } from '../../node/renderPatch.ts';
import { createSession } from '../../node/session.ts';
import type { LoadedSample } from '../../protocol/samples.ts';
import { expectSameRender } from '../compare.ts';
import { renderOracle } from '../oracle.ts';

const RATE = 48_000;
const ramp = (frames: number, scale: number) => Float32Array.from({ length: frames }, (_, n) => Math.sin(n * scale));

describe('input', () => {
  const text = 'const l = input(), r = input(1)\nexport default () => [l() === l() ? l() : 9, r()]';

  it('is silence without a host', async () => {
    const { left, right } = await renderPatch({ text, frames: 300, raw: true });
    expect(new Set([...left, ...right])).toEqual(new Set([0]));
  });

  it.each([1, 32, 127, 128, 1000])('gives what comes in, frame by frame, in blocks of %d', async (blockFrames) => {
    const input = [ramp(700, 0.1), ramp(700, 0.03)];
    for (const tier of [1, 2] as const) {
      const { left, right } = await renderPatch({ text, frames: 900, blockFrames, raw: true, input, tier });
      expect([...left.subarray(0, 700)]).toEqual([...input[0]]);
      expect([...right.subarray(0, 700)]).toEqual([...input[1]]);
      expect(new Set(left.subarray(700))).toEqual(new Set([0]));
    }
  });

  it('has one channel on both sides, and goes on through an edit', async () => {
    const input = [ramp(2000, 0.1)];
    const swaps = [{ frame: 512, text: `const more = 1\n${text.replace('9', '9 * more')}` }];
    const { left, right } = await renderPatch({ text, frames: 2000, raw: true, input, swaps });
    expect([...left]).toEqual([...input[0]]);
    expect([...right]).toEqual([...input[0]]);
  });
});

const samples = (change: Partial<LoadedSample> = {}): ReadonlyMap<string, LoadedSample> =>
  new Map([['it', { channels: [ramp(500, 0.11), ramp(500, 0.07)], rate: RATE, ...change }]]);

describe('samples', () => {
  it('are silent until they are loaded', async () => {
    const text = `const s = sample('it'), p = samplePlayer('it')
export default () => [s.ready() + s.frames() + s.channels() + s.at(0) + p(1)[0], s.rate()]`;
    const { left, right } = await renderPatch({ text, frames: 3, raw: true });
    expect([...left]).toEqual([0, 0, 0]);
    expect([...right]).toEqual([RATE, RATE, RATE]);
  });

  it('are known by their names alone, whatever the size of others', async () => {
    const names = ['it', 'it 500 2 48000'];
    for (const [one, other] of [names, names.toReversed()]) {
      const text = `const a = sample('${one}'), b = sample('${other}')\nexport default () => [a.frames(), b.frames()]`;
      const { left, right } = await renderPatch({ text, frames: 1, raw: true, samples: samples() });
      expect([left[0], right[0]]).toEqual([one, other].map((name) => (name === 'it' ? 500 : 0)));
    }
  });

  it('play bit for bit at speed 1, in both tiers', async () => {
    const text = "const p = samplePlayer('it')\nlet n = 0\nexport default () => p(n++ === 10 ? 1 : 0)";
    const given = samples();
    const [first, second] = given.get('it')?.channels ?? [];
    for (const tier of [1, 2] as const) {
      const { left, right } = await renderPatch({ text, frames: 600, raw: true, samples: given, tier });
      expect([...left.subarray(10, 510)]).toEqual([...first]);
      expect([...right.subarray(10, 510)]).toEqual([...second]);
      expect(new Set([...left.subarray(0, 10), ...left.subarray(510)])).toEqual(new Set([0]));
    }
  });

  it('play backwards, from a place, round and round, at the rate of the file', async () => {
    const play = async (call: string, given = samples()) => {
      const text = `const p = samplePlayer('it')\nlet n = 0\nexport default () => p(${call})`;
      return [...(await renderPatch({ text, frames: 1200, raw: true, samples: given })).left];
    };
    const [first] = samples().get('it')?.channels ?? [];
    expect((await play('n++ === 0, -1')).slice(0, 500)).toEqual([...first].reverse());
    expect((await play('n++ === 0 ? 0.5 : 0, 1, 0.5')).slice(0, 250)).toEqual(
      [...first.subarray(250)].map((x) => x / 2),
    );
    expect((await play('n++ === 0, 1, 0, 1')).slice(500, 1000)).toEqual([...first]);
    const half = await play('n++ === 0', samples({ rate: RATE / 2 }));
    expect(half.filter((_, n) => n % 2 === 0 && n < 1000)).toEqual([...first]);
  });

  it('give the bits of JavaScript', async () => {
    const text = `const s = sample('it'), p = samplePlayer('it')
let n = 0
export default () => {
  n++
  const [l, r] = p(n % 700 === 1 ? 0.7 : 0, 1.37 - n / 900, 0.2, n > 300)
  return [l + s.at(n * 0.61 - 20), r + s.at(n * 0.61, 1) + s.frames() + s.rate() + s.ready() + s.channels()]
}`;
    const given = samples({ rate: 44_100 });
    const expected = renderOracle(text, { frames: 1500, samples: given });
    for (const blockFrames of [1, 127, 1000]) {
      const actual = await renderPatch({ text, frames: 1500, raw: true, samples: given, blockFrames });
      expectSameRender(`blocks of ${blockFrames}`, actual, expected, { tolerance: 0 });
    }
  });

  it('are heard by an edit once they are there, without a new text', async () => {
    const session = await createSession({ sampleRate: RATE, fadeFrames: 0, postsModules: true });
    const player = new Player(session, { sampleRate: RATE, raw: true });
    const text = "const s = sample('it')\nexport default () => s.frames()";
    const [left, right] = [new Float64Array(4), new Float64Array(4)];
    player.offer(text);
    player.process(left, right, 4);
    expect([...left]).toEqual([0, 0, 0, 0]);
    session.setSample('it', samples().get('it') ?? null);
    expect(player.offer(text).kind).toBe('committed');
    player.process(left, right, 4);
    expect(left[3]).toBe(500);
    expect(session.outside().host.samples).toEqual(['it']);
    session.setSample('it', null);
    expect(player.offer(text).kind).toBe('committed');
    player.process(left, right, 4);
    expect(left[3]).toBe(0);
  });

  it('lie where they are through edits: none is sent once more, or copied, not even in the worker', async () => {
    const frames = 50_000;
    const session = await createSession({ sampleRate: RATE, fadeFrames: 16, postsModules: true });
    const player = new Player(session, { sampleRate: RATE, raw: true });
    session.setSample('it', { channels: [ramp(frames, 0.11), ramp(frames, 0.07)], rate: RATE });
    const [left, right] = [new Float64Array(64), new Float64Array(64)];
    for (const gain of [1, 2, 3, 4]) {
      const before = filling.bytes;
      const outcome = player.offer(`const s = sample('it')\nexport default () => ${gain} * s.at(${frames - 1}, 1)`);
      player.process(left, right, 64);
      expect(left[63]).toBe(gain * (ramp(frames, 0.07).at(-1) ?? 0));
      if (outcome.kind !== 'committed') throw new Error(outcome.kind);
      // It was sent with the first.
      const copied = filling.bytes - before;
      if (gain > 1) expect(copied).toBeLessThan(2000);
      else expect(copied).toBe(8 * frames);
      if (gain > 1) expect(outcome.report.batchBytes + outcome.report.copiedBytes).toBeLessThan(4000);
    }
  });
});

it('another file of the same length under the same name is heard', async () => {
  const frames = 50_000;
  const session = await createSession({ sampleRate: RATE, fadeFrames: 0, postsModules: true });
  const player = new Player(session, { sampleRate: RATE, raw: true });
  const [left, right] = [new Float64Array(64), new Float64Array(64)];
  for (const step of [0.11, 0.07, 0.11]) {
    session.setSample('it', { channels: [ramp(frames, step)], rate: RATE });
    expect(player.offer(`const s = sample('it')\nexport default () => s.at(${frames - 1})`).kind).toBe('committed');
    player.process(left, right, 64);
    expect(left[63]).toBe(ramp(frames, step).at(-1));
  }
});

describe('probe', () => {
  it('is x itself, and tells the last value and the range', async () => {
    const text = "let n = 0\nexport default () => probe(((n++ * 7) % 5) - 2, 'a') + probe(n, 'b')";
    const expected = renderOracle(text, { frames: 200 });
    for (const tier of [1, 2] as const) {
      expectSameRender('probe', await renderPatch({ text, frames: 200, raw: true, tier }), expected, { tolerance: 0 });
    }
    const session = await createSession({ sampleRate: RATE, fadeFrames: 0, postsModules: true });
    const player = new Player(session, { sampleRate: RATE, raw: true });
    player.offer(text);
    const [left, right] = [new Float64Array(128), new Float64Array(128)];
    player.process(left, right, 100);
    expect(session.outside().host.probes.map(({ name }) => name)).toEqual(['a', 'b']);
    expect([...(player.readProbes() ?? [])]).toEqual([((99 * 7) % 5) - 2, -2, 2, 100, 1, 100]);
    player.process(left, right, 1);
    expect([...(player.readProbes() ?? [])]).toEqual([-2, -2, -2, 101, 101, 101]);
  });
});
