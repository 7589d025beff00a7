/**
 * Renders a patch through the whole compiler and engine, for tests: raw samples, and an exception where anything went
 * wrong that the test did not ask for. Node only.
 */

import type { PlayRequest } from '../node/playThrough.ts';
import { type RenderedPatch, renderPatch } from '../node/renderPatch.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';

/** Requires that the text and all its swaps compile and are committed, and that nothing traps. */
export async function renderCompiled(request: PlayRequest): Promise<RenderedPatch> {
  const render = await renderPatch({ raw: true, ...request });
  if (!render.played) throw new Error(describeErrors(request.text, render.diagnostics));
  for (const swap of render.swaps) {
    const { text } = request.swaps![swap.index];
    if (swap.kind === 'rejected') throw new Error(`at frame ${swap.frame} ${describeErrors(text, swap.diagnostics)}`);
    if (swap.kind === 'refused') throw new Error(`refused at frame ${swap.frame}: ${swap.reason}\n${text}`);
  }
  for (const { frame, diagnostic } of render.traps) throw new Error(`trapped at frame ${frame}: ${diagnostic.message}`);
  return render;
}

/** The diagnostics with their lines, and the text they are about. */
export function describeErrors(text: string, diagnostics: readonly Diagnostic[]): string {
  const lines = diagnostics.map(({ code, message, span }) => {
    const before = text.slice(0, span.start).split('\n');
    return `${before.length}:${before.at(-1)!.length + 1}: ${code}: ${message}`;
  });
  return `the patch has errors:\n${lines.join('\n')}\n\n${text}`;
}
