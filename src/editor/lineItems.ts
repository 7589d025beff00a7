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
    let { wrappingColumn } = editor.getLayoutInfo();
    editor.onDidLayoutChange((layout) => {
      if (layout.wrappingColumn === wrappingColumn) return;
      wrappingColumn = layout.wrappingColumn;
      this.#place();
    });
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
      // Its line was deleted: it has no place before the text is evaluated, when it goes or gets a new one.
      if (!range || range.isEmpty()) {
        shown.host.remove();
        continue;
      }
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
      const content = row.fill(
        shown.map(({ host, item }) => ({ host, widthPx: item.widthPx })),
        this.#editor.getOption(monaco.editor.EditorOption.lineHeight),
        { scale, characterPx: typicalHalfwidthCharacterWidth },
      );
      row.column = column;
      if (known) this.#editor.layoutContentWidget(row);
      else {
        this.#rows.set(line, row);
        this.#editor.addContentWidget(row);
      }
      room.push({
        range: new monaco.Range(line, column, line, column),
        options: {
          showIfCollapsed: true,
          // Ahead of what is written out behind the line (src/editor/problems.ts), which would lie below the items.
          before: {
            content,
            inlineClassName: 'segue-room',
            cursorStops: monaco.editor.InjectedTextCursorStops.None,
          },
        },
      });
    }
    this.#room.set(room);
  }
}

/** What stands at the end of one line: side by side, and where the line has no room left, below it. */
class Row implements monaco.editor.IContentWidget {
  readonly suppressMouseDown = true;
  column = 1;
  /** The items in their order, with the columns that each of them takes, besides the space ahead. */
  #placed: readonly { readonly host: HTMLElement; readonly columns: number }[] = [];
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

  /** Returns their room: for each a space that the line may be wrapped at, and more that it may not. */
  fill(
    items: readonly { readonly host: HTMLElement; readonly widthPx: number }[],
    heightPx: number,
    { scale, characterPx }: { readonly scale: number; readonly characterPx: number },
  ): string {
    this.#node.style.height = `${heightPx}px`;
    for (const [n, { host }] of items.entries()) {
      const { style } = host;
      style.height = scale === 1 ? '' : `${heightPx / scale}px`;
      style.scale = scale === 1 ? '' : String(scale);
      if (this.#node.children[n] !== host) this.#node.insertBefore(host, this.#node.children[n] ?? null);
    }
    // Room wider than the page would be taken apart.
    const { wrappingColumn } = this.#editor.getLayoutInfo();
    const most = wrappingColumn > 0 ? Math.max(1, wrappingColumn - this.#indentColumns) : Number.POSITIVE_INFINITY;
    this.#placed = items.map(({ host, widthPx }) => ({
      host,
      columns: Math.min(most, Math.ceil((scale * widthPx + GAP_PX) / characterPx)),
    }));
    return this.#placed.map(({ columns }) => ` ${SPACE.repeat(columns)}`).join('');
  }

  /** Each goes where Monaco, which counts columns, has put its room. */
  afterRender = (_: unknown, coordinate: { readonly left: number } | null): void => {
    if (!coordinate) return;
    const { wrappingColumn } = this.#editor.getLayoutInfo();
    const { typicalHalfwidthCharacterWidth: characterPx } = this.#editor.getOption(monaco.editor.EditorOption.fontInfo);
    const lineHeight = this.#editor.getOption(monaco.editor.EditorOption.lineHeight);
    let [column, linesBelow] = [Math.round(coordinate.left / characterPx), 0];
    for (const { host, columns } of this.#placed) {
      const isWrapped = wrappingColumn > 0 && column + 1 + columns > wrappingColumn;
      if (isWrapped) [column, linesBelow] = [this.#indentColumns, linesBelow + 1];
      const isFirst = host === this.#placed[0]?.host;
      const leftPx = isFirst && !isWrapped ? 0 : column * characterPx - coordinate.left;
      host.style.translate = `${leftPx}px ${linesBelow * lineHeight}px`;
      // The space ahead of what was wrapped has stayed in the line before.
      column += isWrapped ? columns : columns + 1;
    }
  };

  /** Where Monaco begins what it has wrapped. */
  get #indentColumns(): number {
    const firstColumn = this.#editor.getModel()?.getLineFirstNonWhitespaceColumn(this.#line) || 1;
    return firstColumn - 1 + WRAPPED_INDENT;
  }

  getId = (): string => `segue.row.${this.#line}`;
  getDomNode = (): HTMLElement => this.#node;
  getPosition = (): monaco.editor.IContentWidgetPosition => ({
    position: { lineNumber: this.#line, column: this.column },
    preference: [monaco.editor.ContentWidgetPositionPreference.EXACT],
    positionAffinity: monaco.editor.PositionAffinity.LeftOfInjectedText,
  });
}
