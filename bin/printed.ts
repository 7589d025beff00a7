/** What patches print by `console.log`, as lines on standard error: `FILE:LINE: text`. */

import { readPrinted } from '../src/language/printed.ts';
import type { HostDeclarations } from '../src/protocol/controls.ts';
import type { PrintedWords } from '../src/protocol/printed.ts';
import { placeOf } from './diagnostics.ts';
import type { PatchFile } from './patchFiles.ts';
import { printableInLine } from './printable.ts';

/** Calls that were only counted are told of as such, place by place. */
export function printedLines(
  { name, text }: PatchFile,
  sites: HostDeclarations['printSites'],
  words: PrintedWords,
): readonly string[] {
  const { entries, counts } = readPrinted(words);
  const at = (site: number): string => {
    const place = sites[site];
    return `${printableInLine(name)}:${place ? placeOf(text, place.span.start).line : 1}: `;
  };
  const missed = new Map(counts);
  const lines = entries.map((entry) => {
    missed.set(entry.site, (missed.get(entry.site) ?? 1) - 1);
    return `${at(entry.site)}${printableInLine(entry.text)}\n`;
  });
  for (const [site, count] of missed) if (count > 0) lines.push(`${at(site)}… ${count} more times\n`);
  return lines;
}
