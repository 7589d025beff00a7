/**
 * Mistakes in the text: marked where they are, and written out at the end of their line, whole, so that nobody has to point
 * at anything to read them. In: diagnostics with UTF-16 offsets. Main thread.
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
}

/** UTF-16 offsets, the end excluded. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** Of places that belong to mistakes, as many are marked. */
const MAX_PLACES = 300;
const OWNER = 'segue';
/** Between code and message; ordinary spaces would be merged. */
const GAP = '\u00a0\u00a0\u00a0';
/** A text that is broken all over has its first mistakes written out, and one with endless names not all of those. */
const MAX_LINES = 100;
const MAX_CHARS = 1000;

export class ProblemMarks {
  readonly #model: monaco.editor.ITextModel;
  readonly #written: monaco.editor.IEditorDecorationsCollection;

  constructor(editor: monaco.editor.IStandaloneCodeEditor, model: monaco.editor.ITextModel) {
    this.#model = model;
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
    const end = this.#model.getLineMaxColumn(line);
    const worst = marks[0]?.severity ?? 'error';
    const messages = [...new Set(marks.map(({ message }) => message.replace(/\s+/g, ' ').trim()))].join(GAP);
    const content = messages.length > MAX_CHARS ? `${messages.slice(0, MAX_CHARS)}…` : messages;
    return [
      {
        range: new monaco.Range(line, 1, line, end),
        options: { isWholeLine: true, className: `segue-line-${worst}` },
      },
      {
        range: new monaco.Range(line, end, line, end),
        options: {
          showIfCollapsed: true,
          stickiness: monaco.editor.TrackedRangeStickiness.AlwaysGrowsWhenTypingAtEdges,
          after: {
            content: GAP + content,
            inlineClassName: `segue-message-${worst}`,
            cursorStops: monaco.editor.InjectedTextCursorStops.None,
          },
        },
      },
    ];
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
