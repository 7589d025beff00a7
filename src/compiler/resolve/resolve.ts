/**
 * The parser's tree → the resolved tree. Scopes, captures and jump targets are settled, patterns and loops have one
 * form, and unsupported constructs have been refused. Mistakes are reported and replaced by placeholders, so that later
 * passes always get a complete tree.
 */

import type * as Babel from '@babel/types';
import type { Diagnostic, Span } from '../../protocol/diagnostic.ts';
import { append } from '../append.ts';
import type { Expression, FunctionNode, Patch, Scope, Unit, Variable } from '../ast.ts';
import { type ParsedText, parse } from '../parse.ts';
import { collectTypeNames } from './annotations.ts';
import { orderCaptures } from './captureOrder.ts';
import { type WithoutClasses, withoutClasses } from './classes/rewrite.ts';
import type { PrintSite } from './consoleCalls.ts';
import { Context, type Hiding, markHoisted } from './context.ts';
import { hoistDeclaration, hoistTopVar, refuseDeclaration, refusedNames, resolveDeclarator } from './declarations.ts';
import { withErrorClasses } from './errorClasses.ts';
import { resolveExpression, spanOf } from './expressions.ts';
import { moveFrameLocals } from './frameLocals.ts';
import { fillFunction, inFunction, openFunction } from './functions.ts';
import type { HostCall } from './hostCalls.ts';
import type { LibraryModule, LibraryNames, SampleSizes } from './libraryNames.ts';
import { namesIn } from './patterns.ts';
import { resolveStatements } from './statements.ts';
import { throwsAcross } from './throwing.ts';
import { unwindingOf } from './unwinding.ts';
import { VarTable } from './varTable.ts';

export interface ResolvedPatch extends Patch {
  /** Top-level names and their bindings. */
  readonly scope: Scope;
  readonly diagnostics: readonly Diagnostic[];
  /** Mistakes only if the function runs that they are in. */
  readonly hiding: readonly Hiding[];
  /** Where it names what is outside of it, in the order of the text. */
  readonly hostCalls: readonly HostCall[];
  /** Calls of `console`, by their numbers. */
  readonly printSites: readonly PrintSite[];
}

/** A top-level statement on its way to becoming a unit. */
interface Draft {
  readonly name: string;
  readonly syntax: Babel.Statement | Babel.VariableDeclarator | Babel.Expression;
  readonly declarationKind: string;
  unit: Unit;
}

/** What resolving finds out about a text, beside its tree. */
export interface ResolvedModule extends ResolvedPatch {
  /** The top-level variables that each unit uses, of this text and of others. */
  readonly uses: ReadonlyMap<Unit, ReadonlySet<Variable>>;
}

/** Resolves a patch. `library`: the names that are there without being declared. */
export function resolve(
  text: string,
  parsed: ParsedText,
  library: LibraryNames | null = null,
  samples: SampleSizes = new Map(),
): ResolvedPatch {
  const context = new Context(text, parsed.brokenNames, library);
  context.samples = samples;
  const statements = withErrorClasses(text, parsed.statements);
  const hasErrorClasses = statements !== parsed.statements;
  context.throwing.hasErrorClasses = hasErrorClasses;
  return resolveText(context, parsed, withoutClasses(text, statements, hasErrorClasses));
}

/** A text of the library before anything in it is looked up: the same for all modules that are made of it. */
export interface ModuleTree {
  readonly text: string;
  readonly parsed: ParsedText;
  readonly plain: WithoutClasses;
}

export function readModule(text: string): ModuleTree {
  const parsed = parse(text);
  return { text, parsed, plain: withoutClasses(text, parsed.statements) };
}

/** Resolves a module of the standard library or of the kernel. Changes nothing of the tree. */
export function resolveModule({ text, parsed, plain }: ModuleTree, module: LibraryModule): ResolvedModule {
  const context = new Context(text, parsed.brokenNames, null, module);
  const resolved = resolveText(context, parsed, plain);
  const uses = new Map<Unit, Set<Variable>>();
  for (const [variable, users] of context.globalUses) {
    for (const { unit } of users) {
      if (!unit) continue;
      const used = uses.get(unit);
      if (used) used.add(variable);
      else uses.set(unit, new Set([variable]));
    }
  }
  return { ...resolved, uses };
}

function resolveText(context: Context, parsed: ParsedText, { statements, bases }: WithoutClasses): ResolvedPatch {
  const { text, module } = context;
  context.classBases = bases;
  context.usesThis = statements !== parsed.statements;
  context.unread = parsed.diagnostics.map(({ span }) => span.start);
  context.typeNames = collectTypeNames(statements);
  if (/\bvar\b/.test(text)) context.vars = new VarTable(statements);
  if (!module)
    context.unwinding = unwindingOf(context, statements, (name) => newUnit(context, { name, syntax: statements[0]! }));
  const drafts: Draft[] = [];
  const withBlocks: Babel.Statement[] = [];
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

  if (module) context.exportedNames = new Set(statements.flatMap(exportedNames));
  const draftFunction = (statement: Babel.FunctionDeclaration, id: Babel.Identifier): void => {
    const made = draft(context.topName(id.name), statement);
    context.unit = made.unit;
    const variable = context.declare(id.name, 'function', spanOf(id));
    variable.initialisedAt = 0;
  };

  for (const statement of statements) {
    if (module === null) for (const name of refusedNames(statement)) context.brokenNames.add(name);
  }
  for (const outer of statements) {
    if (module !== null && outer.type === 'ImportDeclaration') {
      importFromLibrary(context, outer, module);
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
      refuseDeclaration(context, statement);
      for (const declarator of statement.declarations) {
        const { id } = declarator;
        const name = id.type === 'Identifier' ? id.name : `pattern at ${patternName(id)}`;
        const made = draft(context.topName(name), declarator, statement.kind);
        context.unit = made.unit;
        const only = { ...statement, declarations: [declarator] };
        for (const id of context.vars.namesIn([only])) hoistTopVar(context, id);
        hoistDeclaration(context, only, context.scope);
      }
    } else if (statement.type === 'FunctionDeclaration' && statement.id) {
      draftFunction(statement, statement.id);
    } else if (!isTypeOnly(statement)) {
      draft('statement', statement);
      withBlocks.push(statement);
    }
  }

  // What statements declare in their blocks is a variable of the top level too.
  for (const id of context.vars.namesIn(withBlocks)) {
    if (!context.scope.names.has(id.name)) {
      const syntax = { ...id, type: 'VariableDeclarator', id, init: null } as Babel.VariableDeclarator;
      context.unit = draft(context.topName(id.name), syntax, 'var').unit;
    }
    hoistTopVar(context, id);
  }

  // Functions first: their names are known from the start, whatever is above them.
  for (const made of drafts) if (isFunction(made)) resolveUnit(context, made);
  let rootVariable: Variable | null = null;
  for (const made of drafts) {
    if (isFunction(made)) continue;
    if (root?.draft === made) rootVariable = resolveRoot(context, made, root.syntax);
    else resolveUnit(context, made);
  }
  const ordered = [...drafts.filter(isFunction), ...drafts.filter((made) => !isFunction(made))].map(({ unit }) => unit);
  if (context.unwinding) ordered.unshift(context.unwinding.unit);
  context.settleStorage(ordered);
  context.reportUnknownNames();
  const resolved: ResolvedPatch = {
    text,
    units: ordered,
    ...context.usedLibrary(),
    unwinding: context.unwinding && { ...context.unwinding, refusedInFrames: throwsAcross(context.throwing) },
    root: rootVariable,
    rootCall: root && rootVariable ? callOf(context, root.draft.unit, rootVariable) : null,
    rootUnit: root?.draft.unit ?? null,
    scope: context.scope,
    diagnostics: context.diagnostics.kept,
    hiding: context.hiding,
    printSites: context.printSites,
    hostCalls: context.hostCalls.toSorted((a, b) => a.span.start - b.span.start),
  };
  moveFrameLocals(resolved, context.globalUses);
  orderCaptures(ordered);
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

/** The names of values that a statement of a module exports. */
function exportedNames(statement: Babel.Statement): string[] {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : null;
  if (declaration?.type === 'FunctionDeclaration') return declaration.id ? [declaration.id.name] : [];
  if (declaration?.type !== 'VariableDeclaration') return [];
  return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
}

/** Intrinsics need no import in the compiler, and types are not there; everything else belongs to the other module. */
function importFromLibrary(context: Context, statement: Babel.ImportDeclaration, module: LibraryModule): void {
  if (statement.importKind === 'type') return;
  const names = module.imported(statement.source.value);
  for (const specifier of statement.specifiers) {
    if (specifier.type !== 'ImportSpecifier' || specifier.importKind === 'type') continue;
    const binding = names?.get(nameOf(specifier.imported));
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

function newUnit(context: Context, made: Pick<Draft, 'name' | 'syntax'>): Unit {
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
    hasThis: false,
    isMaker: false,
    isArrow: false,
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
    text: context.text,
    home: context.module?.home ?? 'patch',
    module: context.module?.name ?? '',
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
    context.refuse(made.unit.span, 'DefaultClass');
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
      if (value.kind === 'variable') context.delayLastUse();
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
