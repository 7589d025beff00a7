/** What is measured: the kernels, which are there in other languages too, and the gallery. Node only. */

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gallery } from '../../src/testing/texts.ts';
import type { Kernel } from './runner.ts';

const FOLDER = path.join(import.meta.dirname, '../kernels');

/** In the order of the aims. */
const WITH_PEERS = [
  ...['saw64-biquad', 'freeverb', 'karplus32', 'voice-chain', 'sine-bank', 'fm-voices', 'modulated-filters'],
] as const;

/** What tier 2 is to reach, times scalar C, and times plain JavaScript where that is asked for. */
export const AIMS: Readonly<Record<(typeof WITH_PEERS)[number], { readonly c: number; readonly js?: number }>> = {
  'saw64-biquad': { c: 1.8 },
  freeverb: { c: 1 },
  karplus32: { c: 1 },
  'voice-chain': { c: 1.6 },
  'sine-bank': { c: 2.2, js: 5 },
  'fm-voices': { c: 2, js: 5 },
  'modulated-filters': { c: 2, js: 5 },
};
export const GALLERY_AIM = { least: 2, median: 3 } as const;
export const FIRST_TIER_AIM = { c: 0.5, js: 1 } as const;

export const aimOf = (name: string): { readonly c: number; readonly js?: number } | null =>
  name in AIMS ? AIMS[name as keyof typeof AIMS] : null;

/** `only`: parts of names. */
export function kernels(only: readonly string[] | null): Kernel[] {
  const named = readdirSync(FOLDER).map((file) => file.replace(/\.ts$/, ''));
  const rest = named.filter((name) => !(WITH_PEERS as readonly string[]).includes(name));
  const own = [...WITH_PEERS, ...rest].map((name) => ({
    name,
    text: readFileSync(path.join(FOLDER, `${name}.ts`), 'utf8'),
    hasPeers: !rest.includes(name),
  }));
  const all = [...own, ...gallery().map(({ name, text }) => ({ name, text, hasPeers: false }))];
  return only ? all.filter(({ name }) => only.some((part) => name.includes(part))) : all;
}
