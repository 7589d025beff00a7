/**
 * The world outside for patches that run as plain JavaScript: the same events at the same frames. In: modules of the library that
 * belong to names (src/language/hostNames.ts), and events. Out: what `slider` and the like are, and what they give. Node only.
 */

import type { SampleSize } from '../compiler/resolve/libraryNames.ts';
import { NAMING_FUNCTIONS, type NamingFunction } from '../language/hostNames.ts';
import { valueInRange } from '../protocol/controlRange.ts';
import type { ControlValue } from '../protocol/controls.ts';
import type { HostEvent, MidiEvent } from '../protocol/hostEvents.ts';
import { MIDI_KIND } from '../protocol/hostInputs.ts';
import type { LoadedSample } from '../protocol/samples.ts';
import { fillSample, sizeOf } from '../worker/samples.ts';

/** An event, and the frame before which it takes effect. */
export interface ScriptEvent {
  readonly frame: number;
  readonly event: HostEvent;
}

type Exports = Readonly<Record<string, unknown>>;
/** Runs a module of the library once more. */
export type FreshModule = (path: string, size: SampleSize | undefined) => Exports;

/** What host/controls.ts has for those who run it as JavaScript. */
interface ControlModule {
  receive(x: number, y: number): void;
  advance(): void;
  describeControl(): {
    readonly target: number;
    readonly second: number;
    readonly low: number;
    readonly high: number;
    readonly steps: number;
  };
}

/** What host/midi.ts has for those who run it as JavaScript. */
interface MidiModule {
  receiveMidi(kind: number, channel: number, number: number, value: number): void;
  hearMidi(): void;
}

interface InputModule {
  receiveInput(left: number, right: number): void;
}

export interface ScriptOutside {
  readonly events?: readonly ScriptEvent[];
  /** The sound that comes in, from frame 0 on, one channel or two. */
  readonly input?: readonly Float32Array[];
  readonly samples?: ReadonlyMap<string, LoadedSample>;
}

const INPUT_PATH = 'dsp/host/input.ts';
const MIDI_PATH = 'dsp/host/midi.ts';

type Called = (...values: readonly unknown[]) => unknown;

interface Control {
  readonly module: Exports & ControlModule;
  /** The function that has declared it. */
  kind: string;
  /** What the text says; null: nothing was moved yet. */
  defaults: readonly [number, number] | null;
  /** Since which frame it stands where it does. */
  since: number;
}

export class ScriptHost {
  /** Whether frames run, and not the top level. */
  private isPlaying = false;
  private readonly others = new Map<string, Exports>();
  private readonly controls = new Map<string, Control>();
  /** Paths of the modules that were run. */
  readonly paths = new Set<string>();
  private input: InputModule | null = null;
  private midi: MidiModule | null = null;
  private waiting: ScriptEvent[];
  private frame = 0;

  private readonly outside: ScriptOutside;

  constructor(outside: ScriptOutside = {}) {
    this.outside = outside;
    this.waiting = (outside.events ?? []).toSorted((a, b) => a.frame - b.frame);
  }

  /** What modules of the library import from intrinsics.ts. */
  readonly intrinsics: Exports = {
    isPlaying: () => this.isPlaying,
    generation: () => 0,
    requireTopLevel: () => undefined,
  };

  /** A module of the library has been run. */
  loaded(path: string, exports: Exports): void {
    this.paths.add(path);
    if (path === INPUT_PATH) this.input = exports as Exports & InputModule;
    if (path === MIDI_PATH) this.midi = exports as Exports & MidiModule;
  }

  /** A function that names something outside. */
  named(name: string, fresh: FreshModule): unknown {
    const known = NAMING_FUNCTIONS.get(name);
    if (!known) return undefined;
    return (...given: readonly unknown[]): unknown => {
      const called = String(given[known.nameIndex]);
      if (known.what !== 'control') return this.other(name, known, called, fresh)(...given);
      let control = this.controls.get(called);
      if (!control) {
        control = {
          module: fresh(known.module, undefined) as Control['module'],
          kind: name,
          defaults: null,
          since: -1,
        };
        this.controls.set(called, control);
      }
      return (control.module[name] as (...values: readonly unknown[]) => unknown)(...given);
    };
  }

  private other(by: string, { what, module }: NamingFunction, name: string, fresh: FreshModule): Called {
    const key = `${what} ${name}`;
    let exports = this.others.get(key);
    if (!exports) {
      const loaded = what === 'sample' ? this.outside.samples?.get(name) : undefined;
      exports = fresh(module, loaded && sizeOf(loaded));
      if (loaded) fillSample((exports.sampleData as () => Float32Array)(), loaded);
      this.others.set(key, exports);
    }
    return exports[by] as Called;
  }

  /** Whether nothing outside ever does anything. To be asked once the top level has run. */
  get isIdle(): boolean {
    return this.waiting.length + this.controls.size === 0 && !this.midi && !this.input;
  }

  /** To be called in every frame before all else, unless nothing outside does anything. */
  run(frame: number): void {
    this.isPlaying = true;
    this.frame = frame;
    // What is not there costs nothing: a patch is timed with this around it.
    if (this.waiting.length > 0) {
      const later: ScriptEvent[] = [];
      for (const one of this.waiting) {
        if (one.frame > frame || !this.hear(one.event)) later.push(one);
      }
      this.waiting = later;
    }
    if (this.controls.size > 0) for (const { module } of this.controls.values()) module.advance();
    this.midi?.hearMidi();
    if (!this.input) return;
    const [left, right = left] = this.outside.input ?? [];
    this.input.receiveInput(left?.[frame] ?? 0, right?.[frame] ?? 0);
  }

  /** False where it has to wait for another frame. */
  private hear(event: HostEvent): boolean {
    if (event.kind === 'settle') return true;
    if (event.kind !== 'control' && event.kind !== 'release') {
      this.play(event);
      return true;
    }
    const control = this.controls.get(event.name);
    if (!control) return true;
    const { target, second } = control.module.describeControl();
    control.defaults ??= [target, second];
    if (event.kind === 'release') control.module.receive(control.defaults[0], control.defaults[1]);
    else {
      // Each press of a button is there for a frame, and so is each release.
      if (control.kind === 'button' && control.since === this.frame) return false;
      control.since = this.frame;
      this.move(control, event.value, control.defaults);
    }
    return true;
  }

  private play(event: MidiEvent): void {
    const channel = event.kind === 'allNotesOff' ? (event.channel ?? 0) : (event.channel ?? 1);
    const number = 'note' in event ? event.note : 'number' in event ? event.number : 0;
    const value = event.kind === 'note' ? event.velocity : 'value' in event ? event.value : 0;
    this.midi?.receiveMidi(MIDI_KIND[event.kind], channel, number, value);
  }

  private move({ module, kind }: Control, value: ControlValue, defaults: readonly [number, number]): void {
    const { low: min, high: max, steps: step } = module.describeControl();
    const [x, y] = typeof value === 'number' ? [value, value] : value;
    const isSwitch = kind === 'toggle' || kind === 'button';
    const fitted = (wanted: number, instead: number) =>
      isSwitch ? Number(wanted > 0) : valueInRange(wanted, { min, max, step }, instead);
    module.receive(fitted(x, defaults[0]), kind === 'xy' ? fitted(y, defaults[1]) : 0);
  }
}
