/** Variables that inference adds for values which a rewritten expression needs more than once. */

import type { Span } from '../../protocol/diagnostic.ts';
import type { FunctionNode, Variable } from '../ast.ts';

/** A local of `owner` that no name in the text is like, set where it is made and nowhere else. */
export const temporaryOf = (id: number, name: string, span: Span, owner: FunctionNode): Variable => ({
  ...{ id, name, kind: 'temporary', span, owner, scope: owner.scope },
  ...{ storage: 'local', reassigned: false, captured: false, initialisedAt: 0, mayBeUnset: false },
  ...{
    startsUndefined: false,
    isIndex: false,
    order: 0,
    counter: null,
    written: null,
    text: null,
    number: null,
    holds: null,
  },
});
