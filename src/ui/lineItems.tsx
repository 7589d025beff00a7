/** What stands beside the lines of the code, and who fills it: the value that was asked for. Main thread. */

import { type ComponentChildren, render } from 'preact';
import type { Model } from '../app/model.ts';
import { PeekedValue, widthOf } from './peeked.tsx';

/** As src/editor/lineItems.ts takes it. */
export interface ItemBeside {
  readonly key: string;
  readonly offset: number;
  readonly widthPx: number;
  readonly mount: (host: HTMLElement) => () => void;
}

/** Reads signals: to be called in an effect. */
export function lineItems(model: Model): readonly ItemBeside[] {
  const peeked = model.peeked.value;
  return [
    ...(peeked
      ? [
          {
            key: `peeked ${peeked.serial}`,
            offset: peeked.offset,
            widthPx: widthOf(peeked.evaluated),
            mount: mounted(() => <PeekedValue model={model} peeked={peeked} />),
          },
        ]
      : []),
  ];
}

const mounted = (fill: () => ComponentChildren) => (host: HTMLElement) => {
  render(fill(), host);
  return () => render(null, host);
};
