/**
 * How large the code is: as large as was chosen, and on stage as large as the screen takes. It follows the size of the
 * editor and not the text, so that nothing moves while somebody types. Main thread.
 */

import { LINE_HEIGHT, lineHeightPx } from './measures.ts';
import { monaco } from './monaco.ts';

/** Longer lines are wrapped. */
const MAX_COLUMNS = 88;
/** Line numbers and what is around the text, in columns and in pixels. */
const GUTTER_COLUMNS = 6;
const PADDING_PX = 32;
const MAX_STAGE_PX = 44;
/** A text of many lines is scrolled, and not made smaller than this. */
const LEAST_STAGE_PX = 20;

export function sized(textSizePx: number): monaco.editor.IEditorOptions {
  return { fontSize: textSizePx, lineHeight: lineHeightPx(textSizePx) };
}

export interface Room {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly lines: number;
  /** Length of the longest line. */
  readonly columns: number;
  /** Width of a character, as a part of the font's size. */
  readonly aspect: number;
  /** What was chosen: it is never smaller. */
  readonly chosenPx: number;
}

/** The largest size at which a text can be seen whole, between what can be read from afar and what is too large. Pure. */
export function stageSizePx({ widthPx, heightPx, lines, columns, aspect, chosenPx }: Room): number {
  const byWidth = widthPx / (aspect * (Math.min(columns, MAX_COLUMNS) + GUTTER_COLUMNS));
  const byHeight = (heightPx - PADDING_PX) / (LINE_HEIGHT * Math.max(lines, 1));
  const readable = Math.max(chosenPx, Math.min(byWidth, LEAST_STAGE_PX));
  return Math.floor(Math.min(MAX_STAGE_PX, Math.max(readable, Math.min(byWidth, byHeight))));
}

export class TextSize {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  #chosenPx: number;
  /** What was chosen when the stage began; null: there is none. */
  #atEntryPx: number | null = null;
  #fitted: { readonly width: number; readonly height: number; readonly sizePx: number } | null = null;

  constructor(editor: monaco.editor.IStandaloneCodeEditor, chosenPx: number) {
    this.#editor = editor;
    this.#chosenPx = chosenPx;
    editor.onDidLayoutChange(() => {
      if (this.#atEntryPx !== null) this.#apply();
    });
  }

  /** On stage what is chosen makes it larger or smaller than fits. */
  choose(chosenPx: number): void {
    this.#chosenPx = chosenPx;
    this.#apply();
  }

  setStage(isOn: boolean): void {
    this.#atEntryPx = isOn ? this.#chosenPx : null;
    this.#fitted = null;
    this.#apply();
  }

  #apply(): void {
    const sizePx = this.#atEntryPx === null ? this.#chosenPx : this.#fit() + this.#chosenPx - this.#atEntryPx;
    if (this.#editor.getOption(monaco.editor.EditorOption.fontSize) !== sizePx) {
      this.#editor.updateOptions(sized(sizePx));
    }
  }

  #fit(): number {
    const { width, height } = this.#editor.getLayoutInfo();
    if (this.#fitted?.width === width && this.#fitted.height === height) return this.#fitted.sizePx;
    const lines = this.#editor.getModel()?.getLinesContent() ?? [];
    const { typicalHalfwidthCharacterWidth, fontSize } = this.#editor.getOption(monaco.editor.EditorOption.fontInfo);
    const columns = lines.reduce((longest, line) => Math.max(longest, line.length), 0);
    const aspect = typicalHalfwidthCharacterWidth / fontSize;
    const chosenPx = this.#atEntryPx ?? this.#chosenPx;
    const room = { widthPx: width, heightPx: height, lines: lines.length, columns, aspect, chosenPx };
    const sizePx = stageSizePx(room);
    this.#fitted = { width, height, sizePx };
    return sizePx;
  }
}
