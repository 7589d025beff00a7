/**
 * The gallery: patches in folders by kind, in an order that teaches. In: texts by path, such as
 * `../patches/03-fm/02-bells.ts`. Out: what the menu shows of them. Pure.
 *
 * Each begins with its title, a line on what to listen for and what to change first, and its tags:
 *
 *     // Bells in a large room
 *     //
 *     // Listen for the strike, bright at first and pure at the end. Change `ratio` first.
 *     // Tags: bell, fm, random
 */

import type { Entry } from './model.ts';
import { titleOf } from './title.ts';

/** What the first lines of a patch of the gallery say. */
export interface Head {
  readonly title: string;
  readonly about: string;
  readonly tags: readonly string[];
}

const HEAD = /^\/\/ (.+)\n\/\/\n\/\/ (.+)\n\/\/ Tags: (.+)\n/;

/** Null where the text begins otherwise. */
export function headOf(text: string): Head | null {
  const match = HEAD.exec(text);
  if (!match) return null;
  const [, title, about, tags] = match;
  return { title, about, tags: tags.split(', ') };
}

/** Entries from texts by path, in the order of the paths; each has the name of its folder as its group. */
export function entriesFrom(texts: Readonly<Record<string, string>>): readonly Entry[] {
  return Object.keys(texts)
    .sort()
    .map((path) => {
      const text = texts[path];
      const { about, tags } = headOf(text) ?? { about: '', tags: [] };
      return { title: titleOf(text), text, group: groupOf(path), about, tags };
    });
}

/** `patches/04-live-input/02-echo.ts` is in `live input`. */
export function groupOf(path: string): string {
  const folder = path.split('/').at(-2) ?? '';
  return folder.replace(/^\d+-/, '').replaceAll('-', ' ');
}

/** The entries in which each word of `sought` occurs: in title, group, tags or the line about it. */
export function matching(entries: readonly Entry[], sought: string): readonly Entry[] {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    const { title, detail = '', group = '', about = '', tags = [] } = entry;
    const whole = [title, detail, group, about, ...tags].join(' ').toLowerCase();
    return words.every((word) => whole.includes(word));
  });
}

/** The entries by their groups, in the order in which those begin. */
export function groupsOf(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = entry.group ?? '';
    const members = groups.get(group);
    if (members) members.push(entry);
    else groups.set(group, [entry]);
  }
  return groups;
}
