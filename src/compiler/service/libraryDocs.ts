/**
 * What the standard library says of itself. In: the modules of src/library. Out: every name that is global in a patch, with
 * its type as it is written, what its comment says, and its place. A module is parsed when one of its names is asked for.
 */

import { parse } from '@babel/parser';
import type * as Babel from '@babel/types';
import type { Span } from '../../protocol/diagnostic.ts';
import { exportsOf, type LibrarySource } from '../libraryModules.ts';
import { functionView, type TypeScope, typesOf, viewOfType } from './annotations.ts';
import { commentOf, type DocComment, readComment } from './docComments.ts';
import { type LibraryHead, readHead } from './libraryHeads.ts';
import { type FunctionView, NUMBER, UNKNOWN, type View } from './views.ts';

export interface LibraryEntry extends DocComment {
  readonly name: string;
  /** Its module, from src/library on. */
  readonly path: string;
  /** As a call is written in the module. */
  readonly signature: string;
  readonly view: View;
  /** Where the name stands in its module. */
  readonly span: Span;
}

const FOLDER = 'dsp/';
const INTERNAL = 'dsp/internal/';
const SHARED_TYPES = 'dsp/types.ts';

export class LibraryDocs {
  private readonly texts = new Map<string, string>();
  /** Paths of modules by the names that they export. */
  private readonly paths = new Map<string, string>();
  private readonly read = new Map<string, ReadonlyMap<string, LibraryEntry>>();
  private sharedTypes: ReadonlyMap<string, Babel.TSType> | null = null;

  constructor(sources: readonly LibrarySource[]) {
    for (const { name: path, text } of sources) {
      this.texts.set(path, text);
      if (!path.startsWith(FOLDER) || path.startsWith(INTERNAL)) continue;
      for (const name of exportsOf(text)) this.paths.set(name, path);
    }
  }

  /** In the order of the files, and there in that of the text. */
  get names(): Iterable<string> {
    return this.paths.keys();
  }

  has(name: string): boolean {
    return this.paths.has(name);
  }

  find(name: string): LibraryEntry | null {
    const path = this.paths.get(name);
    return path === undefined ? null : (this.module(path).get(name) ?? null);
  }

  /** Its parameters, and those of what it makes, by their names; null: it is no function. Nothing is parsed for that. */
  headOf(name: string): LibraryHead | null {
    const text = this.texts.get(this.paths.get(name) ?? '') ?? '';
    return readHead(text, name);
  }

  /** The text of a module; `null`: there is none. */
  textOf(path: string): string | null {
    return this.texts.get(path) ?? null;
  }

  private module(path: string): ReadonlyMap<string, LibraryEntry> {
    const known = this.read.get(path);
    if (known) return known;
    const text = this.texts.get(path) ?? '';
    const statements = statementsOf(text);
    this.sharedTypes ??= typesOf(statementsOf(this.texts.get(SHARED_TYPES) ?? ''));
    const scope: TypeScope = { text, types: new Map([...this.sharedTypes, ...typesOf(statements)]) };
    const entries = new Map<string, LibraryEntry>();
    for (const statement of statements) {
      const entry = entryOf(statement, path, scope);
      if (entry && this.paths.get(entry.name) === path) entries.set(entry.name, entry);
    }
    this.read.set(path, entries);
    return entries;
  }
}

const statementsOf = (text: string): readonly Babel.Statement[] =>
  parse(text, { sourceType: 'module', plugins: ['typescript'] }).program.body;

function entryOf(statement: Babel.Statement, path: string, scope: TypeScope): LibraryEntry | null {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : null;
  const id = declaration ? nameOf(declaration) : null;
  if (!declaration || !id) return null;
  const comment = commentOf(statement);
  const fn = functionOf(declaration);
  const told = fn ? fn.params.filter((parameter) => isTold(parameter, comment)) : [];
  const entry: { -readonly [Key in keyof LibraryEntry]: LibraryEntry[Key] } = {
    ...readComment(comment),
    name: id.name,
    path,
    signature: fn ? signatureOf(id.name, fn, told, scope.text) : `${id.name}: number`,
    view: NUMBER,
    span: { start: id.start ?? 0, end: id.end ?? 0 },
  };
  if (fn) entry.view = viewOfFunction(fn, told, scope, entry);
  return entry;
}

function viewOfFunction(
  fn: Babel.Function,
  told: readonly Babel.Node[],
  scope: TypeScope,
  entry: LibraryEntry,
): FunctionView {
  const written = fn.returnType?.type === 'TSTypeAnnotation' ? viewOfType(fn.returnType, scope) : returned(fn, scope);
  // What it makes is described by the same comment.
  const result: View = written.kind === 'function' ? { ...written, entry } : written;
  return { ...functionView(told, null, scope, entry), result };
}

/** What a function without a written result returns, where that is a function. */
function returned(fn: Babel.Function, scope: TypeScope): View {
  if (fn.body.type !== 'BlockStatement') return UNKNOWN;
  const last = fn.body.body.findLast((statement) => statement.type === 'ReturnStatement');
  if (!last?.argument) return UNKNOWN;
  const value = last.argument;
  return value.type === 'ArrowFunctionExpression'
    ? { ...functionView(value.params, value.returnType, scope, null), ...(value.returnType ? {} : { result: NUMBER }) }
    : NUMBER;
}

function nameOf(declaration: Babel.Declaration): Babel.Identifier | null {
  if (declaration.type === 'FunctionDeclaration') return declaration.id ?? null;
  const id = declaration.type === 'VariableDeclaration' ? declaration.declarations[0]?.id : null;
  return id?.type === 'Identifier' ? id : null;
}

function functionOf(declaration: Babel.Declaration): Babel.Function | null {
  if (declaration.type === 'FunctionDeclaration') return declaration;
  const init = declaration.type === 'VariableDeclaration' ? declaration.declarations[0]?.init : null;
  return init?.type === 'ArrowFunctionExpression' ? init : null;
}

/** Parameters that the comment does not name are for the compiler. */
function isTold(parameter: Babel.Node, comment: string): boolean {
  const target =
    parameter.type === 'RestElement'
      ? parameter.argument
      : parameter.type === 'AssignmentPattern'
        ? parameter.left
        : parameter;
  return target.type === 'Identifier' && comment.includes(`@param ${target.name}`);
}

/** As it stands in the text. */
function signatureOf(name: string, fn: Babel.Function, told: readonly Babel.Node[], text: string): string {
  const textOf = ({ start, end }: Babel.Node): string => text.slice(start ?? 0, end ?? 0);
  const result = fn.returnType?.type === 'TSTypeAnnotation' ? textOf(fn.returnType) : '';
  return `${name}(${told.map(textOf).join(', ')})${result}`.replace(/\s*\n\s*/g, ' ');
}
