/** What the compiler's tests share: the library, diagnostics as short lines, and verified IR. Node only. */

import { readLibrary } from '../node/librarySource.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import { type Compilation, compile } from './compile.ts';
import { Library } from './library.ts';
import { verifyPatch } from './verifyIr.ts';

let shared: Library | null = null;

/** The standard library, read once per test file. */
export function testLibrary(): Library {
  shared ??= new Library(readLibrary());
  return shared;
}

/** Runs all passes; the IR is verified. */
export function compileText(text: string): Compilation {
  const compilation = compile(text, testLibrary());
  const { lowered, libraryUnits } = compilation;
  const faults = lowered ? verifyPatch(lowered, libraryUnits) : [];
  if (faults.length > 0) throw new Error(`lower made faulty IR:\n${faults.join('\n')}\n\n${text}`);
  return compilation;
}

/** Each as `CODE «characters»`, so that a test says what is wrong and where. */
export const describeProblems = (text: string, diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ code, span }) => `${code} «${text.slice(span.start, span.end)}»`);

/** What is wrong with a patch: the mistakes of all passes, in the order of the text. */
export const problemsOf = (text: string): string[] => describeProblems(text, compileText(text).diagnostics);

/** The patch with a default export that uses `expression`, so that all that it names is reached. */
export const using = (declarations: string, expression: string): string =>
  `${declarations}\nexport default () => ${expression}\n`;
