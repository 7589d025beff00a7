/**
 * The code on the page: Monaco with the patch in it.
 *
 * In: text, problems, lines to light up, commands for the palette. Out: the text as it is edited. Main thread; loaded
 * after the rest of the page, because it is by far the largest part of it.
 */

import './editor.css';
import { difference } from './difference.ts';
import { HeatBars, type HeatLine } from './heatBars.ts';
import { connectLanguage, LANGUAGE_OPTIONS } from './language/connect.ts';
import type { LanguageAnswers } from './language/connection.ts';
import { type LineItem, LineItems } from './lineItems.ts';
import { makeNumbersLive } from './liveNumbers.ts';
import { LINE_NUMBER_DIGITS, PADDING_PX, TAB_COLUMNS } from './measures.ts';
import { monaco } from './monaco.ts';
import { selectWholeNumbers } from './numberSelection.ts';
import { type Mark, ProblemMarks } from './problems.ts';
import { sized, TextSize } from './textSize.ts';
import { applyTheme } from './theme.ts';
import { type Unheard, UnheardBars } from './unheardBars.ts';

/** A command for the palette. `keys` are as in the page's own table. */
export interface PaletteCommand {
  readonly id: string;
  readonly title: string;
  readonly keys: { readonly mod?: boolean; readonly shift?: boolean; readonly alt?: boolean; readonly key: string };
  readonly run: () => void;
}

export interface EditorOptions {
  readonly text: string;
  readonly textSizePx: number;
  readonly dark: boolean;
  readonly commands: readonly PaletteCommand[];
  /** Answers what Monaco asks about the text. */
  readonly language: LanguageAnswers;
  /** A line for the performer. */
  readonly say: (text: string) => void;
  readonly onChange: (text: string) => void;
  /** A number is turned by hand: after each edit, with a number for the gesture. */
  readonly onNumberMoved: (gesture: number) => void;
  /** To an offset in the text. */
  readonly onCursorMoved: (offset: number) => void;
}

/** Monaco's names for the keys. */
const LINE_END = /\r\n?/g;
/** Below this width the gutter is small. */
const NARROW_PX = 520;
const NO_BRACKET_COLOURS = { enabled: false, independentColorPoolPerBracketType: false };
/** How long a lit region stays in the document; the fade itself is in editor.css. */
const FLASH_MS = 400;

const KEY_CODES: Readonly<Record<string, monaco.KeyCode>> = {
  Enter: monaco.KeyCode.Enter,
  '.': monaco.KeyCode.Period,
  ',': monaco.KeyCode.Comma,
  '=': monaco.KeyCode.Equal,
  '-': monaco.KeyCode.Minus,
  s: monaco.KeyCode.KeyS,
  o: monaco.KeyCode.KeyO,
  b: monaco.KeyCode.KeyB,
  p: monaco.KeyCode.KeyP,
  F1: monaco.KeyCode.F1,
  F4: monaco.KeyCode.F4,
  F7: monaco.KeyCode.F7,
  F8: monaco.KeyCode.F8,
  F9: monaco.KeyCode.F9,
  F10: monaco.KeyCode.F10,
  F11: monaco.KeyCode.F11,
};

export class Editor {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #model: monaco.editor.ITextModel;
  readonly #host: HTMLElement;
  readonly #problems: ProblemMarks;
  readonly #unheard: UnheardBars;
  readonly #heat: HeatBars;
  readonly #textSize: TextSize;
  readonly #items: LineItems;

  /** Fills `host` and follows its size. */
  constructor(
    host: HTMLElement,
    { text, textSizePx, dark, commands, language, say, onChange, onNumberMoved, onCursorMoved }: EditorOptions,
  ) {
    this.#host = host;
    applyTheme(host, dark);
    // Monaco shows the last part of the name before the related places of a mistake.
    this.#model = monaco.editor.createModel(text, 'typescript', monaco.Uri.parse('segue:/patch'));
    this.#model.setEOL(monaco.editor.EndOfLineSequence.LF);
    this.#editor = monaco.editor.create(host, { model: this.#model, ...lookAndFeel(host), ...sized(textSizePx) });
    // One colour serves all depths, and a hundred thousand brackets would block the page for seconds. After
    // the editor, which sets what a model has by its own defaults.
    this.#model.updateOptions({
      tabSize: TAB_COLUMNS,
      insertSpaces: true,
      bracketColorizationOptions: NO_BRACKET_COLOURS,
    });
    this.#problems = new ProblemMarks(this.#editor, this.#model, host);
    this.#unheard = new UnheardBars(this.#editor);
    this.#heat = new HeatBars(this.#editor);
    this.#items = new LineItems(this.#editor);
    this.#textSize = new TextSize(this.#editor, textSizePx);
    connectLanguage(this.#editor, language, say);
    selectWholeNumbers(this.#editor, host);
    this.#model.onDidChangeContent(() => onChange(this.text));
    makeNumbersLive(this.#editor, host, onNumberMoved);
    this.#editor.onDidChangeCursorPosition(() => onCursorMoved(this.cursor));
    // A window is dragged, a phone is turned.
    this.#editor.onDidLayoutChange(({ width }) => this.#editor.updateOptions(gutter(width)));
    for (const command of commands) this.#editor.addAction(action(command));
  }

  /** The text, its lines ending in `\n`. */
  get text(): string {
    return this.#model.getValue(monaco.editor.EndOfLinePreference.LF);
  }

  /**
   * Replaces the whole text; one step of undo brings the old one back. What both have in common is left alone, so that
   * the history does not hold it.
   */
  replaceText(text: string): void {
    const { from, to, put } = difference(this.text, text.replaceAll(LINE_END, '\n'));
    const range = monaco.Range.fromPositions(this.#model.getPositionAt(from), this.#model.getPositionAt(to));
    this.#editor.pushUndoStop();
    this.#editor.executeEdits('segue', [{ range, text: put, forceMoveMarkers: true }]);
    this.#editor.pushUndoStop();
    this.#editor.setPosition({ lineNumber: 1, column: 1 });
    this.#editor.setScrollTop(0);
  }

  /** Changes places of the text, given from the first to the last; one step of undo takes all of it back. */
  edit(
    edits: readonly { readonly span: { readonly start: number; readonly end: number }; readonly put: string }[],
  ): void {
    const at = (offset: number) => this.#model.getPositionAt(offset);
    this.#editor.pushUndoStop();
    this.#editor.executeEdits(
      'segue',
      edits.map(({ span, put }) => ({ range: monaco.Range.fromPositions(at(span.start), at(span.end)), text: put })),
    );
    this.#editor.pushUndoStop();
  }

  showProblems(marks: readonly Mark[]): void {
    this.#problems.show(marks);
  }

  /** Marks the lines that do not sound. */
  showUnheard(unheard: Unheard): void {
    this.#unheard.show(unheard);
  }

  /** Marks the lines that do the work. */
  showHeat(lines: readonly HeatLine[]): void {
    this.#heat.show(lines);
  }

  /** Lights up lines, from 1, both included; the light fades. */
  flash(from: number, to: number): void {
    const last = Math.min(to, this.#model.getLineCount());
    const range = new monaco.Range(Math.min(from, last), 1, last, 1);
    const lit = this.#editor.createDecorationsCollection([
      { range, options: { isWholeLine: true, className: 'segue-lit', marginClassName: 'segue-lit-margin' } },
    ]);
    setTimeout(() => lit.clear(), FLASH_MS);
  }

  /** Brings an offset into view, with the cursor on it. */
  reveal(offset: number): void {
    const position = this.#model.getPositionAt(offset);
    this.#editor.setPosition(position);
    this.#editor.revealPositionInCenterIfOutsideViewport(position);
    this.focus();
  }

  /** Shows these at the end of their lines, and none of those before that are not among them. */
  showItems(items: readonly LineItem[]): void {
    this.#items.show(items);
  }

  /** What is selected, as offsets into the text. */
  get selection(): { readonly start: number; readonly end: number } {
    const selection = this.#editor.getSelection();
    if (!selection) return { start: 0, end: 0 };
    const [start, end] = [selection.getStartPosition(), selection.getEndPosition()];
    return { start: this.#model.getOffsetAt(start), end: this.#model.getOffsetAt(end) };
  }

  /** Where the cursor is, as an offset into the text. */
  get cursor(): number {
    const position = this.#editor.getPosition();
    return position ? this.#model.getOffsetAt(position) : 0;
  }

  /** In pixels from the top. */
  scrollTo(topPx: number): void {
    this.#editor.setScrollTop(topPx);
  }

  focus(): void {
    this.#editor.focus();
  }

  openPalette(): void {
    this.focus();
    this.#editor.trigger('segue', 'editor.action.quickCommand', null);
  }

  setTextSize(textSizePx: number): void {
    this.#textSize.choose(textSizePx);
  }

  /** On stage the text is as large as there is room for it. */
  setStage(isOn: boolean): void {
    this.#textSize.setStage(isOn);
  }

  /** Applies the page's current tokens. */
  setTheme(dark: boolean): void {
    applyTheme(this.#host, dark);
  }
}

function lookAndFeel(host: HTMLElement): monaco.editor.IStandaloneEditorConstructionOptions {
  return {
    ...gutter(host.clientWidth),
    automaticLayout: true,
    fontFamily: getComputedStyle(host).getPropertyValue('--font-code'),
    fontLigatures: false,
    minimap: { enabled: false },
    glyphMargin: false,
    lineNumbersMinChars: LINE_NUMBER_DIGITS,
    padding: { top: PADDING_PX, bottom: PADDING_PX },
    scrollBeyondLastLine: false,
    smoothScrolling: false,
    cursorBlinking: 'solid',
    renderLineHighlight: 'none',
    overviewRulerLanes: 0,
    overviewRulerBorder: false,
    hideCursorInOverviewRuler: true,
    guides: { indentation: false, bracketPairs: false },
    matchBrackets: 'always',
    autoClosingBrackets: 'languageDefined',
    ...LANGUAGE_OPTIONS,
    wordBasedSuggestions: 'off',
    selectionHighlight: true,
    links: false,
    colorDecorators: false,
    stickyScroll: { enabled: false },
    unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false },
    unusualLineTerminators: 'auto',
    fixedOverflowWidgets: true,
    // A message at the end of a line is to be read whole, whatever the width.
    wordWrap: 'on',
    wrappingIndent: 'indent',
    // Not behind a full stop, as numbers have them.
    wordWrapBreakAfterCharacters: ' \t})]?|/&,;',
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
    ariaLabel: 'patch',
    accessibilitySupport: 'auto',
    tabSize: TAB_COLUMNS,
    'semanticHighlighting.enabled': false,
  };
}

function gutter(widthPx: number): monaco.editor.IEditorOptions {
  const isNarrow = widthPx < NARROW_PX;
  return { folding: !isNarrow, lineDecorationsWidth: isNarrow ? 8 : 16 };
}

function action({ id, title, keys, run }: PaletteCommand): monaco.editor.IActionDescriptor {
  const code = KEY_CODES[keys.key];
  const modifiers =
    (keys.mod ? monaco.KeyMod.CtrlCmd : 0) |
    (keys.shift ? monaco.KeyMod.Shift : 0) |
    (keys.alt ? monaco.KeyMod.Alt : 0);
  return {
    id: `segue.${id}`,
    // The sign brings them ahead of the editor's own.
    label: `▸ ${title}`,
    ...(code === undefined ? {} : { keybindings: [modifiers | code] }),
    run: () => run(),
  };
}
