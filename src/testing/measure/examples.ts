/** The doc comments of the library's functions. In: the sources. Out: each function with its comment and its example. */

import { parse } from '@babel/parser';
import type { Declaration, Identifier, TSType } from '@babel/types';
import { decibels, peak } from './levels.ts';
import { expectCompiledAsJavaScript } from './sameAsJavaScript.ts';
import { libraryFiles, libraryText } from './sources.ts';

export interface DocumentedFunction {
  readonly name: string;
  /** From the root of the library's folder. */
  readonly file: string;
  /** The comment without its stars; empty if there is none. */
  readonly comment: string;
  /** For use by other modules of the library only. */
  readonly isInternal: boolean;
  /** Names of the parameters, those of the closures it returns among them. */
  readonly parameters: readonly string[];
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
      const parameters = parametersOf(declaration);
      functions.push({ name, file, comment, isInternal, parameters, example: exampleIn(comment) });
    }
  }
  return functions;
}

function parametersOf(declaration: Declaration): string[] {
  if (declaration.type !== 'FunctionDeclaration') return [];
  const own = declaration.params.flatMap((parameter) => {
    const inner =
      parameter.type === 'AssignmentPattern'
        ? parameter.left
        : parameter.type === 'RestElement'
          ? parameter.argument
          : parameter;
    return inner.type === 'Identifier' ? [inner.name] : [];
  });
  const result = declaration.returnType?.type === 'TSTypeAnnotation' ? declaration.returnType.typeAnnotation : null;
  return [...own, ...(result ? parametersOfType(result) : [])];
}

function parametersOfType(type: TSType): string[] {
  if (type.type === 'TSFunctionType') return type.parameters.map((parameter) => (parameter as Identifier).name);
  if (type.type !== 'TSTypeLiteral') return [];
  return type.members.flatMap((member) =>
    member.type === 'TSPropertySignature' && member.typeAnnotation
      ? parametersOfType(member.typeAnnotation.typeAnnotation)
      : [],
  );
}

/** Up to the next tag, without the fence. */
function exampleIn(comment: string): string {
  const match = /^@example\n([\s\S]*?)(?=^@|(?![\s\S]))/m.exec(comment);
  return (match?.[1] ?? '').replace(/^```\w*\n?/gm, '').trim();
}

const QUIETEST_DB = -30;
const LOUDEST_DB = -1;

/**
 * What is wrong with the comment of a function and with its example: it has to name parameters, result and source; its
 * example has to compile, to equal itself as JavaScript bit for bit (in the second tier: examples.long.test.ts), and to sound at a sensible level.
 */
export async function faultsOfExample(documented: DocumentedFunction, frames = 9600): Promise<string[]> {
  const { name, comment, example } = documented;
  const faults: string[] = [];
  if (!/^\S[^@]*\.$/m.test(comment.split('\n@')[0])) faults.push('no sentence that says what it does');
  for (const parameter of undocumentedParameters(documented)) faults.push(`@param ${parameter} is missing`);
  if (documented.parameters.length > 0 && !/^@returns \S/m.test(comment)) faults.push('@returns is missing');
  if (documented.parameters.length > 0 && !/^Source: \S/m.test(comment)) faults.push('the source is missing');
  if (example === '') return [...faults, 'no example'];
  if (!new RegExp(`\\b${name}\\b`).test(example)) faults.push('its example does not use it');
  const { left, right } = await expectCompiledAsJavaScript(example, frames);
  const level = decibels(Math.max(peak(left), peak(right)));
  if (!(level >= QUIETEST_DB && level <= LOUDEST_DB)) faults.push(`its example peaks at ${level.toFixed(1)} dBFS`);
  return faults;
}

/** Parameters of the function and of the closures it returns that are not in the comment. */
function undocumentedParameters({ comment, parameters }: DocumentedFunction): string[] {
  return parameters.filter((parameter) => !new RegExp(`^@param ${parameter}\\b`, 'm').test(comment));
}
