/** An edge that is dragged, or moved by keys, to make what lies at it larger or smaller. Main thread. */

interface DragEdgeProps {
  readonly label: string;
  /** The edge of what is made larger. */
  readonly side: 'bottom' | 'left' | 'top';
  /** In CSS pixels, or parts of `perPx`. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** How much the value changes with a pixel; 1 when absent. */
  readonly perPx?: () => number;
  readonly onChange: (value: number) => void;
}

const KEY_PX = 16;

export function DragEdge({ label, side, value, low, high, perPx = () => 1, onChange }: DragEdgeProps) {
  const isWide = side !== 'left';
  const grows = side === 'bottom' ? 1 : -1;
  const change = (next: number) => onChange(Math.max(low, Math.min(high, next)));
  const onPointerDown = (event: PointerEvent) => {
    const edge = event.currentTarget as HTMLElement;
    if (event.button !== 0) return;
    event.preventDefault();
    edge.setPointerCapture(event.pointerId);
    const at = (now: PointerEvent) => (isWide ? now.clientY : now.clientX);
    const [from, scale] = [at(event), perPx()];
    const move = (now: PointerEvent) => change(value + grows * scale * (at(now) - from));
    const end = () => {
      edge.removeEventListener('pointermove', move);
      edge.removeEventListener('pointerup', end);
      edge.removeEventListener('pointercancel', end);
    };
    edge.addEventListener('pointermove', move);
    edge.addEventListener('pointerup', end);
    edge.addEventListener('pointercancel', end);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [less, more] = isWide ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight'];
    if (event.key !== less && event.key !== more) return;
    event.preventDefault();
    change(value + (event.key === more ? grows : -grows) * KEY_PX * perPx());
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule between two parts cannot be moved.
    <div
      class={`drag-edge drag-${side}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={isWide ? 'horizontal' : 'vertical'}
      aria-valuenow={Math.round(100 * value) / 100}
      aria-valuemin={low}
      aria-valuemax={high}
      title={`${label}: drag, or arrow keys`}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}
