/**
 * An edit of one number that is written out: what happens while somebody turns it. In: the resolved tree of a text, and the text
 * after it. Out: the same as sameTree.ts, without a tree of the text after; `null`: it is another edit, or one that resolving the
 * text might tell of. Changes nothing, and moves nothing that stands behind the number.
 */

import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, FunctionNode, Statement, Unit, Variable } from '../ast.ts';
import type { ResolvedPatch } from '../resolve/resolve.ts';
import { partsOfExpression } from '../walk.ts';
import { takesAnyNumber } from './matchTrees.ts';
import type { SamePatch } from './sameTree.ts';
import { TextChange } from './textChange.ts';
import type { Swap } from './treeHistory.ts';

const TOKEN_PART = /[\w.$]/;
const NUMBER = /^(?:0|[1-9]\d*)?(?:\.\d+)?$/;

export interface OtherNumber {
  readonly same: SamePatch;
  /** From the whole number to the other. */
  readonly change: TextChange;
}

export function otherNumber(patch: ResolvedPatch, text: string): OtherNumber | null {
  const { hiding, hostCalls, printSites, diagnostics, unwinding } = patch;
  const difference = new TextChange(patch.text, text);
  if (difference.isNone || hiding.length > 0 || printSites.length > 0 || unwinding !== null) return null;
  const at = tokenAround(patch.text, difference.place);
  const before = patch.text.slice(at.start, at.end);
  const after = text.slice(at.start, at.end + difference.growth);
  if (before === '' || after === '' || !NUMBER.test(before) || !NUMBER.test(after)) return null;
  const touches = ({ start, end }: Span): boolean => start <= at.end && end >= at.start;
  // What stands there was told, or is told to the page.
  if (diagnostics.some(({ span, related = [] }) => [span, ...related.map((one) => one.span)].some(touches)))
    return null;
  if (hostCalls.some(({ what, span }) => what === 'sample' || touches(span))) return null;
  const search = new NumberSearch(at);
  try {
    for (const unit of patch.units) if (touches(unit.span)) search.unit(unit);
  } catch (thrown) {
    // Chains longer than this pass's own recursion goes.
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
  const [found, ...others] = search.found;
  if (!found?.isFree || others.length > 0 || search.isUnsure || found.number.value !== Number(before)) return null;
  const value = Number(after);
  const swaps: Swap[] = patch.units.map((unit) => ({ holder: unit, field: 'text', value: text }));
  swaps.push({ holder: found.number, field: 'value', value });
  const { constant } = found;
  if (constant && constant.number !== null) {
    if (constant.isIndex) return null;
    swaps.push({ holder: constant, field: 'number', value });
  }
  const same = { swaps, changed: new Set([found.node]), hasNewNumbers: true };
  return { same, change: TextChange.ofToken(at, patch.text, text) };
}

function tokenAround(text: string, { start, end }: Span): Span {
  let [from, to] = [start, end];
  while (from > 0 && TOKEN_PART.test(text[from - 1]!)) from--;
  while (to < text.length && TOKEN_PART.test(text[to]!)) to++;
  return { start: from, end: to };
}

interface Found {
  readonly number: Expression & { readonly kind: 'number' };
  /** The function in whose own code it is. */
  readonly node: FunctionNode;
  /** Whether it may be any number, as far as types and names are concerned. */
  readonly isFree: boolean;
  /** What it is the value of in its declaration. */
  readonly constant: Variable | null;
}

class NumberSearch {
  readonly found: Found[] = [];
  /** There is something that a tree does not show. */
  isUnsure = false;
  private readonly at: Span;
  private node: FunctionNode = undefined as never;

  constructor(at: Span) {
    this.at = at;
  }

  unit({ initialiser, functions }: Unit): void {
    for (const node of new Set([initialiser, ...functions])) {
      this.node = node;
      for (const { fallback } of node.parameters) if (fallback) this.expression(fallback, true);
      this.body(node.body, true);
    }
  }

  private body(statements: readonly Statement[], isFree: boolean): void {
    for (const statement of statements) this.statement(statement, isFree);
  }

  private statement(statement: Statement, isFree: boolean): void {
    switch (statement.kind) {
      case 'declare':
        if (statement.value) this.expression(statement.value, isFree, statement.variable);
        return;
      case 'return':
        if (statement.value) this.expression(statement.value, isFree);
        return;
      case 'expression':
        this.expression(statement.expression, isFree);
        return;
      case 'block':
        this.body(statement.body, isFree);
        return;
      case 'if':
        this.expression(statement.test, false);
        this.body(statement.yes, isFree);
        this.body(statement.no, isFree);
        return;
      case 'loop':
        // By these it is decided how a counter is held.
        this.body(statement.start, false);
        if (statement.step) this.expression(statement.step, false);
        if (statement.test) this.expression(statement.test, false);
        this.body(statement.body, isFree);
        return;
      case 'switch':
        this.expression(statement.subject, false);
        for (const { test, body } of statement.cases) {
          if (test) this.expression(test, false);
          this.body(body, isFree);
        }
        return;
      case 'break':
      case 'continue':
        return;
    }
  }

  private expression(expression: Expression, isFree: boolean, constant: Variable | null = null): void {
    const { span } = expression;
    const isHere = span.start === this.at.start && span.end === this.at.end;
    if (isHere && expression.kind === 'number') {
      this.found.push({ number: expression, node: this.node, isFree, constant });
      return;
    }
    if (isHere || ('walk' in expression && expression.walk)) this.isUnsure = true;
    if (expression.kind === 'let') this.body(expression.statements, true);
    for (const part of partsOfExpression(expression)) this.expression(part, takesAnyNumber(expression, part, isFree));
  }
}
