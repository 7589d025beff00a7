/**
 * The files of this directory keep to the part of the language in which the compiler's own functions are written: numbers,
 * constants, plain functions, no recursion, nothing allocated.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from '@babel/parser';
import type { Node, Program } from '@babel/types';
import { VISITOR_KEYS } from '@babel/types';
import { expect, it } from 'vitest';

const files = readdirSync(import.meta.dirname).filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'intrinsics.ts',
);

const ALLOWED_IN_BODIES = new Set<Node['type']>([
  'AssignmentExpression',
  'BinaryExpression',
  'BlockStatement',
  'CallExpression',
  'ConditionalExpression',
  'ExpressionStatement',
  'ForStatement',
  'Identifier',
  'IfStatement',
  'LogicalExpression',
  'MemberExpression',
  'NumericLiteral',
  'ReturnStatement',
  'UnaryExpression',
  'UpdateExpression',
  'VariableDeclaration',
  'VariableDeclarator',
  'WhileStatement',
]);
const YIELDS_BOOLEAN = new Set(['<', '<=', '>', '>=', '===', '!==', '&&', '||', '!']);
const INLINE = new Set(
  'abs floor ceil trunc sqrt min max fround imul clz32 sign round PI E LN2 LOG2E LOG10E'.split(' '),
);

function children(node: Node): Node[] {
  const fields = node as unknown as Record<string, Node | (Node | null)[] | null | undefined>;
  return (VISITOR_KEYS[node.type] ?? []).flatMap((key) => fields[key] ?? []).filter((child) => child !== null);
}

function* everyNode(node: Node): Generator<Node> {
  yield node;
  for (const child of children(node)) yield* everyNode(child);
}

/** The parts of this text that are outside the subset, as `line: reason`; and which function calls which. */
function check(text: string): { found: string[]; calls: Map<string, string[]> } {
  const program: Program = parse(text, { sourceType: 'module', plugins: ['typescript'] }).program;
  const found: string[] = [];
  const calls = new Map<string, string[]>();
  const refuse = (node: Node, reason: string) => found.push(`${node.loc?.start.line}: ${reason}`);

  for (const statement of program.body) {
    if (statement.type === 'ImportDeclaration') {
      if (!/^\.\/[\w-]+\.ts$/.test(statement.source.value)) refuse(statement, `imports ${statement.source.value}`);
      continue;
    }
    const node =
      statement.type === 'ExportNamedDeclaration' && statement.declaration ? statement.declaration : statement;
    if (node.type === 'VariableDeclaration' && node.kind === 'const') {
      for (const inner of everyNode(node)) {
        if (inner.type === 'CallExpression' || inner.type.includes('Function'))
          refuse(inner, 'a constant that is computed');
      }
    } else if (node.type === 'FunctionDeclaration' && node.id) {
      const callees: string[] = [];
      calls.set(node.id.name, callees);
      for (const parameter of node.params) if (parameter.type !== 'Identifier') refuse(parameter, parameter.type);
      for (const inner of everyNode(node.body)) {
        if (!ALLOWED_IN_BODIES.has(inner.type)) refuse(inner, inner.type);
        if (inner.type === 'VariableDeclarator' && inner.init && 'operator' in inner.init) {
          if (YIELDS_BOOLEAN.has(String(inner.init.operator))) refuse(inner, 'a variable that is a boolean');
        }
        if (inner.type === 'MemberExpression' && inner.object.type === 'Identifier' && inner.object.name === 'Math') {
          if (inner.property.type !== 'Identifier' || !INLINE.has(inner.property.name))
            refuse(inner, 'not inline in Math');
        }
        if (inner.type === 'CallExpression' && inner.callee.type === 'Identifier') callees.push(inner.callee.name);
      }
    } else {
      refuse(node, node.type);
    }
  }
  return { found, calls };
}

/** A function that reaches itself, if there is one. */
function recursive(calls: ReadonlyMap<string, readonly string[]>): string | undefined {
  const done = new Set<string>();
  const reaches = (name: string, above: readonly string[]): string | undefined => {
    if (above.includes(name)) return [...above, name].join(' → ');
    if (done.has(name)) return undefined;
    for (const callee of calls.get(name) ?? []) {
      const cycle = reaches(callee, [...above, name]);
      if (cycle) return cycle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of calls.keys()) {
    const cycle = reaches(name, []);
    if (cycle) return cycle;
  }
  return undefined;
}

it.each(files)('%s keeps to it', (name) => {
  const { found, calls } = check(readFileSync(path.join(import.meta.dirname, name), 'utf8'));
  expect(found).toEqual([]);
  expect(calls.size).toBeGreaterThan(0);
});

it('has no recursion, nor two functions of one name', () => {
  const all = new Map<string, string[]>();
  for (const name of files) {
    for (const [caller, callees] of check(readFileSync(path.join(import.meta.dirname, name), 'utf8')).calls) {
      expect(all.has(caller), `${caller} of ${name}`).toBe(false);
      all.set(caller, callees);
    }
  }
  expect(recursive(all)).toBeUndefined();
});

it.each([
  ['export function f(x: number): number { return Math.sin(x); }', '1: not inline in Math'],
  ['export function f(x: number): number { const a = [x]; return a[0]; }', '1: ArrayExpression'],
  [
    'export function f(x: number): number { const small = x < 1; return small ? 1 : 2; }',
    '1: a variable that is a boolean',
  ],
  ['export const f = (x: number) => x;', '1: a constant that is computed'],
  ['let state = 0;', '1: VariableDeclaration'],
])('finds in %s: %s', (text, reason) => {
  expect(check(text).found).toContain(reason);
});

it('finds a cycle', () => {
  const { calls } = check('function f(x: number) { return g(x); } function g(x: number) { return f(x); }');
  expect(recursive(calls)).toBe('f → g → f');
});
