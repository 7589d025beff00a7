/** What counts, holds and times triggers. Patch language: factories at the top level, closures once per frame. */

/**
 * Holds the value that a signal had at the last trigger.
 * @param x signal; NaN is not taken
 * @param trig a trigger takes a new value
 * @returns x at the last trigger, 0 before the first
 * Source: SuperCollider's Latch, DaisySP's SampleHold.
 * @example
 * const hold = sampleHold()
 * const hit = impulse()
 * const wave = sine()
 * const tone = triangle()
 * export default () => 0.3 * tone(330 * 2 ** hold(wave(1.7), hit(8)))
 */
export function sampleHold(): (x: number, trig: number) => number {
  let held = 0;
  let before = 0;
  return (x: number, trig: number): number => {
    held = trig > 0 && !(before > 0) && !Number.isNaN(x) ? +x : held;
    before = trig;
    return held;
  };
}

/**
 * Finds triggers: where a signal rises above 0.
 * @param x signal or gate
 * @returns 1 in the frame of a trigger, else 0
 * Source: SuperCollider's Trig1.
 * @example
 * const start = edge()
 * const wave = sine()
 * const env = decayEnv()
 * const tone = sine()
 * export default () => 0.4 * env(start(wave(4)), 0.2) * tone(330)
 */
export function edge(): (x: number) => number {
  let before = 0;
  return (x: number): number => {
    const y = x > 0 && !(before > 0) ? 1 : 0;
    before = x;
    return y;
  };
}

/**
 * Makes triggers longer: a gate of given length for each. A trigger in the meantime starts it again.
 * @param trig trigger
 * @param seconds length of the gate; 0.1 if not given
 * @returns the trigger's strength for round(seconds·sampleRate) frames, then 0
 * Source: SuperCollider's Trig.
 * @example
 * const hit = impulse()
 * const hold = trigHold()
 * const env = adsr()
 * const tone = saw()
 * export default () => 0.3 * env(hold(hit(3), 0.1)) * tone(165)
 */
export function trigHold(): (trig: number, seconds?: number) => number {
  let strength = 0;
  let frames = 0;
  let before = 0;
  return (trig: number, seconds = 0.1): number => {
    const starts = trig > 0 && !(before > 0);
    before = trig;
    strength = starts ? +trig : strength;
    frames = starts ? 0 : frames;
    const length = Math.round((Number.isNaN(seconds) ? 0.1 : seconds) * sampleRate);
    const y = frames < length ? strength : 0;
    // What is over stays over, even if the length grows.
    strength = y;
    frames += 1;
    return y;
  };
}

/**
 * Goes to and fro between 0 and 1, at each trigger.
 * @param trig trigger
 * @returns 0 until the first trigger, then 1 and 0 in turn
 * Source: SuperCollider's ToggleFF.
 * @example
 * const hit = impulse()
 * const side = flipFlop()
 * const tone = sine()
 * export default () => 0.3 * tone(side(hit(6)) ? 330 : 440)
 */
export function flipFlop(): (trig: number) => number {
  let y = 0;
  let before = 0;
  return (trig: number): number => {
    y = trig > 0 && !(before > 0) ? 1 - y : y;
    before = trig;
    return y;
  };
}

/**
 * Counts triggers.
 * @param trig trigger
 * @param length where it begins again at 0, a whole number from 1; without end if not given
 * @param reset a trigger sets it to 0
 * @returns triggers so far modulo length; 0 before the first
 * Source: SuperCollider's Stepper, Faust's ba.counter.
 * @example
 * const notes = [0, 3, 7, 10]
 * const hit = impulse()
 * const step = counter()
 * const tone = triangle()
 * export default () => 0.3 * tone(220 * 2 ** (notes[step(hit(6), 4)] / 12))
 */
export function counter(): (trig: number, length?: number, reset?: number) => number {
  let count = 0;
  let before = 0;
  let resetBefore = 0;
  return (trig: number, length = Infinity, reset = 0): number => {
    count += trig > 0 && !(before > 0) ? 1 : 0;
    count = reset > 0 && !(resetBefore > 0) ? 0 : count;
    before = trig;
    resetBefore = reset;
    return length >= 1 ? count % Math.floor(length) : Number.isNaN(length) ? count : 0;
  };
}

/**
 * The time since the last trigger.
 * @param trig trigger
 * @returns seconds, 0 in the frame of a trigger; Infinity before the first
 * Source: SuperCollider's Sweep and Timer.
 * @example
 * const hit = impulse()
 * const age = stopwatch()
 * const tone = sine()
 * export default () => 0.4 * Math.exp(-10 * age(hit(2))) * tone(330)
 */
export function stopwatch(): (trig: number) => number {
  let frames = Infinity;
  let before = 0;
  return (trig: number): number => {
    frames = trig > 0 && !(before > 0) ? 0 : frames + 1;
    before = trig;
    return frames / sampleRate;
  };
}
