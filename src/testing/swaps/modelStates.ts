/**
 * What model programs play, in JavaScript: the state that each begins with, what a swap carries over, and the next sample.
 * Tests only.
 */

import type { ModelUnit, ModelVariable, Program } from './modelPrograms.ts';
import { frameOfBoxed, putBoxed } from './units/boxed.ts';
import { frameOfEnsemble, putEnsemble } from './units/ensemble.ts';
import { frameOfCrowd, frameOfKeyed, putCrowd, putKeyed } from './units/keyed.ts';
import { frameOfMachine, putMachine } from './units/machine.ts';
import type { Cell, Cells, Limits, PutCell } from './units/unit.ts';

interface Held {
  readonly init: Cell;
  value: Cell | Float32Array | Float64Array | number[];
  readonly isDelay?: boolean;
  readonly limits?: Limits;
}

/** Values by the identity of what holds them. A delay line: what was written, the oldest first, as long as it remembers. */
export type State = Map<string, Held>;

/** The state that a program begins with. */
export function stateOf(program: Program): State {
  const state: State = new Map();
  const put = (key: string, { init }: ModelVariable) => state.set(key, { init, value: init });
  for (const unit of program) {
    if (unit.kind === 'single') {
      put(unit.variable.id, unit.variable);
      continue;
    }
    if (unit.kind !== 'group' && unit.kind !== 'delay' && unit.kind !== 'bank') {
      putCells(unit, (key, init, limits = {}) => state.set(key, { init, value: init, limits }));
      continue;
    }
    if (unit.kind === 'group') {
      const { init, members } = unit;
      for (const { id } of members) state.set(id, { init, value: init });
      continue;
    }
    if (unit.kind === 'delay') {
      put(unit.input.id, unit.input);
      state.set(`${unit.id}/line`, { init: 0, value: new Array<number>(unit.size).fill(0), isDelay: true });
      continue;
    }
    const hasUp = unit.closures.includes('up');
    if (unit.clock) put(unit.clock.id, unit.clock);
    for (const k of unit.constants) {
      const prefix = `${unit.id}/${k}/`;
      // What only the other closure uses is not there.
      for (const v of hasUp ? unit.variables : unit.variables.slice(0, 1)) put(prefix + v.id, v);
      if (!hasUp) continue;
      put(prefix + unit.field.id, unit.field);
      state.set(`${prefix}at`, { init: 0, value: 0 });
      const { type, length } = unit.line;
      const value =
        type === 'array'
          ? new Array<number>(length).fill(0)
          : new (type === 'Float32Array' ? Float32Array : Float64Array)(length);
      state.set(`${prefix}line/${type}`, { init: 0, value });
    }
  }
  return state;
}

function fits(before: Held, entry: Held): boolean {
  const [was, now] = [before.limits ?? {}, entry.limits ?? {}];
  if (now.texts && !now.texts.includes(before.value as string)) return false;
  return !now.kinds || !was.kinds || was.kinds.every((kind) => now.kinds!.includes(kind));
}

/** Brings what both have in common over, if it begins alike: what a swap promises. */
export function carryOver(from: State, to: State): void {
  for (const [key, entry] of to) {
    const before = from.get(key);
    if (!before || before.init !== entry.init) continue;
    if (!fits(before, entry)) continue;
    if (typeof entry.value !== 'object') entry.value = before.value;
    else if (entry.isDelay) entry.value = turned(before.value as number[], entry.value.length);
    else if (typeof before.value === 'object') {
      for (let n = Math.min(before.value.length, entry.value.length) - 1; n >= 0; n--)
        entry.value[n] = before.value[n]!;
    }
  }
}

/**
 * A delay line of another length: the last elements in order; where it is longer, in front of them that part once more,
 * away from the oldest towards newer ones, and back to it.
 */
function turned(line: readonly number[], length: number): number[] {
  if (length <= line.length) return line.slice(line.length - length);
  const missing = length - line.length;
  const round = Math.max(1, 2 * (line.length - 1));
  const before = Array.from({ length: missing }, (_, n) => {
    const away = Math.min(n, missing - n) % round;
    return line[away < line.length ? away : round - away]!;
  });
  return [...before, ...line];
}

type CellUnit = Exclude<ModelUnit, { kind: 'single' | 'group' | 'delay' | 'bank' }>;

function putCells(unit: CellUnit, put: PutCell): void {
  switch (unit.kind) {
    case 'machine':
      putMachine(unit, put);
      return;
    case 'keyed':
      putKeyed(unit, put);
      return;
    case 'crowd':
      putCrowd(unit, put);
      return;
    case 'boxed':
      putBoxed(unit, put);
      return;
    case 'ensemble':
      putEnsemble(unit, put);
      return;
  }
}

function frameOfCells(unit: CellUnit, sum: number, cells: Cells): number {
  switch (unit.kind) {
    case 'machine':
      return frameOfMachine(unit, sum, cells);
    case 'keyed':
      return frameOfKeyed(unit, sum, cells);
    case 'crowd':
      return frameOfCrowd(unit, sum, cells);
    case 'boxed':
      return frameOfBoxed(unit, sum, cells);
    case 'ensemble':
      return frameOfEnsemble(unit, sum, cells);
  }
}

/** The next sample. */
export function frameOf(program: Program, state: State): number {
  const read = (key: string): number => state.get(key)!.value as number;
  const write = (key: string, value: Cell): void => {
    state.get(key)!.value = value;
  };
  const cells: Cells = { read, write, text: (key) => state.get(key)!.value as string };
  let sum = 0;
  for (const unit of program) {
    if (unit.kind === 'single') {
      const { id, written } = unit.variable;
      if (written) write(id, (read(id) * 1.25 + 0.5) % 11);
      sum = sum * 0.75 + unit.gain * read(id);
      continue;
    }
    if (unit.kind === 'group') {
      for (const { id, step } of unit.members) {
        write(id, (read(id) + step) % 1);
        sum = sum * 0.75 + unit.gain * read(id);
      }
      continue;
    }
    if (unit.kind === 'delay') {
      const { input } = unit;
      write(input.id, (read(input.id) * 1.25 + 0.5) % 11);
      const line = state.get(`${unit.id}/line`)!.value as number[];
      const y = line.shift()!;
      line.push(read(input.id) + 0.5 * y);
      sum = sum * 0.75 + unit.gain * y;
      continue;
    }
    if (unit.kind !== 'bank') {
      sum = frameOfCells(unit, sum, cells);
      continue;
    }
    const { clock, variables, field, line, gain } = unit;
    for (const k of unit.constants) {
      const prefix = `${unit.id}/${k}/`;
      const first = prefix + variables[0]!.id;
      for (const closure of unit.closures) {
        if (closure === 'get') {
          sum = sum * 0.75 + gain * ((clock ? read(clock.id) + read(first) : read(first)) * 0.5);
          continue;
        }
        if (clock?.written) write(clock.id, (read(clock.id) + k) % 7);
        for (const v of variables) if (v.written) write(prefix + v.id, (read(prefix + v.id) * 1.25 + k) % 11);
        write(prefix + field.id, (read(prefix + field.id) + k) % 13);
        const elements = state.get(`${prefix}line/${line.type}`)!.value as number[];
        const at = (read(`${prefix}at`) + 3) % line.length;
        write(`${prefix}at`, at);
        elements[at] = elements[at]! * 0.5 + read(first);
        const terms = [
          ...(clock ? [read(clock.id)] : []),
          ...variables.map((v) => read(prefix + v.id)),
          read(prefix + field.id),
          elements[(at + 1) % line.length]!,
        ];
        sum = sum * 0.75 + gain * terms.reduce((a, b) => a + b);
      }
    }
  }
  return sum;
}
