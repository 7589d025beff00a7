/**
 * Which part of Segue may know which other: the rules at the end of the design's section "Where things live", as data,
 * and the check of a set of source files against them.
 *
 * In: files (path from the root of the repository, text). Out: one line per violation. Reads nothing itself.
 * Type imports count as much as others: a part that names another's types knows it.
 */
import path from 'node:path';
import { parse } from '@babel/parser';

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

interface Import {
  /** A path from the root of the repository for a file, the name as written for a package. */
  readonly target: string;
  readonly isPackage: boolean;
  readonly line: number;
}

interface Rule {
  readonly about: string;
  /** Folders (ending in `/`) and files that the rule binds. */
  readonly binds: readonly string[];
  /** Whether an import breaks the rule; `from` is the importing file. */
  readonly forbids?: (imported: Import, from: string) => boolean;
  /** Globals of threads and pages that may not be named. */
  readonly forbidsNames?: readonly string[];
}

const MAIN_THREAD_PARTS = ['src/editor/', 'src/engine/', 'src/share/', 'src/ui/'];
const THREAD_AND_PAGE_PARTS = [...MAIN_THREAD_PARTS, 'src/worker/', 'src/node/', 'worklets/', 'src/main.ts'];
const THREAD_AND_PAGE_GLOBALS = [
  ...['window', 'document', 'navigator', 'localStorage', 'requestAnimationFrame'],
  ...['self', 'postMessage', 'onmessage', 'importScripts', 'Worker', 'MessagePort', 'MessageChannel'],
  ...['AudioContext', 'AudioWorkletNode', 'AudioWorkletProcessor', 'registerProcessor', 'process'],
];

const inside = (file: string, places: readonly string[]) =>
  places.some((place) => (place.endsWith('/') ? file.startsWith(place) : file === place));

const isNamed = (imported: Import, name: string) =>
  imported.isPackage && (imported.target === name || imported.target.startsWith(`${name}/`));

export const rules: readonly Rule[] = [
  {
    about: 'protocol imports nothing outside protocol',
    binds: ['src/protocol/'],
    forbids: ({ target, isPackage }) => isPackage || !inside(target, ['src/protocol/']),
  },
  {
    about: 'worklets import only protocol and each other',
    binds: ['worklets/'],
    forbids: ({ target, isPackage }) => isPackage || !inside(target, ['src/protocol/', 'worklets/']),
  },
  {
    about: 'compiler and linker know no thread and no page',
    binds: ['src/compiler/', 'src/linker/'],
    forbids: ({ target, isPackage }) =>
      isPackage ? target.startsWith('node:') : inside(target, THREAD_AND_PAGE_PARTS),
    forbidsNames: THREAD_AND_PAGE_GLOBALS,
  },
  {
    about: 'editor, engine, share and ui do not import each other',
    binds: MAIN_THREAD_PARTS,
    forbids: ({ target, isPackage }, from) => {
      const others = MAIN_THREAD_PARTS.filter((part) => !from.startsWith(part));
      return !isPackage && inside(target, others);
    },
  },
  {
    about: 'monaco-editor is imported under src/editor only',
    binds: [''],
    forbids: (imported, from) => isNamed(imported, 'monaco-editor') && !inside(from, ['src/editor/']),
  },
];

/** Tests and what only tests import may look across the parts. */
const isBound = (file: string) => !/\.test\.tsx?$/.test(file) && !inside(file, ['src/testing/', 'e2e/', 'scripts/']);

/** One line per violation: `path:line: what (rule)`. Empty when all is well. */
export function checkImports(files: readonly SourceFile[]): string[] {
  const violations: string[] = [];
  const binaryenImporters = new Map<string, number>();
  for (const file of files.filter(({ path: name }) => isBound(name))) {
    const { imports, names } = read(file);
    for (const rule of rules) {
      if (!rule.binds.some((place) => place === '' || inside(file.path, [place]))) continue;
      for (const imported of imports) {
        if (!rule.forbids?.(imported, file.path)) continue;
        violations.push(`${file.path}:${imported.line}: imports ${imported.target} (${rule.about})`);
      }
      for (const { name, line } of names) {
        if (rule.forbidsNames?.includes(name)) violations.push(`${file.path}:${line}: names ${name} (${rule.about})`);
      }
    }
    const binaryen = imports.find((imported) => isNamed(imported, 'binaryen'));
    if (binaryen) binaryenImporters.set(file.path, binaryen.line);
  }
  if (binaryenImporters.size > 1) {
    for (const [file, line] of binaryenImporters) {
      violations.push(`${file}:${line}: imports binaryen (binaryen is imported by one file)`);
    }
  }
  return violations;
}

/**
 * The imports of a file, static, dynamic and of types, and the names of globals it uses: every identifier that is not
 * the name of a member and that the file declares nowhere.
 */
function read(file: SourceFile): { imports: Import[]; names: { name: string; line: number }[] } {
  const tree: unknown = parse(file.text, {
    sourceType: 'module',
    plugins: file.path.endsWith('x') ? ['typescript', 'jsx'] : ['typescript'],
    sourceFilename: file.path,
    createImportExpressions: true,
  }).program;
  const imports: Import[] = [];
  const names: { name: string; line: number }[] = [];
  const declared = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const element of node) visit(element);
    if (!isNode(node)) return;
    const line = node.loc.start.line;
    const source = importedName(node);
    if (source !== null) imports.push(resolve(source, file.path, line));
    if (node.type === 'Identifier' && typeof node.name === 'string') names.push({ name: node.name, line });
    for (const field of DECLARING_FIELDS[node.type] ?? []) declare(node[field], declared);
    for (const [key, child] of Object.entries(node)) {
      if (!isMemberName(node, key)) visit(child);
    }
  };
  visit(tree);
  return { imports, names: names.filter(({ name }) => !declared.has(name)) };
}

/** Where the syntax declares names, by type of node. */
const DECLARING_FIELDS: Readonly<Record<string, readonly string[]>> = {
  VariableDeclarator: ['id'],
  FunctionDeclaration: ['id', 'params'],
  FunctionExpression: ['id', 'params'],
  ArrowFunctionExpression: ['params'],
  ObjectMethod: ['params'],
  ClassMethod: ['params'],
  ClassPrivateMethod: ['params'],
  ClassDeclaration: ['id'],
  CatchClause: ['param'],
  ImportSpecifier: ['local'],
  ImportDefaultSpecifier: ['local'],
  ImportNamespaceSpecifier: ['local'],
  TSInterfaceDeclaration: ['id'],
  TSTypeAliasDeclaration: ['id'],
};

/** Adds the names that a pattern binds. */
function declare(pattern: unknown, declared: Set<string>): void {
  if (Array.isArray(pattern)) for (const element of pattern) declare(element, declared);
  if (!isNode(pattern)) return;
  if (pattern.type === 'Identifier' && typeof pattern.name === 'string') declared.add(pattern.name);
  for (const field of ['properties', 'elements', 'argument', 'parameter', 'left']) declare(pattern[field], declared);
  if (pattern.type === 'ObjectProperty') declare(pattern.value, declared);
}

interface Node {
  readonly type: string;
  readonly loc: { readonly start: { readonly line: number } };
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'loc' in value;

/** What an import, a re-export, `import()` or `import('…').Type` names; null for other nodes. */
function importedName(node: Node): string | null {
  const isImport = /^(Import|ExportNamed|ExportAll)Declaration$|^ImportExpression$|^TSExternalModuleReference$/;
  if (node.type !== 'TSImportType' && !isImport.test(node.type)) return null;
  const source = node.source ?? node.expression ?? node.argument;
  if (!isNode(source)) return null;
  const literal = source.type === 'TSLiteralType' ? source.literal : source;
  return isNode(literal) && typeof literal.value === 'string' ? literal.value : null;
}

/** Whether a field of a node holds the plain name of a member, as in `a.name` and `{ name: 1 }`. */
function isMemberName(node: Node, key: string): boolean {
  if (node.computed === true || node.shorthand === true) return false;
  if (key === 'property') return /^(Optional)?MemberExpression$/.test(node.type);
  if (key === 'right') return node.type === 'TSQualifiedName';
  return key === 'key' && node.type !== 'ClassPrivateProperty';
}

function resolve(source: string, from: string, line: number): Import {
  if (source.startsWith('/')) return { target: source.slice(1), isPackage: false, line };
  if (!source.startsWith('.')) return { target: source, isPackage: true, line };
  // Vite's suffixes (`?url`, `?worker`) name the same file.
  const file = source.replace(/\?.*$/, '');
  return { target: path.posix.join(path.posix.dirname(from), file), isPackage: false, line };
}
