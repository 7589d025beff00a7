/** Square waves for metal: many at once, and cheap. Patch language; for the library's own use. */

/** What a step up by 1 at phase 0 needs next to it, at a phase from 0 to below 1 of a period of so many frames. */
function corner(phase: number, frames: number): number {
  const after = phase * frames;
  const before = (1 - phase) * frames;
  const late = after < 1 ? 1 - after : 0;
  const early = before < 1 ? 1 - before : 0;
  return 0.5 * (early * early - late * late);
}

/**
 * A square wave at a phase from 0 to below 1 that grows by `step` a frame, its steps rounded by parabolas (PolyBLEP of order
 * 2): 1, then -1.
 * Source: Välimäki & Huovilainen 2007, Antialiasing Oscillators in Subtractive Synthesis.
 * @internal
 */
export function softSquare(phase: number, step: number): number {
  const opposite = phase < 0.5 ? phase + 0.5 : phase - 0.5;
  const frames = 1 / (step > 0.00001 ? (step < 0.25 ? step : 0.25) : 0.00001);
  return (phase < 0.5 ? 1 : -1) + 2 * (corner(phase, frames) - corner(opposite, frames));
}
