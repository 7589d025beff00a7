/**
 * Moved controls written into the text, as the defaults that it says. In: the text of now, the text in which the controls were
 * declared, and where they stand. Out: the edits. Pure.
 */

import type { ControlState } from '../protocol/controls.ts';
import type { Span } from '../protocol/diagnostic.ts';
import { carryThroughLines } from './carryThroughLines.ts';
import { numberLiteral } from './controlNumbers.ts';

/** Replaces `span` of the text; spans of several do not overlap. */
export interface TextEdit {
  readonly span: Span;
  readonly put: string;
}

export interface WrittenBack {
  readonly edits: readonly TextEdit[];
  /** Controls whose default the text says from now on. */
  readonly names: readonly string[];
  /** Those whose default is computed, or whose call was edited since: their value has no place in the text. */
  readonly refused: readonly string[];
}

/** A call that gives nothing but a name, or what comes before the default of `select`. */
const ONLY_NAME = /^[\w$.\s]+\(\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\$]|\\.)*`)\s*,?\s*\)$/;

/** `declaredIn`: the text that the spans of the controls refer to. */
export function writeBack(text: string, declaredIn: string, controls: readonly ControlState[]): WrittenBack {
  const edits: TextEdit[] = [];
  const names: string[] = [];
  const refused: string[] = [];
  for (const control of controls) {
    const found = editsFor(control, declaredIn);
    const carried = found?.map(({ span, put }) => ({ span: carryThroughLines(declaredIn, text, span), put })) ?? [];
    if (carried.length === 0 || carried.some(({ span }) => span === null)) refused.push(control.declaration.name);
    else {
      names.push(control.declaration.name);
      for (const { span, put } of carried)
        if (span && text.slice(span.start, span.end) !== put) edits.push({ span, put });
    }
  }
  return { edits: edits.sort((a, b) => a.span.start - b.span.start), names, refused };
}

/** Null: there is no place for it. */
function editsFor({ declaration, value }: ControlState, declaredIn: string): readonly TextEdit[] | null {
  const { kind, valueSpan, secondValueSpan, span } = declaration;
  const [first, second] = typeof value === 'number' ? [value, null] : value;
  const write = (one: number, at: Span | null): string => {
    const old = at ? declaredIn.slice(at.start, at.end) : '';
    if (kind === 'toggle') return /^(?:0|1)$/.test(old) ? String(one) : String(one > 0);
    return numberLiteral(one, declaration);
  };
  if (valueSpan && (second === null || secondValueSpan)) {
    const edits = [{ span: valueSpan, put: write(first, valueSpan) }];
    return second !== null && secondValueSpan
      ? [...edits, { span: secondValueSpan, put: write(second, secondValueSpan) }]
      : edits;
  }
  // Nothing says a default yet: it becomes the argument behind the name.
  if (valueSpan || kind === 'select' || !ONLY_NAME.test(declaredIn.slice(span.start, span.end))) return null;
  const end = span.end - 1;
  const put = [first, ...(second === null ? [] : [second])].map((one) => `, ${write(one, null)}`).join('');
  const at = declaredIn.slice(0, end).replace(/[\s,]+$/, '').length;
  return [{ span: { start: at, end }, put }];
}
