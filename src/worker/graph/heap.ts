/**
 * What the top level of a patch has made, in short: objects that the same path leads to and that are of the same kind are
 * one node, however many there are. In: an image and its shapes. Out: nodes, what points at what, and state. Pure.
 */

import type { CellShape, ClosureShape, FieldShape, ObjectShape, RootShape } from '../../compiler/shape.ts';
import { OffsetMap } from '../../linker/offsetMap.ts';
import { type ArenaState, cellBytes, isObject, isPlain } from '../../linker/state.ts';

/** Where in a node something lies: an offset in bytes, or one of these. */
export const ELEMENTS = -1;
export const ANYWHERE = -2;

/** A place in a node. There is one object for each place, so that sets of them work. */
export interface Pointer {
  readonly node: HeapNode;
  readonly at: number;
}

export type NodeKind = 'variable' | 'frame' | 'record' | 'array' | 'closure' | 'made' | 'code';

interface HeapNodeParts {
  readonly index: number;
  readonly kind: NodeKind;
  /** What it is called where it was found first. */
  readonly name: string;
  readonly parent: HeapNode | null;
  readonly root: RootShape | null;
  readonly closure?: ClosureShape | null;
  /** The symbol of a function's code. */
  readonly symbol?: string;
}

/** State at a place of all the objects that a node stands for. */
export interface NodeState {
  readonly name: string;
  sizeBytes: number;
}

export class HeapNode {
  readonly index: number;
  readonly kind: NodeKind;
  readonly name: string;
  readonly parent: HeapNode | null;
  readonly root: RootShape | null;
  readonly closure: ClosureShape | null;
  readonly symbol: string;
  /** How many objects it stands for, and the index of the first in its array. */
  count = 0;
  firstIndex = 0;
  readonly state = new Map<number, NodeState>();
  /** What may be read at its places. */
  readonly contents = new Map<number, Set<Pointer>>();
  /** Closures that carry it: frames alone have several. */
  readonly holders = new Set<HeapNode>();
  /** What its places lead to, by what that is. */
  readonly children = new Map<number, Map<object, HeapNode>>();
  private readonly pointers = new Map<number, Pointer>();

  constructor({ index, kind, name, parent, root, closure = null, symbol = '' }: HeapNodeParts) {
    this.index = index;
    this.kind = kind;
    this.name = name;
    this.parent = parent;
    this.root = root;
    this.closure = closure;
    this.symbol = symbol;
  }

  at(at: number): Pointer {
    let pointer = this.pointers.get(at);
    if (!pointer) {
      pointer = { node: this, at };
      this.pointers.set(at, pointer);
    }
    return pointer;
  }

  /** Whether there is something new about it. */
  put(at: number, value: Pointer): boolean {
    let values = this.contents.get(at);
    if (!values) {
      values = new Set();
      this.contents.set(at, values);
    }
    const before = values.size;
    values.add(value);
    return values.size > before;
  }

  /** As it reads in the text; `isId`: the same whatever the number of elements. */
  path(isId = false): string {
    const { parent, name } = this;
    if (!parent) return name;
    const before = parent.path(isId);
    if (name === '') return before;
    if (name !== '[]') return /^\d+$/.test(name) ? `${before}[${name}]` : `${before}.${name}`;
    const siblings = parent.children.get(ELEMENTS)?.size ?? 1;
    if (isId) return siblings > 1 ? `${before}[‹${this.closure?.path ?? ''}›]` : `${before}[]`;
    return this.count === 1 ? `${before}[${this.firstIndex}]` : `${before}[]`;
  }
}

export interface Heap {
  readonly nodes: readonly HeapNode[];
  /** Variables of the top level, by symbol. */
  readonly variables: ReadonlyMap<string, HeapNode>;
  /** What begins at an offset of the arena; `null`: nothing that was found. */
  at(offset: number): HeapNode | null;
  add(kind: NodeKind, symbol?: string): HeapNode;
  /** Whether there is more than was looked at. */
  readonly isCut: boolean;
}

/** As many objects are looked at. */
const MAX_OBJECTS = 200_000;

interface Pending {
  readonly pointer: number;
  readonly object: ObjectShape;
  readonly parent: HeapNode;
  readonly at: number;
  readonly name: string;
  readonly index: number;
}

/** `codeAt`: the symbol of the function behind an entry of the GOT. */
export function readHeap(state: ArenaState, codeAt: (entry: number) => string | null): Heap {
  return new HeapReader(state, codeAt);
}

class HeapReader implements Heap {
  readonly nodes: HeapNode[] = [];
  readonly variables = new Map<string, HeapNode>();
  isCut = false;
  private readonly state: ArenaState;
  private readonly codeAt: (entry: number) => string | null;
  /** Indices of nodes and one. */
  private readonly found = new OffsetMap();
  private readonly codes = new Map<string, HeapNode>();
  private readonly pending: Pending[] = [];

  constructor(state: ArenaState, codeAt: (entry: number) => string | null) {
    this.state = state;
    this.codeAt = codeAt;
    for (const { shape, offset } of state.roots) {
      const node = this.make('variable', shape.path, null, shape, null);
      node.count = 1;
      this.variables.set(shape.symbol, node);
      this.cell(node, 0, offset, { cell: shape.cell, written: shape.written, name: '' });
    }
    for (let next = 0; next < this.pending.length; next++) {
      if (next >= MAX_OBJECTS) {
        this.isCut = true;
        break;
      }
      this.object(this.pending[next]!);
    }
    this.pending.length = 0;
  }

  at(offset: number): HeapNode | null {
    return this.nodes[this.found.get(offset) - 1] ?? null;
  }

  add(kind: NodeKind, symbol = ''): HeapNode {
    if (kind !== 'code') return this.make(kind, '', null, null, null);
    let node = this.codes.get(symbol);
    if (!node) {
      node = new HeapNode({ index: this.nodes.length, kind, name: '', parent: null, root: null, symbol });
      this.nodes.push(node);
      this.codes.set(symbol, node);
    }
    return node;
  }

  private make(
    kind: NodeKind,
    name: string,
    parent: HeapNode | null,
    root: RootShape | null,
    closure: ClosureShape | null,
  ): HeapNode {
    const node = new HeapNode({ index: this.nodes.length, kind, name, parent, root, closure });
    this.nodes.push(node);
    return node;
  }

  private cell(
    node: HeapNode,
    at: number,
    offset: number,
    { cell, written, name }: Pick<FieldShape, 'cell' | 'written' | 'name'>,
    index = 0,
  ): void {
    if (written) addState(node, at, name, cellBytes(cell));
    if (cell.kind !== 'pointer') return;
    const pointer = this.state.word(offset);
    if (isObject(pointer)) this.pending.push({ pointer, object: cell.object, parent: node, at, name, index });
  }

  private object({ pointer, object, parent, at, name, index }: Pending): void {
    const known = this.at(pointer);
    if (known) {
      parent.put(at, known.at(0));
      if (known.kind === 'frame') known.holders.add(parent);
      return;
    }
    const closure = object.kind === 'function' ? this.state.memberAt(pointer, object) : null;
    if (object.kind === 'function' && !closure) return;
    const node = this.groupOf(parent, at, name, object, closure);
    this.found.set(pointer, node.index + 1);
    if (node.count++ === 0) node.firstIndex = index;
    parent.put(at, node.at(0));
    if (node.kind === 'frame') node.holders.add(parent);
    switch (object.kind) {
      case 'record':
        this.fields(node, pointer, object.fields);
        return;
      case 'function': {
        const symbol = closure?.code ?? this.codeAt(this.state.word(pointer));
        if (symbol !== null) node.put(0, this.add('code', symbol).at(0));
        this.fields(node, pointer, closure?.fields ?? []);
        return;
      }
      case 'typedArray':
        node.put(0, node.at(ELEMENTS));
        if (object.written) addState(node, ELEMENTS, '', this.state.lengthOf(pointer) * object.elementBytes);
        return;
      case 'array':
        node.put(0, node.at(ELEMENTS));
        this.elements(node, pointer, object.element, object.elementBytes, object.written);
    }
  }

  private elements(node: HeapNode, pointer: number, element: CellShape, elementBytes: number, written: boolean): void {
    const count = this.state.lengthOf(pointer);
    if (isPlain(element)) {
      if (written) addState(node, ELEMENTS, '', count * elementBytes);
      return;
    }
    const data = this.state.dataOf(pointer);
    const shape = { cell: element, written, name: '[]' };
    for (let n = 0; n < count; n++) this.cell(node, ELEMENTS, data + n * elementBytes, shape, n);
  }

  private fields(node: HeapNode, pointer: number, fields: readonly FieldShape[]): void {
    for (const field of fields) this.cell(node, field.offset, pointer + field.offset, field);
  }

  private groupOf(
    parent: HeapNode,
    at: number,
    name: string,
    object: ObjectShape,
    closure: ClosureShape | null,
  ): HeapNode {
    let groups = parent.children.get(at);
    if (!groups) {
      groups = new Map();
      parent.children.set(at, groups);
    }
    const key = closure ?? object;
    const known = groups.get(key);
    if (known) return known;
    const isFrame = object.kind === 'record' && parent.kind === 'closure' && name === '';
    const kinds = { function: 'closure', typedArray: 'array', array: 'array', record: 'record' } as const;
    const node = this.make(isFrame ? 'frame' : kinds[object.kind], name, parent, parent.root, closure);
    groups.set(key, node);
    return node;
  }
}

function addState(node: HeapNode, at: number, name: string, sizeBytes: number): void {
  const known = node.state.get(at);
  if (known) known.sizeBytes += sizeBytes;
  else node.state.set(at, { name: name === '[]' ? '' : name, sizeBytes });
}
