/**
 * Reads the doc comments of the standard library. In: the modules of src/library/dsp. Out: every name that is global in a
 * patch, with its signature, what its comment says, and its example. Node only.
 */

import { parse } from '@babel/parser';
import type { Function as BabelFunction, Declaration, Node, Statement } from '@babel/types';
import { exportsOf } from '../src/compiler/libraryModules.ts';
import { readLibrary } from '../src/node/librarySource.ts';

export interface DocumentedName {
  readonly name: string;
  /** From src/library/dsp on. */
  readonly file: string;
  readonly signature: string;
  readonly summary: string;
  readonly parameters: readonly { readonly name: string; readonly text: string }[];
  readonly returns: string;
  readonly source: string;
  /** A patch. */
  readonly example: string;
}

const FOLDER = 'dsp/';
const INTERNAL = 'dsp/internal/';

/** In the order of their files, and there in that of the text. */
export function documentedNames(): DocumentedName[] {
  return readLibrary()
    .filter(({ name }) => name.startsWith(FOLDER) && !name.startsWith(INTERNAL))
    .flatMap(({ name, text }) => namesIn(name.slice(FOLDER.length), text));
}

function namesIn(file: string, text: string): DocumentedName[] {
  const global = new Set(exportsOf(text));
  const { body } = parse(text, { sourceType: 'module', plugins: ['typescript'] }).program;
  return body.flatMap((statement): DocumentedName[] => {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : null;
    const name = declaration ? nameOf(declaration) : null;
    if (!declaration || name === null || !global.has(name)) return [];
    const comment = commentOf(statement);
    return [{ name, file, signature: signatureOf(name, declaration, text, comment), ...readComment(comment) }];
  });
}

function nameOf(declaration: Declaration): string | null {
  if (declaration.type === 'FunctionDeclaration') return declaration.id?.name ?? null;
  const id = declaration.type === 'VariableDeclaration' ? declaration.declarations[0]?.id : null;
  return id?.type === 'Identifier' ? id.name : null;
}

/** The last comment in front of a statement, without its stars. */
function commentOf({ leadingComments }: Statement): string {
  const last = leadingComments?.at(-1);
  return last?.type === 'CommentBlock' && last.value.startsWith('*')
    ? last.value.replace(/^\s*\*+ ?/gm, '').trim()
    : '';
}

/** As it stands in the text; parameters that the comment does not name are for the compiler. */
function signatureOf(name: string, declaration: Declaration, text: string, comment: string): string {
  const textOf = ({ start, end }: Node): string => text.slice(start ?? 0, end ?? 0);
  const init = declaration.type === 'VariableDeclaration' ? declaration.declarations[0]?.init : null;
  const isArrow = init?.type === 'ArrowFunctionExpression';
  const fn: BabelFunction | null = declaration.type === 'FunctionDeclaration' ? declaration : isArrow ? init : null;
  if (!fn) return `${name}: number`;
  const isTold = (parameter: string): boolean => comment.includes(`@param ${parameter.replace(/\W.*$/s, '')}`);
  const parameters = fn.params.map(textOf).filter((parameter) => isTold(parameter.replace(/^\.{3}/, '')));
  const result = fn.returnType?.type === 'TSTypeAnnotation' ? textOf(fn.returnType) : '';
  return `${name}(${parameters.join(', ')})${result}`.replace(/\s*\n\s*/g, ' ');
}

function readComment(comment: string): Omit<DocumentedName, 'name' | 'file' | 'signature'> {
  const [before = '', example = ''] = comment.split(/^@example\n/m);
  // A tag goes on until the next one; `Source:` is one as well.
  const parts = before.split(/^(?=@|Source: )/m).map((part) => part.trim());
  const text = (head: RegExp): string[] =>
    parts.filter((part) => head.test(part)).map((part) => oneLine(part.replace(head, '')));
  return {
    summary: parts[0]?.startsWith('@') ? '' : oneLine(parts[0] ?? ''),
    parameters: text(/^@param /).map((part) => {
      const name = /^[\w.]+/.exec(part)?.[0] ?? '';
      return { name, text: part.slice(name.length).trim() };
    }),
    returns: text(/^@returns /)[0] ?? '',
    source: text(/^Source: /)[0] ?? '',
    example: example.trim(),
  };
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();
