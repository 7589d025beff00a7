/** What the patch prints by `console.log`: the newest first, each with its line, which leads to the text. Empty: no panel. */

import { useState } from 'preact/hooks';
import type { Actions } from '../app/actions.ts';
import type { Model } from '../app/model.ts';
import type { PrintedLine } from '../app/printLog.ts';

export function PrintPanel({ model, actions }: { readonly model: Model; readonly actions: Actions }) {
  const [isOpen, setIsOpen] = useState(true);
  const lines = model.printed.value;
  if (lines.length === 0) return null;
  return (
    <section class="panel panel-printed" aria-label="printed">
      <h2 class="panel-head">
        <button type="button" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          printed
        </button>
        <span class="figure">
          <button type="button" onClick={() => actions.clearPrinted()}>
            clear
          </button>
        </span>
      </h2>
      {isOpen && (
        <ol class="printed" aria-live="off">
          {lines.toReversed().map((line) => (
            <Line key={line.serial} line={line} onChoose={() => actions.reveal(line)} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Line({
  line: { text, line, method, count },
  onChoose,
}: {
  readonly line: PrintedLine;
  readonly onChoose: () => void;
}) {
  return (
    <li data-method={method}>
      <button type="button" title={`line ${line}`} aria-label={`line ${line}`} onClick={onChoose}>
        {line}
      </button>
      <span class="printed-text">{text}</span>
      {count > 1 && <span class="printed-count">{`×${count.toLocaleString('en')}`}</span>}
    </li>
  );
}
