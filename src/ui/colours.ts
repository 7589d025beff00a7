/** The page's colours, for what is drawn and not styled: read from the tokens. Main thread. */

export interface Colours {
  readonly ground: string;
  readonly raised: string;
  readonly line: string;
  readonly text: string;
  readonly quiet: string;
  readonly accent: string;
  readonly accentFaint: string;
  readonly error: string;
  readonly warning: string;
  readonly font: string;
}

export function coloursOn(element: Element): Colours {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ...{ ground: token('ground'), raised: token('raised'), line: token('line') },
    ...{ text: token('text'), quiet: token('quiet') },
    ...{ accent: token('accent'), accentFaint: token('accent-faint') },
    ...{ error: token('error'), warning: token('warning') },
    font: `11px ${token('font-ui')}`,
  };
}
