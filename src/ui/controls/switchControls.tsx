/** `toggle`, `button` and `select`: what is on or off, held, or one of several. */

import { useEffect, useRef } from 'preact/hooks';
import { type ControlProps, numberOf } from './hands.ts';

export function ToggleControl({ state, hands }: ControlProps) {
  const { name } = state.declaration;
  const isOn = numberOf(state.value) > 0;
  return (
    <button
      type="button"
      role="switch"
      class="switch"
      aria-label={name}
      aria-checked={isOn}
      onClick={() => hands.move(name, isOn ? 0 : 1)}
    >
      <i />
    </button>
  );
}

/** Held by a pointer or by a key; whatever takes either away lets it go. */
export function ButtonControl({ state, hands, isInline = false }: ControlProps) {
  const { name } = state.declaration;
  const isHeld = useRef(false);
  const press = (isDown: boolean) => {
    if (isHeld.current === isDown) return;
    isHeld.current = isDown;
    hands.move(name, isDown ? 1 : 0);
  };
  const newest = useRef(press);
  newest.current = press;
  useEffect(() => () => newest.current(false), []);
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    if (!event.repeat) press(event.type === 'keydown');
  };
  return (
    <button
      type="button"
      class="push"
      aria-label={name}
      data-held={numberOf(state.value) > 0}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        press(true);
      }}
      onPointerUp={() => press(false)}
      onPointerCancel={() => press(false)}
      onLostPointerCapture={() => press(false)}
      onBlur={() => press(false)}
      onKeyDown={onKey}
      onKeyUp={onKey}
    >
      {isInline ? '' : name}
    </button>
  );
}

export function SelectControl({ state, hands }: ControlProps) {
  const { name, options } = state.declaration;
  return (
    <select
      class="pick"
      aria-label={name}
      value={String(numberOf(state.value))}
      onChange={(event) => hands.move(name, Number(event.currentTarget.value))}
    >
      {options.map((option, n) => (
        <option key={option} value={String(n)}>
          {option}
        </option>
      ))}
    </select>
  );
}
