/** Ways from one value to another. Patch language: factories at the top level, closures once per frame. */

/**
 * An envelope of your own: from level to level in given times.
 * @param levels values at the corners, one more than times
 * @param times seconds from each corner to the next
 * @param curve 0 straight lines; below 0 quick at first, above 0 slow at first, -4 or 4 much so; 0 if not given
 * @param trig a trigger starts it again from levels[0]
 * @returns levels[0] before the first trigger, the last level after the end
 * Source: SuperCollider's Env: a + (b - a)·(1 - e^(curve·p))/(1 - e^curve).
 * @example
 * const hit = impulse()
 * const bend = breakpoints([440, 660, 330, 440], [0.1, 0.2, 0.1], -3)
 * const tone = sine()
 * export default () => 0.3 * tone(bend(hit(2)))
 */
export function breakpoints(levels: number[], times: number[], curve = 0): (trig: number) => number {
  const count = Math.min(levels.length - 1, times.length);
  // The frame at which each part ends.
  const ends = new Float64Array(count);
  let total = 0;
  for (let i = 0; i < count; i++) {
    total += times[i] > 0 ? times[i] * sampleRate : 0;
    ends[i] = total;
  }
  const bend = curve > 100 ? 100 : curve >= -100 ? curve : curve < -100 ? -100 : 0;
  const isStraight = Math.abs(bend) < 0.0001;
  const scale = isStraight ? 1 : 1 / (1 - Math.exp(bend));
  let part = 0;
  let frames = -1;
  let before = 0;
  return (trig: number): number => {
    const starts = trig > 0 && !(before > 0);
    before = trig;
    part = starts ? 0 : part;
    frames = starts ? 0 : frames >= 0 && part < count ? frames + 1 : frames;
    while (part < count && frames >= ends[part]) part++;
    if (frames < 0) return levels[0];
    if (part >= count) return levels[count];
    const begin = part > 0 ? ends[part - 1] : 0;
    const p = (frames - begin) / (ends[part] - begin);
    const share = isStraight ? p : (1 - Math.exp(bend * p)) * scale;
    return levels[part] + (levels[part + 1] - levels[part]) * share;
  };
}

/**
 * A straight line from one value to another, begun with the first call.
 * @param from first value
 * @param to last value, kept from then on
 * @param seconds from one to the other
 * @param trig a trigger starts it again
 * @returns from + (to - from)·min(1, n/(seconds·sampleRate))
 * Source: SuperCollider's Line, Faust's ba.ramp.
 * @example
 * const rise = linRamp(110, 440, 1)
 * const tone = sine()
 * export default () => 0.3 * tone(rise())
 */
export function linRamp(from: number, to: number, seconds: number): (trig?: number) => number {
  const length = seconds > 0 ? seconds * sampleRate : 0;
  let frames = 0;
  let before = 0;
  return (trig = 0): number => {
    frames = trig > 0 && !(before > 0) ? 0 : frames;
    before = trig;
    const y = frames < length ? from + (to - from) * (frames / length) : to;
    frames += frames < length ? 1 : 0;
    return y;
  };
}

/**
 * A line of equal ratios from one value to another, begun with the first call: straight in pitch or in decibels.
 * @param from first value, not 0
 * @param to last value, of the same sign, kept from then on
 * @param seconds from one to the other
 * @param trig a trigger starts it again
 * @returns from·(to/from)^min(1, n/(seconds·sampleRate))
 * Source: SuperCollider's XLine.
 * @example
 * const rise = expRamp(110, 440, 1)
 * const tone = sine()
 * export default () => 0.3 * tone(rise())
 */
export function expRamp(from: number, to: number, seconds: number): (trig?: number) => number {
  const length = seconds > 0 ? seconds * sampleRate : 0;
  const octaves = Math.log(to / from);
  let frames = 0;
  let before = 0;
  return (trig = 0): number => {
    frames = trig > 0 && !(before > 0) ? 0 : frames;
    before = trig;
    const y = frames < length ? from * Math.exp(octaves * (frames / length)) : to;
    frames += frames < length ? 1 : 0;
    return y;
  };
}
