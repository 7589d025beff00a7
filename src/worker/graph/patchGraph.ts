/**
 * The picture of a patch that plays: its closures as boxes, who calls whom, what state they hold. In: a generation with its
 * functions and image. Out: boxes and edges, as src/protocol/graph.ts has them. Pure; takes milliseconds, and no longer
 * however large the patch is.
 */

import type { LoweredFunction } from '../../compiler/lower/program.ts';
import type { ArenaState } from '../../linker/state.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { GraphBox, GraphEdge, GraphState, PatchGraph } from '../../protocol/graph.ts';
import type { Generation } from '../../protocol/units.ts';
import { type Box, Boxes, closureAround, isOfLibrary, unitOf } from './boxes.ts';
import { followCalls, type Users } from './calls.ts';
import { type Heap, type HeapNode, readHeap } from './heap.ts';

export interface GraphInput {
  readonly generation: Generation;
  readonly text: string;
  /** By import name (`function:…`). */
  readonly functions: ReadonlyMap<string, LoweredFunction>;
  readonly state: ArenaState;
  readonly offsetOf: (name: string) => number | null;
  /** Where the units of the patch are in the text. */
  readonly spans: ReadonlyMap<string, Span>;
}

const FUNCTION_PREFIX = 'function:';
/** Nobody can look at more boxes. */
const MAX_BOXES = 120;

export function graphOf(input: GraphInput): PatchGraph {
  const { functions, offsetOf, state, text, spans, generation } = input;
  const bySymbol = new Map<string, LoweredFunction>();
  const codes = new Map<number, string>();
  for (const [name, fn] of functions) {
    bySymbol.set(fn.ir.symbol, fn);
    const entry = offsetOf(name);
    if (entry !== null) codes.set(entry, name.slice(FUNCTION_PREFIX.length));
  }
  const heap = readHeap(state, (entry) => codes.get(entry) ?? null);
  const boxes = new Boxes((unit) => {
    const span = spans.get(unit);
    return span ? text.slice(span.start, span.end) : '';
  });
  boxes.know(heap.nodes);
  const { isWhole, users } = followed({ functions: bySymbol, heap, boxes, offsetOf });
  addUncalled(heap, boxes);
  const states = statesOf(heap, boxes, users);
  const ordered = inOrder(boxes, states.shared);
  const shown = ordered.slice(0, MAX_BOXES);
  const isShown = new Set(shown);
  const edges: GraphEdge[] = [];
  for (const box of shown) {
    for (const called of box.calls) if (isShown.has(called)) edges.push({ from: box.id, to: called.id, kind: 'calls' });
    for (const [shared, its] of states.shared) {
      if (isShown.has(shared) && its.has(box)) edges.push({ from: box.id, to: shared.id, kind: 'uses' });
    }
  }
  return {
    ...{ generation, text, edges },
    boxes: shown.map((box) => told(box, states.held.get(box) ?? [], spans)),
    leftOut: ordered.length - shown.length,
    isPartial: !isWhole || heap.isCut,
  };
}

/** Expressions nested deeper than recursion goes are left as they are. */
function followed(input: Parameters<typeof followCalls>[0]): ReturnType<typeof followCalls> {
  try {
    return followCalls(input);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    return { isWhole: false, users: new Map() };
  }
}

/** Closures that the top level holds, with something of their own, where no frame calls anything of the variable. */
function addUncalled({ nodes }: Heap, boxes: Boxes): void {
  const called = new Set([...boxes.all()].map(({ node }) => node?.root));
  for (const node of nodes) {
    if (called.has(node.root)) continue;
    const isHeld = node.kind === 'closure' && node.root !== null && !isOfLibrary(node.root.path);
    if (isHeld && node.closure?.fields.length !== 0 && !closureAround(node)) boxes.forClosure(node);
  }
}

interface States {
  readonly held: ReadonlyMap<Box, readonly GraphState[]>;
  /** What several boxes use, and which these are. */
  readonly shared: ReadonlyMap<Box, ReadonlySet<Box>>;
}

interface TopState {
  readonly users: Set<Box>;
  readonly states: GraphState[];
}

type RootState = TopState & { readonly root: string };

/** Variables with the same users; each without users is by itself. */
function byUsers(roots: readonly RootState[]): RootState[][] {
  const groups = new Map<string, RootState[]>();
  for (const root of roots) {
    const ids = [...root.users].map(({ id }) => id).sort();
    const key = ids.length > 0 ? JSON.stringify(ids) : root.root;
    const group = groups.get(key);
    if (group) group.push(root);
    else groups.set(key, [root]);
  }
  return [...groups.values()];
}

/**
 * State belongs to the closure or object that it lies in; what captures share is told of each. That of the top level
 * belongs to the box that uses it, and is a box of its own where several do.
 */
function statesOf({ nodes }: Heap, boxes: Boxes, users: Users): States {
  const held = new Map<Box, GraphState[]>();
  const add = (box: Box, name: string, sizeBytes: number): void => {
    const known = held.get(box);
    if (!known) held.set(box, [{ name, sizeBytes }]);
    else if (!known.some((state) => state.name === name)) known.push({ name, sizeBytes });
  };
  const ofTop = new Map<string, TopState>();
  const byNode = new Map<HeapNode, Box>();
  for (const box of boxes.all()) if (box.node) byNode.set(box.node, box);
  for (const node of nodes) {
    const { root } = node;
    if (node.state.size === 0 || !root || isOfLibrary(root.path)) continue;
    const owners = ownersOf(node, byNode);
    for (const { name, sizeBytes } of node.state.values()) {
      const path = name === '' ? node.path() : `${node.path()}.${name}`;
      for (const box of owners) add(box, relative(path, box.node?.path() ?? ''), sizeBytes);
      if (owners.length > 0) continue;
      let top = ofTop.get(root.path);
      if (!top) {
        top = { users: new Set(), states: [] };
        ofTop.set(root.path, top);
      }
      top.states.push({ name: path, sizeBytes });
      for (const user of users.get(node) ?? []) top.users.add(user);
    }
  }
  const shared = new Map<Box, ReadonlySet<Box>>();
  for (const group of byUsers([...ofTop].map(([root, top]) => ({ root, ...top })))) {
    const its = group[0]?.users ?? new Set<Box>();
    const [only] = its;
    const roots = group.map(({ root }) => root);
    const box = its.size === 1 && only ? only : boxes.forState(roots, [...its]);
    if (box !== only) {
      shared.set(box, its);
      box.isCalled = its.size > 0;
    }
    for (const { states } of group) for (const { name, sizeBytes } of states) add(box, name, sizeBytes);
  }
  return { held, shared };
}

function ownersOf(node: HeapNode, byNode: ReadonlyMap<HeapNode, Box>): Box[] {
  if (node.kind === 'frame') {
    const owners = [...node.holders].flatMap((holder) => nearest(holder, byNode) ?? []);
    if (owners.length > 0) return [...new Set(owners)];
  }
  const owner = nearest(node, byNode);
  return owner ? [owner] : [];
}

function nearest(node: HeapNode, byNode: ReadonlyMap<HeapNode, Box>): Box | null {
  for (let around: HeapNode | null = node; around; around = around.parent) {
    const box = byNode.get(around);
    if (box) return box;
  }
  return null;
}

function relative(path: string, from: string): string {
  if (!path.startsWith(from)) return path;
  return path.slice(from.length).replace(/^\./, '') || path;
}

/** The output and what it reaches, depth first; then what else runs, such as events; at the end what nothing reaches. */
function inOrder(boxes: Boxes, shared: States['shared']): Box[] {
  const ordered = new Set<Box>();
  const visit = (first: Box): void => {
    const pending = [first];
    for (let box = pending.pop(); box; box = pending.pop()) {
      if (ordered.has(box)) continue;
      ordered.add(box);
      pending.push(...[...box.calls].reverse());
    }
  };
  const all = [...boxes.all()];
  for (const box of all) if (box.kind === 'output') visit(box);
  for (const box of all) if (box.kind === 'events' && box.calls.size > 0) visit(box);
  for (const box of all) if (box.isCalled && box.kind !== 'events') visit(box);
  for (const box of shared.keys()) visit(box);
  for (const box of all) if (box.kind !== 'events') visit(box);
  return [...ordered];
}

function told(box: Box, state: readonly GraphState[], spans: ReadonlyMap<string, Span>): GraphBox {
  const { id, kind, label, madeBy, isCalled } = box;
  const units = [...box.units].filter((unit) => spans.has(unit));
  const unit = kind === 'library' ? unitOf(box.node?.root?.path ?? '') : units[0];
  const span = (kind === 'library' ? null : box.span) ?? (unit === undefined ? null : spans.get(unit)) ?? null;
  return { id, kind, label, madeBy, count: box.node?.count ?? 1, state, units, span, isCalled };
}
