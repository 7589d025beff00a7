/**
 * The text where the editor will be, with its font, its lines and their numbers, so that it can be read and copied at once and
 * nothing moves when the editor has loaded. In: a text. Out: an element. Main thread.
 */

import { LINE_NUMBER_DIGITS, lineHeightPx, TAB_COLUMNS } from '../editor/measures.ts';

/** More lines than are looked through in the time in which an editor loads stand in one piece, without numbers. */
const MAX_LINES = 2000;

export class CodePreview {
  readonly element = document.createElement('div');

  constructor(text: string) {
    this.element.className = 'code-preview';
    this.show(text);
  }

  show(text: string): void {
    const lines = text.split('\n');
    const rest = lines.splice(MAX_LINES).join('\n');
    const digits = Math.max(LINE_NUMBER_DIGITS, String(lines.length).length);
    this.element.style.setProperty('--digits', `${digits}ch`);
    this.element.replaceChildren(...lines.map(lineOf), ...(rest === '' ? [] : [lineOf(rest)]));
  }

  setTextSize(textSizePx: number): void {
    this.element.style.fontSize = `${textSizePx}px`;
    this.element.style.lineHeight = `${lineHeightPx(textSizePx)}px`;
  }

  get scrollTopPx(): number {
    return this.element.scrollTop;
  }
}

/** What is too long for the page goes on in the next line, indented one step further. */
function lineOf(text: string): HTMLElement {
  const line = document.createElement('div');
  const code = text.trimStart();
  line.style.setProperty('--indent', `${text.length - code.length + TAB_COLUMNS}ch`);
  if (code.startsWith('//')) line.className = 'comment';
  // An empty element would have no height, and would not be copied.
  if (text === '') line.append(document.createElement('br'));
  else line.textContent = text;
  return line;
}
