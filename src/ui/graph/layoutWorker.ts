/** A thread for layouts, since a large patch takes longer than a frame of the page. In: boxes and edges. Out: their layout. */

import { type Layout, type LayoutInput, layoutOf } from './layout.ts';

export interface ToLayouts {
  readonly serial: number;
  readonly input: LayoutInput;
}

/** `layout`: null where there is none, because of a mistake of ours. */
export interface FromLayouts {
  readonly serial: number;
  readonly layout: Layout | null;
}

/** The part of DedicatedWorkerGlobalScope used here: no type library describes it beside that of the page. */
declare const self: {
  onmessage: ((event: MessageEvent<ToLayouts>) => void) | null;
  postMessage(message: FromLayouts): void;
};

self.onmessage = ({ data: { serial, input } }) => {
  let layout: Layout | null = null;
  try {
    layout = layoutOf(input);
  } finally {
    self.postMessage({ serial, layout });
  }
};
