/** Gives any text to a session, as the editor does with each keystroke, and checks that what comes back is in order. */

import { createSession } from '../../node/session.ts';
import type { Diagnostic } from '../../protocol/diagnostic.ts';
import type { Session } from '../../worker/session.ts';
import { compileText } from '../compileText.ts';

export interface Outcome {
  readonly isCompiled: boolean;
  /** What a session must never do, if it did. */
  readonly problem: string | null;
}

export class Tryout {
  #session: Session | null = null;

  async run(text: string): Promise<Outcome> {
    this.#session ??= await createSession({ sampleRate: 48_000, fadeFrames: 480, postsModules: true });
    const session = this.#session;
    try {
      const result = session.update(text);
      if (result.kind === 'rejected') {
        const problem =
          result.diagnostics.length === 0 ? 'refused without a word' : misplaced(text, result.diagnostics);
        return { isCompiled: false, problem };
      }
      if (result.kind === 'batch') {
        const { generation } = result.batch;
        session.committed(generation);
        // It ends at once, so that the next text continues nothing.
        session.trapped(generation, null);
        session.retired(generation);
      }
      // Throws if the IR is faulty.
      compileText(text);
      return { isCompiled: true, problem: misplaced(text, result.diagnostics) };
    } catch (thrown) {
      // What is left of the session is of no use.
      this.#session = null;
      return {
        isCompiled: false,
        problem: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
      };
    }
  }
}

/** A diagnostic that points outside the text, or says nothing. */
function misplaced(text: string, diagnostics: readonly Diagnostic[]): string | null {
  for (const { code, message, span } of diagnostics) {
    const isInside = span.start >= 0 && span.start <= span.end && span.end <= text.length;
    if (!isInside) return `${code}: a span of ${span.start} to ${span.end} in a text of ${text.length}`;
    if (message.trim() === '') return `${code} says nothing`;
  }
  return null;
}
