/**
 * Which box of the picture a function runs in. In: the function, what it is called on, the box that calls it. Out: a box,
 * always the same one for the same thing. Pure.
 *
 * What the library does within itself is part of the closure that the patch holds; a function without captures inside of
 * another one is part of that.
 */

import type { LoweredFunction } from '../../compiler/lower/program.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { GraphBoxKind } from '../../protocol/graph.ts';
import type { HeapNode } from './heap.ts';

export class Box {
  readonly kind: GraphBoxKind;
  readonly id: string;
  readonly label: string;
  /** What it stands for; `null`: a function, or what the library does by itself. */
  readonly node: HeapNode | null;
  readonly units = new Set<string>();
  readonly calls = new Set<Box>();
  madeBy = '';
  span: Span | null = null;
  isCalled = false;

  constructor(kind: GraphBoxKind, id: string, label: string, node: HeapNode | null) {
    this.kind = kind;
    this.id = id;
    this.label = label;
    this.node = node;
  }
}

const LIBRARY = 'std/';
/** A control's module has the control's name in its own. */
const CONTROL = /^std\/host\/control:(.*)\/[^/]*$/s;
const EVENTS = 'std/runEvents';
const OUTPUT = 'default';
/** Functions without a name are called by their unit and a number. */
const NAMELESS = /\.λ\d+/g;
const MAX_QUOTE = 22;

export const isOfLibrary = (unit: string | undefined): boolean => unit?.startsWith(LIBRARY) ?? false;

export class Boxes {
  private readonly byId = new Map<string, Box>();
  private readonly byNode = new Map<HeapNode, Box>();
  private readonly byPath = new Map<string, HeapNode>();
  private readonly textOf: (unit: string) => string;

  /** `textOf`: the text of a unit of the patch. */
  constructor(textOf: (unit: string) => string) {
    this.textOf = textOf;
  }

  /** What the top level made of functions of the patch: others that a frame makes of the same are taken for these. */
  know(nodes: readonly HeapNode[]): void {
    for (const node of nodes) {
      const { closure, root } = node;
      const isOwn = closure && !isOfLibrary(closure.unit) && root && !isOfLibrary(root.path);
      if (isOwn && !this.byPath.has(closure.path)) this.byPath.set(closure.path, node);
    }
  }

  all(): Iterable<Box> {
    return new Set([...this.byId.values()]);
  }

  /** `null`: nothing that is to be seen runs it. */
  of(fn: LoweredFunction, env: HeapNode | null, receiver: HeapNode | null, caller: Box | null): Box | null {
    const isOwn = !isOfLibrary(fn.unit);
    if (receiver?.kind === 'record' && isOwn && (!receiver.root || !isOfLibrary(receiver.root.path))) {
      const box = this.forObject(receiver, fn);
      box.span ??= fn.span ?? null;
      return box;
    }
    if (env?.kind === 'closure') {
      const box = this.forClosure(env);
      if (box && isOwn) {
        box.units.add(fn.unit);
        box.span ??= fn.span ?? null;
      }
      return box ?? caller;
    }
    if (isOwn) return this.forFunction(fn, caller);
    const control = CONTROL.exec(fn.unit);
    if (control) return this.box('control', `control:${control[1]}`, control[1] ?? '', null);
    if (caller === null && fn.unit === EVENTS) return this.box('events', 'events', 'after, every', null);
    return caller;
  }

  /** The closure that the patch holds; `null`: it belongs to the library and to nothing of the patch. */
  forClosure(node: HeapNode): Box | null {
    const known = this.byNode.get(node);
    if (known) return known;
    const { closure } = node;
    const unit = closure?.unit ?? '';
    const isOwn = !isOfLibrary(unit);
    const isRooted = node.root !== null && !isOfLibrary(node.root.path);
    const isPlain = closure?.fields.length === 0 && closure.path === unit;
    let box: Box;
    if (isOwn && isPlain) box = this.plain(unit);
    else if (isOwn && !isRooted) box = this.nameless(closure?.path ?? '', unit);
    else if (!isRooted) return null;
    else {
      const outer = isOwn ? null : closureAround(node);
      if (outer && isOfLibrary(outer.closure?.unit)) return this.forClosure(outer);
      const control = closure?.fields.length === 0 ? CONTROL.exec(unit) : null;
      if (control) box = this.box('control', `control:${control[1]}`, control[1] ?? '', null);
      else {
        // What a library function gives as an object of closures, such as `keyboard()`, is one thing.
        const whole = isOwn ? null : objectOf(node);
        const shown = whole ?? node;
        box = this.box(isOwn ? 'closure' : 'library', shown.path(true), shown.path(), shown);
        box.madeBy = makerOf(closure?.path.slice(0, whole ? -1 - node.name.length : undefined) ?? '', shown);
      }
    }
    if (isOwn) box.units.add(unit);
    if (isRooted && node.root) box.units.add(unitOf(node.root.path));
    this.byNode.set(node, box);
    return box;
  }

  /** Variables of the top level that the same boxes use. */
  forState(roots: readonly string[], users: readonly Box[]): Box {
    const id = users
      .map((user) => user.id)
      .sort()
      .join(' ');
    const box = this.box('state', `state of ${id || roots.join(' ')}`, roots.join(', '), null);
    for (const root of roots) box.units.add(unitOf(root));
    return box;
  }

  private forObject(node: HeapNode, fn: LoweredFunction): Box {
    let box = this.byNode.get(node);
    if (!box) {
      box = this.box('object', node.path(true), node.path(), node);
      const [name, method] = fn.path.split('.prototype.');
      if (method !== undefined) box.madeBy = name ?? '';
      if (node.root) box.units.add(unitOf(node.root.path));
      this.byNode.set(node, box);
    }
    box.units.add(fn.unit);
    return box;
  }

  /** A method that calls one of its own name on the same object is that of the derived class. */
  callsWithin(box: Box, caller: LoweredFunction, called: LoweredFunction): void {
    const [derived, its] = caller.path.split('.prototype.');
    if (box.kind === 'object' && its !== undefined && called.path.endsWith(`.prototype.${its}`)) {
      box.madeBy = derived ?? '';
    }
  }

  private forFunction(fn: LoweredFunction, caller: Box | null): Box | null {
    const isNested = fn.path !== fn.unit && fn.unit !== OUTPUT;
    const isByLibrary = caller === null || caller.kind === 'events' || caller.kind === 'library';
    let box: Box;
    if (!isNested && fn.path === fn.unit) box = this.plain(fn.unit);
    else if (isByLibrary) {
      const made = this.byPath.get(fn.path);
      box = (made && this.forClosure(made)) ?? this.nameless(fn.path, fn.unit);
    } else return caller;
    box.span ??= fn.span ?? null;
    return box;
  }

  /** A function of the top level. */
  private plain(unit: string): Box {
    const isOutput = unit === OUTPUT;
    const box = this.box(isOutput ? 'output' : 'function', unit, isOutput ? 'output' : unit, null);
    box.units.add(unit);
    return box;
  }

  /** A function that has no name in the text, such as one that was given to `every`. */
  private nameless(path: string, unit: string): Box {
    const text = this.textOf(unit).replace(/\s+/g, ' ');
    const quote = text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE - 1)}…` : text;
    const box = this.box('function', path, quote || path, null);
    box.units.add(unit);
    return box;
  }

  private box(kind: GraphBoxKind, id: string, label: string, node: HeapNode | null): Box {
    let box = this.byId.get(id);
    if (!box) {
      box = new Box(kind, id, label, node);
      this.byId.set(id, box);
    }
    return box;
  }
}

/** The nearest closure that a node belongs to. */
export function closureAround({ parent }: HeapNode): HeapNode | null {
  for (let node = parent; node; node = node.parent) if (node.kind === 'closure') return node;
  return null;
}

/** The object of which a closure is a member, where it is made with that. */
function objectOf({ parent, name, closure }: HeapNode): HeapNode | null {
  return parent?.kind === 'record' && closure?.path.endsWith(`.${name}`) ? parent : null;
}

/** The unit that a path begins in. */
export const unitOf = (path: string): string => path.split(/[.[]/, 1)[0] ?? path;

/** The function that made a closure, where that is another one than the variable is called. */
function makerOf(closurePath: string, node: HeapNode): string {
  const name = closurePath.replace(NAMELESS, '').split('/').at(-1) ?? '';
  return name === node.path() || name === node.root?.path ? '' : name;
}
