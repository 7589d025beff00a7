/**
 * The state of an arena to which names and places did not lead, each with what is known of it apart from its name. In: an
 * arena, and what was paired already. Out: leftovers in the order of the text. Worker; only where an edit restructures.
 */

import type { Role } from '../compiler/role.ts';
import type { CellShape, FieldShape, ObjectShape, RootShape } from '../compiler/shape.ts';
import { flatten, spotOffset } from './correspondence.ts';
import { isKeyedEntry } from './keyedEntries.ts';
import { OffsetMap } from './offsetMap.ts';
import { type ArenaState, isPlain, leadOf } from './state.ts';

/** The closure or object that has a variable or field. */
export interface Container {
  readonly pointer: number;
  readonly fields: readonly FieldShape[];
  /** The record in which the cell lies: the object, or the frame that a closure carries. */
  readonly group: number;
}

export interface Leftover {
  /** Offset of the cell, or of the array's descriptor. */
  readonly offset: number;
  readonly cell: CellShape;
  readonly name: string;
  readonly role: Role;
  /** The shape of the variable or field; `null`: an element, or an array as a whole. */
  readonly shape: RootShape | FieldShape | null;
  readonly container: Container | null;
  /** Set for an array of plain data as a whole. */
  readonly array: { readonly pointer: number; readonly shape: ObjectShape } | null;
  readonly isElement: boolean;
  /** Index of an element in its array. */
  readonly index: number;
  /** The same for elements of one array and for what they hold. */
  readonly family: string;
}

export interface Paired {
  hasCell(offset: number): boolean;
  hasObject(pointer: number): boolean;
}

/** Programs with more objects are not restructured by hand while they play. */
const MAX_VISITS = 20_000;
/** Elements of longer arrays are not looked for one by one. */
const MAX_ELEMENTS = 64;

/** `most`: those beyond so many are left out. */
export function listLeftovers(state: ArenaState, paired: Paired, most: number): Leftover[] {
  return new Search(state, paired, most).found;
}

interface Pending {
  readonly pointer: number;
  readonly object: ObjectShape;
  readonly name: string;
  readonly container: Container | null;
  readonly family: string;
}

class Search {
  readonly found: Leftover[] = [];
  private readonly state: ArenaState;
  private readonly paired: Paired;
  private readonly most: number;
  private readonly seen = new OffsetMap();
  private readonly seenCells = new OffsetMap();
  private readonly pending: Pending[] = [];
  private visits = 0;

  constructor(state: ArenaState, paired: Paired, most: number) {
    this.state = state;
    this.paired = paired;
    this.most = most;
    for (const { shape, offset } of state.roots) {
      const name = shape.path.slice(shape.path.lastIndexOf('.') + 1);
      const role = state.roles?.of(shape) ?? null;
      this.cell(offset, shape.cell, { name, role, shape, written: shape.written, container: null, family: shape.path });
      // In the order of the text, and what a variable holds before the next one.
      for (let n = 0; n < this.pending.length; n++) this.object(this.pending[n]!);
      this.pending.length = 0;
    }
  }

  private cell(
    offset: number,
    cell: CellShape,
    what: {
      readonly name: string;
      readonly role: Role | null;
      readonly shape: RootShape | FieldShape | null;
      readonly written: boolean;
      readonly container: Container | null;
      readonly family: string;
    },
  ): void {
    const { name, role, shape, written, container, family } = what;
    if (written && role && !this.paired.hasCell(offset)) {
      this.add({ offset, cell, name, role, shape, container, array: null, isElement: false, index: 0, family });
    }
    const lead = leadOf(this.state, cell, offset);
    if (!lead || this.isOver || this.seen.get(lead.pointer) !== 0) return;
    this.visits++;
    this.seen.set(lead.pointer, 1);
    this.pending.push({ ...lead, name, container, family });
  }

  /** Whether nothing more is taken in. */
  private get isOver(): boolean {
    return this.visits >= MAX_VISITS || this.found.length >= this.most;
  }

  private add(leftover: Leftover): void {
    // Variables that closures share are reached through each of them.
    if (this.found.length >= this.most || this.seenCells.get(leftover.offset) !== 0) return;
    this.seenCells.set(leftover.offset, 1);
    this.found.push(leftover);
  }

  private object({ pointer, object, name, container, family }: Pending): void {
    const { state } = this;
    if (object.kind === 'record') {
      // A part of an entry means nothing without its key.
      this.fields(pointer, object.fields, `${family}.`, isKeyedEntry(object));
      return;
    }
    if (object.kind === 'function') {
      const member = state.memberAt(pointer, object);
      if (member) this.fields(pointer, member.fields, `${family}:`);
      return;
    }
    const role = object.written && !this.paired.hasObject(pointer) ? (state.roles?.of(object) ?? null) : null;
    const isWhole = object.kind === 'typedArray' || isPlain(object.element);
    const cell: CellShape = { kind: 'pointer', object };
    if (isWhole && role) {
      const array = { pointer, shape: object };
      this.add({
        offset: pointer,
        cell,
        name,
        role,
        shape: null,
        container,
        array,
        isElement: false,
        index: 0,
        family,
      });
    }
    if (object.kind === 'typedArray') return;
    const { element, elementBytes } = object;
    const [data, count] = [state.dataOf(pointer), state.lengthOf(pointer)];
    if (isWhole) {
      if (!role || count > MAX_ELEMENTS) return;
      const own = { pointer, fields: [], group: pointer };
      for (let n = 0; n < count; n++) {
        const at = {
          offset: data + n * elementBytes,
          cell: element,
          name: '',
          role,
          shape: null,
          container: own,
          index: n,
        };
        this.add({ ...at, array: null, isElement: true, family: `${family}[]` });
      }
      return;
    }
    for (let n = 0; n < count && !this.isOver; n++) {
      this.cell(data + n * elementBytes, element, {
        ...{ name, role: null, shape: null, written: false, container: null },
        family: `${family}[]`,
      });
    }
  }

  private fields(pointer: number, fields: readonly FieldShape[], family: string, isWhole = false): void {
    const { state } = this;
    const spots = flatten(fields);
    for (const spot of spots) {
      // What a closure carries itself belongs to the activation whose other variables are in a frame.
      const beside = spot.frame < 0 ? spots.find(({ frame, owner }) => frame >= 0 && owner === spot.owner) : spot;
      const group = beside ? state.word(pointer + beside.frame) : pointer;
      this.cell(spotOffset(state, pointer, spot), spot.cell, {
        name: spot.name,
        shape: spot.shape,
        role: state.roles?.of(spot.shape) ?? null,
        written: spot.written && !isWhole,
        container: { pointer, fields, group },
        family: `${family}${spot.name}`,
      });
    }
  }
}
