/**
 * The code on the page before and after the editor has loaded: until then the text is shown as it is, and calls to the
 * editor wait. Main thread.
 */

import type { Editor, EditorOptions } from '../editor/editor.ts';
import type { LineItem } from '../editor/lineItems.ts';
import type { Unheard } from '../editor/unheardBars.ts';
import type { Span } from '../protocol/diagnostic.ts';
import type { CodeControls } from './actions.ts';
import { CodePreview } from './codePreview.ts';
import type { CodeView } from './conductor.ts';
import type { Problem } from './model.ts';
import type { TextPlace } from './workspace.ts';
import type { TextEdit } from './writeBack.ts';

export class LazyEditor implements CodeView, CodeControls, TextPlace {
  #text: string;
  #editor: Editor | null = null;
  #problems: readonly Problem[] = [];
  readonly #onChange: (text: string) => void;
  readonly #preview: CodePreview;

  /** `onChange` is called for every change of the text, whoever made it. */
  constructor(text: string, onChange: (text: string) => void) {
    this.#text = text;
    this.#onChange = onChange;
    this.#preview = new CodePreview(text);
  }

  /** Shows the text in `host`, and then the editor when `load` has brought it. */
  async show(
    host: HTMLElement,
    options: Omit<EditorOptions, 'text' | 'onChange'>,
    load: () => Promise<typeof import('../editor/editor.ts')>,
  ): Promise<Editor> {
    this.#preview.setTextSize(options.textSizePx);
    host.before(this.#preview.element);
    const { Editor } = await load();
    const editor = new Editor(host, { ...options, text: this.#text, onChange: (text) => this.#changed(text) });
    editor.scrollTo(this.#preview.scrollTopPx);
    this.#preview.element.remove();
    this.#editor = editor;
    editor.showProblems(this.#problems);
    if (document.activeElement === document.body) this.focus();
    return editor;
  }

  get text(): string {
    return this.#text;
  }

  get selection(): Span {
    return this.#editor?.selection ?? { start: 0, end: 0 };
  }

  showItems(items: readonly LineItem[]): void {
    this.#editor?.showItems(items);
  }

  get cursor(): number {
    return this.#editor?.cursor ?? 0;
  }

  replace(text: string): void {
    if (this.#editor) {
      this.#editor.replaceText(text);
      return;
    }
    this.#preview.show(text);
    this.#changed(text);
  }

  edit(edits: readonly TextEdit[]): void {
    if (this.#editor) {
      this.#editor.edit(edits);
      return;
    }
    const changed = (text: string, { span, put }: TextEdit) => text.slice(0, span.start) + put + text.slice(span.end);
    this.replace(edits.toReversed().reduce(changed, this.#text));
  }

  showProblems(problems: readonly Problem[]): void {
    this.#problems = problems;
    this.#editor?.showProblems(problems);
  }

  flash(from: number, to: number): void {
    this.#editor?.flash(from, to);
  }

  showUnheard(unheard: Unheard): void {
    this.#editor?.showUnheard(unheard);
  }

  reveal(offset: number): void {
    this.#editor?.reveal(offset);
  }

  /** Only with a physical keyboard: on a touch screen one would pop up and cover the page. */
  focus(): void {
    if (window.matchMedia('(pointer: fine)').matches) this.#editor?.focus();
  }

  openPalette(): void {
    this.#editor?.openPalette();
  }

  #changed(text: string): void {
    this.#text = text;
    this.#onChange(text);
  }
}
