/** A session that takes over from one that is gone: the sound continues, sample for sample. */
import { describe, expect, it } from 'vitest';
import { Handover } from '../../worklets/handover.ts';
import { Renderer } from '../../worklets/renderer.ts';
import { createSession } from '../node/session.ts';
import { MAX_MEMORY_PAGES } from '../protocol/arena.ts';
import type { Checkpoint } from '../protocol/compile.ts';
import type { GenerationBatch } from '../protocol/generation.ts';
import type { Session } from './session.ts';

const OPTIONS = { sampleRate: 48_000, fadeFrames: 480, postsModules: true };

function newRenderer(session: Session): Renderer {
  const renderer = new Renderer({
    memory: new WebAssembly.Memory({ initial: 16, maximum: MAX_MEMORY_PAGES }),
    table: new WebAssembly.Table({ initial: 64, element: 'anyfunc' }),
    sampleRate: OPTIONS.sampleRate,
    emit: (event) => {
      if (event.kind === 'committed') session.committed(event.generation);
      if (event.kind === 'retired') renderer.release(session.retired(event.generation));
    },
  });
  return renderer;
}

/** Plays through all edits, 20 blocks each, then continues; if asked to, the worker dies before the last 40 blocks. */
async function listen(texts: readonly string[], dies: boolean, change: (checkpoint: Checkpoint) => Checkpoint) {
  const handover = new Handover(480);
  const session = await createSession(OPTIONS);
  let renderer = newRenderer(session);
  handover.connect(renderer);
  let batch: GenerationBatch | null = null;
  let checkpoint: Checkpoint | null = null;
  const heard: number[] = [];
  const play = (blocks: number) => {
    const [left, right] = [new Float64Array(128), new Float64Array(128)];
    for (let n = 0; n < blocks; n++) {
      handover.process(left, right, 128);
      heard.push(...left, ...right);
    }
  };
  for (const text of texts) {
    const result = session.update(text);
    if (result.kind !== 'batch') throw new Error(result.kind);
    ({ batch } = result);
    checkpoint = change(session.checkpoint()!);
    renderer.receive(batch);
    play(20);
  }
  if (!dies) {
    play(40);
    return { heard, inherited: null };
  }
  const next = await createSession({ ...OPTIONS, lastGeneration: batch!.generation });
  renderer = newRenderer(next);
  handover.connect(renderer);
  const { result, inherits } = next.resume(structuredClone(checkpoint!));
  if (result.kind !== 'batch') throw new Error(result.kind);
  expect(result.batch.generation).toBe(batch!.generation + 1);
  if (inherits) handover.inherit(structuredClone(inherits));
  renderer.receive(result.batch);
  play(40);
  expect(handover.generation).toBe(result.batch.generation);
  return { heard, inherited: inherits };
}

const same = (checkpoint: Checkpoint) => checkpoint;

const VOICES = `
function osc() { let phase = 0; return (hz) => { phase = (phase + hz / sampleRate) % 1; return 2 * phase - 1 } }
function echo(frames) {
  const line = new Float64Array(frames)
  let at = 0
  return (x) => { const y = line[at]; line[at] = x + 0.5 * y; at = (at + 1) % frames; return y }
}
const names = 'cdef'
const voices = [110, 165, 220].map((hz) => ({ hz, osc: osc(), last: 0 }))
const delay = echo(700)
let chosen = voices[0]
let name = names[0]
export default () => {
  let x = 0
  for (const v of voices) { v.last = v.osc(v.hz); x += v.last }
  if (currentFrame % 100 === 0) { chosen = voices[(currentFrame / 100) % 3]; name = names[currentFrame % 4] }
  return [x / 3 + delay(chosen.last) + Math.random() * 0.01, name === 'c' ? 1 : 0]
}`;

const EDITS = [
  'export default () => 0.5',
  VOICES.replace('165', '170'),
  VOICES.replace("'cdef'", "'cdefgh'"),
  VOICES.replace('const delay', 'let other = 0\nconst extra = () => (other += 1)\nconst delay').replace(
    '0.01,',
    '0.02 * extra(),',
  ),
  VOICES,
];

describe('a session that takes over', () => {
  it('plays what played on, with all its state, whatever edits there had been', async () => {
    const undisturbed = await listen(EDITS, false, same);
    const { heard, inherited } = await listen(EDITS, true, same);
    expect(inherited).not.toBeNull();
    expect(heard).toEqual(undisturbed.heard);
    expect(Math.max(...heard)).toBeGreaterThan(0.5);
  });

  it('counts beats on, through the tempo that plays, which may have been carried over', async () => {
    const song = (tempo: string) => `${tempo}\nexport default () => [currentBeat, bpm]`;
    const written = 'let bpm = 50\nconst f = () => (bpm = 77)\nexport default () => [currentBeat, f()]';
    for (const last of [song('const bpm = 131'), song('let bpm = 50')]) {
      const texts = [song('const bpm = 90'), song('const bpm = 93.5'), written, last];
      const undisturbed = await listen(texts, false, same);
      const { heard, inherited } = await listen(texts, true, same);
      expect(inherited).not.toBeNull();
      expect(heard).toEqual(undisturbed.heard);
      expect(heard.at(-1)).toBe(last.includes('131') ? 131 : 77);
    }
  });

  it.each<[string, (checkpoint: Checkpoint) => Checkpoint]>([
    [
      'that lacks a variable',
      (c) => {
        const symbols = c.layout.symbols.filter(([name]) => name !== 'variable:voices' && !name.includes('delay'));
        return { ...c, layout: { ...c.layout, symbols } };
      },
    ],
    ['of an arena of another size', (c) => ({ ...c, imageBytes: c.imageBytes + 8 })],
  ])('starts from scratch with a checkpoint %s', async (_, change) => {
    expect((await listen(EDITS, true, change)).inherited).toBeNull();
  });
});
