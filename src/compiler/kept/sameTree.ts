/**
 * Whether a text means the same as the one before but for numbers that are written out, comments and space. In: the resolved tree
 * of a text before and that of a new one. Out: what has to be changed in the first for it to be the second; `null` where types,
 * names or storage might be others. Changes nothing.
 *
 * All is compared that a later pass may read, so what those found of the tree before holds for the new one: kinds do not depend
 * on numbers, but where a number is an index, a test, or given to a method of arrays and strings.
 */

import type { FunctionNode, JumpTarget, Scope, Unit, Variable, WrittenType } from '../ast.ts';
import type { ResolvedPatch } from '../resolve/resolve.ts';
import { TreeMatcher } from './matchTrees.ts';
import type { TextChange } from './textChange.ts';
import type { Swap } from './treeHistory.ts';

export interface SamePatch {
  readonly swaps: readonly Swap[];
  /** The functions of the tree before in whose own code a number changes. */
  readonly changed: ReadonlySet<FunctionNode>;
  /** Whether numbers differ anywhere, also those that constants hold. */
  readonly hasNewNumbers: boolean;
}

/** Later passes hold what they found by objects of the tree before: whichever of them the two trees have in common are the same. */
export function samePatch(before: ResolvedPatch, after: ResolvedPatch, change: TextChange): SamePatch | null {
  try {
    const match = new PatchMatcher(change);
    return match.patch(before, after) ? match : null;
  } catch (thrown) {
    // Chains longer than this pass's own recursion goes.
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

class PatchMatcher extends TreeMatcher implements SamePatch {
  private readonly afterOf = new Map<object, object>();
  private readonly beforeOf = new Map<object, object>();
  private readonly functions: FunctionNode[] = [];
  private readonly scopes: Scope[] = [];

  patch(before: ResolvedPatch, after: ResolvedPatch): boolean {
    return (
      sameList(before.libraryUnits, after.libraryUnits) &&
      sameList(before.beforeFrames, after.beforeFrames) &&
      this.list(before.units, after.units, (a, b) => this.unit(a, b)) &&
      this.both(before.root, after.root, (a, b) => this.variable(a, b)) &&
      this.both(before.rootCall, after.rootCall, (a, b) => this.functionNode(a, b)) &&
      this.both(before.rootUnit, after.rootUnit, (a, b) => this.isPair(a, b)) &&
      this.unwinding(before, after) &&
      this.rest()
    );
  }

  private unwinding({ unwinding: before }: ResolvedPatch, { unwinding: after }: ResolvedPatch): boolean {
    return this.both(
      before,
      after,
      (a, b) =>
        this.variable(a.number, b.number) &&
        this.variable(a.thrown, b.thrown) &&
        this.list(a.sites, b.sites, (one, other) => one.message === other.message) &&
        a.refusedInFrames.length === b.refusedInFrames.length,
    );
  }

  private unit(a: Unit, b: Unit): boolean {
    if (this.pair(a, b) === false) return false;
    if (a.name !== b.name || a.home !== b.home || a.module !== b.module || a.isLibrary !== b.isLibrary) return false;
    if (a.text !== b.text) this.swaps.push({ holder: a, field: 'text', value: b.text });
    return (
      this.span(a, b) &&
      this.functionNode(a.initialiser, b.initialiser) &&
      this.list(a.variables, b.variables, (one, other) => this.variable(one, other)) &&
      this.list(a.functions, b.functions, (one, other) => this.functionNode(one, other))
    );
  }

  /** What was named while other things were looked at. */
  private rest(): boolean {
    for (;;) {
      const node = this.functions.pop();
      if (node && !this.insideFunction(node, this.afterOf.get(node) as FunctionNode)) return false;
      const scope = node ? undefined : this.scopes.pop();
      if (scope && !this.insideScope(scope, this.afterOf.get(scope) as Scope)) return false;
      if (!node && !scope) return true;
    }
  }

  protected override functionNode(a: FunctionNode, b: FunctionNode): boolean {
    const known = this.pair(a, b);
    if (known === null) this.functions.push(a);
    return known !== false;
  }

  private insideFunction(a: FunctionNode, b: FunctionNode): boolean {
    this.current = a;
    return (
      a.path === b.path &&
      a.place === b.place &&
      a.hasThis === b.hasThis &&
      a.isMaker === b.isMaker &&
      a.isArrow === b.isArrow &&
      a.lambdaCount === b.lambdaCount &&
      a.functionCount === b.functionCount &&
      this.span(a, b) &&
      this.writtenType(a, 'writtenResult', a.writtenResult, b.writtenResult) &&
      this.both(a.parent, b.parent, (one, other) => this.functionNode(one, other)) &&
      this.both(a.unit, b.unit, (one, other) => this.isPair(one, other)) &&
      this.scope(a.scope, b.scope) &&
      this.list(
        a.parameters,
        b.parameters,
        (one, other) =>
          one.rest === other.rest &&
          this.variable(one.variable, other.variable) &&
          this.both(one.fallback, other.fallback, (value, given) => this.expression(value, given)),
      ) &&
      this.list([...a.captures], [...b.captures], (one, other) => this.variable(one, other)) &&
      this.body(a.body, b.body)
    );
  }

  protected override variable(a: Variable, b: Variable): boolean {
    const known = this.pair(a, b);
    if (known !== null) return known;
    if (a.initialisedAt !== b.initialisedAt)
      this.swaps.push({ holder: a, field: 'initialisedAt', value: b.initialisedAt });
    return (
      a.name === b.name &&
      a.kind === b.kind &&
      a.storage === b.storage &&
      a.reassigned === b.reassigned &&
      a.captured === b.captured &&
      a.mayBeUnset === b.mayBeUnset &&
      a.startsUndefined === b.startsUndefined &&
      a.isIndex === b.isIndex &&
      a.order === b.order &&
      a.text === b.text &&
      a.counter?.start === b.counter?.start &&
      a.counter?.step === b.counter?.step &&
      this.span(a, b) &&
      this.numberOf(a, b) &&
      this.writtenType(a, 'written', a.written, b.written) &&
      this.both(a.owner, b.owner, (one, other) => this.functionNode(one, other)) &&
      this.both(a.holds, b.holds, (one, other) => this.functionNode(one, other)) &&
      this.scope(a.scope, b.scope)
    );
  }

  /** A constant that is an index has a part in types. */
  private numberOf(a: Variable, b: Variable): boolean {
    if (Object.is(a.number, b.number)) return true;
    if (a.number === null || b.number === null || a.isIndex) return false;
    this.hasNewNumbers = true;
    this.swaps.push({ holder: a, field: 'number', value: b.number });
    return true;
  }

  protected override scope(a: Scope, b: Scope): boolean {
    const known = this.pair(a, b);
    if (known === null) this.scopes.push(a);
    return known !== false;
  }

  private insideScope(a: Scope, b: Scope): boolean {
    if (a.start !== b.start) this.swaps.push({ holder: a, field: 'start', value: b.start });
    return (
      this.both(a.parent, b.parent, (one, other) => this.scope(one, other)) &&
      this.both(a.owner, b.owner, (one, other) => this.functionNode(one, other)) &&
      this.list(a.cells, b.cells, (one, other) => this.variable(one, other)) &&
      this.list(
        a.functions,
        b.functions,
        (one, other) =>
          this.variable(one.variable, other.variable) &&
          this.functionNode(one.node, other.node) &&
          this.span(one, other),
      ) &&
      this.list(
        [...a.names],
        [...b.names],
        ([name, one], [otherName, other]) =>
          name === otherName &&
          one.kind === other.kind &&
          (one.kind !== 'variable' || other.kind !== 'variable' || this.variable(one.variable, other.variable)),
      )
    );
  }

  protected override target(a: JumpTarget, b: JumpTarget): boolean {
    return this.pair(a, b) !== false && a.label === b.label;
  }

  private writtenType(holder: object, field: string, a: WrittenType | null, b: WrittenType | null): boolean {
    if (a === null || b === null) return a === b;
    const isMoved = a.span.start !== b.span.start || a.span.end !== b.span.end;
    if (isMoved) this.swaps.push({ holder, field, value: b });
    return a.mask === b.mask && a.text === b.text && sameList([...a.objects], [...b.objects]);
  }

  /** Whether two objects stand for one another; `null`: they do from now on. */
  private pair(a: object, b: object): boolean | null {
    if (a === b) return true;
    const known = this.afterOf.get(a);
    if (known !== undefined) return known === b;
    if (this.beforeOf.has(b)) return false;
    this.afterOf.set(a, b);
    this.beforeOf.set(b, a);
    return null;
  }

  private isPair(a: object, b: object): boolean {
    return a === b || this.afterOf.get(a) === b;
  }
}

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, n) => one === b[n]);
}
