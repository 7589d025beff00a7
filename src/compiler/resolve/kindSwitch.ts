/**
 * `switch (typeof x)` as the `if` statements that it amounts to, so that each case knows of what kind `x` is. In: its syntax. Out: that of
 * the first `if`; a `break` in it leads to its end. Pure.
 */

import type * as Babel from '@babel/types';

/** `null`: it is none, or its cases run into one another. */
export function kindSwitch({ discriminant, cases }: Babel.SwitchStatement): Babel.Statement | null {
  let subject: Babel.Expression = discriminant;
  while (subject.type === 'ParenthesizedExpression') subject = subject.expression;
  if (subject.type !== 'UnaryExpression' || subject.operator !== 'typeof' || subject.argument.type !== 'Identifier')
    return null;
  const last = cases.length - 1;
  const isApart = cases.every(
    ({ test, consequent }, index) =>
      (test !== null || index === last) && (index === last || consequent.length === 0 || leaves(consequent.at(-1)!)),
  );
  if (!isApart) return null;
  let alternate: Babel.Statement | null = null;
  let tests: Babel.Expression[] = [];
  for (const entry of cases.toReversed()) {
    const { test, consequent, start, end } = entry;
    const place = { start, end };
    if (consequent.length > 0 || entry === cases[last]) tests = [];
    if (test)
      tests.unshift({
        type: 'BinaryExpression',
        operator: '===',
        left: subject,
        right: test,
        ...place,
      } as Babel.Expression);
    if (consequent.length === 0 && entry !== cases[last]) {
      // Its own test joins those of the case behind it.
      alternate = withTest(alternate, tests, place);
      continue;
    }
    const body = {
      type: 'BlockStatement',
      body: consequent,
      directives: [],
      ...place,
    } as unknown as Babel.BlockStatement;
    alternate =
      test === null
        ? body
        : ({ type: 'IfStatement', test: tests[0]!, consequent: body, alternate, ...place } as Babel.IfStatement);
  }
  return alternate;
}

const withTest = (statement: Babel.Statement | null, tests: readonly Babel.Expression[], place: object) =>
  statement?.type === 'IfStatement' ? { ...statement, test: either(tests, place) } : statement;

const either = (tests: readonly Babel.Expression[], place: object): Babel.Expression =>
  tests.reduce(
    (left, right) => ({ type: 'LogicalExpression', operator: '||', left, right, ...place }) as Babel.Expression,
  );

function leaves(statement: Babel.Statement): boolean {
  if (statement.type === 'BlockStatement') return statement.body.length > 0 && leaves(statement.body.at(-1)!);
  return /^(?:Return|Break|Continue|Throw)Statement$/.test(statement.type);
}
