/**
 * Type annotations, as far as they can be checked against inferred types: the kinds of values they allow.
 * What a type says beyond that (the shape of an object, the types of parameters) is left to the editor.
 */

import type * as Babel from '@babel/types';
import type { WrittenObject, WrittenType } from '../ast.ts';
import { BOOLEAN, NULL, NUMBER, STRING, UNDEFINED } from '../infer/kinds.ts';
import { isTypedArrayName } from './builtins.ts';

type Kinds = Pick<WrittenType, 'mask' | 'objects'>;

const kinds = (mask: number, ...objects: WrittenObject[]): Kinds => ({ mask, objects: new Set(objects) });

/** Names of types declared in the text. */
export type TypeNames = ReadonlyMap<string, Babel.TSType | 'record'>;

export function collectTypeNames(statements: readonly Babel.Statement[]): TypeNames {
  const names = new Map<string, Babel.TSType | 'record'>();
  for (const statement of statements) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'TSTypeAliasDeclaration' && declaration?.type !== 'TSInterfaceDeclaration') continue;
    // The parser continues where the name is missing, which it has reported.
    const { name } = (declaration.id as Babel.Identifier | null) ?? { name: '' };
    if (declaration.type === 'TSInterfaceDeclaration') names.set(name, 'record');
    else if (!declaration.typeParameters) names.set(name, declaration.typeAnnotation);
  }
  return names;
}

/** `null`: cannot be wrong (`any`, a type parameter, a type this compiler does not follow). */
export function writtenType(annotation: unknown, text: string, names: TypeNames): WrittenType | null {
  const node = annotation as Babel.TSTypeAnnotation | null | undefined;
  if (node?.type !== 'TSTypeAnnotation') return null;
  const found = kindsOf(node.typeAnnotation, names, 0);
  if (!found) return null;
  const span = { start: node.typeAnnotation.start ?? 0, end: node.typeAnnotation.end ?? 0 };
  return { ...found, text: text.slice(span.start, span.end), span };
}

/** Aliases that lead nowhere end here. */
const MAX_DEPTH = 16;

function kindsOf(node: Babel.TSType, names: TypeNames, depth: number): Kinds | null {
  if (depth > MAX_DEPTH) return null;
  switch (node.type) {
    case 'TSNumberKeyword':
      return kinds(NUMBER);
    case 'TSBooleanKeyword':
      return kinds(BOOLEAN);
    case 'TSStringKeyword':
      return kinds(STRING);
    case 'TSUndefinedKeyword':
    case 'TSVoidKeyword':
      return kinds(UNDEFINED);
    case 'TSNullKeyword':
      return kinds(NULL);
    case 'TSArrayType':
    case 'TSTupleType':
      return kinds(0, 'array', 'typedArray', 'record');
    case 'TSFunctionType':
      return kinds(0, 'function');
    case 'TSTypeLiteral':
      return kinds(0, 'record');
    case 'TSParenthesizedType':
      return kindsOf(node.typeAnnotation, names, depth + 1);
    case 'TSTypeOperator':
      return kindsOf(node.typeAnnotation, names, depth + 1);
    case 'TSLiteralType':
      return literalKinds(node.literal);
    case 'TSUnionType':
      return union(node.types, names, depth);
    case 'TSTypeReference':
      return node.typeName.type === 'Identifier' ? namedKinds(node.typeName.name, names, depth) : null;
    default:
      return null;
  }
}

function literalKinds(literal: Babel.TSLiteralType['literal']): Kinds | null {
  if (literal.type === 'NumericLiteral' || literal.type === 'UnaryExpression') return kinds(NUMBER);
  if (literal.type === 'BooleanLiteral') return kinds(BOOLEAN);
  return literal.type === 'StringLiteral' ? kinds(STRING) : null;
}

function union(types: readonly Babel.TSType[], names: TypeNames, depth: number): Kinds | null {
  let mask = 0;
  const objects = new Set<WrittenObject>();
  for (const type of types) {
    const part = kindsOf(type, names, depth + 1);
    if (!part) return null;
    mask |= part.mask;
    for (const object of part.objects) objects.add(object);
  }
  return { mask, objects };
}

function namedKinds(name: string, names: TypeNames, depth: number): Kinds | null {
  const declared = names.get(name);
  if (declared === 'record') return kinds(0, 'record', 'function');
  if (declared) return kindsOf(declared, names, depth + 1);
  if (isTypedArrayName(name)) return kinds(0, 'typedArray');
  if (name === 'Array' || name === 'ReadonlyArray') return kinds(0, 'array', 'record');
  return null;
}
