/**
 * One number of the text while somebody turns it: each move is an edit, and all of them are one step of the editor's
 * undo. In: how far, counted from where it was taken hold of. Out: edits. Main thread.
 */

import { monaco } from './monaco.ts';
import { type Around, type StepSize, stepped } from './numberSteps.ts';
import { numberAt } from './numbers.ts';

export class HeldNumber {
  /** Tells one gesture from the next. */
  readonly gesture: number;
  readonly #editor: monaco.editor.ICodeEditor;
  readonly #line: number;
  readonly #around: Around;
  /** Columns from 0 of what stands there now. */
  #start: number;
  #text: string;
  /** What steps are counted from. */
  #base: string;
  #isMoved = false;
  #isMine = false;
  #isLost = false;
  readonly #watch: monaco.IDisposable;
  static #gestures = 0;

  /** Takes hold of the number at a position; null when there is none. */
  static at(editor: monaco.editor.ICodeEditor, { lineNumber, column }: monaco.IPosition): HeldNumber | null {
    const line = editor.getModel()?.getLineContent(lineNumber);
    const found = line === undefined ? null : numberAt(line, column - 1);
    if (line === undefined || !found) return null;
    return new HeldNumber(editor, lineNumber, line, found);
  }

  private constructor(
    editor: monaco.editor.ICodeEditor,
    line: number,
    content: string,
    { start, end }: { readonly start: number; readonly end: number },
  ) {
    this.gesture = ++HeldNumber.#gestures;
    this.#editor = editor;
    this.#line = line;
    this.#start = start;
    this.#text = this.#base = content.slice(start, end);
    this.#around = { before: content[start - 1] ?? '', after: content.slice(end) };
    // What somebody else edits meanwhile is not to be written over.
    this.#watch = editor.onDidChangeModelContent(() => {
      if (!this.#isMine) this.#isLost = true;
    });
  }

  get isMoved(): boolean {
    return this.#isMoved;
  }

  /** Whether the position is in this number or at an edge of it. */
  has({ lineNumber, column }: monaco.IPosition): boolean {
    return !this.#isLost && lineNumber === this.#line && column >= this.#start + 1 && column <= this.#range.endColumn;
  }

  /** Steps are counted from what stands there now. */
  rebase(): void {
    this.#base = this.#text;
  }

  /** Whether that changed the text. */
  move(steps: number, size: StepSize): boolean {
    if (this.#isLost) return false;
    const put = stepped(this.#base, steps, size, this.#around);
    if (put === null || put === this.#text) return false;
    if (!this.#isMoved) this.#editor.pushUndoStop();
    this.#isMoved = true;
    this.#isMine = true;
    this.#editor.executeEdits('segue.number', [{ range: this.#range, text: put }]);
    this.#isMine = false;
    // A space that keeps a sign apart stays outside.
    this.#text = put.trimStart();
    this.#start += put.length - this.#text.length;
    return true;
  }

  /** Puts the cursor behind the number, or selects it. */
  place(isSelected: boolean): void {
    const { startLineNumber, startColumn, endColumn } = this.#range;
    const from = isSelected ? startColumn : endColumn;
    this.#editor.setSelection(new monaco.Selection(startLineNumber, from, startLineNumber, endColumn));
  }

  end(): void {
    this.#watch.dispose();
    if (this.#isMoved) this.#editor.pushUndoStop();
  }

  get #range(): monaco.Range {
    return new monaco.Range(this.#line, this.#start + 1, this.#line, this.#start + 1 + this.#text.length);
  }
}
