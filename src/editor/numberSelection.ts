/**
 * A double click or a double tap on a number selects the whole of it, with sign and exponent, where Monaco would select
 * what stands between two points or signs. Main thread.
 */

import { monaco } from './monaco.ts';
import { numberAt } from './numbers.ts';

/** As Monaco counts taps. */
const DOUBLE_TAP_MS = 400;
const DOUBLE_TAP_PX = 30;

export function selectWholeNumbers(editor: monaco.editor.IStandaloneCodeEditor, host: HTMLElement): void {
  let isSecondPress = false;
  let lastTap: { readonly timeMs: number; readonly x: number; readonly y: number } | null = null;
  // Before Monaco hears of it.
  host.addEventListener(
    'mousedown',
    ({ detail }) => {
      isSecondPress = detail === 2;
    },
    true,
  );
  host.addEventListener(
    'pointerdown',
    ({ pointerType, timeStamp, clientX, clientY }) => {
      if (pointerType === 'mouse') return;
      isSecondPress =
        lastTap !== null &&
        timeStamp - lastTap.timeMs < DOUBLE_TAP_MS &&
        Math.hypot(clientX - lastTap.x, clientY - lastTap.y) < DOUBLE_TAP_PX;
      lastTap = { timeMs: timeStamp, x: clientX, y: clientY };
    },
    true,
  );
  editor.onDidChangeCursorSelection(({ selection, source, secondarySelections }) => {
    const model = editor.getModel();
    if (!model || !isSecondPress || source !== 'mouse' || secondarySelections.length > 0) return;
    if (selection.isEmpty() || selection.startLineNumber !== selection.endLineNumber) return;
    const line = model.getLineContent(selection.startLineNumber);
    // Somewhere within what was selected, as the edges may be those of two neighbours.
    const from = selection.startColumn - 1;
    const to = selection.endColumn - 1;
    const number = numberAt(line, from + 1) ?? numberAt(line, to);
    if (!number || number.start > from || number.end < to) return;
    if (number.start === from && number.end === to) return;
    const { startLineNumber } = selection;
    editor.setSelection(new monaco.Selection(startLineNumber, number.start + 1, startLineNumber, number.end + 1));
  });
}
