/**
 * Methods that a constructor binds, `this.next = this.next.bind(this)`: fields of the instance that hold arrow functions. In: the members
 * of a class and its constructor. Out: the members without those methods, and the constructor that makes them. Pure.
 */

import type * as Babel from '@babel/types';
import type { ConstructorSyntax, Member } from './classInfo.ts';
import { arrowOf, memberOfThis, mentionsArguments } from './nodes.ts';

export function withBoundMethods(
  members: Map<string, Member>,
  constructorSyntax: ConstructorSyntax | null,
): ConstructorSyntax | null {
  if (!constructorSyntax) return null;
  const { body } = constructorSyntax;
  const statements = body.body.map((statement) => {
    const bound = boundBy(statement);
    const member = bound === null ? undefined : members.get(bound.name);
    if (!bound || member?.kind !== 'method' || member.syntax.generator || mentionsArguments(member.syntax.body))
      return statement;
    members.delete(bound.name);
    const { params, body: code } = member.syntax;
    const right = arrowOf(params, code, member.syntax);
    return { ...statement, expression: { ...bound.assignment, right } };
  });
  return { ...constructorSyntax, body: { ...body, body: statements } };
}

interface Bound {
  readonly name: string;
  readonly assignment: Babel.AssignmentExpression;
}

function boundBy(statement: Babel.Statement): Bound | null {
  const assignment = statement.type === 'ExpressionStatement' ? statement.expression : null;
  if (assignment?.type !== 'AssignmentExpression' || assignment.operator !== '=') return null;
  const { left, right } = assignment;
  const name = memberOfThis(left);
  if (name === null || right.type !== 'CallExpression' || right.callee.type !== 'MemberExpression') return null;
  const { object, property } = right.callee;
  const isBind = property.type === 'Identifier' && property.name === 'bind' && memberOfThis(object) === name;
  const [receiver, ...others] = right.arguments;
  return isBind && receiver?.type === 'ThisExpression' && others.length === 0 ? { name, assignment } : null;
}
