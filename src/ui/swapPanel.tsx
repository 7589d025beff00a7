/** What the last swap did: what it has lost, with a way to its text and back; units, state, the transition, the time it took. Empty before the first swap. */

import type { Actions } from '../app/actions.ts';
import type { Model } from '../app/model.ts';
import { lossesOf, swapFacts, swapLists } from '../app/swaps.ts';

export function SwapPanel({ model, actions }: { readonly model: Model; readonly actions: Actions }) {
  const swap = model.swap.value;
  if (!swap) return null;
  const losses = lossesOf(swap, model.code.value.rows);
  return (
    <section class="panel panel-swap" aria-label="last swap">
      <h2 class="panel-head">
        last swap
        <span class="figure">{`${swap.cause} · generation ${swap.serial}`}</span>
      </h2>
      {losses.length > 0 && (
        <ul class="losses" aria-label="lost state">
          {losses.map(({ path, why, row }) => (
            <li key={path}>
              {row ? (
                <button type="button" onClick={() => actions.reveal(row)}>
                  {path}
                </button>
              ) : (
                <span>{path}</span>
              )}
              {` ${why}`}
            </li>
          ))}
          <li>
            <button type="button" onClick={() => actions.run('undoSwap')}>
              undo the swap (F4)
            </button>
          </li>
        </ul>
      )}
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
