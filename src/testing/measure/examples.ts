/** The doc comments of the library's functions. In: the sources. Out: each function with its comment and its example. */

import { parse } from '@babel/parser';
import { libraryFiles, libraryText } from './bundle.ts';

export interface DocumentedFunction {
  readonly name: string;
  /** From the root of the library's folder. */
  readonly file: string;
  /** The comment without its stars; empty if there is none. */
  readonly comment: string;
  /** For use by other modules of the library only. */
  readonly isInternal: boolean;
  /** The text of the patch behind `@example`; empty if there is none. */
  readonly example: string;
}

/** What the modules of a folder of the library export; of all folders if none is given. */
export function documentedFunctions(folder = ''): DocumentedFunction[] {
  return libraryFiles()
    .filter((file) => file.startsWith(folder))
    .flatMap((file) => documentedIn(file, libraryText(file)));
}

function documentedIn(file: string, text: string): DocumentedFunction[] {
  const functions: DocumentedFunction[] = [];
  for (const statement of parse(text, { sourceType: 'module', plugins: ['typescript'] }).program.body) {
    if (statement.type !== 'ExportNamedDeclaration' || !statement.declaration) continue;
    const { declaration } = statement;
    const comments = statement.leadingComments ?? [];
    const block = comments.at(-1);
    const comment = block?.type === 'CommentBlock' ? block.value.replace(/^\s*\* ?/gm, '').trim() : '';
    const names =
      declaration.type === 'FunctionDeclaration'
        ? [declaration.id!.name]
        : declaration.type === 'VariableDeclaration'
          ? declaration.declarations.map(({ id }) => (id.type === 'Identifier' ? id.name : ''))
          : [];
    for (const name of names) {
      const isInternal = /^@internal\b/m.test(comment);
      functions.push({ name, file, comment, isInternal, example: exampleIn(comment) });
    }
  }
  return functions;
}

/** Up to the next tag, without the fence. */
function exampleIn(comment: string): string {
  const match = /^@example\n([\s\S]*?)(?=^@|(?![\s\S]))/m.exec(comment);
  return (match?.[1] ?? '').replace(/^```\w*\n?/gm, '').trim();
}
