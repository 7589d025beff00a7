/**
 * Programs of the corpus that take each other's place, although they have nothing to do with one another. Whatever state is
 * carried must do no harm: where the second one traps or turns to NaN, it does so without that, too. Tests only.
 */

import { renderPatch } from '../node/renderPatch.ts';
import { formulas, synths } from './corpus/corpus.ts';
import { Seeded } from './random/seeded.ts';

const SWAP_FRAME = 480;
const FADE_FRAMES = 64;
const FRAMES = 3000;

const texts = [...formulas, ...synths].flatMap(({ patches }) => patches.map(({ text }) => text));

/** How a text ends: what it traps with, or how many of its samples are not finite. */
async function endOf(text: string, before: string | null): Promise<string> {
  const request = { frames: FRAMES, fadeFrames: FADE_FRAMES, blockFrames: 32, raw: true };
  const render = await renderPatch(
    before === null ? { text, ...request } : { text: before, ...request, swaps: [{ frame: SWAP_FRAME, text }] },
  );
  if (!render.played) return 'does not play';
  const [swap] = render.swaps;
  // A text that is refused takes nothing over.
  if (swap && swap.kind !== 'committed') return '';
  if (render.traps.length > 0) return `trapped: ${render.traps[0]!.diagnostic.message}`;
  const from = before === null ? 0 : SWAP_FRAME + FADE_FRAMES;
  return render.left.subarray(from).every(Number.isFinite) ? '' : 'not finite';
}

/** The pairs, by seed, that come to harm which the second text alone does not; and how many came to play at all. */
export async function harmfulPairs(
  seeds: readonly number[],
): Promise<{ readonly harmful: readonly string[]; readonly played: number }> {
  const harmful: string[] = [];
  let played = 0;
  for (const seed of seeds) {
    const random = new Seeded(seed);
    const [before, after] = [random.pick(texts), random.pick(texts)];
    const [own, first] = [await endOf(after, null), await endOf(before, null)];
    if (own !== '' || first !== '') continue;
    const end = await endOf(after, before);
    played++;
    if (end !== '') harmful.push(`seed ${seed}: ${end}\n${before}\n--- becomes ---\n${after}`);
  }
  return { harmful, played };
}
