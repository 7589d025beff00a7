/** A language service for tests: texts with a mark where the cursor is. Node only. */

import { compile } from '../compiler/compile.ts';
import { LanguageService } from '../compiler/service/languageService.ts';
import { readLibrary } from '../node/librarySource.ts';
import type { Answers, Question } from '../protocol/language.ts';
import { testLibrary } from './compileText.ts';

/** Where the cursor is. */
export const MARK = '¦';

type Placed = Exclude<Question, { kind: 'outline' | 'folding' | 'check' | 'fixes' | 'module' }>['kind'];

export function newService(): LanguageService {
  const library = testLibrary();
  return new LanguageService(library, readLibrary(), (text) => compile(text, library));
}

export function unmarked(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf(MARK);
  if (offset < 0) throw new Error('no mark');
  return { text: marked.slice(0, offset) + marked.slice(offset + MARK.length), offset };
}

/** Asks at the mark. `service`: one that knows what was compiled before, if that matters. */
export function ask<Kind extends Exclude<Placed, 'rename' | 'describe'>>(
  kind: Kind,
  marked: string,
  service = newService(),
): Answers[Kind] {
  const { text, offset } = unmarked(marked);
  return service.answer(text, { kind, offset } as Question) as Answers[Kind];
}
