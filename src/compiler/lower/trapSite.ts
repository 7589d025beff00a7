/** Where code can trap, and what to say then. */

import type { DiagnosticCode, NonFinite } from '../../language/diagnostics.ts';
import type { Span } from '../../protocol/diagnostic.ts';

/** A place in a function where it can trap, and what to say then. */
export interface TrapSite {
  readonly code: DiagnosticCode;
  readonly span: Span;
  /**
   * The function of the standard library that it is in: `span` is a call of it. `null`: it is in what operators and methods are made
   * of, and `span` is where one is used. Of several uses it is the first.
   */
  readonly within?: string | null;
  /** Other calls that it may have been. */
  readonly others?: readonly Span[];
  /** For `used-before-declared`: the variable, and where it is declared. */
  readonly variable?: { readonly name: string; readonly span: Span };
  /** For `thrown`: what the text says of it. */
  readonly message?: string;
  /** For `not-finite`: what takes the value, and which. */
  readonly notFinite?: readonly [what: string, value: NonFinite];
}
