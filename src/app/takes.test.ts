/** Recordings as files, with a tape by hand. */
import { describe, expect, it } from 'vitest';
import type { TapeListener } from '../engine/tape.ts';
import type { Message } from './model.ts';
import { createModel } from './model.ts';
import { settingsFrom } from './settings.ts';
import { clockText, Takes, takeName } from './takes.ts';
import type { WavFormat } from './wav.ts';

const RATE = 1000;

function setUp(wavFormat: WavFormat = 'float32') {
  const model = createModel(settingsFrom({ wavFormat }), []);
  model.title.value = 'bells';
  const saved: { file: Blob; name: string }[] = [];
  const said: Message[] = [];
  const listeners = new Set<TapeListener>();
  let minute = new Float32Array(0);
  const tape = {
    sampleRate: RATE,
    listen: (listener: TapeListener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    cut: async () => undefined,
    lastMinute: async () => ({ left: minute, right: minute, sampleRate: RATE }),
  };
  const takes = new Takes({
    ...{ model, sound: Promise.resolve({ tape }) },
    saveFile: (file, name) => void saved.push({ file, name }),
    say: (message) => void said.push(message),
    now: () => new Date(2026, 10, 7, 9, 5, 3),
  });
  const play = (samples: Float32Array) => {
    for (const listener of [...listeners])
      listener.heard(
        samples,
        samples.map((sample) => -sample),
      );
  };
  const tell = (what: (listener: TapeListener) => void) => {
    for (const listener of [...listeners]) what(listener);
  };
  const keep = (samples: Float32Array<ArrayBuffer>) => {
    minute = samples;
  };
  return { model, takes, saved, said, listeners, play, tell, keep };
}

async function floats(file: Blob): Promise<number[]> {
  const bytes = await file.arrayBuffer();
  return [...new Float32Array(bytes.slice(44))];
}
const dataBytes = async (file: Blob) => new DataView(await file.arrayBuffer()).getUint32(40, true);

describe('a recording', () => {
  it('is all that is played from one press to the next, in order, however long', async () => {
    const { model, takes, saved, said, play, listeners } = setUp();
    play(Float32Array.of(9));
    await takes.toggle();
    expect(model.takeSeconds.value).toBe(0);
    const expected: number[] = [];
    for (let n = 1; n <= 57; n++) {
      const piece = new Float32Array(n).fill(n / 64);
      play(piece);
      for (let k = 0; k < n; k++) expected.push(n / 64, -n / 64);
    }
    expect(model.takeSeconds.value).toBe(1);
    await takes.toggle();
    play(Float32Array.of(9));
    expect(model.takeSeconds.value).toBeNull();
    expect(listeners.size).toBe(0);
    expect(saved.map(({ name }) => name)).toEqual(['bells 2026-11-07 09.05.03.wav']);
    expect(await floats(saved[0].file)).toEqual(expected);
    expect(await dataBytes(saved[0].file)).toBe(4 * expected.length);
    expect(said).toEqual([{ tone: 'note', text: 'Saved 0:01 as bells 2026-11-07 09.05.03.wav' }]);
  });

  it('in the format that was chosen when it began', async () => {
    const { model, takes, saved, play } = setUp('int24');
    await takes.toggle();
    model.settings.value = { ...model.settings.value, wavFormat: 'int16' };
    play(new Float32Array(10));
    await takes.toggle();
    expect(saved[0].file.size).toBe(44 + 10 * 6);
  });

  it('of nothing is no file', async () => {
    const { takes, saved, said } = setUp();
    await takes.toggle();
    await takes.toggle();
    expect(saved).toEqual([]);
    expect(said.map(({ text }) => text)).toEqual([expect.stringMatching(/^Nothing was played/)]);
  });

  it('has silence for what is missing, and says so', async () => {
    const { takes, saved, said, play, tell } = setUp();
    await takes.toggle();
    play(Float32Array.of(1));
    tell((listener) => listener.lost?.(1500));
    play(Float32Array.of(1));
    await takes.toggle();
    expect(await floats(saved[0].file)).toEqual([1, -1, ...Array<number>(3000).fill(0), 1, -1]);
    expect(said.at(-1)).toMatchObject({ tone: 'warning', text: expect.stringContaining('1.5 s are missing') });
  });

  it('ends, and is saved, where the output comes back at another rate, and continues at the same', async () => {
    const { model, takes, saved, said, play, tell, listeners } = setUp();
    await takes.toggle();
    play(Float32Array.of(1));
    tell((listener) => listener.restarted?.(RATE));
    expect(listeners.size).toBe(1);
    tell((listener) => listener.restarted?.(2 * RATE));
    await takes.toggle();
    expect(saved).toHaveLength(1);
    expect(said[0]).toMatchObject({ tone: 'warning', text: expect.stringContaining('sample rate') });
    // That press began the next one.
    expect(model.takeSeconds.value).toBe(0);
  });
});

describe('the last minute', () => {
  it('is saved while a recording is under way, and does not end it', async () => {
    const { model, takes, saved, keep, play } = setUp();
    await takes.toggle();
    const minute = Float32Array.from({ length: 3 * RATE + 1 }, (_, n) => n);
    keep(minute);
    await takes.keepLastMinute();
    expect(await floats(saved[0].file)).toEqual([...minute].flatMap((sample) => [sample, sample]));
    expect(model.takeSeconds.value).toBe(0);
    play(Float32Array.of(1));
    await takes.toggle();
    expect(saved).toHaveLength(2);
  });

  it('of silence is no file', async () => {
    const { takes, saved, said } = setUp();
    await takes.keepLastMinute();
    expect(saved).toEqual([]);
    expect(said[0].text).toMatch(/^Nothing has been played yet/);
  });
});

it('names files so that every system takes them', () => {
  const at = new Date(2026, 0, 2, 3, 4, 5);
  expect(takeName('a/b: "c"?', at)).toBe('a b c 2026-01-02 03.04.05.wav');
  expect(takeName('..\u202e.\n', at)).toBe('untitled 2026-01-02 03.04.05.wav');
  expect(takeName('ä ♪', at)).toBe('ä ♪ 2026-01-02 03.04.05.wav');
  expect(takeName('x'.repeat(500), at).length).toBeLessThan(120);
});

it('tells times as clocks do', () => {
  expect([0, 59.9, 60, 3599, 3661].map(clockText)).toEqual(['0:00', '0:59', '1:00', '59:59', '1:01:01']);
});
