/**
 * All of a patch's tree that says where it stands in the text. In: the tree of a patch, and the specialisations that were made of its
 * functions, which may have expressions of their own. Out: how each of them is moved. The library's trees stand in other texts.
 */

import type { Expression, FunctionNode, Patch, Scope, Statement, Target, Variable } from '../ast.ts';
import type { Instance } from '../infer/types.ts';
import { partsOfExpression } from '../walk.ts';
import type { TextChange } from './textChange.ts';
import type { Swap } from './treeHistory.ts';

interface Placed {
  readonly span: { readonly start: number; readonly end: number };
}

export class SpanHolders {
  /** There is something of which a tree does not show all. */
  isUnsure = false;
  private readonly placed = new Set<Placed>();
  private readonly functions = new Set<FunctionNode>();
  private readonly scopes = new Set<Scope>();
  private readonly variables = new Set<Variable>();

  constructor(patch: Patch, instances: readonly Instance[]) {
    for (const unit of patch.units) {
      this.placed.add(unit);
      for (const node of [unit.initialiser, ...unit.functions]) this.function(node);
      for (const variable of unit.variables) this.variable(variable);
    }
    if (patch.root) this.variable(patch.root);
    if (patch.rootCall) this.function(patch.rootCall);
    for (const expression of rewritesIn(instances)) this.expression(expression);
  }

  /** `null`: something stands where the texts differ. */
  moved(change: TextChange): Swap[] | null {
    const swaps: Swap[] = [];
    for (const holder of this.placed) {
      const span = change.span(holder.span);
      if (!span) return null;
      if (span !== holder.span) swaps.push({ holder, field: 'span', value: span });
    }
    for (const holder of this.variables) {
      const at = change.offset(holder.initialisedAt);
      if (at === null) return null;
      if (at !== holder.initialisedAt) swaps.push({ holder, field: 'initialisedAt', value: at });
    }
    for (const holder of this.scopes) {
      const start = change.offset(holder.start);
      if (start === null) return null;
      if (start !== holder.start) swaps.push({ holder, field: 'start', value: start });
    }
    return swaps;
  }

  private function(node: FunctionNode): void {
    if (node.unit?.isLibrary || this.functions.has(node)) return;
    this.functions.add(node);
    this.placed.add(node);
    if (node.writtenResult) this.placed.add(node.writtenResult);
    for (const { variable, fallback } of node.parameters) {
      this.variable(variable);
      if (fallback) this.expression(fallback);
    }
    this.scope(node.scope);
    this.body(node.body);
  }

  private scope(scope: Scope): void {
    if (this.scopes.has(scope)) return;
    this.scopes.add(scope);
    for (const entry of scope.functions) {
      this.placed.add(entry);
      this.variable(entry.variable);
      this.function(entry.node);
    }
    for (const variable of scope.cells) this.variable(variable);
    for (const binding of scope.names.values()) {
      if (binding.kind === 'variable' && binding.variable.scope === scope) this.variable(binding.variable);
    }
  }

  private variable(variable: Variable): void {
    this.variables.add(variable);
    this.placed.add(variable);
    if (variable.written) this.placed.add(variable.written);
  }

  private body(statements: readonly Statement[]): void {
    for (const statement of statements) this.statement(statement);
  }

  private statement(statement: Statement): void {
    this.placed.add(statement);
    switch (statement.kind) {
      case 'declare':
        this.variable(statement.variable);
        if (statement.value) this.expression(statement.value);
        return;
      case 'expression':
        this.expression(statement.expression);
        return;
      case 'block':
        this.scope(statement.scope);
        this.body(statement.body);
        return;
      case 'if':
        this.expression(statement.test);
        this.body(statement.yes);
        this.body(statement.no);
        return;
      case 'loop':
        this.scope(statement.scope);
        this.body(statement.start);
        if (statement.test) this.expression(statement.test);
        if (statement.step) this.expression(statement.step);
        this.body(statement.body);
        return;
      case 'switch':
        this.scope(statement.scope);
        this.expression(statement.subject);
        for (const { test, body } of statement.cases) {
          if (test) this.expression(test);
          this.body(body);
        }
        return;
      case 'return':
        if (statement.value) this.expression(statement.value);
        return;
      case 'break':
      case 'continue':
        return;
    }
  }

  private expression(expression: Expression): void {
    this.placed.add(expression);
    if ('walk' in expression && expression.walk) this.isUnsure = true;
    if (expression.kind === 'assign' || expression.kind === 'update') this.target(expression.target);
    if (expression.kind === 'let') this.body(expression.statements);
    if (expression.kind === 'closure') this.function(expression.node);
    for (const part of partsOfExpression(expression)) this.expression(part);
  }

  private target(target: Target): void {
    this.placed.add(target);
  }
}

/** What inference has put in the place of expressions of the patch. */
export const rewritesIn = (instances: readonly Instance[]): Expression[] =>
  instances.flatMap(({ closure, rewrites }) => (closure.node.unit?.isLibrary ? [] : [...rewrites.values()]));
