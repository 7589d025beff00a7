/**
 * What the editor asks about a text, and what the compiler's language service answers. Positions are offsets of UTF-16 code
 * units in the text that came with the question.
 */

import type { Diagnostic, Fix, Span, TextEdit } from './diagnostic.ts';
import type { PatchGraph } from './graph.ts';

export type CompletionKind =
  | 'function'
  | 'factory'
  | 'variable'
  | 'constant'
  | 'member'
  | 'method'
  | 'keyword'
  | 'snippet'
  | 'text'
  | 'class';

export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** Its type, or where it comes from. */
  readonly detail: string;
  /** What is put in, where that is not the label. With `${1:name}` for what is filled in, if `isSnippet`. */
  readonly insert?: string;
  readonly isSnippet?: boolean;
  /** Own names first, then the library, then what is built in: 0 to 9. */
  readonly rank: number;
}

export interface Completions {
  /** What the chosen one replaces. */
  readonly span: Span;
  readonly items: readonly CompletionItem[];
}

/** Texts for people: `code` is TypeScript, `text` is Markdown. */
export interface Description {
  readonly code: string;
  readonly text: string;
}

export interface Hover extends Description {
  readonly span: Span;
  /** The unit that it declares, where that can run. */
  readonly unit: string | null;
}

export interface SignatureHelp {
  readonly label: string;
  readonly text: string;
  /** Each as a part of the label, with what is said of it. */
  readonly parameters: readonly { readonly start: number; readonly end: number; readonly text: string }[];
  /** The one that is being written. */
  readonly active: number;
}

/** A place in the patch, or in a module of the library, whose path is given. */
export interface Place {
  readonly path: string | null;
  readonly span: Span;
}

export interface Highlight {
  readonly span: Span;
  readonly isWritten: boolean;
}

/** `refusal`: why there are no edits, in a sentence. */
export type Renaming = { readonly edits: readonly TextEdit[] } | { readonly refusal: string };

export type SymbolKind = 'function' | 'variable' | 'constant' | 'class' | 'export';

export interface OutlineSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: SymbolKind;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly OutlineSymbol[];
}

export interface FoldingRange {
  readonly span: Span;
  readonly isComment: boolean;
}

export interface QuickFix extends Fix {
  /** Code of the mistake that it puts right. */
  readonly code: string;
  readonly span: Span;
}

export type Question =
  | { readonly kind: 'complete'; readonly offset: number }
  /** What is said of a completion. */
  | { readonly kind: 'describe'; readonly offset: number; readonly label: string }
  | { readonly kind: 'hover'; readonly offset: number }
  | { readonly kind: 'signature'; readonly offset: number }
  | { readonly kind: 'define'; readonly offset: number }
  | { readonly kind: 'references'; readonly offset: number }
  | { readonly kind: 'highlights'; readonly offset: number }
  /** Whether the name there can be renamed: it is, to itself. */
  | { readonly kind: 'canRename'; readonly offset: number }
  | { readonly kind: 'rename'; readonly offset: number; readonly name: string }
  | { readonly kind: 'outline' }
  | { readonly kind: 'folding' }
  /** For the text that was compiled or checked last. */
  | { readonly kind: 'fixes'; readonly span: Span }
  /** What is wrong, without evaluating it. */
  | { readonly kind: 'check' }
  /** The text of a module of the library. */
  | { readonly kind: 'module'; readonly path: string }
  /** The picture of what plays, whatever the text. */
  | { readonly kind: 'graph' };

export interface Answers {
  readonly complete: Completions | null;
  readonly describe: Description | null;
  readonly hover: Hover | null;
  readonly signature: SignatureHelp | null;
  readonly define: Place | null;
  readonly references: readonly Place[];
  readonly highlights: readonly Highlight[];
  readonly canRename: { readonly span: Span; readonly name: string } | { readonly refusal: string };
  readonly rename: Renaming;
  readonly outline: readonly OutlineSymbol[];
  readonly folding: readonly FoldingRange[];
  readonly fixes: readonly QuickFix[];
  readonly check: readonly Diagnostic[];
  readonly module: string | null;
  readonly graph: PatchGraph | null;
}

export type QuestionKind = Question['kind'];
export type AnswerTo<Asked extends Question> = Answers[Asked['kind']];
