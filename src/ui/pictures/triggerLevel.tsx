/**
 * At which level the scope's picture begins: where it stands still best (auto), or a level, which is then a handle at the edge of
 * the picture. Main thread.
 */

import { signed } from '../meters/notes.ts';

interface TriggerLevelProps {
  /** Null: auto. */
  readonly level: number | null;
  readonly onChange: (level: number | null) => void;
  readonly heightPx: number;
  readonly marginPx: number;
}

const KEY_STEP = 0.05;

export function TriggerLevel({ level, onChange, heightPx, marginPx }: TriggerLevelProps) {
  return (
    <>
      <button
        type="button"
        class="chip"
        aria-pressed={level !== null}
        title="trigger: where the wave rises through zero, or through a level of your own"
        onClick={() => onChange(level === null ? 0 : null)}
      >
        {level === null ? 'auto' : `at ${signed(level, 2)}`}
      </button>
      {level !== null && <Handle level={level} onChange={onChange} heightPx={heightPx} marginPx={marginPx} />}
    </>
  );
}

function Handle({ level, onChange, heightPx, marginPx }: TriggerLevelProps & { readonly level: number }) {
  const scale = heightPx / 2 - marginPx;
  const change = (next: number) => onChange(Math.round(100 * Math.max(-1, Math.min(1, next))) / 100);
  const onPointerDown = (event: PointerEvent) => {
    const handle = event.currentTarget as HTMLElement;
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
    const { clientY } = event;
    const move = (now: PointerEvent) => change(level - (now.clientY - clientY) / scale);
    const end = () => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', end);
      handle.removeEventListener('pointercancel', end);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', end);
    handle.addEventListener('pointercancel', end);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
    if (!direction) return;
    event.preventDefault();
    change(level + direction * KEY_STEP);
  };
  return (
    <div
      class="trigger-level"
      role="slider"
      tabIndex={0}
      aria-label="trigger level"
      aria-orientation="vertical"
      aria-valuemin={-1}
      aria-valuemax={1}
      aria-valuenow={level}
      title="trigger level: drag, or arrow keys"
      style={{ bottom: `${heightPx / 2 + level * scale}px` }}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}
