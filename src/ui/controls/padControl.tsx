/** `xy`: a pad for one finger, whose two coordinates are sliders for keys and for who hears the page. */

import type { TargetedPointerEvent } from 'preact';
import { useRef } from 'preact/hooks';
import { numberLiteral } from '../../app/controlNumbers.ts';
import { keyed } from '../../app/controlSteps.ts';
import { valueAt } from '../../protocol/controlRange.ts';
import type { ControlProps } from './hands.ts';

const AXES = ['x', 'y'] as const;
const FINE = 0.1;

export function PadControl({ state, hands }: ControlProps) {
  const { declaration, value } = state;
  const { name } = declaration;
  const [x, y] = typeof value === 'number' ? [value, value] : value;
  const last = useRef<{ readonly pointerId: number; x: number; y: number } | null>(null);
  const place = useRef<HTMLDivElement>(null);

  const at = (event: TargetedPointerEvent<HTMLDivElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    return { x: (event.clientX - left) / width, y: 1 - (event.clientY - top) / height };
  };
  const go = (toX: number, toY: number) => hands.move(name, [valueAt(toX, declaration), valueAt(toY, declaration)]);
  const begin = (event: TargetedPointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    place.current?.querySelector<HTMLElement>('[role=slider]')?.focus();
    const to = at(event);
    last.current = { pointerId: event.pointerId, ...to };
    if (!event.shiftKey) go(to.x, to.y);
  };
  const move = (event: TargetedPointerEvent<HTMLDivElement>) => {
    const from = last.current;
    if (!from || from.pointerId !== event.pointerId) return;
    const to = at(event);
    if (event.shiftKey) go(x + FINE * (to.x - from.x), y + FINE * (to.y - from.y));
    else go(to.x, to.y);
    Object.assign(from, to);
  };
  const end = (event: PointerEvent) => {
    if (last.current?.pointerId === event.pointerId) last.current = null;
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has borders and a legend of its own.
    <div
      ref={place}
      class="pad"
      role="group"
      aria-label={name}
      style={{ '--x': x, '--y': y }}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onDblClick={() => hands.release(name)}
    >
      {AXES.map((axis, n) => (
        <span
          key={axis}
          role="slider"
          tabIndex={0}
          class={`pad-${axis}`}
          aria-label={`${name} ${axis}`}
          aria-orientation={axis === 'x' ? 'horizontal' : 'vertical'}
          aria-valuemin={declaration.min}
          aria-valuemax={declaration.max}
          aria-valuenow={n === 0 ? x : y}
          aria-valuetext={numberLiteral(n === 0 ? x : y, declaration)}
          onKeyDown={(event) => {
            if (event.ctrlKey || event.metaKey || event.altKey) return;
            // Either of them moves both ways, as a hand on the pad would.
            const isUp = event.key === 'ArrowUp' || event.key === 'ArrowDown';
            const isAcross = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
            const isX = isAcross || (axis === 'x' && !isUp);
            const next = keyed(isX ? x : y, declaration, event.key, event.shiftKey);
            if (next === null) return;
            event.preventDefault();
            event.stopPropagation();
            hands.move(name, isX ? [next, y] : [x, next]);
          }}
        />
      ))}
      <i class="pad-dot" />
    </div>
  );
}
