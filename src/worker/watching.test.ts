/** A watched variable is what the text says it is, frame by frame, through swaps and in both tiers. */

import { describe, expect, it } from 'vitest';
import { Player } from '../node/player.ts';
import { createSession } from '../node/session.ts';
import type { WorkerToMain } from '../protocol/compile.ts';
import type { Look, Seen } from '../protocol/look.ts';
import type { Watched } from '../protocol/watch.ts';
import { WatchService } from './watching.ts';

const SAMPLE_RATE = 48_000;
const BLOCK = 128;

/** A patch that plays, and a watch over it, as the threads of the page have them. */
class Desk {
  readonly looks: Look[] = [];
  readonly told: { readonly watched: Watched; readonly seen: Seen | null }[] = [];
  readonly player: Player;
  readonly service: WatchService;
  text = '';
  private lastSeen: Seen | null = null;
  private id = 0;

  private constructor(session: Awaited<ReturnType<typeof createSession>>) {
    this.player = new Player(session, { sampleRate: SAMPLE_RATE, raw: true });
    this.service = new WatchService(
      session.inspector,
      {
        toMain: (message: WorkerToMain) => {
          if (message.kind === 'watched' && message.id === this.id)
            this.told.push({ watched: message.watched, seen: this.lastSeen });
        },
        toProcessor: (message) => {
          if (message.kind !== 'look') return;
          this.looks.push(message.look);
          this.player.look(message.look);
        },
      },
      SAMPLE_RATE,
    );
  }

  static async open(text: string, postsModules = false): Promise<Desk> {
    const desk = new Desk(await createSession({ sampleRate: SAMPLE_RATE, fadeFrames: 0, postsModules }));
    desk.offer(text);
    return desk;
  }

  offer(text: string): void {
    expect(this.player.offer(text).kind).toBe('committed');
    this.text = text;
    this.service.changed();
  }

  watch(place: string | null): void {
    const offset = place === null ? null : this.text.indexOf(place);
    expect(offset).not.toBe(-1);
    this.service.hear({ kind: 'watch', id: ++this.id, text: this.text, offset });
  }

  /** Plays on. */
  blocks(count: number): void {
    const [left, right] = [new Float64Array(BLOCK), new Float64Array(BLOCK)];
    for (let n = 0; n < count; n++) {
      this.player.process(left, right, BLOCK);
      for (let seen = this.player.takeSeen(); seen; seen = this.player.takeSeen()) {
        this.lastSeen = seen;
        this.service.seen(seen);
      }
    }
  }

  /** What was told last, and in which frame that was. */
  get last() {
    const { watched, seen } = this.told.at(-1) ?? { watched: null, seen: null };
    if (watched?.kind !== 'values') throw new Error(`nothing was told but ${JSON.stringify(watched)}`);
    return { ...watched, frame: seen?.frame ?? 0, values: watched.places.map(({ value }) => value) };
  }

  /** What there is instead of a value. */
  get reason(): string {
    const { watched } = this.told.at(-1) ?? { watched: null };
    return watched?.kind === 'none' ? watched.reason : '';
  }
}

const COUNTERS = `
function counter(step: number) {
  let count = 0
  return () => (count += step)
}
let frames = 0
const counters = [1, 2, 5].map((step) => counter(step))
export default () => {
  frames++
  let sum = 0
  for (const next of counters) sum += next()
  return sum * 0
}
`;

describe('a watched variable', () => {
  it('has the value that the text gives it in that frame, and the range since the time before', async () => {
    const desk = await Desk.open(COUNTERS);
    desk.watch('frames');
    desk.blocks(200);
    const { name, frame, values, range, places } = desk.last;
    expect([name, places[0]?.path, frame % BLOCK]).toEqual(['frames', 'frames', 0]);
    expect(values).toEqual([frame]);
    // Eight times a second, in whole blocks.
    expect(range).toEqual({ low: frame - 46 * BLOCK, high: frame });
    expect(desk.told.length).toBeGreaterThan(3);
  });

  it('is there once for each call of its function', async () => {
    const desk = await Desk.open(COUNTERS);
    desk.watch('count += step');
    desk.blocks(100);
    const { frame, values, places, range } = desk.last;
    expect(values).toEqual([frame, 2 * frame, 5 * frame]);
    expect(places.map(({ path }) => path)).toEqual([0, 1, 2].map((n) => `counters[${n}].count`));
    expect(range).toEqual({ low: frame - 46 * BLOCK, high: 5 * frame });
  });

  it('also has what a closure captured and never changes', async () => {
    const desk = await Desk.open(COUNTERS);
    desk.watch('step: number');
    desk.blocks(12);
    expect(desk.last.values).toEqual([1, 2, 5]);
  });

  it('follows through swaps, under the name that it has', async () => {
    const desk = await Desk.open(COUNTERS);
    desk.watch('count +=');
    desk.blocks(60);
    const before = desk.last.frame;
    desk.offer(COUNTERS.replace('[1, 2, 5]', '[1, 2, 5, 7]').replace('let frames', '// a line more\nlet frames'));
    const swapped = desk.player.currentFrame;
    desk.blocks(100);
    const { frame, values } = desk.last;
    expect(frame).toBeGreaterThan(before);
    expect(values).toEqual([frame, 2 * frame, 5 * frame, 7 * (frame - swapped)]);
  });

  it('is the same in tier 2, between two blocks', async () => {
    const desk = await Desk.open(COUNTERS, true);
    desk.player.promote();
    desk.blocks(1);
    expect([desk.player.tierReason, desk.player.tier]).toEqual([null, 2]);
    desk.watch('count +=');
    desk.blocks(100);
    expect(desk.last.values).toEqual([1, 2, 5].map((step) => step * desk.last.frame));
  });

  it('is one of those of the same name where its declaration stands', async () => {
    const desk = await Desk.open(`
function twice() {
  let x = 1
  { let x = 100; var inner = () => ++x }
  return () => { x *= 1; return inner() + x }
}
const both = twice()
export default () => both() * 0
`);
    desk.watch('x = 1\n');
    desk.blocks(12);
    expect(desk.last.values).toEqual([1]);
    desk.watch('x = 100');
    desk.blocks(12);
    expect(desk.last.values).toEqual([100 + desk.last.frame]);
  });

  it('is shown as what it is where it is no number', async () => {
    const desk = await Desk.open(`
let isOn = true
let word = 'abc'
const tones = [1, 2.5, 3]
const table = new Float32Array(1000).fill(0.5)
const pair = { left: 0.25, name: 'l', deep: { x: 1 } }
let maybe: number | undefined
let either: number | string = 'a'
const osc = sine()
let frame = 0
export default () => {
  frame++
  isOn = !isOn
  tones[1] = frame
  pair.left = frame / 4
  if (frame > 100) maybe = frame
  if (frame > 200) either = frame
  return osc(220) * 0 * table[frame % 1000] * (isOn ? 1 : 0) * tones[1] * pair.left * (maybe ?? 1) * (either === 'a' ? 1 : 2)
}
`);
    const shown = (place: string) => {
      desk.watch(place);
      desk.blocks(12);
      return desk.last.values;
    };
    expect(shown('isOn')).toEqual(['true']);
    expect(shown('word')).toEqual(["'abc'"]);
    expect(shown('tones')).toEqual([`[1, ${desk.last.frame}, 3]`]);
    expect(shown('table')).toEqual(['1000 × [0.5, 0.5, 0.5, 0.5, …]']);
    expect(shown('pair')).toEqual([`{ left: ${desk.last.frame / 4}, name: 'l', deep: {…} }`]);
    expect(shown('maybe')).toEqual([desk.last.frame]);
    expect(shown('either')).toEqual([desk.last.frame]);
    expect(shown('osc')).toEqual(['a function of sine']);
  });

  it('that is nowhere in memory says so, and names of others are none', async () => {
    const desk = await Desk.open(COUNTERS);
    desk.watch('sum = 0');
    expect(desk.reason).toContain("probe(sum, 'sum')");
    desk.watch('export default');
    expect(desk.told).toHaveLength(1);
    desk.blocks(50);
    expect(desk.looks).toEqual([]);
  });

  it('is not read any more once nobody watches, nor while nothing plays', async () => {
    const desk = await Desk.open(COUNTERS);
    desk.watch('frames');
    desk.blocks(50);
    const { length } = desk.looks;
    expect(length).toBeGreaterThan(2);
    // Nothing is rendered: the one look that is under way waits.
    for (let n = 0; n < 10; n++) desk.service.changed();
    expect(desk.looks).toHaveLength(length);
    desk.watch(null);
    desk.blocks(100);
    expect(desk.looks).toHaveLength(length);
  });

  it('of many is bounded: some are shown, and more are there', async () => {
    const desk = await Desk.open(COUNTERS.replace('[1, 2, 5]', 'Array.from({ length: 300 }, (_, n) => n)'));
    desk.watch('count +=');
    desk.blocks(60);
    const { isMore, values, frame } = desk.last;
    expect([isMore, values]).toEqual([true, [0, 1, 2, 3].map((step) => step * frame)]);
    for (const { cells, ranges, bytes } of desk.looks) {
      expect(cells.length).toBeLessThanOrEqual(16);
      expect(ranges.length).toBeLessThanOrEqual(2048);
      expect(bytes.length).toBeLessThanOrEqual(2 ** 16);
    }
  });
});
