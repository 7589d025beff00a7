/**
 * The grip of a number in the text: a line under it for a mouse, which covers no code, and a handle below it for a finger.
 * In: where the pointer or the cursor is. Out: presses on it. Main thread.
 */

import { monaco } from './monaco.ts';
import { numberAt } from './numbers.ts';

type CodeEditor = monaco.editor.IStandaloneCodeEditor;

const { EXACT, BELOW, ABOVE } = monaco.editor.ContentWidgetPositionPreference;
/** The line's box below its letters is not much higher. */
const ID = 'segue.grip';

export class NumberGrip implements monaco.editor.IContentWidget {
  readonly #editor: CodeEditor;
  readonly #node = document.createElement('div');
  /** Where the number begins; null: there is no grip. */
  #place: monaco.IPosition | null = null;
  #isForFinger = false;

  constructor(editor: CodeEditor, onPress: (event: PointerEvent, position: monaco.IPosition) => void) {
    this.#editor = editor;
    this.#node.className = 'segue-grip';
    // The keys do the same, and are what a screen reader's user has.
    this.#node.setAttribute('aria-hidden', 'true');
    this.#node.append(document.createElement('i'));
    this.#node.addEventListener('pointerdown', (event) => {
      if (event.button === 0 && this.#place) onPress(event, this.#place);
    });
    // Monaco scrolls by touches, whatever becomes of the pointer.
    this.#node.addEventListener('touchstart', (event) => event.stopPropagation());
    editor.addContentWidget(this);
    editor.onDidChangeConfiguration((event) => {
      if (event.hasChanged(monaco.editor.EditorOption.fontInfo)) this.follow();
    });
    this.#followPointer();
    this.#followFinger();
  }

  getId = (): string => ID;
  getDomNode = (): HTMLElement => this.#node;
  getPosition = (): monaco.editor.IContentWidgetPosition => ({
    position: this.#place,
    preference: this.#isForFinger ? [BELOW, ABOVE] : [EXACT],
  });

  /** The number has another text. */
  follow(): void {
    if (this.#place) this.#show(this.#place, this.#isForFinger);
  }

  #followPointer(): void {
    this.#editor.onMouseMove(({ target, event }) => {
      if (event.browserEvent.buttons !== 0 || this.#isForFinger) return;
      if (target.type === monaco.editor.MouseTargetType.CONTENT_WIDGET && target.detail === ID) return;
      const isText = target.type === monaco.editor.MouseTargetType.CONTENT_TEXT;
      this.#show(isText ? target.position : null, false);
    });
    this.#editor.onMouseLeave(({ event }) => {
      if (event.browserEvent.buttons === 0 && !this.#isForFinger) this.#show(null, false);
    });
  }

  #followFinger(): void {
    let isFinger = false;
    this.#editor.getContainerDomNode().addEventListener(
      'pointerdown',
      ({ pointerType }) => {
        isFinger = pointerType === 'touch';
      },
      true,
    );
    this.#editor.onDidChangeCursorPosition(({ position, source }) => {
      if (source === 'segue.number') return;
      if (isFinger || this.#isForFinger) this.#show(isFinger ? position : null, true);
    });
    this.#editor.onDidBlurEditorText(() => {
      if (this.#isForFinger) this.#show(null, false);
    });
  }

  #show(position: monaco.IPosition | null, isForFinger: boolean): void {
    const line = position && this.#editor.getModel()?.getLineContent(position.lineNumber);
    const number = position && line ? numberAt(line, position.column - 1) : null;
    const place = position && number ? { lineNumber: position.lineNumber, column: number.start + 1 } : null;
    if (!place && !this.#place) return;
    this.#place = place;
    this.#isForFinger = isForFinger && place !== null;
    if (place && number) {
      const width = this.#left(place.lineNumber, number.end + 1) - this.#left(place.lineNumber, place.column);
      this.#node.style.width = this.#isForFinger ? '' : `${Math.max(width, 8)}px`;
      this.#node.style.height = this.#isForFinger ? '' : `${this.#lineHeight}px`;
      this.#node.dataset.for = this.#isForFinger ? 'finger' : 'mouse';
    }
    this.#editor.layoutContentWidget(this);
  }

  #left(lineNumber: number, column: number): number {
    return this.#editor.getScrolledVisiblePosition({ lineNumber, column })?.left ?? 0;
  }

  get #lineHeight(): number {
    return this.#editor.getOption(monaco.editor.EditorOption.lineHeight);
  }
}
