/** Written types and signatures → types as they are shown. In: the parser's nodes. Pure. */

import type * as Babel from '@babel/types';
import { TYPED_ARRAYS } from '../ast.ts';
import type { LibraryEntry } from './libraryDocs.ts';
import {
  BOOLEAN,
  type FunctionView,
  type MemberView,
  NUMBER,
  type ParameterView,
  plain,
  STRING,
  UNKNOWN,
  unionOf,
  type View,
} from './views.ts';

/** The types that a text gives names to, by name, and the text itself. */
export interface TypeScope {
  readonly text: string;
  readonly types: ReadonlyMap<string, Babel.TSType>;
}

const MAX_DEPTH = 8;
const PLAIN: Readonly<Record<string, View>> = {
  TSNumberKeyword: NUMBER,
  TSBooleanKeyword: BOOLEAN,
  TSStringKeyword: STRING,
  TSUndefinedKeyword: plain('undefined'),
  TSNullKeyword: plain('null'),
  TSVoidKeyword: plain('void'),
};

/** The type of an annotation (`: number`), of a type node, or of none. */
export function viewOfType(node: Babel.Node | null | undefined, scope: TypeScope, depth = 0): View {
  if (!node || depth > MAX_DEPTH) return UNKNOWN;
  const inner = (type: Babel.Node | null | undefined): View => viewOfType(type, scope, depth + 1);
  const known = PLAIN[node.type];
  if (known) return known;
  switch (node.type) {
    case 'TSTypeAnnotation':
      return viewOfType(node.typeAnnotation, scope, depth);
    case 'TSParenthesizedType':
      return viewOfType(node.typeAnnotation, scope, depth);
    case 'TSOptionalType':
    case 'TSRestType':
      return inner(node.typeAnnotation);
    case 'TSTypeOperator':
      return inner(node.typeAnnotation);
    case 'TSArrayType':
      return { kind: 'array', element: inner(node.elementType) };
    case 'TSTupleType':
      return {
        kind: 'tuple',
        elements: node.elementTypes.map((element) =>
          element.type === 'TSNamedTupleMember'
            ? {
                name: element.label.type === 'Identifier' ? element.label.name : null,
                type: inner(element.elementType),
              }
            : { name: null, type: inner(element) },
        ),
      };
    case 'TSUnionType':
      return unionOf(node.types.map(inner));
    case 'TSTypeLiteral':
      return { kind: 'record', members: new Map(node.members.flatMap((member) => memberOf(member, scope, depth))) };
    case 'TSFunctionType':
      return functionView(node.parameters ?? [], node.typeAnnotation, scope, null, depth + 1);
    case 'TSLiteralType':
      return plain(scope.text.slice(node.start ?? 0, node.end ?? 0));
    case 'TSTypeReference':
      return reference(node, scope, depth);
    default:
      return UNKNOWN;
  }
}

function reference(node: Babel.TSTypeReference, scope: TypeScope, depth: number): View {
  if (node.typeName.type !== 'Identifier') return UNKNOWN;
  const { name } = node.typeName;
  const [argument] = node.typeParameters?.params ?? [];
  if ((name === 'Array' || name === 'ReadonlyArray') && argument) {
    return { kind: 'array', element: viewOfType(argument, scope, depth + 1) };
  }
  if (name === 'Readonly' && argument) return viewOfType(argument, scope, depth + 1);
  if ((TYPED_ARRAYS as readonly string[]).includes(name)) return { kind: 'typedArray', name };
  const declared = scope.types.get(name);
  return declared ? { kind: 'named', name, type: viewOfType(declared, scope, depth + 1) } : plain(name);
}

function memberOf(member: Babel.TSTypeElement, scope: TypeScope, depth: number): [string, MemberView][] {
  if (member.type === 'TSPropertySignature' && member.key.type === 'Identifier') {
    const type = viewOfType(member.typeAnnotation, scope, depth + 1);
    return [[member.key.name, { type, isOptional: member.optional === true }]];
  }
  if (member.type === 'TSMethodSignature' && member.key.type === 'Identifier') {
    const type = functionView(member.parameters, member.typeAnnotation, scope, null, depth + 1);
    return [[member.key.name, { type, isOptional: member.optional === true }]];
  }
  return [];
}

/** A function with these parameters and this written result. */
export function functionView(
  parameters: readonly Babel.Node[],
  result: Babel.Node | null | undefined,
  scope: TypeScope,
  entry: LibraryEntry | null,
  depth = 0,
): FunctionView {
  return {
    kind: 'function',
    parameters: parameters.map((parameter, index) => parameterOf(parameter, index, scope, depth)),
    result: viewOfType(result, scope, depth),
    entry,
  };
}

function parameterOf(node: Babel.Node, index: number, scope: TypeScope, depth: number): ParameterView {
  const isRest = node.type === 'RestElement';
  const isDefault = node.type === 'AssignmentPattern';
  const target = isRest
    ? node.argument
    : isDefault
      ? node.left
      : node.type === 'TSParameterProperty'
        ? node.parameter
        : node;
  const isNamed = target.type === 'Identifier';
  const annotation = 'typeAnnotation' in node && isRest ? node.typeAnnotation : null;
  const written =
    annotation ?? ('typeAnnotation' in target ? (target.typeAnnotation as Babel.Node | null | undefined) : null);
  const type = written ? viewOfType(written, scope, depth) : isDefault ? literalType(node.right) : UNKNOWN;
  return {
    name: isNamed ? target.name : `p${index + 1}`,
    type,
    isOptional: isDefault || (isNamed && target.optional === true),
    isRest,
  };
}

/** What a value is that is written out; numbers are what arithmetic gives. */
function literalType(node: Babel.Node): View {
  switch (node.type) {
    case 'NumericLiteral':
    case 'BinaryExpression':
    case 'UnaryExpression':
    case 'MemberExpression':
      return NUMBER;
    case 'StringLiteral':
    case 'TemplateLiteral':
      return STRING;
    case 'BooleanLiteral':
      return BOOLEAN;
    default:
      return UNKNOWN;
  }
}

/** The types that statements give names to. */
export function typesOf(statements: readonly Babel.Statement[]): Map<string, Babel.TSType> {
  const types = new Map<string, Babel.TSType>();
  for (const outer of statements) {
    const statement = outer.type === 'ExportNamedDeclaration' ? outer.declaration : outer;
    if (statement?.type === 'TSTypeAliasDeclaration') types.set(statement.id.name, statement.typeAnnotation);
    if (statement?.type === 'TSInterfaceDeclaration') {
      types.set(statement.id.name, { ...statement.body, type: 'TSTypeLiteral', members: statement.body.body } as never);
    }
  }
  return types;
}
