/**
 * Which lines of the text in the editor do not sound, because what plays was made from another text. In: both texts. Out:
 * lines from 1. Pure, but for the function at the end, which follows the history and the editor. Main thread.
 */

import { effect, type ReadonlySignal } from '@preact/signals';
import { diffArrays } from 'diff';
import type { Unheard } from '../editor/unheardBars.ts';

const NOTHING: Unheard = { lines: [], gaps: [] };
/** Beyond as many differences, all that lies between the first and the last is one. */
const MAX_EDITS = 200;

/** `sounding`: null when nothing plays or would. */
export function unheardLines(sounding: string | null, text: string): Unheard {
  if (sounding === null || sounding === text) return NOTHING;
  const old = sounding.split('\n');
  const now = text.split('\n');
  // What both begin and end with is most of them, and needs no search.
  let head = 0;
  while (head < now.length && head < old.length && now[head] === old[head]) head++;
  let tail = 0;
  while (tail < now.length - head && tail < old.length - head && now.at(-1 - tail) === old.at(-1 - tail)) tail++;
  const [before, after] = [old.slice(head, old.length - tail), now.slice(head, now.length - tail)];
  const changes = diffArrays(before, after, { maxEditLength: MAX_EDITS }) ?? [
    { value: before, added: false, removed: before.length > 0 },
    { value: after, added: after.length > 0, removed: false },
  ];
  const lines: { from: number; to: number }[] = [];
  const gaps: number[] = [];
  let line = head + 1;
  for (const [n, { value, added, removed }] of changes.entries()) {
    if (removed) {
      // Lines that took its place are marked themselves.
      if (!changes[n + 1]?.added && !changes[n - 1]?.added) gaps.push(line);
      continue;
    }
    if (added && value.length > 0) lines.push({ from: line, to: line + value.length - 1 });
    line += value.length;
  }
  return { lines, gaps };
}

export interface UnheardParts {
  readonly sounding: ReadonlySignal<string | null>;
  readonly readText: () => string;
  readonly code: { showUnheard(unheard: Unheard): void };
}

/** Keeps the bars as they should be from now on, once a frame; what it returns is to be called when the text changes. */
export function followUnheard({ sounding, readText, code }: UnheardParts): () => void {
  let isAsked = false;
  const draw = () => {
    isAsked = false;
    code.showUnheard(unheardLines(sounding.peek(), readText()));
  };
  const changed = () => {
    if (!isAsked) requestAnimationFrame(draw);
    isAsked = true;
  };
  effect(() => {
    void sounding.value;
    changed();
  });
  return changed;
}
