/**
 * The standard library as plain JavaScript, for what runs patches without the compiler: the oracle of the tests, and the
 * baseline of benchmarks. In: the text of a patch. Out: the values of the library's names in it. Node only.
 *
 * Types are stripped by esbuild; the rest is what JavaScript says. A module is run for each patch that names something in
 * it, with that patch's `Math`, so that no state is shared.
 */

import { transformSync } from 'esbuild';
import { exportsOf, withSize } from '../compiler/libraryModules.ts';
import type { SampleSize } from '../compiler/resolve/libraryNames.ts';
import { NAMING_FUNCTIONS } from '../language/hostNames.ts';
import { readLibrary } from './librarySource.ts';
import type { ScriptHost } from './scriptHost.ts';

type Exports = Readonly<Record<string, unknown>>;
type Run = (
  module: { exports: Exports },
  exports: Exports,
  require: (specifier: string) => Exports,
  math: Math,
) => void;

const STANDARD = 'dsp/';
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

interface Scripts {
  /** Paths of modules by the names that they export. */
  readonly paths: ReadonlyMap<string, string>;
  readonly texts: ReadonlyMap<string, string>;
  /** By path. */
  readonly compiled: Readonly<Record<Powers, Map<string, Run>>>;
}

/** Whether `**` stays what it is, or becomes a call of Math.pow. */
type Powers = 'operators' | 'calls';

let shared: Scripts | null = null;

function scripts(): Scripts {
  if (shared) return shared;
  const paths = new Map<string, string>();
  const texts = new Map<string, string>();
  for (const { name: path, text } of readLibrary()) {
    if (!path.startsWith(STANDARD)) continue;
    texts.set(path, text);
    for (const name of exportsOf(text)) paths.set(name, path);
  }
  shared = { paths, texts, compiled: { operators: new Map(), calls: new Map() } };
  return shared;
}

function compiled(path: string, powers: Powers, size?: SampleSize): Run {
  const { texts, compiled: all } = scripts();
  const known = all[powers];
  const key = size ? `${path} ${JSON.stringify(size)}` : path;
  let run = known.get(key);
  if (!run) {
    const written = texts.get(path);
    const text = written !== undefined && size ? withSize(written, size) : written;
    if (text === undefined) throw new Error(`library: no module ${path}`);
    const supported = { 'exponent-operator': powers === 'operators' };
    const { code } = transformSync(text, { loader: 'ts', format: 'cjs', target: 'es2022', supported });
    run = new Function('module', 'exports', 'require', 'Math', `'use strict';${code}`) as Run;
    known.set(key, run);
  }
  return run;
}

/** The module that needs the compiler: `after` and the like are given. */
const EVENTS = 'dsp/scheduling/events.ts';

export interface Surroundings {
  readonly math: Math;
  /** `after` and the like. */
  readonly scheduled: ReadonlyMap<string, unknown>;
  /** What is outside of the patch. */
  readonly host: ScriptHost;
  /** Whether `**` stays what it is: otherwise it becomes a call of Math.pow. */
  readonly hasPower: boolean;
}

/** Whether modules of the library that a patch has loaded mention something. */
export const modulesMention = (paths: Iterable<string>, pattern: RegExp): boolean =>
  [...paths].some((path) => pattern.test(scripts().texts.get(path) ?? ''));

/** What the names of the library that stand anywhere in a text are. */
export function libraryValues(
  text: string,
  { math, scheduled, host, hasPower }: Surroundings,
): ReadonlyMap<string, unknown> {
  const { paths } = scripts();
  const loaded = new Map<string, { exports: Exports }>([[EVENTS, { exports: Object.fromEntries(scheduled) }]]);
  const load = (path: string): Exports => {
    const known = loaded.get(path);
    if (known) return known.exports;
    if (path.endsWith('intrinsics.ts')) return host.intrinsics;
    const module: { exports: Exports } = { exports: {} };
    loaded.set(path, module);
    return run(path, module);
  };
  const run = (path: string, module: { exports: Exports }, size?: SampleSize): Exports => {
    const require = (specifier: string): Exports => load(new URL(specifier, `file:///${path}`).pathname.slice(1));
    compiled(path, hasPower ? 'operators' : 'calls', size)(module, module.exports, require, math);
    // As values: esbuild makes getters of them, which engines do not see through, and nothing exported is ever reassigned.
    module.exports = { ...module.exports };
    host.loaded(path, module.exports);
    return module.exports;
  };
  const values = new Map<string, unknown>();
  for (const [name] of text.matchAll(WORD)) {
    const path = paths.get(name);
    if (path === undefined || values.has(name)) continue;
    const isNaming = NAMING_FUNCTIONS.has(name);
    values.set(
      name,
      isNaming ? host.named(name, (fresh, size) => run(fresh, { exports: {} }, size)) : load(path)[name],
    );
  }
  return values;
}
