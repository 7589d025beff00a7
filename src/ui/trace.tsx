/** A few hundred numbers as a small wave in a line of code. Main thread. */

import type { ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { type Extent, extentOf } from './extent.ts';
import { type Draw, Picture } from './picture.tsx';

export interface TraceProps {
  readonly label: string;
  /** The oldest first. */
  readonly values: ReadonlySignal<ArrayLike<number>>;
  /** What is at the lower and the upper edge at least. */
  readonly atLeast?: Extent;
}

export function Trace({ label, values, atLeast }: TraceProps) {
  const draw = useMemo(() => drawing(values, atLeast), [values]);
  return (
    <span class="trace">
      <Picture label={label} draw={draw} wake={values} />
    </span>
  );
}

function drawing(values: ReadonlySignal<ArrayLike<number>>, atLeast?: Extent): Draw {
  return ({ context, width, height, colours }) => {
    const shown = values.peek();
    const { low, high } = extentOf(shown, atLeast);
    const range = high - low || 1;
    const yOf = (value: number) => 1.5 + (height - 3) * (1 - (value - low) / range);
    if (low < 0 && high > 0) {
      context.fillStyle = colours.line;
      context.fillRect(0, Math.round(yOf(0)), width, 1);
    }
    context.beginPath();
    let isDown = false;
    for (let n = 0; n < shown.length; n++) {
      const value = shown[n] ?? 0;
      // What is not finite is a gap.
      if (!Number.isFinite(value)) {
        isDown = false;
        continue;
      }
      const x = shown.length > 1 ? (n / (shown.length - 1)) * width : 0;
      if (isDown) context.lineTo(x, yOf(value));
      else context.moveTo(x, yOf(value));
      isDown = true;
    }
    context.strokeStyle = colours.accent;
    context.lineWidth = 1.5;
    context.lineJoin = 'round';
    context.stroke();
    return false;
  };
}
