/**
 * Values that are moved by hand: `slider`, `knob`, `toggle`, `button`, `select`, `xy`. Patch language.
 *
 * A patch has this module once for each name: the compiler reads the name off the call, so that `slider('cutoff')` calls the
 * `slider` of the module `host/control:cutoff` (src/compiler/resolve/hostCalls.ts). What is at its top level is the control, and two calls
 * with one name share it. The host writes `target` and `second` between frames, from what was moved and else from the default; what
 * range and kind the control has it finds in the other variables, as the top level of the patch leaves them.
 */

import { isPlaying, requireTopLevel } from '../../intrinsics.ts';
import { clampToRange, curveNumber, NOT_GIVEN, nearerTo, shareOf, withDefaults } from '../internal/controlRange.ts';

interface SliderOptions {
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly curve?: 'linear' | 'log' | number;
  readonly unit?: string;
  readonly smooth?: number;
}

const SMOOTH_SECONDS = 0.01;

// Written by the host: where the hand is.
let target = 0;
let second = 0;

// What the control is, for the host to read.
let isDeclared = 0;
let title = '';
let low = 0;
let high = 1;
let steps = 0;
let curve = 1;
let smooth = 0;
let unit = '';
let choices: readonly string[] = [];

// What is heard.
let hasBegun = 0;
let now = 0;
let secondNow = 0;
/** What is left of the way after each frame. */
let share = 1;

/** @internal */
export function receive(x: number, y: number): void {
  target = x;
  second = y;
}

/**
 * Once in every frame, before what is due and before the default export.
 * @internal
 */
export function advance(): void {
  if (hasBegun === 0) {
    hasBegun = 1;
    now = target;
    secondNow = second;
  } else {
    const range = high - low;
    now = nearerTo(now, target, share, range);
    secondNow = nearerTo(secondNow, second, share, range);
  }
}

const readSmooth = (): number => (isPlaying() ? now : target);
const readAtOnce = (): number => target;
const readBoth = (): [number, number] => {
  if (isPlaying()) return [now, secondNow];
  return [target, second];
};

/**
 * What it is, for those who run this text as JavaScript.
 * @internal
 */
export function describeControl(): {
  readonly title: string;
  readonly target: number;
  readonly second: number;
  readonly low: number;
  readonly high: number;
  readonly steps: number;
  readonly curve: number;
  readonly unit: string;
  readonly choices: readonly string[];
} {
  return { title, target, second, low, high, steps, curve, unit, choices };
}

function declareRange(name: string, value: number, min: number, max: number, step: number, seconds: number): void {
  if (isDeclared === 1) return;
  isDeclared = 1;
  title = name;
  low = min;
  high = max;
  steps = step > 0 ? step : 0;
  smooth = seconds === NOT_GIVEN ? (steps > 0 ? 0 : SMOOTH_SECONDS) : seconds > 0 ? seconds : 0;
  share = shareOf(smooth);
  target = clampToRange(value, low, high, steps);
}

/**
 * A value that is moved by hand while the patch plays, on the page or with `--set` on the command line.
 * @param name what it is called, and what it is known by: two calls with one name are one control, and the first one's range holds
 * @param value where it stands until somebody moves it, between min and max
 * @param options `min` and `max`, 0 and 1 if not given; `step`, from min on, 0: none; `curve` from the position of the hand to the
 *   value: `'linear'`, `'log'` for min and max above 0, or the exponent of a power; `unit`, shown behind the value; `smooth`, the time
 *   constant in seconds with which it follows, 0.01, and 0 where there is a step
 * @returns the value as it is now, smoothed
 * Source: Faust hslider, SuperCollider Lag with time constants.
 * @example
 * const cutoff = slider('cutoff', 900, { min: 50, max: 8000, curve: 'log', unit: 'Hz' })
 * const osc = saw()
 * const filter = lowpass()
 * export default () => 0.3 * filter(osc(110), cutoff())
 */
export function slider(name: string, value = 0.5, options: SliderOptions = {}): () => number {
  requireTopLevel();
  const o = withDefaults(options);
  if (isDeclared === 0) {
    unit = o.unit;
    curve = curveNumber(o.curve);
  }
  declareRange(name, value, o.min, o.max, o.step, o.smooth);
  return readSmooth;
}

/**
 * A slider that is drawn round.
 * @param name as of `slider`
 * @param value as of `slider`
 * @param options as of `slider`
 * @returns the value as it is now, smoothed
 * Source: as `slider`.
 * @example
 * const depth = knob('depth', 0.3)
 * const osc = sine()
 * const lfo = sine()
 * export default () => 0.3 * osc(220) * (1 - depth() * (0.5 + 0.5 * lfo(4)))
 */
export function knob(name: string, value = 0.5, options: SliderOptions = {}): () => number {
  return slider(name, value, options);
}

/**
 * A switch.
 * @param name what it is called, and what it is known by
 * @param on whether it is on until somebody moves it
 * @returns 0 or 1, at once
 * Source: Faust checkbox.
 * @example
 * const octave = toggle('octave up')
 * const osc = sine()
 * export default () => 0.3 * osc(octave() ? 440 : 220)
 */
export function toggle(name: string, on: boolean | number = false): () => number {
  requireTopLevel();
  declareRange(name, on ? 1 : 0, 0, 1, 1, 0);
  return readAtOnce;
}

/**
 * A button, to be used as a gate or a trigger.
 * @param name what it is called, and what it is known by
 * @returns 1 while it is held, else 0; for one frame at least, however short the press
 * Source: Faust button.
 * @example
 * const hit = button('hit')
 * const drum = kickDrum()
 * const again = impulse()
 * export default () => 0.5 * drum(hit() + again(2))
 */
export function button(name: string): () => number {
  requireTopLevel();
  declareRange(name, 0, 0, 1, 1, 0);
  return readAtOnce;
}

/**
 * A choice of several.
 * @param name what it is called, and what it is known by
 * @param options what they are called, at least one
 * @param index which of them is chosen until somebody chooses, from 0
 * @returns the index of the one that is chosen, at once
 * Source: Faust menu.
 * @example
 * const shape = select('shape', ['sine', 'saw'], 1)
 * const a = sine()
 * const b = saw()
 * export default () => 0.3 * (shape() === 0 ? a(220) : b(220))
 */
export function select(name: string, options: readonly string[], index = 0): () => number {
  requireTopLevel();
  if (isDeclared === 0) choices = options;
  declareRange(name, index, 0, Math.max(options.length - 1, 0), 1, 0);
  return readAtOnce;
}

/**
 * A pad on which two values are moved at once.
 * @param name what it is called, and what it is known by
 * @param x from 0 to 1, until somebody moves it
 * @param y from 0 to 1
 * @param options `smooth`, the time constant in seconds with which both follow, 0.01
 * @returns both values as they are now, smoothed
 * Source: as `slider`.
 * @example
 * const pad = xy('pad', 0.5, 0.2)
 * const osc = saw()
 * const filter = lowpass()
 * export default () => {
 *   const [x, y] = pad()
 *   return 0.3 * filter(osc(55 + 110 * x), 200 + 4000 * y)
 * }
 */
export function xy(name: string, x = 0.5, y = 0.5, options: { readonly smooth?: number } = {}): () => [number, number] {
  requireTopLevel();
  const o = { ...{ smooth: SMOOTH_SECONDS }, ...options };
  if (isDeclared === 0) second = clampToRange(y, 0, 1, 0);
  declareRange(name, x, 0, 1, 0, o.smooth);
  return readBoth;
}
