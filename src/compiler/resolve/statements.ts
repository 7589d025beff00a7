/** Statements: scopes open and close, declarations are hoisted, loops are normalised. */

import type * as Babel from '@babel/types';
import type { Span } from '../../protocol/diagnostic.ts';
import type { JumpTarget, Statement } from '../ast.ts';
import { leave } from './completions.ts';
import type { Context } from './context.ts';
import { hoistNames, resolveDeclaration } from './declarations.ts';
import { resolveExpression, spanOf } from './expressions.ts';
import { kindSwitch } from './kindSwitch.ts';
import { newTarget, resolveFor, resolveForIn, resolveForOf, withTarget } from './loops.ts';
import { peek } from './members.ts';
import { resolveThrow, resolveTry } from './tries.ts';

/** Ends a function with a result that causes no further reports. */
const brokenReturn = (context: Context, span: Span): Statement => ({
  kind: 'return',
  span,
  value: context.broken(span),
});

export function resolveStatements(context: Context, body: readonly Babel.Statement[]): Statement[] {
  return body.flatMap((statement) => resolveStatement(context, statement));
}

function resolveStatement(context: Context, node: Babel.Statement, label: string | null = null): Statement[] {
  const span = spanOf(node);
  switch (node.type) {
    case 'EmptyStatement':
    case 'FunctionDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSDeclareFunction':
      return [];
    case 'VariableDeclaration':
      return resolveDeclaration(context, node);
    case 'ExpressionStatement':
      return [{ kind: 'expression', span, expression: resolveExpression(context, node.expression) }];
    case 'ReturnStatement':
      return leave(context, {
        ...{ kind: 'return', span },
        value: node.argument ? resolveExpression(context, node.argument) : null,
      });
    case 'IfStatement': {
      const test = resolveExpression(context, node.test);
      const yes = resolveBody(context, node.consequent);
      const no = node.alternate ? resolveBody(context, node.alternate) : [];
      return [{ kind: 'if', span, test, yes, no }];
    }
    case 'BlockStatement':
      return [resolveBlock(context, node, null)];
    case 'ForStatement':
      return [resolveFor(context, node, label)];
    case 'ForOfStatement':
      return [resolveForOf(context, node, label)];
    case 'WhileStatement':
    case 'DoWhileStatement': {
      const scope = context.newScope(context.scope, span.start);
      const target = newTarget(context, label);
      const isDo = node.type === 'DoWhileStatement';
      const test = resolveExpression(context, node.test);
      const body = withTarget(context, target, true, false, () => resolveBody(context, node.body));
      return [{ kind: 'loop', span, target, scope, start: [], test, testLast: isDo, step: null, body }];
    }
    case 'SwitchStatement': {
      const asIf = kindSwitch(node);
      if (!asIf) return [resolveSwitch(context, node, label)];
      const target = newTarget(context, label);
      const scope = context.newScope(context.scope, span.start);
      const body = withTarget(context, target, false, false, () => resolveBody(context, asIf));
      return [{ kind: 'block', span, scope, body, target }];
    }
    case 'BreakStatement':
    case 'ContinueStatement':
      return resolveJump(context, node);
    case 'LabeledStatement': {
      const body = node.body;
      const isLoop = /^(For|While|DoWhile)/.test(body.type) || body.type === 'SwitchStatement';
      if (isLoop) return resolveStatement(context, body, node.label.name);
      const target = newTarget(context, node.label.name);
      const scope = context.newScope(context.scope, span.start);
      const inner = withTarget(context, target, false, true, () => resolveBody(context, body));
      return [{ kind: 'block', span, scope, body: inner, target }];
    }
    case 'TryStatement':
      return resolveTry(context, node);
    case 'ForInStatement':
      return resolveForIn(context, node, label);
    case 'ThrowStatement':
      return resolveThrow(context, node);
    case 'WithStatement':
      context.refuse(span, node.type);
      return [brokenReturn(context, span)];
    case 'ClassDeclaration': {
      const { superClass } = node;
      const isMissing = superClass?.type === 'Identifier' && peek(context, superClass.name) === null;
      if (!isMissing || context.lookUp(superClass.name, spanOf(superClass)) !== null) context.refuse(span, node.type);
      return [];
    }
    default:
      context.refuse(span, node.type);
      return [];
  }
}

export function resolveBlock(context: Context, node: Babel.BlockStatement, target: JumpTarget | null): Statement {
  const scope = context.newScope(context.scope, node.start!);
  return context.inScope(scope, () => {
    hoistNames(context, node.body, scope);
    return { kind: 'block', span: spanOf(node), scope, body: resolveStatements(context, node.body), target };
  });
}

export function resolveBody(context: Context, node: Babel.Statement): Statement[] {
  return resolveStatement(context, node);
}

function resolveSwitch(context: Context, node: Babel.SwitchStatement, label: string | null): Statement {
  const span = spanOf(node);
  const subject = resolveExpression(context, node.discriminant);
  const scope = context.newScope(context.scope, span.start);
  const target = newTarget(context, label);
  return context.inScope(scope, () => {
    for (const entry of node.cases) {
      const before = new Set(scope.names.values());
      hoistNames(context, entry.consequent, scope);
      // Later cases can be entered without it.
      for (const binding of scope.names.values()) {
        if (binding.kind === 'variable' && !before.has(binding)) context.caseEnds.set(binding.variable, entry.end!);
      }
    }
    const cases = withTarget(context, target, false, false, () =>
      node.cases.map((entry) => ({
        test: entry.test ? resolveExpression(context, entry.test) : null,
        body: resolveStatements(context, entry.consequent),
      })),
    );
    return { kind: 'switch', span, target, scope, subject, cases };
  });
}

function resolveJump(context: Context, node: Babel.BreakStatement | Babel.ContinueStatement): Statement[] {
  const isContinue = node.type === 'ContinueStatement';
  const label = node.label?.name ?? null;
  const depth = context.targets.findLastIndex((candidate) => {
    if (isContinue && !candidate.takesContinue) return false;
    return label === null ? !candidate.needsLabel : candidate.target.label === label;
  });
  const open = context.targets[depth];
  // The parser has reported a jump without a target.
  if (!open) return [];
  return leave(context, { kind: isContinue ? 'continue' : 'break', span: spanOf(node), target: open.target, depth });
}
