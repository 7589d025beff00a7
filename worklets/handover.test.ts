/** From one renderer to the next: the sound has no gap and no step, and time and state go on. */
import { describe, expect, it } from 'vitest';
import { MAX_MEMORY_PAGES } from '../src/protocol/arena.ts';
import { generation } from '../src/protocol/units.ts';
import { emptyPlan, type ProgramOptions, phasePlan, programBatch } from '../src/testing/handmade.ts';
import { Handover } from './handover.ts';
import { Renderer } from './renderer.ts';

const FADE_FRAMES = 480;
const A: ProgramOptions = { generation: 1, base: 1024, renderSlot: 0, stepSlot: 1, increment: 0.001 };
/** The same in another place, as another worker would have it. */
const B: ProgramOptions = { ...A, generation: 2, base: 8192, renderSlot: 5, stepSlot: 3 };

function newRenderer() {
  const heard: string[] = [];
  const renderer = new Renderer({
    memory: new WebAssembly.Memory({ initial: 4, maximum: MAX_MEMORY_PAGES }),
    table: new WebAssembly.Table({ initial: 8, element: 'anyfunc' }),
    sampleRate: 48_000,
    emit: (event) => void heard.push('generation' in event ? `${event.kind} ${event.generation}` : event.kind),
  });
  return { renderer, heard };
}

function setUp() {
  const handover = new Handover(FADE_FRAMES);
  const first = newRenderer();
  handover.connect(first.renderer);
  first.renderer.receive(programBatch(A));
  handover.commitUnheard();
  const play = (quanta: number, frames = 128) => {
    const heard = { left: [] as number[], right: [] as number[] };
    for (let n = 0; n < quanta; n++) {
      const [left, right] = [new Float64Array(frames), new Float64Array(frames)];
      handover.process(left, right, frames);
      heard.left.push(...left);
      heard.right.push(...right);
    }
    return heard;
  };
  return { handover, first, play };
}

const phases = (from: number, to: number) => {
  let phase = 0;
  return Array.from({ length: to }, () => {
    phase += 0.001;
    return phase;
  }).slice(from);
};
const frames = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);

describe('a new renderer', () => {
  it('is not heard before it has something to play, however long that takes', () => {
    const { handover, play } = setUp();
    handover.connect(newRenderer().renderer);
    expect(play(100)).toEqual({ left: phases(0, 12_800), right: frames(0, 12_800) });
    expect(handover.generation).toBe(1);
  });

  it('that takes over the state continues bit for bit, at the same frame', () => {
    const { handover, play } = setUp();
    play(5);
    const next = newRenderer();
    handover.connect(next.renderer);
    handover.inherit({ generation: generation(1), plan: phasePlan() });
    next.renderer.receive(programBatch(B));
    expect(play(20)).toEqual({ left: phases(640, 3200), right: frames(640, 3200) });
    expect(handover.generation).toBe(2);
    expect(next.heard).toEqual(['committed 2', 'settled 2']);
  });

  it.each([128, 64, 2048])('that has no state to take over is faded in, in quanta of %i frames', (quantum) => {
    const { handover, play } = setUp();
    play(4096 / quantum, quantum);
    const next = newRenderer();
    handover.connect(next.renderer);
    next.renderer.receive(programBatch(B));
    next.renderer.stageAll();
    const { left, right } = play(2048 / quantum, quantum);
    expect(right).toEqual(frames(4096, 6144));
    const [old, fresh] = [phases(4096, 6144), phases(0, 2048)];
    left.forEach((sample, n) => {
      const gain = Math.min(1, (n + 1) / FADE_FRAMES);
      expect(sample).toBeCloseTo(old[n] + (fresh[n] - old[n]) * gain, 12);
    });
    expect(left.slice(FADE_FRAMES - 1)).toEqual(fresh.slice(FADE_FRAMES - 1));
  });

  it('takes no state over from a generation that the plan was not made for', () => {
    const { handover, play } = setUp();
    play(5);
    const next = newRenderer();
    handover.connect(next.renderer);
    handover.inherit({ generation: generation(7), plan: phasePlan() });
    next.renderer.receive(programBatch(B));
    expect(play(20).left.slice(-100)).not.toEqual(phases(640, 3200).slice(-100));
  });

  it('takes over unheard while nothing sounds, with time and state', () => {
    const { handover, play } = setUp();
    play(5);
    const next = newRenderer();
    handover.connect(next.renderer);
    handover.inherit({ generation: generation(1), plan: phasePlan() });
    next.renderer.receive(programBatch(B));
    handover.commitUnheard();
    expect(next.heard).toEqual(['committed 2', 'settled 2']);
    expect(play(2)).toEqual({ left: phases(640, 896), right: frames(640, 896) });
  });
});

describe('the renderer before', () => {
  it('drops what its worker had sent and nobody has heard yet', () => {
    const { handover, first, play } = setUp();
    first.renderer.receive(programBatch({ ...B, from: 1 }));
    handover.connect(newRenderer().renderer);
    play(50);
    expect(handover.generation).toBe(1);
    expect(first.heard).toEqual(['committed 1', 'settled 1']);
  });

  it('is the same after several workers have come and gone', () => {
    const { handover, play } = setUp();
    for (let n = 0; n < 3; n++) {
      const lost = newRenderer();
      handover.connect(lost.renderer);
      lost.renderer.receive({ ...programBatch(B), plan: emptyPlan() });
      handover.connect(newRenderer().renderer);
      play(1);
    }
    expect(play(1).left).toEqual(phases(384, 512));
  });

  it('may end its fade while it is faded out', () => {
    const { handover, first, play } = setUp();
    play(5);
    first.renderer.receive(programBatch({ ...B, from: 1, increment: 0.002, fadeFrames: 200 }));
    play(1);
    const next = newRenderer();
    handover.connect(next.renderer);
    handover.inherit({ generation: generation(2), plan: phasePlan() });
    next.renderer.receive(programBatch({ ...A, generation: 3, increment: 0.002 }));
    const { left } = play(10);
    const steps = left.slice(1).map((sample, n) => Math.abs(sample - left[n]));
    expect(Math.max(...steps)).toBeLessThan(0.004);
    expect(handover.generation).toBe(3);
  });
});
