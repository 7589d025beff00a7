/** What a line or a selection gives, at the end of its line. Pressed, it goes. */

import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Peeked } from '../app/model.ts';
import type { Evaluated } from '../protocol/peek.ts';
import { extentOf, extentText } from './extent.ts';
import { Trace } from './trace.tsx';

/** As much of a signal as its wave can be told in so little room. */
const SHOWN_FRAMES = 1024;
export const TRACE_PX = 128;
/** The widest a character is at this size. */
const CHARACTER_PX = 8;
const MAX_TEXT_PX = 480;

export function PeekedValue({ evaluated, close }: Pick<Peeked, 'evaluated'> & { readonly close: () => void }) {
  const values = useMemo(() => signal(valuesOf(evaluated)), [evaluated]);
  return (
    <button type="button" class="peeked" data-kind={evaluated.kind} title={textOf(evaluated)} onClick={close}>
      {values.value.length > 0 && <Trace label="what it gives" values={values} />}
      <output>{textOf(evaluated)}</output>
    </button>
  );
}

export function widthOf(evaluated: Evaluated): number {
  const textPx = 16 + CHARACTER_PX * textOf(evaluated).length;
  return Math.min(MAX_TEXT_PX, textPx) + (valuesOf(evaluated).length > 0 ? TRACE_PX + 8 : 0);
}

const NO_VALUES = new Float32Array(0);

function valuesOf(evaluated: Evaluated): Float32Array {
  if (evaluated.kind === 'signal') return evaluated.left.subarray(0, SHOWN_FRAMES);
  return evaluated.kind === 'table' ? evaluated.values : NO_VALUES;
}

function textOf(evaluated: Evaluated): string {
  switch (evaluated.kind) {
    case 'value':
      return `= ${evaluated.text}`;
    case 'table':
      return `${evaluated.count} numbers, ${extentText(extentOf(evaluated.values))}`;
    case 'signal':
      return extentText(extentOf(evaluated.left, evaluated.right ? extentOf(evaluated.right) : undefined));
    case 'none':
      return evaluated.reason;
  }
}
