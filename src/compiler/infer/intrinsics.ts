/** Type inference for what src/library asks of the compiler. */

import type { Expression } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import { callLibrary } from './calls.ts';
import { evaluateEachMember } from './eachMember.ts';
import { needNumber } from './expressions.ts';
import { evaluateIterable, evaluateWalked } from './keyed.ts';
import { requirePrintable } from './textMaking.ts';
import {
  BOOLEAN,
  NOTHING,
  NUMBER,
  type ObjectType,
  objectOf,
  objectType,
  PER_FRAME,
  primitive,
  STRING,
  type Type,
  UNDEFINED,
} from './types.ts';

type BuiltinCall = Expression & { readonly kind: 'builtin' };

export function evaluateIntrinsic(analysis: Analysis, expression: BuiltinCall, args: readonly Type[]): Type {
  const { unifier } = analysis;
  const holder = objectOf(args[0] ?? NOTHING);
  switch (expression.name) {
    case 'intrinsic.allocate':
      return objectType(analysis.made(expression.id, () => unifier.newArray('array')));
    case 'intrinsic.allocateLike':
      return objectType(
        analysis.made(expression.id, () =>
          holder?.kind === 'typedArray' ? unifier.newTypedArray(holder.name) : unifier.newArray('array'),
        ),
      );
    case 'intrinsic.elementAt':
      if (holder?.kind === 'array') return holder.element;
      return primitive(args[0]?.mask === STRING ? STRING : NUMBER);
    case 'intrinsic.fillDictionary':
      callLibrary(analysis, 'fillDictionary', args, expression.id, expression.span);
      return primitive(UNDEFINED);
    case 'intrinsic.iterable':
      return evaluateIterable(analysis, expression, args[0] ?? NOTHING);
    case 'intrinsic.walked':
      return evaluateWalked(analysis, expression, args[0] ?? NOTHING);
    case 'intrinsic.isPlaying':
    case 'intrinsic.isList':
    case 'intrinsic.hasText':
    case 'intrinsic.isMap':
    case 'intrinsic.isSet':
    case 'intrinsic.isDictionary':
    case 'intrinsic.isError':
      return primitive(BOOLEAN);
    case 'intrinsic.requireTopLevel':
      if (analysis.phase === PER_FRAME) analysis.report(expression.span, 'needs-top-level');
      return primitive(UNDEFINED);
    case 'intrinsic.cut':
    case 'intrinsic.textOfUnits':
      analysis.cutsTexts = true;
      return primitive(STRING);
    case 'intrinsic.eachMember':
      return evaluateEachMember(analysis, expression, args);
    case 'intrinsic.requirePrintable':
      requirePrintable(analysis, expression, args[0] ?? NOTHING);
      return primitive(UNDEFINED);
    case 'intrinsic.setElementAt':
    case 'intrinsic.append': {
      const value = args[args.length - 1] ?? NOTHING;
      if (holder?.kind === 'array') {
        holder.element = unifier.grow(holder.element, value, analysis.conflictAt(expression.span));
      } else {
        needNumber(analysis, value, expression);
      }
      markWritten(analysis, holder);
      forgetPositions(analysis, holder);
      return primitive(UNDEFINED);
    }
    case 'intrinsic.moveElements':
      markWritten(analysis, holder);
      forgetPositions(analysis, holder);
      return primitive(UNDEFINED);
    case 'intrinsic.view': {
      if (holder?.kind !== 'typedArray') return NOTHING;
      const view = analysis.made(expression.id, () => unifier.newTypedArray(holder.name));
      // A write through one is a write to the other.
      if (view.kind === 'typedArray' && view.written !== holder.written) {
        view.written = true;
        holder.written = true;
        unifier.changed = true;
      }
      return objectType(view);
    }
    case 'intrinsic.setLength':
      forgetPositions(analysis, holder);
      return primitive(UNDEFINED);
    case 'intrinsic.trim':
    case 'intrinsic.discard':
    case 'intrinsic.requireElements':
    case 'intrinsic.requireInside':
    case 'intrinsic.requireKey':
      return primitive(UNDEFINED);
    default:
      return primitive(NUMBER);
  }
}

/** Elements move or change: types by position no longer hold. */
function forgetPositions(analysis: Analysis, object: ObjectType | null): void {
  if (object?.kind !== 'array' || object.positions === null) return;
  object.positions = null;
  analysis.unifier.changed = true;
}

/** An array that is written to while the patch plays is state. */
function markWritten(analysis: Analysis, object: ObjectType | null): void {
  if (analysis.phase !== PER_FRAME || (object?.kind !== 'array' && object?.kind !== 'typedArray') || object.written)
    return;
  object.written = true;
  analysis.unifier.changed = true;
}
