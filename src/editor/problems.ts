/**
 * Mistakes in the text: marked where they are, and written out at the end of their line, whole, so that nobody has to point
 * at anything to read them; behind that, what puts them right, to be pressed. In: diagnostics with UTF-16 offsets. Main thread.
 */

import { monaco } from './monaco.ts';

/** A mistake to mark: a range of UTF-16 offsets and what is wrong there. */
export interface Mark {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  readonly span: Range;
  /** Other places that belong to it. */
  readonly related?: readonly { readonly span: Range; readonly message: string }[];
  readonly fix?: Fix;
}

interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly span: Range; readonly text: string }[];
}

/** UTF-16 offsets, the end excluded. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** The most places that are marked because they belong to a mistake. */
const MAX_PLACES = 300;
const OWNER = 'segue';
/** Between code and message; ordinary spaces would be merged. The line may be wrapped behind it. */
const GAP = '\u00a0\u00a0 ';
/** A text that is broken all over has its first mistakes written out, and one with endless names not all of those. */
const MAX_LINES = 100;
const MAX_CHARS = 1000;
const FIX_CLASS = 'segue-fix';
/** A pointer that moves further scrolls or selects. */
const PRESS_PX = 8;

/** A fix that is on show, and its edits, which move with the text. */
interface ShownFix {
  readonly title: string;
  /** One range for each of the texts. */
  readonly ranges: monaco.editor.IEditorDecorationsCollection;
  readonly texts: readonly string[];
}

export class ProblemMarks {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #model: monaco.editor.ITextModel;
  readonly #written: monaco.editor.IEditorDecorationsCollection;
  #fixes: ShownFix[] = [];

  constructor(editor: monaco.editor.IStandaloneCodeEditor, model: monaco.editor.ITextModel, host: HTMLElement) {
    this.#editor = editor;
    this.#model = model;
    let pressed: { readonly number: number; readonly x: number; readonly y: number } | null = null;
    // Not by clicks: Monaco redraws the line between press and release, and takes the pointer for itself.
    host.addEventListener(
      'pointerdown',
      ({ target, clientX, clientY, isPrimary, button }) => {
        const fix = target instanceof Element ? target.closest(`.${FIX_CLASS}`) : null;
        // The number is part of the name of its class, as Monaco passes on nothing else.
        const number = /segue-fix-(\d+)/.exec(fix?.className ?? '')?.[1];
        const isPress = isPrimary && button === 0 && number !== undefined;
        pressed = isPress ? { number: Number(number), x: clientX, y: clientY } : null;
      },
      true,
    );
    window.addEventListener('pointerup', ({ clientX, clientY }) => {
      const near = pressed && Math.hypot(clientX - pressed.x, clientY - pressed.y) < PRESS_PX ? pressed : null;
      pressed = null;
      if (near) setTimeout(() => this.#apply(this.#fixes[near.number]));
    });
    this.#written = editor.createDecorationsCollection();
  }

  show(marks: readonly Mark[]): void {
    const severities = { error: monaco.MarkerSeverity.Error, warning: monaco.MarkerSeverity.Warning };
    const markers = marks.map(({ severity, code, message, span, related }) => ({
      ...this.#range(span),
      severity: severities[severity],
      code,
      message,
      relatedInformation: related?.map((place) => ({
        ...this.#range(place.span),
        resource: this.#model.uri,
        message: place.message,
      })),
    }));
    // They are marked themselves too, quietly, and say what they have to do with it.
    const places = marks
      .flatMap(({ related = [] }) => related)
      .slice(0, MAX_PLACES)
      .map(({ span, message }) => ({ ...this.#range(span), severity: monaco.MarkerSeverity.Info, message }));
    monaco.editor.setModelMarkers(this.#model, OWNER, [...markers, ...places]);
    for (const { ranges } of this.#fixes) ranges.clear();
    this.#fixes = [];
    this.#written.set(this.#lines(marks).flatMap(([line, inLine]) => this.#writeOut(line, inLine)));
  }

  /** What is wrong in each line, errors first. */
  #lines(marks: readonly Mark[]): [line: number, marks: readonly Mark[]][] {
    const lines = new Map<number, Mark[]>();
    for (const mark of marks) {
      const { startLineNumber } = this.#range(mark.span);
      const inLine = lines.get(startLineNumber) ?? [];
      if (lines.size >= MAX_LINES && inLine.length === 0) continue;
      lines.set(startLineNumber, [...inLine, mark]);
    }
    const rank = ({ severity }: Mark) => (severity === 'error' ? 0 : 1);
    return [...lines].map(([line, inLine]) => [line, inLine.sort((a, b) => rank(a) - rank(b))]);
  }

  #writeOut(line: number, marks: readonly Mark[]): monaco.editor.IModelDeltaDecoration[] {
    const worst = marks[0]?.severity ?? 'error';
    const messages = [...new Set(marks.map(({ message }) => message.replace(/\s+/g, ' ').trim()))].join(GAP);
    const fix = marks.find((mark) => mark.fix)?.fix;
    const content = messages.length > MAX_CHARS ? `${messages.slice(0, MAX_CHARS)}…` : messages;
    return [
      {
        range: new monaco.Range(line, 1, line, this.#model.getLineMaxColumn(line)),
        options: { isWholeLine: true, className: `segue-line-${worst}` },
      },
      this.#atEnd(line, {
        content: GAP + content + (fix ? GAP : ''),
        inlineClassName: `segue-message-${worst}`,
        cursorStops: monaco.editor.InjectedTextCursorStops.None,
      }),
      ...(fix ? [this.#atEnd(line, this.#offer(fix))] : []),
    ];
  }

  /** Behind the room for items, which is put before the end, and behind what was put there earlier. */
  #atEnd(line: number, after: monaco.editor.InjectedTextOptions): monaco.editor.IModelDeltaDecoration {
    const end = this.#model.getLineMaxColumn(line);
    return {
      range: new monaco.Range(line, end, line, end),
      options: {
        showIfCollapsed: true,
        stickiness: monaco.editor.TrackedRangeStickiness.AlwaysGrowsWhenTypingAtEdges,
        after,
      },
    };
  }

  #offer({ title, edits }: Fix): monaco.editor.InjectedTextOptions {
    const ranges = this.#editor.createDecorationsCollection(
      edits.map(({ span }) => ({
        range: monaco.Range.fromPositions(this.#model.getPositionAt(span.start), this.#model.getPositionAt(span.end)),
        options: {
          stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
          showIfCollapsed: true,
        },
      })),
    );
    const number = this.#fixes.push({ title, ranges, texts: edits.map(({ text }) => text) }) - 1;
    return {
      content: `\u00a0${title.replaceAll(' ', '\u00a0')}\u00a0`,
      inlineClassName: `${FIX_CLASS} ${FIX_CLASS}-${number}`,
      cursorStops: monaco.editor.InjectedTextCursorStops.None,
    };
  }

  /** One step of undo takes it back. */
  #apply(fix: ShownFix | undefined): void {
    if (!fix) return;
    const ranges = fix.ranges.getRanges();
    if (ranges.length !== fix.texts.length) return;
    this.#editor.pushUndoStop();
    this.#editor.executeEdits(
      'segue',
      ranges.map((range, index) => ({ range, text: fix.texts[index] ?? '' })),
    );
    this.#editor.pushUndoStop();
  }

  /** At least one character, so that there is something to see; at the end of a line the one before. */
  #range({ start, end }: Range): monaco.IRange {
    const from = this.#model.getPositionAt(start);
    const to = this.#model.getPositionAt(Math.max(start, end));
    const range = monaco.Range.fromPositions(from, to);
    if (!range.isEmpty()) return range;
    const endColumn = Math.min(from.column + 1, this.#model.getLineMaxColumn(from.lineNumber));
    const startColumn = endColumn > from.column ? from.column : Math.max(1, from.column - 1);
    return new monaco.Range(from.lineNumber, startColumn, from.lineNumber, endColumn);
  }
}
