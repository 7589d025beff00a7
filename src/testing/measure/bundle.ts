/**
 * The library's functions as text to be put in front of a patch: what the patch names of src/library/dsp, and what that
 * needs in turn, without imports and exports. In: the text of a patch. Out: one text that is a patch as well. Node only.
 */

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from '@babel/parser';
import { type Node, type Statement, VISITOR_KEYS } from '@babel/types';
import { transformSync } from 'esbuild';

interface Declaration {
  readonly module: string;
  /** Its place in the module. */
  readonly order: number;
  readonly text: string;
  readonly mentions: ReadonlySet<string>;
}

interface Module {
  readonly declarations: ReadonlyMap<string, Declaration>;
  readonly exported: ReadonlySet<string>;
  /** Local name to module. */
  readonly imports: ReadonlyMap<string, string>;
}

const root = path.join(import.meta.dirname, '../../library/dsp');

/** The sources of the library, from the root of its folder. */
export const libraryFiles = (): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll(path.sep, '/'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('.d.ts'))
    .sort();

export const libraryText = (file: string): string => readFileSync(path.join(root, file), 'utf8');

let modules: ReadonlyMap<string, Module> | null = null;

function library(): ReadonlyMap<string, Module> {
  modules ??= new Map(libraryFiles().map((file) => [file, readModule(file, libraryText(file))]));
  return modules;
}

/** The patch with all that it uses of the library in front of it. A name that the patch declares is its own. */
export function withLibrary(patch: string): string {
  const statements = parse(patch, { sourceType: 'module', plugins: ['typescript'] }).program.body;
  const own = new Set(statements.flatMap(namesOf));
  const needed = new Map<string, Declaration>();
  const texts = new Map<string, Declaration>();

  const need = (name: string, file: string): void => {
    const from = library().get(file);
    if (!from) throw new Error(`${name} is not declared in the library's folder: ${file}`);
    const imported = from.imports.get(name);
    if (imported !== undefined) {
      need(name, imported);
      return;
    }
    const declaration = from.declarations.get(name);
    if (!declaration || needed.get(name) === declaration) return;
    if (needed.has(name)) throw new Error(`${name} is declared by ${needed.get(name)!.module} and by ${file}`);
    needed.set(name, declaration);
    for (const mention of declaration.mentions) need(mention, file);
    texts.set(`${file}:${declaration.order}`, declaration);
  };
  for (const name of statements.flatMap((statement) => [...mentionsOf(statement)])) {
    if (own.has(name)) continue;
    for (const [file, { exported }] of library()) if (exported.has(name)) need(name, file);
  }

  // A module comes after those it imports: they were finished first.
  const files = [...new Set([...texts.values()].map(({ module }) => module))];
  const sorted: string[] = [];
  const visit = (file: string): void => {
    if (sorted.includes(file)) return;
    for (const imported of library().get(file)!.imports.values()) visit(imported);
    sorted.push(file);
  };
  for (const file of files) visit(file);
  const parts = [...texts.values()].sort(
    (a, b) => sorted.indexOf(a.module) - sorted.indexOf(b.module) || a.order - b.order,
  );
  // Without its types: a boolean may be given where the library's say number, as JavaScript has it.
  const { code } = transformSync(parts.map(({ text }) => text).join('\n'), { loader: 'ts', target: 'es2022' });
  return `${code}\n${patch}`;
}

function readModule(file: string, text: string): Module {
  const declarations = new Map<string, Declaration>();
  const exported = new Set<string>();
  const imports = new Map<string, string>();
  parse(text, { sourceType: 'module', plugins: ['typescript'] }).program.body.forEach((statement, order) => {
    if (statement.type === 'ImportDeclaration') {
      const target = path.posix.join(path.posix.dirname(file), statement.source.value);
      for (const { local } of statement.specifiers) imports.set(local.name, target);
      return;
    }
    const isExport = statement.type === 'ExportNamedDeclaration';
    const inner = isExport ? statement.declaration! : statement;
    const declaration: Declaration = {
      module: file,
      order,
      text: text.slice(inner.start!, inner.end!),
      mentions: mentionsOf(inner),
    };
    for (const name of namesOf(inner)) {
      declarations.set(name, declaration);
      if (isExport) exported.add(name);
    }
  });
  return { declarations, exported, imports };
}

function namesOf(statement: Statement): string[] {
  switch (statement.type) {
    case 'FunctionDeclaration':
      return statement.id ? [statement.id.name] : [];
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
      return [statement.id.name];
    case 'VariableDeclaration':
      return statement.declarations.flatMap(({ id }) => [...mentionsOf(id)]);
    default:
      return [];
  }
}

/** All identifiers in a tree: too many rather than too few. */
function mentionsOf(node: Node, into = new Set<string>()): Set<string> {
  if (node.type === 'Identifier') into.add(node.name);
  const children = node as unknown as Record<string, Node | null | readonly (Node | null)[]>;
  for (const key of VISITOR_KEYS[node.type]) {
    const child = children[key];
    for (const each of Array.isArray(child) ? child : [child]) if (each) mentionsOf(each as Node, into);
  }
  return into;
}
