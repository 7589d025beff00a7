/** A bar at the inner edge of the margin, the wider the more of the work its line does. Main thread. */

import { monaco } from './monaco.ts';

export interface HeatLine {
  /** From 1. */
  readonly line: number;
  /** Its part of all work, 0 to 1. */
  readonly share: number;
}

/** From these shares on a bar is one step wider. */
const STEPS = [0.01, 0.05, 0.15, 0.35];

export class HeatBars {
  readonly #bars: monaco.editor.IEditorDecorationsCollection;

  constructor(editor: monaco.editor.IStandaloneCodeEditor) {
    this.#bars = editor.createDecorationsCollection();
  }

  show(lines: readonly HeatLine[]): void {
    this.#bars.set(
      lines.flatMap(({ line, share }) => {
        const step = STEPS.filter((least) => share >= least).length;
        const options = { isWholeLine: true, marginClassName: `segue-heat segue-heat-${step}` };
        return step > 0 ? [{ range: new monaco.Range(line, 1, line, 1), options }] : [];
      }),
    );
  }
}
