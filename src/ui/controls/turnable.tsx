/**
 * What a hand turns or slides: by pointer and finger, wheel and keys, with Shift for fine movement, and back to the default
 * with a double click. In: a position on its way. Out: positions. Main thread.
 */

import type { ComponentChildren, TargetedPointerEvent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { keyed, nudged } from '../../app/controlSteps.ts';
import { positionOf, valueAt } from '../../protocol/controlRange.ts';
import type { ControlRange } from '../../protocol/controls.ts';

export interface TurnableProps {
  readonly label: string;
  readonly value: number;
  readonly range: ControlRange;
  readonly valueText: string;
  readonly class: string;
  /** A press on a track goes there; a knob is turned from where it is. */
  readonly isTrack: boolean;
  readonly onMove: (value: number) => void;
  readonly onDefault: () => void;
  /** Somebody begins to type a number; `first` is its first character. */
  readonly onType?: (first: string) => void;
  readonly children?: ComponentChildren;
}

/** A whole way, for what is turned. */
const TURN_PX = 160;
const FINE = 0.1;
const TYPED = /^[-\d.,]$/;

interface Drag {
  readonly pointerId: number;
  x: number;
  y: number;
  position: number;
  isFine: boolean;
}

export function Turnable(props: TurnableProps) {
  const { label, value, range, valueText, isTrack, onMove, onDefault, onType, children } = props;
  const element = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);
  const newest = useRef(props);
  newest.current = props;
  useWheel(element, (steps, isFine) => {
    const { value: now, range: within, onMove: move } = newest.current;
    move(nudged(now, within, steps, isFine ? 'fine' : 'normal'));
  });

  const begin = (event: TargetedPointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.focus();
    event.currentTarget.setPointerCapture(event.pointerId);
    const { left, width } = event.currentTarget.getBoundingClientRect();
    let position = positionOf(value, range);
    if (isTrack && !event.shiftKey) {
      position = Math.min(1, Math.max(0, (event.clientX - left) / width));
      onMove(valueAt(position, range));
    }
    const { pointerId, clientX, clientY, shiftKey } = event;
    drag.current = { pointerId, x: clientX, y: clientY, position, isFine: shiftKey };
  };
  const move = (event: TargetedPointerEvent<HTMLDivElement>) => {
    const from = drag.current;
    if (!from || from.pointerId !== event.pointerId) return;
    if (event.shiftKey !== from.isFine) {
      Object.assign(from, { x: event.clientX, y: event.clientY, position: positionOf(value, range) });
      from.isFine = event.shiftKey;
    }
    const wayPx = isTrack ? event.currentTarget.clientWidth : TURN_PX;
    const movedPx = event.clientX - from.x - (isTrack ? 0 : event.clientY - from.y);
    onMove(valueAt(from.position + (movedPx / wayPx) * (from.isFine ? FINE : 1), range));
  };
  const end = (event: PointerEvent) => {
    if (drag.current?.pointerId === event.pointerId) drag.current = null;
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = keyed(value, range, event.key, event.shiftKey);
    if (next !== null) onMove(next);
    else if (event.key === 'Delete' || event.key === 'Backspace') onDefault();
    else if (onType && event.key === 'Enter') onType('');
    else if (onType && TYPED.test(event.key)) onType(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={element}
      role="slider"
      tabIndex={0}
      class={props.class}
      aria-label={label}
      aria-valuemin={Math.min(range.min, range.max)}
      aria-valuemax={Math.max(range.min, range.max)}
      aria-valuenow={value}
      aria-valuetext={valueText}
      style={{ '--at': positionOf(value, range) }}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onDblClick={onDefault}
      onKeyDown={press}
    >
      {children}
    </div>
  );
}

/** Only while it has the focus: who scrolls by means nothing else. */
function useWheel(
  place: { readonly current: HTMLElement | null },
  turn: (steps: number, isFine: boolean) => void,
): void {
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      if (document.activeElement !== element) return;
      event.preventDefault();
      // With Shift, browsers scroll sideways.
      const way = event.deltaY || event.deltaX;
      if (way !== 0) turn(way < 0 ? 1 : -1, event.shiftKey);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);
}
