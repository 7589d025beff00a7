/** What the whole compile side says about a text, for tests. Node only. */

import { compile } from '../compiler/compile.ts';
import { createSession } from '../node/session.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import { testLibrary } from './compileText.ts';

/** What compiling says; for what compiles, what trying it says. */
export async function diagnosticsOf(text: string): Promise<readonly Diagnostic[]> {
  const { diagnostics } = compile(text, testLibrary());
  if (diagnostics.some(({ severity }) => severity === 'error')) return diagnostics;
  const session = await createSession({ sampleRate: 48_000, fadeFrames: 0, postsModules: true });
  return session.update(text).diagnostics;
}
