/**
 * Small things at the end of their lines: values, traces, controls. They move with the text, and have their own room in the
 * line, so that they cover nothing. In: items, with who fills them. Out: elements for that. Main thread.
 */

import { monaco } from './monaco.ts';

export interface LineItem {
  /** Tells it from others; one with the same key is the same, wherever it stands. */
  readonly key: string;
  /** In the line of this offset of the text as it is now. */
  readonly offset: number;
  readonly widthPx: number;
  /** Fills the element; what it returns is called when it goes. */
  readonly mount: (host: HTMLElement) => () => void;
}

type CodeEditor = monaco.editor.IStandaloneCodeEditor;

/** Before the first and between two. */
const GAP_PX = 12;
/** Spaces of the code's font that no wrapping takes apart, behind one that it may. */
const SPACE = '\u00a0';
/** For text of this size items are made; where it is larger, as on stage, they are larger too. */
const USUAL_TEXT_PX = 14;
const LARGEST_SCALE = 2;
/** By so many columns Monaco indents what it wraps. */
const WRAPPED_INDENT = 2;

interface Shown {
  readonly item: LineItem;
  readonly host: HTMLElement;
  readonly unmount: () => void;
  /** Of its mark among the others. */
  readonly index: number;
}

export class LineItems {
  readonly #editor: CodeEditor;
  readonly #shown = new Map<string, Shown>();
  readonly #rows = new Map<number, Row>();
  /** Follow the lines through edits. One collection for all: the editor lays the text out again whenever one changes. */
  readonly #marks: monaco.editor.IEditorDecorationsCollection;
  readonly #room: monaco.editor.IEditorDecorationsCollection;

  constructor(editor: CodeEditor) {
    this.#editor = editor;
    this.#marks = editor.createDecorationsCollection();
    this.#room = editor.createDecorationsCollection();
    editor.onDidChangeModelContent(() => this.#place());
    editor.onDidChangeConfiguration((event) => {
      if (event.hasChanged(monaco.editor.EditorOption.fontInfo)) this.#place();
    });
  }

  show(items: readonly LineItem[]): void {
    const wanted = new Set(items.map(({ key }) => key));
    for (const [key, shown] of this.#shown) if (!wanted.has(key)) this.#remove(key, shown);
    this.#marks.set(items.map(({ offset }) => this.#markAt(offset)));
    for (const [index, item] of items.entries()) {
      const known = this.#shown.get(item.key);
      if (known) {
        this.#shown.set(item.key, { ...known, item, index });
        continue;
      }
      const host = document.createElement('span');
      host.className = 'segue-item';
      host.style.width = `${item.widthPx}px`;
      this.#shown.set(item.key, { item, host, index, unmount: item.mount(host) });
    }
    this.#place();
  }

  #remove(key: string, { host, unmount }: Shown): void {
    this.#shown.delete(key);
    unmount();
    host.remove();
  }

  #markAt(offset: number): monaco.editor.IModelDeltaDecoration {
    const model = this.#editor.getModel();
    const { lineNumber } = model?.getPositionAt(offset) ?? { lineNumber: 1 };
    const range = new monaco.Range(lineNumber, 1, lineNumber, model?.getLineMaxColumn(lineNumber) ?? 1);
    return { range, options: { stickiness: monaco.editor.TrackedRangeStickiness.AlwaysGrowsWhenTypingAtEdges } };
  }

  /** Items of one line stand side by side in one row. */
  #place(): void {
    const model = this.#editor.getModel();
    if (!model) return;
    const byLine = new Map<number, Shown[]>();
    for (const shown of this.#shown.values()) {
      const range = this.#marks.getRange(shown.index);
      if (!range) continue;
      const known = byLine.get(range.startLineNumber);
      if (known) known.push(shown);
      else byLine.set(range.startLineNumber, [shown]);
    }
    for (const [line, row] of this.#rows) {
      if (byLine.has(line)) continue;
      this.#editor.removeContentWidget(row);
      this.#rows.delete(line);
    }
    const { typicalHalfwidthCharacterWidth, fontSize } = this.#editor.getOption(monaco.editor.EditorOption.fontInfo);
    const scale = Math.min(LARGEST_SCALE, Math.max(1, fontSize / USUAL_TEXT_PX));
    const room: monaco.editor.IModelDeltaDecoration[] = [];
    for (const [line, shown] of byLine) {
      const known = this.#rows.get(line);
      const row = known ?? new Row(this.#editor, line);
      const column = model.getLineMaxColumn(line);
      const widthPx = row.fill(
        shown.map(({ host, item }) => ({ host, widthPx: item.widthPx })),
        this.#editor.getOption(monaco.editor.EditorOption.lineHeight),
        scale,
      );
      row.column = column;
      if (known) this.#editor.layoutContentWidget(row);
      else {
        this.#rows.set(line, row);
        this.#editor.addContentWidget(row);
      }
      const columns = columnsOf(widthPx, typicalHalfwidthCharacterWidth);
      room.push({
        range: new monaco.Range(line, column, line, column),
        options: {
          showIfCollapsed: true,
          after: {
            content: ` ${SPACE.repeat(columns - 1)}`,
            inlineClassName: 'segue-room',
            cursorStops: monaco.editor.InjectedTextCursorStops.None,
          },
        },
      });
    }
    this.#room.set(room);
  }
}

/** The room for items, with the space that it may be wrapped at. */
const columnsOf = (roomPx: number, characterPx: number): number => Math.ceil(roomPx / characterPx);

/** What stands at the end of one line. */
class Row implements monaco.editor.IContentWidget {
  readonly suppressMouseDown = true;
  column = 1;
  #roomPx = 0;
  readonly #editor: CodeEditor;
  readonly #line: number;
  readonly #node = document.createElement('div');

  constructor(editor: CodeEditor, line: number) {
    this.#editor = editor;
    this.#line = line;
    this.#node.className = 'segue-row';
    // What is pressed here is not pressed in the text.
    for (const kind of ['mousedown', 'touchstart', 'pointerdown', 'contextmenu', 'wheel', 'keydown'] as const) {
      this.#node.addEventListener(kind, (event) => event.stopPropagation());
    }
  }

  /** Returns how wide it is. */
  fill(
    items: readonly { readonly host: HTMLElement; readonly widthPx: number }[],
    heightPx: number,
    scale: number,
  ): number {
    this.#node.style.height = `${heightPx}px`;
    for (const [n, { host, widthPx }] of items.entries()) {
      const { style } = host;
      style.height = scale === 1 ? '' : `${heightPx / scale}px`;
      style.marginRight = scale === 1 ? '' : `${widthPx * (scale - 1)}px`;
      style.transform = scale === 1 ? '' : `scale(${scale})`;
      if (this.#node.children[n] !== host) this.#node.insertBefore(host, this.#node.children[n] ?? null);
    }
    this.#roomPx = items.reduce((sum, { widthPx }) => sum + scale * widthPx + GAP_PX, 0);
    return this.#roomPx;
  }

  /** Where the line has no room left, its room was wrapped, and the row goes there. */
  afterRender = (_: unknown, coordinate: { readonly left: number } | null): void => {
    if (!coordinate) return;
    const { wrappingColumn } = this.#editor.getLayoutInfo();
    const { typicalHalfwidthCharacterWidth: characterPx } = this.#editor.getOption(monaco.editor.EditorOption.fontInfo);
    // As Monaco counts, which wraps the room where it has a column too many.
    const columns = Math.round(coordinate.left / characterPx) + columnsOf(this.#roomPx, characterPx);
    const isWrapped = wrappingColumn > 0 && columns > wrappingColumn;
    const model = this.#editor.getModel();
    const indentColumns = (model?.getLineFirstNonWhitespaceColumn(this.#line) || 1) - 1 + WRAPPED_INDENT;
    const lineHeight = this.#editor.getOption(monaco.editor.EditorOption.lineHeight);
    this.#node.style.transform = isWrapped
      ? `translate(${indentColumns * characterPx - coordinate.left}px, ${lineHeight}px)`
      : '';
  };

  getId = (): string => `segue.row.${this.#line}`;
  getDomNode = (): HTMLElement => this.#node;
  getPosition = (): monaco.editor.IContentWidgetPosition => ({
    position: { lineNumber: this.#line, column: this.column },
    preference: [monaco.editor.ContentWidgetPositionPreference.EXACT],
    positionAffinity: monaco.editor.PositionAffinity.LeftOfInjectedText,
  });
}
