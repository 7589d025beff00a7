/** Beats and bars since the sound began, for patches that keep one tempo. Patch language. */

/**
 * Beats since frame 0, with fraction, for one constant tempo.
 * @param bpm beats per minute
 * @param offset beats that are added
 * @returns currentFrame/sampleRate·bpm/60 + offset
 * Source: the definition of a tempo; Faust `ba.beat`, Tone.js Transport.position.
 * @example
 * const osc = (beat: number) => Math.sin(2 * Math.PI * (220 / 2) * beat)
 * export default () => 0.2 * osc(beatCount(120)) * (beatCount(120) % 1 < 0.5 ? 1 : 0)
 */
export function beatCount(bpm: number, offset = 0): number {
  return ((currentFrame / sampleRate) * bpm) / 60 + offset;
}

/**
 * Bars since frame 0, with fraction, for one constant tempo.
 * @param bpm beats per minute
 * @param beatsPerBar beats in a bar, above 0
 * @returns beatCount(bpm)/beatsPerBar
 * Source: the definition of a bar; SuperCollider TempoClock.bar.
 * @example
 * const scale = [220, 275, 330, 440]
 * let phase = 0
 * export default () => {
 *   phase = (phase + scale[Math.floor(4 * barCount(140)) % 4] / sampleRate) % 1
 *   return 0.3 * (2 * phase - 1)
 * }
 */
export function barCount(bpm: number, beatsPerBar = 4): number {
  return beatCount(bpm) / beatsPerBar;
}
