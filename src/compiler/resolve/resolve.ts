/**
 * The parser's tree → the resolved tree. Scopes, captures and jump targets are settled, patterns and loops have one
 * form, and unsupported constructs have been refused. Mistakes are reported and replaced by placeholders, so that later
 * passes always get a complete tree.
 */

import type * as Babel from '@babel/types';
import type { Diagnostic, Span } from '../../protocol/diagnostic.ts';
import { append } from '../append.ts';
import type { Binding, Expression, FunctionNode, Patch, Scope, Unit, Variable } from '../ast.ts';
import type { ParsedText } from '../parse.ts';
import { collectTypeNames } from './annotations.ts';
import { Context, markHoisted } from './context.ts';
import { hoistDeclaration, refusedNames, refuseVar, resolveDeclarator } from './declarations.ts';
import { resolveExpression, spanOf } from './expressions.ts';
import { moveFrameLocals } from './frameLocals.ts';
import { fillFunction, inFunction, openFunction } from './functions.ts';
import { namesIn } from './patterns.ts';
import { resolveStatements } from './statements.ts';

export interface ResolvedPatch extends Patch {
  /** Top-level names and their bindings. */
  readonly scope: Scope;
  readonly diagnostics: readonly Diagnostic[];
}

/** A top-level statement on its way to becoming a unit. */
interface Draft {
  readonly name: string;
  readonly syntax: Babel.Statement | Babel.VariableDeclarator | Babel.Expression;
  readonly declarationKind: string;
  unit: Unit;
}

/** What a module of the library may import: names of the modules before it, by file name. */
export type LibraryModules = ReadonlyMap<string, ReadonlyMap<string, Binding>>;

/** `library` is given for modules of the standard library, and only there. */
export function resolve(text: string, parsed: ParsedText, library: LibraryModules | null = null): ResolvedPatch {
  const context = new Context(text, parsed.brokenNames, library !== null);
  context.unread = parsed.diagnostics.map(({ span }) => span.start);
  context.typeNames = collectTypeNames(parsed.statements);
  const drafts: Draft[] = [];
  let root: { readonly syntax: Babel.Node; readonly draft: Draft; readonly span: Span } | null = null;

  const counts = new Map<string, number>();
  const draft = (name: string, syntax: Draft['syntax'], declarationKind = ''): Draft => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    const made: Draft = {
      name: count > 1 ? `${name}#${count}` : name,
      syntax,
      declarationKind,
      unit: undefined as never,
    };
    made.unit = newUnit(context, made);
    drafts.push(made);
    return made;
  };

  const draftFunction = (statement: Babel.FunctionDeclaration, id: Babel.Identifier): void => {
    const made = draft(id.name, statement);
    context.unit = made.unit;
    const variable = context.declare(id.name, 'function', spanOf(id));
    variable.initialisedAt = 0;
  };

  for (const statement of parsed.statements) {
    if (library === null) for (const name of refusedNames(statement)) context.brokenNames.add(name);
  }
  for (const outer of parsed.statements) {
    if (library !== null && outer.type === 'ImportDeclaration') {
      importFromLibrary(context, outer, library);
      continue;
    }
    const statement = exported(context, outer);
    if (statement === null) continue;
    if (statement.type === 'ExportDefaultDeclaration') {
      if (root) {
        const related = [{ span: root.span, message: 'This is the other one.' }];
        context.report({ ...spanOf(statement), related }, 'second-default-export');
        continue;
      }
      const { declaration } = statement;
      const id = declaration.type === 'FunctionDeclaration' ? declaration.id : null;
      // A named function can be called by its name: it is declared, and the name is exported.
      if (id) draftFunction(declaration as Babel.FunctionDeclaration, id);
      const made = draft('default', id ?? (declaration as Babel.Expression));
      root = { syntax: id ?? declaration, draft: made, span: spanOf(statement) };
    } else if (statement.type === 'VariableDeclaration') {
      refuseVar(context, statement);
      for (const declarator of statement.declarations) {
        const name =
          declarator.id.type === 'Identifier' ? declarator.id.name : `pattern at ${patternName(declarator.id)}`;
        const made = draft(name, declarator, statement.kind);
        context.unit = made.unit;
        hoistDeclaration(context, { ...statement, declarations: [declarator] }, context.scope);
      }
    } else if (statement.type === 'FunctionDeclaration' && statement.id) {
      draftFunction(statement, statement.id);
    } else if (!isTypeOnly(statement)) {
      draft('statement', statement);
    }
  }

  // Functions first: their names are known from the start, whatever is above them.
  for (const made of drafts) if (isFunction(made)) resolveUnit(context, made);
  let rootVariable: Variable | null = null;
  for (const made of drafts) {
    if (isFunction(made)) continue;
    if (root?.draft === made) rootVariable = resolveRoot(context, made, root.syntax);
    else resolveUnit(context, made);
  }
  context.settleStorage();
  context.reportUnknownNames();
  const ordered = [...drafts.filter(isFunction), ...drafts.filter((made) => !isFunction(made))];
  const resolved: ResolvedPatch = {
    text,
    units: ordered.map((made) => made.unit),
    root: rootVariable,
    rootCall: root && rootVariable ? callOf(context, root.draft.unit, rootVariable) : null,
    rootUnit: root?.draft.unit ?? null,
    scope: context.scope,
    diagnostics: context.diagnostics.kept,
  };
  moveFrameLocals(resolved, context.globalUses);
  return resolved;
}

/** An unnamed default export is not one: it is created where it is. */
const isFunction = ({ syntax }: Draft): boolean => syntax.type === 'FunctionDeclaration' && !!syntax.id;

/** The names that it declares, and nothing that may be edited independently. */
const patternName = (node: Babel.Node): string => [...namesIn(node)].map(({ name }) => name).join(',') || 'pattern';

/** Removes `export`; other exports are plain declarations. */
function exported(context: Context, statement: Babel.Statement): Babel.Statement | null {
  if (statement.type !== 'ExportNamedDeclaration') return statement;
  if (statement.declaration) return statement.declaration;
  const asDefault = statement.specifiers.find(
    (specifier) => specifier.type === 'ExportSpecifier' && nameOf(specifier.exported) === 'default',
  );
  if (asDefault?.type === 'ExportSpecifier') {
    context.report(spanOf(statement), 'refused', '`as default`', `write \`export default ${asDefault.local.name}\`.`);
  } else context.refuse(spanOf(statement), 'ExportSpecifier');
  return null;
}

const nameOf = (node: Babel.Identifier | Babel.StringLiteral): string =>
  node.type === 'Identifier' ? node.name : node.value;

/** Intrinsics need no import in the compiler; everything else belongs to the other module. */
function importFromLibrary(context: Context, statement: Babel.ImportDeclaration, library: LibraryModules): void {
  const module = library.get(statement.source.value.replace(/^.*\//, ''));
  for (const specifier of statement.specifiers) {
    const binding = module?.get(specifier.local.name);
    if (binding) context.scope.names.set(specifier.local.name, binding);
  }
}

function isTypeOnly(statement: Babel.Statement): boolean {
  return (
    statement.type === 'TSTypeAliasDeclaration' ||
    statement.type === 'TSInterfaceDeclaration' ||
    statement.type === 'EmptyStatement' ||
    statement.type === 'TSDeclareFunction'
  );
}

function newUnit(context: Context, made: Draft): Unit {
  const span = spanOf(made.syntax);
  context.unit = null;
  context.currentFunction = null;
  const initialiser: FunctionNode = {
    id: context.freshId(),
    path: `${made.name}/init`,
    place: made.name,
    parent: null,
    span,
    parameters: [],
    writtenResult: null,
    scope: context.scope,
    body: [],
    captures: new Set(),
    unit: null,
    lambdaCount: 0,
    functionCount: 0,
  };
  const unit: Unit = {
    name: made.name,
    span,
    isLibrary: context.isLibrary,
    variables: [],
    initialiser,
    functions: [],
  };
  initialiser.unit = unit;
  return unit;
}

/** Runs `work` inside the activation that the unit's initialiser is. */
function inInitialiser(context: Context, unit: Unit, work: () => void): void {
  context.unit = unit;
  context.currentFunction = unit.initialiser;
  context.targets = [];
  work();
  context.currentFunction = null;
  context.unit = null;
}

function resolveUnit(context: Context, made: Draft): void {
  const { unit, syntax } = made;
  inInitialiser(context, unit, () => {
    if (syntax.type === 'VariableDeclarator') {
      resolveDeclarator(context, syntax, made.declarationKind, unit.initialiser.body);
    } else if (syntax.type === 'FunctionDeclaration' && syntax.id) {
      const binding = context.scope.names.get(syntax.id.name);
      if (binding?.kind !== 'variable' || binding.variable.span.start !== syntax.id.start) return;
      const node = openFunction(context, made.name, unit.span);
      fillFunction(context, node, syntax);
      markHoisted(node, 0);
      binding.variable.holds = node;
      const value: Expression = { id: context.freshId(), span: unit.span, kind: 'closure', node };
      unit.initialiser.body.push({ kind: 'declare', span: unit.span, variable: binding.variable, value });
    } else {
      append(unit.initialiser.body, resolveStatements(context, [syntax as Babel.Statement]));
    }
  });
}

function resolveRoot(context: Context, made: Draft, syntax: Babel.Node): Variable | null {
  if (syntax.type === 'ClassDeclaration' || syntax.type === 'TSDeclareFunction') {
    context.refuse(made.unit.span, 'ClassDeclaration');
    return null;
  }
  const { unit } = made;
  const variable = context.newVariable('default', 'const', unit.span);
  unit.variables.push(variable);
  inInitialiser(context, unit, () => {
    let value: Expression;
    if (syntax.type === 'FunctionDeclaration') {
      const node = openFunction(context, 'default', unit.span);
      fillFunction(context, node, syntax);
      value = { id: context.freshId(), span: unit.span, kind: 'closure', node };
    } else {
      context.nameHint = 'default';
      value = resolveExpression(context, syntax as Babel.Expression);
      context.nameHint = null;
      // No name leads to it, so that nothing calls it before frames run.
      if (value.kind === 'closure') markHoisted(value.node, Number.POSITIVE_INFINITY);
    }
    unit.initialiser.body.push({ kind: 'declare', span: unit.span, variable, value });
  });
  return variable;
}

function callOf(context: Context, unit: Unit, root: Variable): FunctionNode | null {
  const { span } = root;
  let node: FunctionNode | null = null;
  inInitialiser(context, unit, () => {
    const made = openFunction(context, 'default', span);
    node = made;
    inFunction(context, made, (scope) => {
      const time = context.newVariable('t', 'parameter', span, scope);
      made.parameters.push({ variable: time, fallback: null, rest: false });
      const callee: Expression = { id: context.freshId(), span, kind: 'variable', variable: root };
      const argument: Expression = { id: context.freshId(), span, kind: 'variable', variable: time };
      const args = [{ value: argument, spread: false }];
      const value: Expression = { id: context.freshId(), span, kind: 'call', callee, args, optional: false };
      made.body = [{ kind: 'return', span, value }];
    });
    // It is not in the text and must not affect the numbering of functions in the unit.
    unit.functions.pop();
  });
  return node;
}
