/**
 * Names and what they stand for, from the parser's tree: where each is declared, used and written, and which are visible
 * where. In: statements, also those of a text with mistakes. Out: scopes, declarations and occurrences, in the order of the
 * text. The compiler's own scopes (resolve/) have no sugar left in them; renaming and references need the text as it stands.
 */

import type * as Babel from '@babel/types';
import type { Span } from '../../protocol/diagnostic.ts';
import { childrenOf, type FunctionSyntax, isFunction, type Node, spanOf } from './nodes.ts';

export type DeclarationKind = 'const' | 'let' | 'var' | 'function' | 'parameter' | 'class' | 'type';

export interface Declaration {
  readonly name: string;
  readonly kind: DeclarationKind;
  /** Where the name stands. */
  readonly span: Span;
  readonly scope: NameScope;
  /** What declares it: a declarator, a function, a class, a parameter. */
  readonly node: Node;
  /** The statement that it stands in, for the comment in front of it. */
  readonly statement: Node;
  /** What it begins as. */
  readonly value: Node | null;
  /** Which part of the value it is, where a pattern takes that apart: names of members and positions. */
  readonly path: readonly (string | number)[];
  /** For the variable of `for…of`: it is an element of the value. */
  readonly isElement: boolean;
  readonly occurrences: Occurrence[];
}

export interface Occurrence {
  readonly span: Span;
  readonly role: 'declare' | 'read' | 'write';
  /** `{ name }`: the name is that of a member, too. */
  readonly isShorthand: boolean;
  /** `null`: of the library, built in, or not known. */
  readonly declaration: Declaration | null;
  readonly name: string;
}

export interface NameScope extends Span {
  readonly parent: NameScope | null;
  /** The function whose parameters and variables it holds. */
  readonly fn: FunctionSyntax | null;
  readonly names: Map<string, Declaration>;
  readonly types: Map<string, Declaration>;
}

export interface Scopes {
  readonly top: NameScope;
  /** Outer before inner. */
  readonly all: readonly NameScope[];
  readonly occurrences: readonly Occurrence[];
}

export function scopesOf(statements: readonly Babel.Statement[], textLength: number): Scopes {
  const builder = new Builder(textLength);
  builder.readTop(statements);
  builder.occurrences.sort((a, b) => a.span.start - b.span.start);
  return { top: builder.top, all: builder.all, occurrences: builder.occurrences };
}

/** The innermost scope around a position. */
export function scopeAt({ top, all }: Scopes, offset: number): NameScope {
  return all.findLast(({ start, end }) => start <= offset && offset <= end) ?? top;
}

/** What a name stands for in a scope. */
export function lookUp(scope: NameScope, name: string): Declaration | null {
  for (let at: NameScope | null = scope; at; at = at.parent) {
    const found = at.names.get(name);
    if (found) return found;
  }
  return null;
}

interface Value {
  readonly node: Node | null;
  readonly path: readonly (string | number)[];
  readonly isElement: boolean;
}

const NO_VALUE: Value = { node: null, path: [], isElement: false };

class Builder {
  readonly top: NameScope;
  readonly all: NameScope[] = [];
  readonly occurrences: Occurrence[] = [];

  constructor(textLength: number) {
    this.top = this.open(null, null, { start: 0, end: textLength });
  }

  readTop(statements: readonly Babel.Statement[]): void {
    this.hoist(statements, this.top);
    this.hoistVars(statements, this.top);
    for (const statement of statements) this.visit(statement, this.top);
  }

  private open(parent: NameScope | null, fn: FunctionSyntax | null, { start, end }: Span): NameScope {
    const scope: NameScope = { parent, fn, start, end, names: new Map(), types: new Map() };
    this.all.push(scope);
    return scope;
  }

  private declare(
    id: Babel.Identifier,
    kind: DeclarationKind,
    scope: NameScope,
    place: { readonly node: Node; readonly statement: Node; readonly value?: Value; readonly isShorthand?: boolean },
  ): void {
    const { node, statement, value = NO_VALUE, isShorthand = false } = place;
    const names = kind === 'type' ? scope.types : scope.names;
    let declaration = names.get(id.name);
    if (!declaration) {
      const { node: given, path, isElement } = value;
      const span = { start: id.start ?? 0, end: (id.start ?? 0) + id.name.length };
      declaration = {
        name: id.name,
        kind,
        span,
        scope,
        node,
        statement,
        value: given,
        path,
        isElement,
        occurrences: [],
      };
      names.set(id.name, declaration);
    }
    this.note(id, declaration, 'declare', isShorthand);
  }

  private note(
    id: Babel.Identifier,
    declaration: Declaration | null,
    role: Occurrence['role'],
    isShorthand = false,
  ): void {
    const start = id.start ?? 0;
    // What is written after it, as in `x: number`, is part of the node.
    const span = { start, end: start + id.name.length };
    const occurrence = { span, role, isShorthand, declaration, name: id.name };
    this.occurrences.push(occurrence);
    declaration?.occurrences.push(occurrence);
  }

  /** Everything a block declares for itself. */
  private hoist(statements: readonly Node[], scope: NameScope): void {
    for (const outer of statements) {
      const isExport = outer.type === 'ExportNamedDeclaration' || outer.type === 'ExportDefaultDeclaration';
      const statement = isExport ? outer.declaration : outer;
      if (!statement) continue;
      const place = { node: statement, statement: outer };
      if (statement.type === 'VariableDeclaration' && statement.kind !== 'var') {
        const kind = statement.kind === 'let' ? 'let' : 'const';
        for (const declarator of statement.declarations) this.declareVariables(declarator, kind, scope, outer);
      } else if ((statement.type === 'FunctionDeclaration' || statement.type === 'TSDeclareFunction') && statement.id) {
        this.declare(statement.id, 'function', scope, { ...place, value: { ...NO_VALUE, node: statement } });
      } else if (statement.type === 'ClassDeclaration' && statement.id) {
        this.declare(statement.id, 'class', scope, { ...place, value: { ...NO_VALUE, node: statement } });
      } else if (statement.type === 'TSTypeAliasDeclaration' || statement.type === 'TSInterfaceDeclaration') {
        this.declare(statement.id, 'type', scope, place);
      }
    }
  }

  /** What `var` declares anywhere in a function. */
  private hoistVars(nodes: readonly Node[], scope: NameScope): void {
    for (const node of nodes) {
      if (isFunction(node) || node.type === 'ClassDeclaration' || node.type === 'ClassExpression') continue;
      if (node.type === 'VariableDeclaration' && node.kind === 'var') {
        for (const declarator of node.declarations) this.declareVariables(declarator, 'var', scope, node);
      }
      if (isExpressionLike(node)) continue;
      this.hoistVars(
        childrenOf(node).map(([, child]) => child),
        scope,
      );
    }
  }

  private declareVariables(
    declarator: Babel.VariableDeclarator,
    kind: DeclarationKind,
    scope: NameScope,
    statement: Node,
    value: Value = { ...NO_VALUE, node: declarator.init ?? null },
  ): void {
    this.declarePattern(declarator.id, kind, scope, { node: declarator, statement, value });
  }

  private declarePattern(
    pattern: Node,
    kind: DeclarationKind,
    scope: NameScope,
    place: { readonly node: Node; readonly statement: Node; readonly value: Value; readonly isShorthand?: boolean },
  ): void {
    const { value } = place;
    const inside = (part: string | number): Value => ({ ...value, path: [...value.path, part] });
    switch (pattern.type) {
      case 'Identifier':
        this.declare(pattern, kind, scope, place);
        return;
      case 'AssignmentPattern':
        this.declarePattern(pattern.left, kind, scope, place);
        return;
      case 'RestElement':
        this.declarePattern(pattern.argument, kind, scope, { ...place, value: NO_VALUE });
        return;
      case 'TSParameterProperty':
        this.declarePattern(pattern.parameter, kind, scope, place);
        return;
      case 'ArrayPattern':
        for (const [index, element] of pattern.elements.entries()) {
          if (element)
            this.declarePattern(element, kind, scope, { ...place, value: inside(index), isShorthand: false });
        }
        return;
      case 'ObjectPattern':
        for (const property of pattern.properties) {
          if (property.type === 'RestElement') this.declarePattern(property, kind, scope, place);
          else {
            const name = property.key.type === 'Identifier' && !property.computed ? property.key.name : '';
            const isShorthand = property.shorthand;
            this.declarePattern(property.value, kind, scope, { ...place, value: inside(name), isShorthand });
          }
        }
        return;
    }
  }

  private visitAll(node: Node, scope: NameScope, except: readonly string[] = []): void {
    for (const [key, child] of childrenOf(node)) if (!except.includes(key)) this.visit(child, scope);
  }

  private visit(node: Node, scope: NameScope): void {
    if (isFunction(node)) {
      this.visitFunction(node, scope);
      return;
    }
    switch (node.type) {
      case 'Identifier':
        this.note(node, lookUp(scope, node.name), 'read');
        if (node.typeAnnotation) this.visit(node.typeAnnotation, scope);
        return;
      case 'VariableDeclaration':
        for (const { id, init } of node.declarations) {
          this.visitPattern(id, scope);
          if (init) this.visit(init, scope);
        }
        return;
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.visitClass(node, scope);
        return;
      case 'BlockStatement':
      case 'StaticBlock':
        this.visitBlock(node, node.body, scope);
        return;
      case 'SwitchStatement': {
        this.visit(node.discriminant, scope);
        const inner = this.open(scope, null, spanOf(node));
        this.hoist(
          node.cases.flatMap(({ consequent }) => consequent),
          inner,
        );
        for (const one of node.cases) this.visit(one, inner);
        return;
      }
      case 'ForStatement':
      case 'ForOfStatement':
      case 'ForInStatement':
        this.visitLoop(node, scope);
        return;
      case 'CatchClause': {
        const inner = this.open(scope, null, spanOf(node));
        if (node.param) this.declarePattern(node.param, 'let', inner, { node, statement: node, value: NO_VALUE });
        this.visit(node.body, inner);
        return;
      }
      case 'AssignmentExpression':
        this.visitTarget(node.left, scope);
        this.visit(node.right, scope);
        return;
      case 'UpdateExpression':
        this.visitTarget(node.argument, scope);
        return;
      case 'MemberExpression':
      case 'OptionalMemberExpression':
        this.visit(node.object, scope);
        if (node.computed) this.visit(node.property, scope);
        return;
      case 'ObjectProperty':
        if (node.computed) this.visit(node.key, scope);
        if (node.shorthand && node.value.type === 'Identifier') {
          this.note(node.value, lookUp(scope, node.value.name), 'read', true);
        } else this.visit(node.value, scope);
        return;
      case 'LabeledStatement':
        this.visit(node.body, scope);
        return;
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'ImportDeclaration':
      case 'PrivateName':
        return;
      case 'TSTypeReference':
        if (node.typeName.type === 'Identifier') this.noteType(node.typeName, scope);
        this.visitAll(node, scope, ['typeName']);
        return;
      case 'TSTypeAliasDeclaration':
      case 'TSInterfaceDeclaration':
      case 'TSFunctionType':
      case 'TSTypeLiteral':
      case 'TSPropertySignature':
      case 'TSMethodSignature':
      case 'TSTupleType':
      case 'TSNamedTupleMember':
        // Names of parameters and members in types are nobody's.
        this.visitTypes(node, scope);
        return;
      default:
        this.visitAll(node, scope);
    }
  }

  private noteType(id: Babel.Identifier, scope: NameScope): void {
    for (let at: NameScope | null = scope; at; at = at.parent) {
      const found = at.types.get(id.name) ?? (at.names.get(id.name)?.kind === 'class' ? at.names.get(id.name) : null);
      if (found) {
        this.note(id, found, 'read');
        return;
      }
    }
  }

  private visitTypes(node: Node, scope: NameScope): void {
    for (const [, child] of childrenOf(node)) {
      if (child.type === 'TSTypeReference') this.visit(child, scope);
      else this.visitTypes(child, scope);
    }
  }

  private visitBlock(node: Node, body: readonly Babel.Statement[], scope: NameScope): void {
    const inner = this.open(scope, null, spanOf(node));
    this.hoist(body, inner);
    for (const statement of body) this.visit(statement, inner);
  }

  private visitLoop(node: Babel.ForStatement | Babel.ForOfStatement | Babel.ForInStatement, scope: NameScope): void {
    const inner = this.open(scope, null, spanOf(node));
    const head = node.type === 'ForStatement' ? node.init : node.left;
    if (head?.type === 'VariableDeclaration' && head.kind !== 'var') {
      const kind = head.kind === 'let' ? 'let' : 'const';
      for (const declarator of head.declarations) {
        const isOf = node.type === 'ForOfStatement';
        const value = isOf
          ? { node: node.right, path: [], isElement: true }
          : { ...NO_VALUE, node: declarator.init ?? null };
        this.declareVariables(declarator, kind, inner, node, value);
      }
    }
    if (head?.type === 'VariableDeclaration') this.visit(head, inner);
    else if (head) this.visitTarget(head, inner);
    this.visitAll(node, inner, ['init', 'left']);
  }

  private visitFunction(node: FunctionSyntax, scope: NameScope): void {
    if (node.type === 'ObjectMethod' || node.type === 'ClassMethod') if (node.computed) this.visit(node.key, scope);
    let outer = scope;
    if (node.type === 'FunctionExpression' && node.id) {
      outer = this.open(scope, null, spanOf(node));
      const value = { ...NO_VALUE, node };
      this.declare(node.id, 'function', outer, { node, statement: node, value });
    }
    const inner = this.open(outer, node, spanOf(node));
    for (const parameter of node.params) {
      this.declarePattern(parameter, 'parameter', inner, { node: parameter, statement: node, value: NO_VALUE });
    }
    for (const parameter of node.params) this.visitPattern(parameter, inner);
    if (node.returnType) this.visit(node.returnType, inner);
    const { body } = node;
    const statements = body.type === 'BlockStatement' ? body.body : [body];
    if (body.type === 'BlockStatement') {
      this.hoist(statements, inner);
      this.hoistVars(statements, inner);
    }
    for (const statement of statements) this.visit(statement, inner);
  }

  private visitClass(node: Babel.ClassDeclaration | Babel.ClassExpression, scope: NameScope): void {
    if (node.superClass) this.visit(node.superClass, scope);
    let inner = scope;
    if (node.type === 'ClassExpression' && node.id) {
      inner = this.open(scope, null, spanOf(node));
      this.declare(node.id, 'class', inner, { node, statement: node, value: { ...NO_VALUE, node } });
    }
    for (const member of node.body.body) {
      if (isFunction(member)) this.visitFunction(member, inner);
      else if (member.type === 'ClassProperty' || member.type === 'ClassPrivateProperty') {
        if (member.type === 'ClassProperty' && member.computed) this.visit(member.key, inner);
        if (member.typeAnnotation) this.visit(member.typeAnnotation, inner);
        if (member.value) this.visit(member.value, inner);
      } else this.visit(member, inner);
    }
  }

  /** The expressions and types in a pattern that declares. */
  private visitPattern(pattern: Node, scope: NameScope): void {
    switch (pattern.type) {
      case 'Identifier':
        if (pattern.typeAnnotation) this.visit(pattern.typeAnnotation, scope);
        return;
      case 'AssignmentPattern':
        this.visitPattern(pattern.left, scope);
        this.visit(pattern.right, scope);
        return;
      case 'ObjectProperty':
        if (pattern.computed) this.visit(pattern.key, scope);
        this.visitPattern(pattern.value, scope);
        return;
      default:
        for (const [, child] of childrenOf(pattern)) {
          if (child.type.startsWith('TS')) this.visit(child, scope);
          else this.visitPattern(child, scope);
        }
    }
  }

  /** What is assigned to. */
  private visitTarget(target: Node, scope: NameScope): void {
    switch (target.type) {
      case 'Identifier':
        this.note(target, lookUp(scope, target.name), 'write');
        return;
      case 'AssignmentPattern':
        this.visitTarget(target.left, scope);
        this.visit(target.right, scope);
        return;
      case 'ArrayPattern':
      case 'ObjectPattern':
        for (const [, child] of childrenOf(target)) this.visitTarget(child, scope);
        return;
      case 'ObjectProperty':
        if (target.computed) this.visit(target.key, scope);
        if (target.shorthand) {
          const id = target.value.type === 'AssignmentPattern' ? target.value.left : target.value;
          if (id.type === 'Identifier') this.note(id, lookUp(scope, id.name), 'write', true);
          if (target.value.type === 'AssignmentPattern') this.visit(target.value.right, scope);
        } else this.visitTarget(target.value, scope);
        return;
      case 'RestElement':
        this.visitTarget(target.argument, scope);
        return;
      default:
        this.visit(target, scope);
    }
  }
}

/** In which no statement stands, but for functions. */
const isExpressionLike = (node: Node): boolean =>
  /Expression$|Literal$|^Identifier$|^TS|^TemplateElement$/.test(node.type) || node.type === 'ClassBody';
