/**
 * A double click or a double tap on a number selects the whole of it, with sign and exponent, where Monaco would select
 * what stands between two points or signs, or on most touch screens nothing. Main thread.
 */

import { monaco } from './monaco.ts';
import { numberAt, type Stretch } from './numbers.ts';

type CodeEditor = monaco.editor.IStandaloneCodeEditor;

const DOUBLE_TAP_MS = 400;
const DOUBLE_TAP_PX = 30;

export function selectWholeNumbers(editor: CodeEditor, host: HTMLElement): void {
  onDoubleClick(editor, host);
  onDoubleTap(editor, host);
}

/** Widens what Monaco has selected, so that dragging on from there is still Monaco's. */
function onDoubleClick(editor: CodeEditor, host: HTMLElement): void {
  let isSecondPress = false;
  // Before Monaco hears of it.
  host.addEventListener(
    'mousedown',
    ({ detail }) => {
      isSecondPress = detail === 2;
    },
    true,
  );
  editor.onDidChangeCursorSelection(({ selection, source, secondarySelections }) => {
    if (!isSecondPress || source !== 'mouse' || secondarySelections.length > 0) return;
    const line = selection.startLineNumber;
    if (selection.isEmpty() || line !== selection.endLineNumber) return;
    const text = editor.getModel()?.getLineContent(line) ?? '';
    const from = selection.startColumn - 1;
    const to = selection.endColumn - 1;
    // From within, as the edges may be those of a neighbour.
    const number = numberAt(text, from + 1) ?? numberAt(text, to);
    if (!number || number.start > from || number.end < to) return;
    if (number.start !== from || number.end !== to) select(editor, line, number);
  });
}

function onDoubleTap(editor: CodeEditor, host: HTMLElement): void {
  let last: { readonly timeMs: number; readonly x: number; readonly y: number } | null = null;
  let isSecondTap = false;
  host.addEventListener(
    'pointerdown',
    ({ pointerType, isPrimary, timeStamp, clientX, clientY }) => {
      if (pointerType === 'mouse') return;
      isSecondTap =
        isPrimary &&
        last !== null &&
        timeStamp - last.timeMs < DOUBLE_TAP_MS &&
        Math.hypot(clientX - last.x, clientY - last.y) < DOUBLE_TAP_PX;
      last = isSecondTap ? null : { timeMs: timeStamp, x: clientX, y: clientY };
    },
    true,
  );
  // At the window, and no touch event: that ends with the piece of text which was touched, and Monaco may redraw it.
  window.addEventListener('pointerup', ({ pointerType, clientX, clientY }) => {
    if (!isSecondTap || pointerType === 'mouse') return;
    isSecondTap = false;
    // Once Monaco has put the cursor there.
    setTimeout(() => {
      const position = editor.getTargetAtClientPoint(clientX, clientY)?.position;
      const model = editor.getModel();
      if (!position || !model) return;
      const { lineNumber, column } = position;
      const word = model.getWordAtPosition(position);
      const found =
        numberAt(model.getLineContent(lineNumber), column - 1) ??
        (word && { start: word.startColumn - 1, end: word.endColumn - 1 });
      if (found) select(editor, lineNumber, found);
    });
  });
}

const select = (editor: CodeEditor, line: number, { start, end }: Stretch): void =>
  editor.setSelection(new monaco.Selection(line, start + 1, line, end + 1));
