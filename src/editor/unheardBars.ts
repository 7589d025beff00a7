/** An amber bar in the margin of lines that do not sound yet, and a notch where lines are gone that still do. Main thread. */

import { monaco } from './monaco.ts';

export interface Unheard {
  /** Lines from 1, both ends included. */
  readonly lines: readonly { readonly from: number; readonly to: number }[];
  /** Numbers of the lines before which something is missing that sounds; one more than there are lines at the end. */
  readonly gaps: readonly number[];
}

export class UnheardBars {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #bars: monaco.editor.IEditorDecorationsCollection;

  constructor(editor: monaco.editor.IStandaloneCodeEditor) {
    this.#editor = editor;
    this.#bars = editor.createDecorationsCollection();
  }

  show({ lines, gaps }: Unheard): void {
    const count = this.#editor.getModel()?.getLineCount() ?? 0;
    const bar = (from: number, to: number, marginClassName: string) => ({
      range: new monaco.Range(from, 1, Math.min(to, count), 1),
      options: { isWholeLine: true, marginClassName },
    });
    this.#bars.set([
      ...lines.filter(({ from }) => from <= count).map(({ from, to }) => bar(from, to, 'segue-unheard')),
      ...gaps.map((line) =>
        line > count ? bar(count, count, 'segue-gone segue-gone-below') : bar(line, line, 'segue-gone'),
      ),
    ]);
  }
}
