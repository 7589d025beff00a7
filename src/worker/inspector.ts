/**
 * What may be looked at in the code that runs, without changing anything: for watched variables and the profile. In: a session's
 * parts. Worker and Node.
 */

import type { DeclaredName } from '../compiler/service/languageService.ts';
import type { Linker } from '../linker/linker.ts';
import type { Declared } from '../linker/watched.ts';
import type { Generation } from '../protocol/units.ts';
import type { PatchCompiler } from './patchCompiler.ts';
import type { ProfileInput } from './profiler.ts';
import type { RetainedGenerations, Sent } from './retainedGenerations.ts';

/** What the profile needs to know of a generation: see `ProfileInput`. */
export type Marked = Pick<ProfileInput, 'text' | 'lowered' | 'libraryUnits' | 'running' | 'layout'>;

const FUNCTION_PREFIX = 'function:';

export class Inspector {
  private readonly compiler: PatchCompiler;
  private readonly retained: RetainedGenerations;
  private readonly linker: Linker;

  constructor(compiler: PatchCompiler, retained: RetainedGenerations, linker: Linker) {
    this.compiler = compiler;
    this.retained = retained;
    this.linker = linker;
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
  rootsOf(text: string): Declared {
    const playing = this.playing();
    return playing?.text === text ? playing.linked.draft.input : this.compiler.rootsOf(text);
  }

  /**
   * The code of what plays with marks of the lines that it is made from. `text`: what plays, or one that means the same. `null`:
   * something else plays.
   */
  marked(text: string, generation: Generation): Marked | null {
    const playing = this.playing();
    if (playing?.linked.generation !== generation) return null;
    const running = new Set([...playing.functions.keys()].map((name) => name.slice(FUNCTION_PREFIX.length)));
    for (const tried of new Set([text, playing.text])) {
      const marked = this.compiler.marked(tried);
      if (!marked?.symbols.every((symbol) => running.has(symbol))) continue;
      return { text: tried, running, layout: this.linker.layout, ...marked };
    }
    return null;
  }
}
