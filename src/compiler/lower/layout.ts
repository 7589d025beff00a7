/** Where captured variables and fields lie in the records that hold them. */

import type { FunctionNode, Scope, Variable } from '../ast.ts';
import { type Field, type Instance, NOTHING, objectOf, type RecordType, type Type } from '../infer/types.ts';
import { CELL_BYTES, CLOSURE } from '../memoryLayout.ts';

/** What a closure carries: the value of a variable that no longer changes, or the frame record of a scope. */
export type Capture =
  | { readonly kind: 'value'; readonly variable: Variable; readonly offset: number }
  | { readonly kind: 'frame'; readonly scope: Scope; readonly offset: number };

const captureLists = new WeakMap<FunctionNode, readonly Capture[]>();

export function capturesOf(node: FunctionNode): readonly Capture[] {
  const known = captureLists.get(node);
  if (known) return known;
  const captures: Capture[] = [];
  const frames = new Set<Scope>();
  const nextOffset = () => CLOSURE.CAPTURES + CELL_BYTES * captures.length;
  for (const variable of node.captures) {
    if (variable.storage === 'local') captures.push({ kind: 'value', variable, offset: nextOffset() });
    else if (!frames.has(variable.scope)) {
      frames.add(variable.scope);
      captures.push({ kind: 'frame', scope: variable.scope, offset: nextOffset() });
    }
  }
  captureLists.set(node, captures);
  return captures;
}

export const closureBytes = (node: FunctionNode): number => CLOSURE.CAPTURES + CELL_BYTES * capturesOf(node).length;

/** Offset of a variable in the frame record of its scope. */
export const cellOffset = (variable: Variable): number => CELL_BYTES * variable.scope.cells.indexOf(variable);

export const frameBytes = (scope: Scope): number => CELL_BYTES * scope.cells.length;

export function fieldOffset(record: RecordType, name: string): number {
  let offset = 0;
  for (const [known, field] of record.fields) {
    if (known === name) return offset;
    if (!isFixed(field)) offset += CELL_BYTES;
  }
  throw new Error(`lower: no field ${name}`);
}

/** Whether a field needs no place in memory: a method that is the same function in all objects of the type. */
export function isFixed({ isMethod, type }: Field): boolean {
  const object = isMethod && type.mask === 0 ? objectOf(type) : null;
  return object?.kind === 'function' && object.members.length === 1 && object.members[0]!.node.captures.size === 0;
}

/** The fields that have a place in memory, in their order there. */
export const placedFields = (record: RecordType): [string, Field][] =>
  [...record.fields].filter(([, field]) => !isFixed(field));

export const recordBytes = (record: RecordType): number => CELL_BYTES * Math.max(1, placedFields(record).length);

/** The type of a variable as seen from a specialisation in or below its owner. */
export function variableType(instance: Instance, globals: ReadonlyMap<Variable, Type>, variable: Variable): Type {
  if (variable.owner === null) return globals.get(variable) ?? NOTHING;
  let owner: Instance | null = instance;
  while (owner && owner.closure.node !== variable.owner) owner = owner.closure.parent;
  if (!owner) throw new Error(`lower: ${variable.name} has no owner`);
  return owner.variables.get(variable) ?? NOTHING;
}

/** Whether calls of a value of this type go through its record. */
export function isIndirect(type: Type): boolean {
  const object = objectOf(type);
  return object?.kind === 'function' && object.members.length > 1;
}
