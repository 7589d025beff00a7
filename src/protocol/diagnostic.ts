/** The user's mistakes, as data. All problems of a patch reach the page and the terminal in this form. */

/** A half-open range of UTF-16 code units in the text of the patch. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A part of the text and what takes its place. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** What puts a mistake right, where that is obvious. The edits do not overlap. */
export interface Fix {
  /** What it does, in lower case: it is on a button. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

export type Severity = 'error' | 'warning';

export interface Diagnostic {
  readonly severity: Severity;
  /** Stable name of the kind of mistake, such as `undefined-name`; listed in src/language/diagnostics.ts. */
  readonly code: string;
  /** What is wrong and what to do, in sentences. */
  readonly message: string;
  readonly span: Span;
  /** Other places that belong to the mistake. */
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
  readonly fix?: Fix;
}
