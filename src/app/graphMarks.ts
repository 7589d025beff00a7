/**
 * What the last swap did to the boxes of the patch, and what is said of a box. In: the picture, and the swap's report. Out: marks
 * by box, and sentences. Pure.
 */

import type { GraphBox, GraphState, PatchGraph } from '../protocol/graph.ts';
import type { Swap } from './model.ts';
import { bytesText } from './swaps.ts';

/** `new`: all of its state is. `changed`: its text. `reset`: state of it was lost. */
export type GraphMark = 'new' | 'changed' | 'reset';

/** None where the swap is of another generation than the picture. */
export function marksOf(graph: PatchGraph, swap: Swap | null): ReadonlyMap<string, ReadonlySet<GraphMark>> {
  const marks = new Map<string, Set<GraphMark>>();
  if (!swap || swap.serial !== graph.generation) return marks;
  const { changed, kept, stateReset, stateNew, stateKept } = swap.report;
  // The first text of all is new as a whole, which is no news.
  if (kept.length === 0 && stateKept.length === 0 && stateReset.length === 0) return marks;
  const mark = (box: GraphBox, what: GraphMark): void => {
    const known = marks.get(box.id);
    if (known) known.add(what);
    else marks.set(box.id, new Set([what]));
  };
  const units = new Set(changed);
  for (const box of graph.boxes) if (box.units.some((unit) => units.has(unit))) mark(box, 'changed');
  const holders = holdersOf(graph.boxes);
  for (const { path, reason } of stateReset) {
    if (reason !== 'gone') for (const box of holders(path)) mark(box, 'reset');
  }
  const old = new Set([...stateKept, ...stateReset.map(({ path }) => path)].flatMap((path) => holders(path)));
  for (const path of stateNew) for (const box of holders(path)) if (!old.has(box)) mark(box, 'new');
  return marks;
}

/** Which boxes hold what has a path: `voices[2].osc.turns` is in `voices[].osc`. */
function holdersOf(boxes: readonly GraphBox[]): (path: string) => readonly GraphBox[] {
  const byPath = new Map<string, GraphBox[]>();
  const add = (path: string, box: GraphBox): void => {
    const known = byPath.get(path);
    if (known) known.push(box);
    else byPath.set(path, [box]);
  };
  for (const box of boxes) {
    for (const { name } of box.state) {
      add(general(name), box);
      add(general(name.startsWith('[') ? `${box.label}${name}` : `${box.label}.${name}`), box);
    }
  }
  return (path) => byPath.get(general(path.replace(/ \(\d+\)$/, ''))) ?? [];
}

const general = (path: string): string => path.replace(/\[\d+\]/g, '[]');

export const stateBytes = (state: readonly GraphState[]): number =>
  state.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

const KINDS: Readonly<Record<GraphBox['kind'], string>> = {
  output: 'default export',
  function: 'function',
  closure: 'closure',
  object: 'object',
  library: 'library',
  control: 'control',
  events: 'timed events',
  state: 'shared state',
};

/** What stands below a box's name: who made it, and how much it holds. */
export function factsOf({ kind, madeBy, state, isCalled }: GraphBox): string {
  const bytes = stateBytes(state);
  const made = madeBy === '' || kind === 'state' ? KINDS[kind] : madeBy;
  return [made, bytes > 0 && bytesText(bytes), !isCalled && 'never called'].filter(Boolean).join(' · ');
}

const MARKS: Readonly<Record<GraphMark, string>> = {
  new: 'new state',
  changed: 'changed by the last swap',
  reset: 'lost state in the last swap',
};

const MAX_STATES = 6;

/** All that is known of a box, for the line below the picture and for screen readers. */
export function sentenceOf(box: GraphBox, graph: PatchGraph, marks: ReadonlySet<GraphMark> | undefined): string {
  const label = (id: string): string => graph.boxes.find((other) => other.id === id)?.label ?? id;
  const called = graph.edges.filter(({ from, kind }) => from === box.id && kind === 'calls').map(({ to }) => label(to));
  const callers = graph.edges.filter(({ to }) => to === box.id);
  const states = box.state.map(({ name, sizeBytes }) => `${name} ${bytesText(sizeBytes)}`);
  const more = states.length > MAX_STATES ? [`${states.length - MAX_STATES} more`] : [];
  return [
    box.count > 1 ? `${box.label}, ${box.count} of them` : box.label,
    factsOf({ ...box, state: [] }),
    states.length > 0 && `holds ${[...states.slice(0, MAX_STATES), ...more].join(', ')}`,
    called.length > 0 && `calls ${called.join(', ')}`,
    callers.length > 0 &&
      `${box.kind === 'state' ? 'used' : 'called'} by ${callers.map(({ from }) => label(from)).join(', ')}`,
    ...[...(marks ?? [])].map((mark) => MARKS[mark]),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What the last swap did to the boxes, in a few words; empty: nothing. */
export function marksText(marks: ReadonlyMap<string, ReadonlySet<GraphMark>>): string {
  const count = (mark: GraphMark): number => [...marks.values()].filter((its) => its.has(mark)).length;
  const said = (
    [
      ['changed', 'changed'],
      ['new', 'with new state'],
      ['reset', 'lost state'],
    ] as const
  ).flatMap(([mark, words]) => (count(mark) > 0 ? [`${count(mark)} ${words}`] : []));
  return said.length > 0 ? `last swap: ${said.join(', ')}` : '';
}

/** As many characters as there is room for: of a long name the end says more, of a piece of code its beginning. */
export function shortLabel(label: string, maxChars: number): string {
  if (label.length <= maxChars) return label;
  return /[( ]/.test(label) ? `${label.slice(0, maxChars - 1)}…` : `…${label.slice(1 - maxChars)}`;
}
