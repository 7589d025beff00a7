/**
 * The AudioWorkletProcessor: a shell that wires two message ports to the renderer and the renderer to the output.
 * Messages: src/protocol/audio.ts. The worker's port brings batches and takes events; the node's own port starts, stops,
 * records and takes meters. Audio thread. Bundled into one file, which the page adds to its AudioContext as a module.
 *
 * The node is made with one input, which may be connected to nothing, and one stereo output.
 */

import { DEFAULT_BPM, MAX_MEMORY_PAGES, PAGE_BYTES, TABLE_SLOTS } from '../src/protocol/arena.ts';
import {
  type MainToProcessor,
  METERS_PER_SECOND,
  PROBES_PER_SECOND,
  PROCESSOR_NAME,
  type ProcessorToMain,
  type ProcessorToWorker,
  RECORDINGS_PER_SECOND,
  type WorkerToProcessor,
} from '../src/protocol/audio.ts';
import type { Generation } from '../src/protocol/units.ts';
import { Handover } from './handover.ts';
import { frameAt, Host } from './host.ts';
import { LoadMeter } from './loadMeter.ts';
import { OutputChain } from './output/chain.ts';
import { StartStopRamp } from './output/ramp.ts';
import { Recorder } from './recorder.ts';
import { Renderer } from './renderer.ts';
import { Tape } from './tape.ts';

// What is used of AudioWorkletGlobalScope, which no type library describes beside that of the page.
declare const sampleRate: number;
declare const currentFrame: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

const RAMP_SECONDS = 0.005;
/** From one worker's renderer to the next one's. */
const HANDOVER_SECONDS = 0.01;
/** Longer than a step takes to decay and the chain delays. */
const SILENCE_SECONDS = 0.05;
const MIN_MEMORY_PAGES = 512;
/** The render quantum, where the browser has no other. */
const QUANTUM_FRAMES = 128;

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

class Processor extends AudioWorkletProcessor {
  #worker: MessagePort | null = null;
  readonly #handover = new Handover(Math.ceil(HANDOVER_SECONDS * sampleRate));
  readonly #host = new Host();
  #watchesProbes = false;
  #probesAreRead = true;
  /** Since they were sent last. */
  #probedFrames = 0;
  /** Whether the page has read the last meter. */
  #meterIsRead = true;

  /** The last generation of which the worker was told that its samples are not finite. */
  #nonFiniteTold: Generation | null = null;
  /** The last one since the last meter. */
  #nonFiniteFrom: Generation | null = null;

  /** Silent for good: something threw, or the page has given this output up. */
  #isOver = false;
  #injected: 'throw' | 'endless' | null = null;

  readonly #chain = new OutputChain(sampleRate);
  readonly #ramp = new StartStopRamp(Math.ceil(RAMP_SECONDS * sampleRate));
  readonly #load = new LoadMeter(sampleRate);
  readonly #recorder = new Recorder(Math.ceil(sampleRate / RECORDINGS_PER_SECOND), ({ id, left, right }) => {
    this.#tellMain({ kind: 'recorded', id, left, right }, [left.buffer, right.buffer]);
  });

  readonly #tape = new Tape((taped) =>
    this.#tellMain(
      taped,
      taped.blocks.map(({ buffer }) => buffer),
    ),
  );

  #silentFrames = 0;
  #left = new Float64Array(QUANTUM_FRAMES);
  #right = new Float64Array(QUANTUM_FRAMES);

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<MainToProcessor>) =>
      this.#guarded(() => {
        if (data.kind === 'ping') this.#tellMain({ kind: 'pong', serial: data.serial });
        else if (!this.#isOver) this.#hearMain(data);
      });
  }

  /** Called once per render quantum; true keeps the processor alive. */
  process(inputs: readonly Float32Array[][], outputs: readonly Float32Array[][]): boolean {
    const left = outputs[0]?.[0];
    if (left === undefined) return true;
    const right = outputs[0][1] ?? left;
    if (this.#isOver) {
      left.fill(0);
      right.fill(0);
      return true;
    }
    try {
      this.#render(left, right, inputs[0]);
      this.#recorder.process(left, right);
    } catch (error) {
      left.fill(0);
      right.fill(0);
      this.#fail(error);
    }
    return true;
  }

  /**
   * Tells the page, which makes another output. An exception that got out would silence this node for good as well, but
   * the page would not learn what it was.
   */
  #fail(error: unknown): void {
    this.#isOver = true;
    this.#tellMain({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }

  #guarded(hear: () => void): void {
    try {
      hear();
    } catch (error) {
      this.#fail(error);
    }
  }

  #render(left: Float32Array, right: Float32Array, input: readonly Float32Array[] | undefined): void {
    const frames = left.length;
    const isSilent = this.#handover.renderer === null || this.#ramp.isSilent;
    this.#host.begin(currentFrame, frames, isSilent);
    this.#host.listen(input?.[0] ?? null, input?.[1] ?? input?.[0] ?? null);
    if (isSilent) {
      left.fill(0);
      right.fill(0);
      this.#handover.renderer?.hearUnheard();
      this.#host.end();
      return;
    }
    if (frames > this.#left.length) {
      this.#left = new Float64Array(frames);
      this.#right = new Float64Array(frames);
    }
    if (this.#injected !== null) this.#goWrong(this.#injected);
    this.#load.begin(Date.now());
    this.#handover.process(this.#left, this.#right, frames);
    this.#host.end();
    this.#noticeSilence(frames);
    this.#chain.process(this.#left, this.#right, frames);
    this.#ramp.process(this.#left, this.#right, frames);
    for (let n = 0; n < frames; n++) {
      left[n] = this.#left[n];
      right[n] = this.#right[n];
    }
    this.#tape.process(left, right);
    this.#handover.recordBlockTime(this.#load.end(Date.now(), frames), frames);
    this.#tellOfNonFinite();

    if (this.#meterIsRead && this.#load.frames >= sampleRate / METERS_PER_SECOND) this.#sendMeter();
    this.#probedFrames += frames;
    if (this.#watchesProbes && this.#probesAreRead && this.#probedFrames >= sampleRate / PROBES_PER_SECOND) {
      this.#sendProbes();
    }
    if (this.#ramp.isSilent) this.#stopped();
  }

  /**
   * Where nothing plays any more, and what was still under way in the chain has passed, the next generation comes out of
   * silence by the ramp of a start.
   */
  #noticeSilence(frames: number): void {
    this.#silentFrames = this.#handover.generation === null ? this.#silentFrames + frames : 0;
    if (this.#silentFrames > SILENCE_SECONDS * sampleRate) this.#ramp.fall();
  }

  /** Once for each generation: what it comes from can be found out in the worker. */
  #tellOfNonFinite(): void {
    const generation = this.#handover.nonFinite;
    if (generation === null) return;
    this.#nonFiniteFrom = generation;
    if (generation === this.#nonFiniteTold) return;
    this.#nonFiniteTold = generation;
    this.#tellWorker({ kind: 'nonFinite', generation, frame: this.#handover.renderer?.currentFrame ?? 0 });
  }

  #goWrong(fault: 'throw' | 'endless'): void {
    this.#injected = null;
    this.#tellMain({ kind: 'injected', fault });
    if (fault === 'throw') throw new Error('a fault was injected');
    for (;;);
  }

  #hearMain(message: Exclude<MainToProcessor, { kind: 'ping' }>): void {
    switch (message.kind) {
      case 'connect':
        this.#connect(message.port, message.memoryBytes);
        return;
      case 'run':
        this.#run(message.running);
        return;
      case 'record':
        this.#record(message.id, message.frames);
        return;
      case 'interrupted':
        this.#ramp.fall();
        this.#commitUnheard();
        return;
      case 'meterRead':
        this.#meterIsRead = true;
        return;
      case 'probesRead':
        this.#probesAreRead = true;
        return;
      case 'tape':
        this.#tape.give(message.blocks);
        return;
      case 'tapeLive':
        this.#tape.isLive = message.isLive;
        return;
      case 'cutTape':
        this.#tape.cut(message.serial);
        return;
      case 'event': {
        const { atSeconds } = message.event;
        this.#host.post(message.event, atSeconds === undefined ? null : frameAt(atSeconds, sampleRate));
        return;
      }
      case 'watchProbes':
        this.#watchesProbes = message.isOn;
        return;
      case 'limiter':
        this.#chain.limiter.isOn = message.isOn;
        return;
      case 'end':
        this.#isOver = true;
        return;
      case 'inject':
        this.#injected = message.fault;
        return;
    }
  }

  #record(id: number, frames: number): void {
    try {
      this.#recorder.start(id, frames);
    } catch (error) {
      this.#tellMain({ kind: 'unrecorded', id, reason: error instanceof Error ? error.message : String(error) });
    }
  }

  #hearWorker(message: WorkerToProcessor, renderer: Renderer): void {
    switch (message.kind) {
      case 'batch':
        if (message.inherits) this.#handover.inherit(message.inherits);
        renderer.receive(message.batch);
        break;
      case 'release':
        renderer.release(message.slots);
        break;
      case 'withdraw':
        renderer.withdraw(message.generation);
        break;
      case 'appoint':
        renderer.appoint(message.generation, message.appointment);
        break;
      case 'rollbackPlan':
        renderer.setWayBack(message.from, message.to, message.plan, message.demotes);
        return;
      case 'promote':
        renderer.promote(message.promotion);
        break;
      case 'drop':
        renderer.drop(message.generations);
        break;
      case 'look':
        renderer.looks.begin(message.look);
        return;
      case 'probe':
        this.#tellWorker({ kind: 'probed' });
        return;
      case 'status':
        this.#tellWorker({
          kind: 'status',
          serial: message.serial,
          playing: this.#handover.generation,
          ...{
            staged: renderer.staged,
            waitFrames: finiteOrNull(renderer.framesToCommit()),
            held: renderer.held,
            isFading: renderer.isFading,
            frame: renderer.currentFrame,
            ...{ tier: renderer.tier, promoting: renderer.promoting },
          },
        });
        return;
    }
    // No block may come for a long time (stopped, or held back by the browser), and there is nothing to disturb.
    if (this.#ramp.isAtBottom) this.#commitUnheard();
  }

  /** A worker begins with empty memory and an empty table, so it gets a renderer of its own. */
  #connect(port: MessagePort, memoryBytes?: number): void {
    this.#worker?.close();
    this.#worker = port;
    const memory = memoryBytes === undefined ? largestMemory() : memoryOf(Math.ceil(memoryBytes / PAGE_BYTES));
    const renderer = new Renderer({
      memory,
      table: new WebAssembly.Table({ initial: TABLE_SLOTS, maximum: TABLE_SLOTS, element: 'anyfunc' }),
      sampleRate,
      emit: (event) => {
        // What comes instead must not be kept low by what trapped.
        if (event.kind === 'trapped') this.#chain.limiter.releaseNow();
        if (event.kind === 'seen') port.postMessage(event, [event.seen.extremes.buffer, event.seen.bytes.buffer]);
        else port.postMessage(event);
      },
      leavesNonFinite: true,
      host: this.#host,
    });
    const leftBehind = this.#handover.generation;
    this.#handover.connect(renderer);
    if (this.#ramp.isAtBottom) this.#beginAnew();
    port.onmessage = ({ data }: MessageEvent<WorkerToProcessor>) =>
      this.#guarded(() => {
        if (!this.#isOver) this.#hearWorker(data, renderer);
      });
    this.#tellWorker({
      ...{ kind: 'connected', leftBehind },
      ...{ memoryBytes: memory.buffer.byteLength, tableSlots: TABLE_SLOTS },
    });
  }

  #run(running: boolean): void {
    this.#ramp.isUp = running;
    if (this.#ramp.isSilent) this.#tellMain({ kind: 'stopped' });
  }

  /** What waits is committed; what is still in the chain would then be the end of something else. */
  #commitUnheard(): void {
    const { generation, isFading } = this.#handover;
    this.#handover.commitUnheard();
    if (isFading || this.#handover.generation !== generation) this.#beginAnew();
  }

  /** What comes does not continue what is still in the chain; the ramp waits until it has come through. */
  #beginAnew(): void {
    this.#chain.reset();
    this.#ramp.fall(this.#chain.latencyFrames);
  }

  /** The ramp has come down. */
  #stopped(): void {
    this.#commitUnheard();
    this.#tellMain({ kind: 'stopped' });
  }

  #sendMeter(): void {
    const { renderer } = this.#handover;
    const frame = renderer?.currentFrame ?? 0;
    this.#meterIsRead = false;
    const printed = renderer?.readPrinted() ?? null;
    this.#tellMain({
      kind: 'meter',
      ...(printed !== null && { printed }),
      load: this.#load.load,
      loadTolerance: this.#load.tolerance,
      workPerFrame: renderer?.liveLoad.takeWorkPerFrame() ?? 0,
      tier: renderer?.tier ?? 1,
      nonFinite: this.#chain.guard.takeCount(),
      nonFiniteFrom: this.#nonFiniteFrom,
      dcOffset: this.#chain.dcBlocker.takeOffset(),
      reductionDb: this.#chain.limiter.takeReductionDb(),
      beat: renderer?.beats.at(frame) ?? 0,
      bpm: renderer?.beats.bpm ?? DEFAULT_BPM,
      frame,
      generation: this.#handover.generation,
    });
    this.#load.reset();
    this.#nonFiniteFrom = null;
  }

  #sendProbes(): void {
    const { renderer, generation } = this.#handover;
    this.#probedFrames = 0;
    const values = renderer?.readProbes() ?? null;
    if (values === null || generation === null) return;
    this.#probesAreRead = false;
    this.#tellMain({ kind: 'probes', generation, values });
  }

  #tellMain(message: ProcessorToMain, transfer: Transferable[] = []): void {
    this.port.postMessage(message, transfer);
  }

  #tellWorker(message: ProcessorToWorker): void {
    this.#worker?.postMessage(message);
  }
}

/**
 * All the memory there will be, so that it never has to grow while it sounds. What is not touched costs addresses only;
 * phones may have fewer of those.
 */
function largestMemory(): WebAssembly.Memory {
  for (let pages = MAX_MEMORY_PAGES; pages > MIN_MEMORY_PAGES; pages /= 2) {
    try {
      return memoryOf(pages);
    } catch {
      // Half of it, then.
    }
  }
  return memoryOf(MIN_MEMORY_PAGES);
}

const memoryOf = (pages: number): WebAssembly.Memory => new WebAssembly.Memory({ initial: pages, maximum: pages });

registerProcessor(PROCESSOR_NAME, Processor);
