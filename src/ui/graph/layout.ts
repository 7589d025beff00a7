/**
 * Where the boxes of the patch lie and how lines run between them. In: boxes, edges, and where they were. Out: places in CSS
 * pixels, callers in front of what they call. Pure; runs in a worker of its own, since a large patch takes longer than a frame.
 *
 * Boxes that stay keep their order and, as far as others leave room, their places.
 */

import { graphlib, layout as layOut } from '@dagrejs/dagre';
import { BOX_HEIGHT, BOX_WIDTH, type Place } from './size.ts';

const GAP = 12;
const RANK_GAP = 28;

/** Callers left of what they call, or above. */
export type Direction = 'right' | 'down';

export interface LayoutInput {
  readonly boxes: readonly string[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
  /** Width of the room for it, divided by its height. */
  readonly aspect: number;
  readonly before: Layout | null;
}

export interface Layout {
  readonly direction: Direction;
  readonly places: Readonly<Record<string, Place>>;
  /** In the order of the edges. */
  readonly lines: readonly (readonly Place[])[];
  /** What all of it takes. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** What it was made of, and the shape of the room that it was made for. */
  readonly key: string;
  readonly aspect: number;
}

/** A room that is so much wider or narrower than before is another one: everything may be turned. */
const OTHER_ROOM = 1.6;

export function layoutOf({ boxes, edges, aspect, before: given }: LayoutInput): Layout {
  const isOther = given !== null && Math.abs(Math.log(aspect / given.aspect)) > Math.log(OTHER_ROOM);
  const before = isOther ? null : given;
  const key = JSON.stringify([boxes.toSorted(), edges.map(({ from, to }) => [from, to])]);
  if (before?.key === key) return before;
  const made = (direction: Direction): Layout => place({ boxes, edges, aspect, before }, direction, key);
  if (before) return moved(made(before.direction), before);
  const [right, down] = [made('right'), made('down')];
  return inReadingOrder(fitOf(right, aspect) >= fitOf(down, aspect) ? right : down, boxes);
}

/** How large it can be shown where there is a room of this shape and of height 1. */
const fitOf = ({ width, height }: Layout, aspect: number): number => Math.min(aspect / width, 1 / height);

function place({ boxes, edges, aspect, before }: LayoutInput, direction: Direction, key: string): Layout {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: direction === 'right' ? 'LR' : 'TB', nodesep: GAP, edgesep: GAP / 2, ranksep: RANK_GAP });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of boxes) graph.setNode(id, { width: BOX_WIDTH, height: BOX_HEIGHT });
  edges.forEach(({ from, to }, n) => void graph.setEdge(from, to, {}, String(n)));
  layOut(graph, {
    customOrder: (ranked, order) => {
      order(ranked, {});
      if (before) keepOrder(ranked, before);
    },
  });
  const places: Record<string, Place> = {};
  let [right, bottom] = [0, 0];
  for (const id of boxes) {
    const { x, y } = graph.node(id) as Place;
    places[id] = { x, y };
    right = Math.max(right, x + BOX_WIDTH / 2);
    bottom = Math.max(bottom, y + BOX_HEIGHT / 2);
  }
  const lines = edges.map(({ from, to }, n) => {
    const { points } = graph.edge({ v: from, w: to, name: String(n) }) as { points: readonly Place[] };
    return betweenSides(points, places[from]!, places[to]!, direction);
  });
  return {
    direction,
    places,
    lines,
    left: 0,
    top: 0,
    width: Math.max(1, right),
    height: Math.max(1, bottom),
    key,
    aspect,
  };
}

/** From the middle of the side that looks at the other box to the middle of the other's, so that no line begins below a box. */
function betweenSides(points: readonly Place[], from: Place, to: Place, direction: Direction): Place[] {
  const [along, half] = direction === 'right' ? (['x', BOX_WIDTH / 2] as const) : (['y', BOX_HEIGHT / 2] as const);
  const way = Math.sign(to[along] - from[along]);
  const side = (box: Place, by: number): Place => ({ ...box, [along]: box[along] + by * half });
  const between = points.slice(1, -1).map(({ x, y }) => ({ x, y }));
  return [side(from, way), ...between, side(to, -way)];
}

/** In each rank, those that were there before are to follow each other as they did. */
function keepOrder(graph: graphlib.Graph, { places, direction }: Layout): void {
  const across = direction === 'right' ? 'y' : 'x';
  const ranks = new Map<number, { readonly id: string; readonly node: Ranked }[]>();
  for (const id of graph.nodes()) {
    const node = graph.node(id) as Ranked;
    if (!(id in places)) continue;
    const rank = ranks.get(node.rank);
    if (rank) rank.push({ id, node });
    else ranks.set(node.rank, [{ id, node }]);
  }
  for (const rank of ranks.values()) {
    const orders = rank.map(({ node }) => node.order).sort((a, b) => a - b);
    rank.sort((a, b) => places[a.id]![across] - places[b.id]![across]);
    rank.forEach(({ node }, n) => {
      node.order = orders[n]!;
    });
  }
}

interface Ranked {
  readonly rank: number;
  order: number;
}

/** Lines cross no more in the mirror: of the two, that in which more boxes follow each other as they are called. */
function inReadingOrder(layout: Layout, boxes: readonly string[]): Layout {
  const along = layout.direction === 'right' ? 'x' : 'y';
  const across = layout.direction === 'right' ? 'y' : 'x';
  let inOrder = 0;
  boxes.forEach((id, n) => {
    const at = layout.places[id]!;
    for (const other of boxes.slice(n + 1)) {
      const next = layout.places[other]!;
      if (next[along] === at[along]) inOrder += Math.sign(next[across] - at[across]);
    }
  });
  if (inOrder >= 0) return layout;
  const size = across === 'x' ? layout.width : layout.height;
  const mirrored = (at: Place): Place => ({ ...at, [across]: size - at[across] });
  return {
    ...layout,
    places: Object.fromEntries(Object.entries(layout.places).map(([id, at]) => [id, mirrored(at)])),
    lines: layout.lines.map((points) => points.map(mirrored)),
  };
}

/** All of it is shifted so that half of the boxes that stay lie where they did, or nearly. */
function moved(layout: Layout, before: Layout): Layout {
  const kept = Object.entries(layout.places).filter(([id]) => id in before.places);
  if (kept.length === 0) return layout;
  const dx = median(kept.map(([id, { x }]) => before.places[id]!.x - x));
  const dy = median(kept.map(([id, { y }]) => before.places[id]!.y - y));
  const shifted = ({ x, y }: Place): Place => ({ x: x + dx, y: y + dy });
  return {
    ...layout,
    left: layout.left + dx,
    top: layout.top + dy,
    places: Object.fromEntries(Object.entries(layout.places).map(([id, at]) => [id, shifted(at)])),
    lines: layout.lines.map((points) => points.map(shifted)),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
