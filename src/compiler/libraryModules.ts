/**
 * The modules of the library as trees. In: their texts. Out: what a name stands for, and which units it needs. A module is
 * parsed and resolved when a name in it is first looked up, with those that it imports; until then it is searched for the
 * names that it exports, character by character.
 *
 * Trees are shared by all patches and never change: types are kept beside them.
 */

import { hostModule, NAMING_FUNCTIONS } from '../language/hostNames.ts';
import type { Binding, Patch, Unit, Variable } from './ast.ts';
import type { LibraryNames, SampleSize } from './resolve/libraryNames.ts';
import { type ModuleTree, type ResolvedModule, readModule, resolveModule } from './resolve/resolve.ts';

/** A module of the library: its path below src/library, and its text. */
export interface LibrarySource {
  readonly name: string;
  readonly text: string;
}

/** The folder of the standard library; all others are the kernel's. */
const STANDARD = 'dsp/';

/** What its modules share among each other. */
const INTERNAL = 'dsp/internal/';

/** What waits for its time, and the function that calls it. */
const QUEUE = { path: 'dsp/scheduling/events.ts', unit: 'scheduling/events/heap', run: 'runEvents' } as const;

/** What each control does in every frame, if it is smoothed. */
const ADVANCE = { module: 'host/control:', unit: '/now', run: 'advance' } as const;

/** What takes in notes, for whatever reads them. */
const MIDI = { path: 'dsp/host/midi.ts', unit: 'host/midi/', run: 'hearMidi' } as const;

/** Modules that there is one of for each name: as many as were used last. A patch has no more than three times MAX_CONTROLS. */
const MAX_NAMED = 1024;

interface ReadModule extends ResolvedModule {
  readonly name: string;
  /** Modules are run after those that they import. */
  readonly order: number;
}

export class LibraryModules implements LibraryNames {
  private readonly texts: ReadonlyMap<string, string>;
  /** Modules by the names that they export. */
  private standardIndex: ReadonlyMap<string, string> | null = null;
  private kernelIndex: ReadonlyMap<string, string> | null = null;
  private readonly read = new Map<string, ReadModule>();
  private readonly reading = new Set<string>();
  private readCount = 0;
  /** Those that belong to a name, the one that was used longest ago first. */
  private readonly named = new Map<string, ReadModule>();
  /** What was read last of each text that several modules are made of, by path. */
  private readonly trees = new Map<string, ModuleTree>();
  /** Where a variable is declared. */
  private readonly places = new Map<Variable, { readonly unit: Unit; readonly module: ReadModule }>();

  constructor(sources: readonly LibrarySource[]) {
    this.texts = new Map(sources.map(({ name, text }) => [name, text]));
  }

  find(name: string): Binding | null {
    const path = this.standard().get(name);
    return path === undefined ? null : (this.module(path).scope.names.get(name) ?? null);
  }

  findFor(functionName: string, name: string, size?: SampleSize): Binding | null {
    const known = NAMING_FUNCTIONS.get(functionName);
    if (!known) return null;
    const module = this.moduleFor(
      known.module,
      hostModule(known.what, name),
      known.what === 'sample' ? size : undefined,
    );
    return module.scope.names.get(functionName) ?? null;
  }

  findInternal(path: string, name: string): Binding | null {
    return this.texts.has(path) ? (this.module(path).scope.names.get(name) ?? null) : null;
  }

  has(name: string): boolean {
    return this.standard().has(name);
  }

  names(): Iterable<string> {
    return this.standard().keys();
  }

  hasKernel(name: string): boolean {
    return this.kernel().has(name);
  }

  findKernel(name: string): Binding | null {
    const path = this.kernel().get(name);
    return path === undefined ? null : (this.module(path).scope.names.get(name) ?? null);
  }

  used(variables: Iterable<Variable>): Pick<Patch, 'libraryUnits' | 'beforeFrames'> {
    const units = this.unitsOf(variables);
    const beforeFrames = this.controlsOf(units).map((module) => variableOf(module, ADVANCE.run));
    for (const { path, unit, run } of [MIDI, QUEUE]) {
      if (units.some(({ name }) => name.startsWith(unit))) beforeFrames.push(variableOf(this.module(path), run));
    }
    if (beforeFrames.length === 0) return { libraryUnits: units, beforeFrames };
    return { libraryUnits: this.unitsOf([...variables, ...beforeFrames]), beforeFrames };
  }

  /** The modules of controls that are smoothed. */
  private controlsOf(units: readonly Unit[]): ReadModule[] {
    return units.flatMap(({ name, variables }) => {
      const isSmoothed = name.startsWith(ADVANCE.module) && name.endsWith(ADVANCE.unit);
      const place = isSmoothed && variables[0] && this.places.get(variables[0]);
      return place ? [place.module] : [];
    });
  }

  /** The units that declare these variables, with all that those use, in the order in which they run. */
  unitsOf(variables: Iterable<Variable>): readonly Unit[] {
    const found = new Map<Unit, ReadModule>();
    const pending = [...variables];
    for (let variable = pending.pop(); variable; variable = pending.pop()) {
      const place = this.places.get(variable);
      if (!place || found.has(place.unit)) continue;
      found.set(place.unit, place.module);
      for (const used of place.module.uses.get(place.unit) ?? []) pending.push(used);
    }
    // Functions are there from the start, whatever is above them.
    const rank = ([unit, module]: readonly [Unit, ReadModule]) => (isFunction(unit) ? -1 : module.order);
    const inOrder = [...found].sort((a, b) => rank(a) - rank(b) || a[1].order - b[1].order || startOf(a) - startOf(b));
    return inOrder.map(([unit]) => unit);
  }

  private standard(): ReadonlyMap<string, string> {
    this.standardIndex ??= this.index((path) => path.startsWith(STANDARD) && !path.startsWith(INTERNAL));
    return this.standardIndex;
  }

  private kernel(): ReadonlyMap<string, string> {
    this.kernelIndex ??= this.index((path) => !path.startsWith(STANDARD));
    return this.kernelIndex;
  }

  private index(takes: (path: string) => boolean): ReadonlyMap<string, string> {
    const index = new Map<string, string>();
    for (const [path, text] of this.texts) {
      if (!takes(path)) continue;
      for (const name of exportsOf(text)) {
        const other = index.get(name);
        if (other !== undefined) throw new Error(`library: ${name} is exported by ${other} and ${path}`);
        index.set(name, path);
      }
    }
    return index;
  }

  private module(path: string): ReadModule {
    const known = this.read.get(path);
    if (known) return known;
    const name = path.slice(0, -'.ts'.length).slice(path.startsWith(STANDARD) ? STANDARD.length : 0);
    const module = this.resolved(path, name, false);
    this.read.set(path, module);
    return module;
  }

  /** The module that belongs to a name. */
  private moduleFor(path: string, name: string, size?: SampleSize): ReadModule {
    // Names have no line breaks in them, but may end in numbers.
    const key = size ? [name, size.frames, size.channels, size.rate].join('\n') : name;
    const module = this.named.get(key) ?? this.resolved(path, name, true, size);
    this.named.delete(key);
    this.named.set(key, module);
    const [oldest] = this.named.keys();
    if (this.named.size > MAX_NAMED && oldest !== undefined) {
      for (const unit of this.named.get(oldest)?.units ?? []) {
        for (const variable of unit.variables) this.places.delete(variable);
      }
      this.named.delete(oldest);
    }
    return module;
  }

  private resolved(path: string, name: string, isOneOfMany: boolean, size?: SampleSize): ReadModule {
    const written = this.texts.get(path);
    const text = written !== undefined && size ? withSize(written, size) : written;
    if (text === undefined) throw new Error(`library: no module ${path}`);
    if (this.reading.has(path)) throw new Error(`library: ${path} imports itself through others`);
    this.reading.add(path);
    const tree = isOneOfMany ? this.treeFor(path, text) : readModule(text);
    const resolved = resolveModule(tree, {
      home: path.startsWith(STANDARD) ? 'library' : 'kernel',
      name,
      isOneOfMany,
      imported: (specifier) => {
        const from = pathFrom(path, specifier);
        return from.endsWith('intrinsics.ts') ? null : this.module(from).scope.names;
      },
    });
    const [problem] = [...tree.parsed.diagnostics, ...resolved.diagnostics];
    if (problem)
      throw new Error(`library ${path}: ${problem.message} (${text.slice(problem.span.start, problem.span.end)})`);
    const module = { ...resolved, name, order: this.readCount++ };
    this.reading.delete(path);
    for (const unit of module.units) for (const variable of unit.variables) this.places.set(variable, { unit, module });
    return module;
  }

  private treeFor(path: string, text: string): ModuleTree {
    let tree = this.trees.get(path);
    if (tree?.text !== text) {
      tree = readModule(text);
      this.trees.set(path, tree);
    }
    return tree;
  }
}

/** A module that plays a sound file, for one of that size. */
export const withSize = (text: string, { frames, channels, rate }: SampleSize): string =>
  text
    .replace('const FRAMES = 0;', `const FRAMES = ${frames};`)
    .replace('const CHANNELS = 0;', `const CHANNELS = ${channels};`)
    .replace('const RATE = 0;', `const RATE = ${rate};`);

function variableOf(module: ReadModule, name: string): Variable {
  const found = module.scope.names.get(name);
  if (found?.kind !== 'variable') throw new Error(`library: no ${name} in ${module.name}`);
  return found.variable;
}

const isFunction = ({ variables, initialiser }: Unit): boolean =>
  variables[0]?.kind === 'function' && initialiser.body.length === 1;

const startOf = ([unit]: readonly [Unit, ReadModule]): number => unit.span.start;

/** The path of the module that an import names. */
function pathFrom(path: string, specifier: string): string {
  const parts = path.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

const HEADS = ['export function ', 'export const '] as const;

/** The names that a module makes global: of the values that it exports, at the beginnings of lines, but for those marked `@internal`. */
export function exportsOf(text: string): string[] {
  const names: string[] = [];
  for (let at = 0; at >= 0; at = nextLine(text, at)) {
    const head = HEADS.find((one) => text.startsWith(one, at));
    if (head === undefined || isInternal(text, at)) continue;
    const start = at + head.length;
    let end = start;
    while (isNamePart(text.charCodeAt(end))) end++;
    if (end > start) names.push(text.slice(start, end));
  }
  return names;
}

/** Whether the comment in front of an export says that it is for other modules only. */
function isInternal(text: string, at: number): boolean {
  if (!text.startsWith('*/\n', at - 3)) return false;
  return text.slice(text.lastIndexOf('/**', at), at).includes('@internal');
}

function nextLine(text: string, at: number): number {
  const found = text.indexOf('\nexport ', at);
  return found < 0 ? -1 : found + 1;
}

/** ASCII letters and digits, `_` and `$`. */
const isNamePart = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 36;
