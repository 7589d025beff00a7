/** What the last swap did: units, state, the transition, the time it took. Empty before the first swap. */

import type { Model } from '../app/model.ts';
import { swapFacts, swapLists } from '../app/swaps.ts';

export function SwapPanel({ model }: { readonly model: Model }) {
  const swap = model.swap.value;
  if (!swap) return null;
  return (
    <section class="panel panel-swap" aria-label="last swap">
      <h2 class="panel-head">
        last swap
        <span class="figure">{`${swap.cause} · generation ${swap.serial}`}</span>
      </h2>
      <dl class="facts">
        {swapFacts(swap).map(({ about, text }) => (
          <div key={about}>
            <dt>{about}</dt>
            <dd title={text}>{text}</dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>all names</summary>
        <dl class="facts facts-long">
          {swapLists(swap).map(({ about, names }) => (
            <div key={about}>
              <dt>{about}</dt>
              <dd>{names.join(', ')}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}
