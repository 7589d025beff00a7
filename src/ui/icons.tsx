/** The page's few icons, drawn on 16 by 16 and coloured by the text around them. */

interface IconProps {
  readonly name: keyof typeof PATHS;
}

const PATHS = {
  play: 'M4 2.5v11l9.5-5.5z',
  stop: 'M3.5 3.5h9v9h-9z',
  evaluate: 'M13 8a5 5 0 1 1-1.6-3.7M11.6 1.4v3.2H8.4',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  down: 'M4.5 6.5 8 10l3.5-3.5',
  check: 'M3.5 8.5 6.5 11.5 12.5 5',
  dock: 'M2.5 3.5h11v9h-11zM10 3.5v9',
  write: 'M2.5 13.5l.8-3 7.4-7.4 2.2 2.2-7.4 7.4zM9.3 4.5l2.2 2.2',
  close: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  leave: 'M6.5 2.5v4h-4M9.5 13.5v-4h4M9.5 2.5v4h4M6.5 13.5v-4h-4',
} as const;

const FILLED: readonly string[] = ['play', 'stop'];

export function Icon({ name }: IconProps) {
  const isFilled = FILLED.includes(name);
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={PATHS[name]}
        fill={isFilled ? 'currentColor' : 'none'}
        stroke={isFilled ? 'none' : 'currentColor'}
        stroke-width={name === 'more' ? 2.2 : 1.4}
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
