/** A patch without a default export: guesses which of its functions is meant. */

import type * as Babel from '@babel/types';
import { diagnose } from '../language/diagnostics.ts';
import type { Diagnostic, Span } from '../protocol/diagnostic.ts';

interface Candidate {
  readonly name: string;
  readonly span: Span;
  /** A declaration, which `export default` can be put in front of. */
  readonly isDeclared: boolean;
  readonly parameters: readonly Babel.Node[];
}

/** What such functions are called in other environments. */
const NAMES = /^(?:dsp|main|loop|process|play|render|sound|audio|tick|run)$/i;
const TIMES = /^(?:t|time|s|seconds)$/;

export function noDefaultExport(text: string, statements: readonly Babel.Statement[]): Diagnostic {
  const candidates = statements.flatMap(candidatesIn);
  const meant = candidates.find(({ name }) => NAMES.test(name)) ?? candidates.findLast(takesTime);
  if (meant) {
    const written = meant.isDeclared ? `function ${meant.name}` : meant.name;
    return diagnose(meant.span, 'no-default-export', written, meant.isDeclared);
  }
  const end = text.trimEnd().length;
  return diagnose({ start: Math.max(0, end - 1), end }, 'no-default-export', null, false);
}

function candidatesIn(outer: Babel.Statement): Candidate[] {
  const statement = outer.type === 'ExportNamedDeclaration' ? outer.declaration : outer;
  if (statement?.type === 'FunctionDeclaration' && statement.id) {
    const { id, params } = statement;
    // A named export would have to lose its `export` first: a line at the end is simpler.
    const isDeclared = outer === statement;
    const start = isDeclared ? statement.start! : id.start!;
    return [{ name: id.name, span: { start, end: id.end! }, isDeclared, parameters: params }];
  }
  if (statement?.type !== 'VariableDeclaration') return [];
  return statement.declarations.flatMap(({ id, init }) => {
    const isFunction = init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression';
    if (id.type !== 'Identifier' || !isFunction) return [];
    return [{ name: id.name, span: { start: id.start!, end: id.end! }, isDeclared: false, parameters: init.params }];
  });
}

const takesTime = ({ parameters: [first, ...others] }: Candidate): boolean =>
  others.length === 0 && first?.type === 'Identifier' && TIMES.test(first.name);
