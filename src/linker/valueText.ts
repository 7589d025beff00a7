/**
 * A value in the arena of what plays, as one would write it. In: the shape of its cell, memory as far as it was fetched. Out: a
 * number, or a short text. Pure; nothing is believed of the memory.
 */

import { ARRAY, BOX, LOWEST_CHARACTER, UNSET } from '../compiler/memoryLayout.ts';
import type { CellShape, FieldShape, ObjectShape } from '../compiler/shape.ts';
import { NULL_POINTER, UNDEFINED_POINTER } from '../protocol/arena.ts';
import type { ReadableBytes } from './liveBytes.ts';
import { type ArenaState, isObject } from './state.ts';

/** The most elements of an array or fields of an object that are shown, and characters of a string. */
const MAX_SHOWN = 4;
const MAX_CHARACTERS = 24;
const DIGITS = 4;
const NOT_SET = 'not set yet';

export function valueText(state: ArenaState, cell: CellShape, offset: number, memory: ReadableBytes): number | string {
  return new Writer(state, memory).value(cell, offset, true);
}

type Read = (view: DataView, at: number) => number;

/** By the names of typed arrays. */
const READ: Readonly<Record<string, Read>> = {
  Float64Array: (view, at) => view.getFloat64(at, true),
  Float32Array: (view, at) => view.getFloat32(at, true),
  Int32Array: (view, at) => view.getInt32(at, true),
  Uint32Array: (view, at) => view.getUint32(at, true),
  Int16Array: (view, at) => view.getInt16(at, true),
  Uint16Array: (view, at) => view.getUint16(at, true),
  Int8Array: (view, at) => view.getInt8(at),
  Uint8Array: (view, at) => view.getUint8(at),
  Uint8ClampedArray: (view, at) => view.getUint8(at),
};

class Writer {
  private readonly state: ArenaState;
  private readonly memory: ReadableBytes;

  constructor(state: ArenaState, memory: ReadableBytes) {
    this.state = state;
    this.memory = memory;
  }

  /** `isWhole`: what is inside of it is shown, too. */
  value(cell: CellShape, offset: number, isWhole: boolean): number | string {
    const { memory } = this;
    switch (cell.kind) {
      case 'number':
        return this.number(offset);
      case 'boxed':
        return this.boxed(offset);
      case 'box': {
        const object = cell.boxed.get(memory.i32(offset + 4));
        return object ? this.object(object, memory.i32(offset), isWhole) : this.boxed(offset);
      }
      case 'boolean': {
        const bit = memory.i32(offset);
        return bit === UNSET.boolean ? NOT_SET : String(bit !== 0);
      }
      case 'string':
        return this.text(memory.i32(offset));
      case 'pointer': {
        const pointer = memory.i32(offset);
        if (pointer === UNDEFINED_POINTER) return 'undefined';
        if (pointer === NULL_POINTER) return 'null';
        return isObject(pointer) ? this.object(cell.object, pointer, isWhole) : NOT_SET;
      }
    }
  }

  private number(offset: number): number | string {
    return this.memory.i32(offset + 4) === UNSET.number ? NOT_SET : this.memory.f64(offset);
  }

  private boxed(offset: number): number | string {
    const low = this.memory.i32(offset);
    switch (this.memory.i32(offset + 4)) {
      case BOX.undefined:
        return 'undefined';
      case BOX.null:
        return 'null';
      case BOX.boolean:
        return String(low !== 0);
      case BOX.string:
        return this.text(low);
      default:
        return this.number(offset);
    }
  }

  /** `handle`: a single character, or where the text lies. */
  private text(handle: number): string {
    const { memory } = this;
    if (handle === UNDEFINED_POINTER) return 'undefined';
    if (handle === NULL_POINTER) return 'null';
    if (handle < 0) return handle < LOWEST_CHARACTER ? "''" : `'${String.fromCharCode(-1 - handle)}'`;
    const data = memory.i32(handle + ARRAY.DATA);
    const length = memory.i32(handle + ARRAY.LENGTH);
    let text = '';
    for (let n = 0; n < Math.min(length, MAX_CHARACTERS); n++) {
      text += String.fromCharCode(memory.read(data + 2 * n, (view, at) => view.getUint16(at & ~1, true)));
    }
    return `'${text}${length > MAX_CHARACTERS ? '…' : ''}'`;
  }

  private object(object: ObjectShape, pointer: number, isWhole: boolean): string {
    switch (object.kind) {
      case 'function':
        return this.functionName(object, pointer);
      case 'record':
        return isWhole ? this.record(object.fields, pointer) : '{…}';
      case 'array':
      case 'typedArray':
        return this.array(object, pointer, isWhole);
    }
  }

  private functionName(object: ObjectShape & { kind: 'function' }, pointer: number): string {
    const member =
      object.members.length === 1 ? object.members[0] : this.state.memberWith(this.memory.i32(pointer), object);
    // Functions without a name are counted instead of named.
    const name = member?.path.replace(/(\.λ\d+)+$/, '') ?? '';
    return name === '' || /λ/.test(name)
      ? 'a function'
      : member?.path === name
        ? `function ${name}`
        : `a function of ${name}`;
  }

  private record(fields: readonly FieldShape[], pointer: number): string {
    const shown = fields.slice(0, MAX_SHOWN).map(({ name, cell, offset }) => {
      return `${name}: ${short(this.value(cell, pointer + offset, false))}`;
    });
    return `{ ${[...shown, ...(fields.length > MAX_SHOWN ? ['…'] : [])].join(', ')} }`;
  }

  private array(object: ObjectShape & { kind: 'array' | 'typedArray' }, pointer: number, isWhole: boolean): string {
    const data = this.memory.i32(pointer + ARRAY.DATA);
    const length = this.memory.i32(pointer + ARRAY.LENGTH);
    if (!isWhole) return `[${length}]`;
    const elements = Array.from({ length: Math.max(0, Math.min(length, MAX_SHOWN)) }, (_, n) => {
      const at = data + n * object.elementBytes;
      if (object.kind === 'array') return short(this.value(object.element, at, false));
      const read = READ[object.name];
      return read ? short(this.memory.read(at & ~(object.elementBytes - 1), read)) : '?';
    });
    const inside = [...elements, ...(length > MAX_SHOWN ? ['…'] : [])].join(', ');
    return length > MAX_SHOWN ? `${length} × [${inside}]` : `[${inside}]`;
  }
}

const short = (value: number | string): string =>
  typeof value === 'string' ? value : String(Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : value);
