/** Sequences that step at triggers, and chance. Patch language. */

import { drawer } from '../internal/chance.ts';
import { clampOr } from '../internal/guard.ts';

/**
 * One value after the other, a step at each trigger.
 * @param values what to go through, over and over
 * @param trig steps when it rises above 0
 * @param reset starts over when it rises above 0
 * @returns values[0] until and with the first trigger, then one value further at each
 * Source: SuperCollider Dseq, Tone.js Sequence.
 * @example
 * const clock = impulse()
 * const notes = sequence([57, 60, 64, 67])
 * const osc = saw()
 * export default () => 0.2 * osc(mtof(notes(clock(4))))
 */
export function sequence(values: number[]): (trig: number, reset?: number) => number {
  let index = -1;
  let wasOn = false;
  let wasReset = false;
  return (trig, reset = 0) => {
    const isOn = trig > 0;
    const isReset = reset > 0;
    if (isReset && !wasReset) index = -1;
    if (isOn && !wasOn) index = index + 1 < values.length ? index + 1 : 0;
    wasOn = isOn;
    wasReset = isReset;
    return values[Math.max(index, 0)] ?? 0;
  };
}

/** The notes in the order in which they are played, before they repeat. */
function arpeggioOrder(notes: number[], mode: string, octaves: number): number[] {
  const up: number[] = [];
  const count = Math.round(clampOr(octaves, 1, 10, 1));
  for (let octave = 0; octave < count; octave++) for (const note of notes) up.push(note + 12 * octave);
  const order = mode === 'down' ? up.toReversed() : up;
  if (mode === 'upDown') for (let i = up.length - 2; i > 0; i--) order.push(up[i]);
  return order;
}

/**
 * The notes of a chord one by one, another at each trigger.
 * @param notes MIDI numbers, or whatever is to be stepped through
 * @param mode `'up'`, `'down'`, `'upDown'` (which plays both ends once) or `'random'`
 * @param octaves how many octaves, 1…10
 * @param trig steps when it rises above 0
 * @returns the note, the first one until and with the first trigger
 * Source: the arpeggiators of early synthesizers; Tone.js Pattern.
 * @example
 * const clock = impulse()
 * const notes = arpeggio(chordNotes('Am7', 3), 'upDown', 2)
 * const osc = saw()
 * export default () => 0.2 * osc(mtof(notes(clock(8))))
 */
export function arpeggio(notes: number[], mode = 'up', octaves = 1): (trig: number) => number {
  const order = arpeggioOrder(notes, mode, octaves);
  const isRandom = mode === 'random';
  const draw = drawer(0);
  let index = -1;
  let wasOn = false;
  return (trig) => {
    const isOn = trig > 0;
    if (isOn && !wasOn) {
      index = isRandom ? Math.floor(draw() * order.length) : index + 1 < order.length ? index + 1 : 0;
    }
    wasOn = isOn;
    return order[Math.max(index, 0)] ?? 0;
  };
}

/**
 * One of several values by chance, another draw at each trigger.
 * @param values what to choose from
 * @param seed the same seed draws the same values; 0 takes one by chance
 * @param trig draws when it rises above 0
 * @returns the value drawn last, values[0] before the first trigger
 * Source: SuperCollider Drand, Strudel `choose`; mulberry32.
 * @example
 * const clock = impulse()
 * const note = choose([57, 60, 62, 64, 67], 3)
 * const osc = triangle()
 * export default () => 0.3 * osc(mtof(note(clock(5))))
 */
export function choose(values: number[], seed = 0): (trig: number) => number {
  const draw = drawer(seed);
  let index = 0;
  let wasOn = false;
  return (trig) => {
    const isOn = trig > 0;
    if (isOn && !wasOn) index = Math.floor(draw() * values.length);
    wasOn = isOn;
    return values[index] ?? 0;
  };
}

/**
 * The values in another order, the same each time for a seed. The array itself stays as it is.
 * @param values what to put into another order
 * @param seed the same seed gives the same order; 0 takes one by chance
 * @returns a new array
 * Source: Fisher and Yates 1938, Durstenfeld 1964; SuperCollider `scramble`; mulberry32.
 * @example
 * const clock = impulse()
 * const notes = sequence(shuffled([57, 60, 62, 64, 67, 69], 5))
 * const osc = triangle()
 * export default () => 0.3 * osc(mtof(notes(clock(6))))
 */
export function shuffled(values: number[], seed = 0): number[] {
  const draw = drawer(seed);
  const order = [...values];
  for (let i = order.length - 1; i > 0; i--) {
    const other = Math.floor(draw() * (i + 1));
    const value = order[i];
    order[i] = order[other];
    order[other] = value;
  }
  return order;
}

/**
 * Lets triggers through by chance.
 * @param seed the same seed lets the same ones through; 0 takes one by chance
 * @param trig a trigger; its value is its strength
 * @param probability 0…1: the part of the triggers that pass
 * @returns the strength in the frame of a trigger that passes, else 0
 * Source: SuperCollider CoinGate, DaisySP Maytrig, Strudel `sometimes`; mulberry32, one draw a trigger.
 * @example
 * const clock = impulse()
 * const maybe = chance(2)
 * const hat = hiHat()
 * export default () => 0.6 * hat(maybe(clock(8), 0.6))
 */
export function chance(seed = 0): (trig: number, probability?: number) => number {
  const draw = drawer(seed);
  let wasOn = false;
  return (trig, probability = 0.5) => {
    const isOn = trig > 0;
    const passes = isOn && !wasOn ? draw() < clampOr(probability, 0, 1, 0.5) : false;
    wasOn = isOn;
    return passes ? trig : 0;
  };
}
