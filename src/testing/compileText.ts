/** What the compiler's tests share: the library, diagnostics as short lines, and verified IR. Node only. */

import { type Compilation, compile } from '../compiler/compile.ts';
import { Library } from '../compiler/library.ts';
import { verifyPatch } from '../compiler/verifyIr.ts';
import { readLibrary } from '../node/librarySource.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';

let shared: Library | null = null;

/** The standard library, read once per test file. */
export function testLibrary(): Library {
  shared ??= new Library(readLibrary());
  return shared;
}

/** Runs all passes; the IR is verified. */
export function compileText(text: string): Compilation {
  const compilation = compile(text, testLibrary());
  const faults = faultsOf(compilation);
  if (faults.length > 0) throw new Error(`lower made faulty IR:\n${faults.join('\n')}\n\n${text}`);
  return compilation;
}

function faultsOf({ lowered, libraryUnits }: Compilation): readonly string[] {
  try {
    return lowered ? verifyPatch(lowered, libraryUnits) : [];
  } catch (thrown) {
    // Expressions nested deeper than the verifier's own recursion goes are not emitted, either.
    if (thrown instanceof RangeError) return [];
    throw thrown;
  }
}

/** Each as `CODE «characters»`, so that a test says what is wrong and where. */
export const describeProblems = (text: string, diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ code, span }) => `${code} «${text.slice(span.start, span.end)}»`);

/** What is wrong with a patch: the mistakes of all passes, in the order of the text. */
export const problemsOf = (text: string): string[] => describeProblems(text, compileText(text).diagnostics);

/** The patch with a default export that uses `expression`, so that all that it names is reached. */
export const using = (declarations: string, expression: string): string =>
  `${declarations}\nexport default () => ${expression}\n`;

/** mulberry32 (Tommy Ettinger): the same numbers from 0 to below `count` for the same seed. */
export function randomPicks(seed: number): (count: number) => number {
  let state = seed | 0;
  return (count) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * count);
  };
}

const WORD = /([\p{L}_$][\p{L}\p{N}_$]*|\d+(?:\.\d+)?|'[^'\n]*'|[-+*/%=<>!&|^]+|\S)/u;

/** Texts with one to three words taken out, put in, replaced or exchanged, by the words of all of them. */
export function* mutationsOf(
  texts: readonly { readonly text: string }[],
  seed: number,
  count: number,
): Iterable<string> {
  const pick = randomPicks(seed);
  const words = texts.flatMap(({ text }) => text.split(WORD).filter((part) => part.trim() !== ''));
  const word = (): string => ` ${words[pick(words.length)]} `;
  for (let made = 0; made < count; made++) {
    const parts = texts[pick(texts.length)].text.split(WORD);
    for (let edits = 1 + pick(3); edits > 0; edits--) {
      const at = pick(parts.length);
      const other = pick(parts.length);
      switch (pick(4)) {
        case 0:
          parts.splice(at, 1 + pick(3));
          break;
        case 1:
          parts.splice(at, 0, word());
          break;
        case 2:
          parts[at] = word();
          break;
        default:
          [parts[at], parts[other]] = [parts[other], parts[at]];
      }
    }
    yield parts.join('');
  }
}
