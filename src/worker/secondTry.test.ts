/** A text that stops because of what it took over is sent once more without that, and without that only. */

import { expect, it } from 'vitest';
import { Renderer } from '../../worklets/renderer.ts';
import { createSession } from '../node/session.ts';
import { MAX_MEMORY_PAGES } from '../protocol/arena.ts';
import type { ProcessorToWorker } from '../protocol/audio.ts';
import type { WorkerToMain } from '../protocol/compile.ts';
import { CompileService } from './compileService.ts';

/** The page's end of a service whose processor is the real renderer. */
class Stage {
  readonly told: WorkerToMain[] = [];
  private readonly renderer: Renderer;
  private readonly service: CompileService;
  private readonly events: ProcessorToWorker[] = [];
  private id = 0;

  private constructor(session: Awaited<ReturnType<typeof createSession>>) {
    this.renderer = new Renderer({
      memory: new WebAssembly.Memory({ initial: 1, maximum: MAX_MEMORY_PAGES }),
      table: new WebAssembly.Table({ initial: 1, element: 'anyfunc' }),
      sampleRate: 48_000,
      emit: (event) => this.events.push(event),
    });
    this.service = new CompileService(session, {
      toMain: (message) => this.told.push(message),
      toProcessor: (message) => {
        if (message.kind === 'batch') this.renderer.receive(message.batch);
        if (message.kind === 'rollbackPlan') this.renderer.setWayBack(message.from, message.to, message.plan);
        if (message.kind === 'release') this.renderer.release(message.slots);
      },
      now: () => 0,
    });
  }

  static async open(): Promise<Stage> {
    return new Stage(await createSession({ sampleRate: 48_000, fadeFrames: 64, postsModules: false }));
  }

  play(text: string, how: { readonly withoutStateOf?: string } = {}): void {
    this.service.hearMain({ kind: 'update', id: ++this.id, text, ...how });
    this.render(512);
  }

  render(frames: number): number[] {
    const samples: number[] = [];
    for (let n = 0; n < frames; n += 128) {
      const [left, right] = [new Float64Array(128), new Float64Array(128)];
      this.renderer.stageAll();
      this.renderer.process(left, right, 128);
      samples.push(...left);
      for (let event = this.events.shift(); event; event = this.events.shift()) this.service.hearProcessor(event);
    }
    return samples;
  }

  get traps() {
    return this.told.filter((message) => message.kind === 'trapped');
  }

  get reports() {
    return this.told.flatMap((message) => (message.kind === 'committed' ? [message.report] : []));
  }
}

const piece = (step: string, more = '') => `const o = { k: 0 }
let n = 0
const c = [0, 0, 0, 0, 0, 0, 0, 0]
const walk = () => { o.k = (o.k + ${step}) % 8; ${more} return o.k }
const count = () => (n += 1)
export default () => walk() * 0.01 + count() * 1e-6`;

it('resets what the function uses in which it stopped, and nothing else', async () => {
  const stage = await Stage.open();
  stage.play(piece('0.37'));
  stage.play(piece('1', 'c[o.k] = 1;'));
  const [trap] = stage.traps;
  // The fault is that a fraction became an index.
  expect(trap?.tryWithoutStateOf).toMatch(/^walk\(/);
  stage.play(piece('1', 'c[o.k] = 1;'), { withoutStateOf: trap!.tryWithoutStateOf! });
  stage.render(96_000);
  expect(stage.traps).toHaveLength(1);
  const report = stage.reports.at(-1)!;
  expect(report.stateKept).toEqual(['n']);
  expect(report.stateReset).toEqual([
    { path: 'o.k', reason: 'restarted' },
    { path: 'c', reason: 'restarted' },
  ]);
});

it('is not tried a third time', async () => {
  const stage = await Stage.open();
  stage.play(piece('0.37'));
  stage.play(piece('1', 'c[o.k] = 1;'));
  const late = piece('1', 'c[o.k] = 1; if (n > 1200) c[n * 0.37] = 1;');
  stage.play(late, { withoutStateOf: stage.traps[0]!.tryWithoutStateOf! });
  stage.render(9600);
  expect(stage.traps).toHaveLength(2);
  expect(stage.traps[1]!.tryWithoutStateOf).toBeUndefined();
});

it('is left alone where it took over nothing, or stops later than a second', async () => {
  const bad = piece('1', 'if (n > 72000) c[n * 0.37] = 1;');
  const stage = await Stage.open();
  stage.play('export default () => 0.5');
  stage.play(bad);
  stage.render(96_000);
  expect(stage.traps).toHaveLength(1);
  expect(stage.traps[0]!.tryWithoutStateOf).toBeUndefined();
});
