/** Where code can trap, and what to say then. */

import type { DiagnosticCode, NonFinite } from '../../language/diagnostics.ts';
import type { Span } from '../../protocol/diagnostic.ts';

/** A place in a function where it can trap, and what to say then. */
export interface TrapSite {
  readonly code: DiagnosticCode;
  readonly span: Span;
  /** The function of the standard library that it is in: `span` is a call of it. */
  readonly within?: string;
  /** For `used-before-declared`: the variable, and where it is declared. */
  readonly variable?: { readonly name: string; readonly span: Span };
  /** For `thrown`: what the text says of it. */
  readonly message?: string;
  /** For `not-finite`: what takes the value, and which. */
  readonly notFinite?: readonly [what: string, value: NonFinite];
}
