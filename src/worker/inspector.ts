/**
 * What may be looked at in the code that runs, without changing anything: for watched variables and the profile. In: a session's
 * parts. Worker and Node.
 */

import type { DeclaredName } from '../compiler/service/languageService.ts';
import type { RootShape } from '../compiler/shape.ts';
import type { PatchCompiler } from './patchCompiler.ts';
import type { RetainedGenerations, Sent } from './retainedGenerations.ts';

export class Inspector {
  private readonly compiler: PatchCompiler;
  private readonly retained: RetainedGenerations;

  constructor(compiler: PatchCompiler, retained: RetainedGenerations) {
    this.compiler = compiler;
    this.retained = retained;
  }

  /** What plays, as far as is known here; `null`: nothing does. */
  playing(): Sent | null {
    const { pending, current } = this.retained;
    return pending ? pending.replaces : current;
  }

  /** What a name at a place of a text stands for; `null`: there is none. */
  declarationAt(text: string, offset: number): DeclaredName | null {
    return this.compiler.declarationAt(text, offset);
  }

  /** The variables of a text with what they lead to. */
  rootsOf(text: string): readonly RootShape[] {
    const playing = this.playing();
    return playing?.text === text ? playing.linked.draft.input.roots : this.compiler.rootsOf(text);
  }
}
