/** What the status line says about evaluations, undos and traps. Pure. */

import type { CompileOutcome } from '../engine/compileClient.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import type { Message, Problem } from './model.ts';
import { carrySpan, lineColumn } from './position.ts';

export const NOTHING_TO_UNDO: Message = { tone: 'note', text: 'There is no version before this one to go back to.' };

export const NOT_FINITE: Message = {
  tone: 'warning',
  text: 'The patch made values that are not finite numbers.',
  sound: 'Silence took their place.',
};

/** `offset`: of full scale. */
export const dcMessage = (offset: number): Message => ({
  tone: 'note',
  text: `The patch has a constant offset of ${Number(offset.toPrecision(2))} (DC).`,
  sound: 'It is taken out of the sound.',
});

/** The diagnostics of an outcome, with their places in `text`. */
export function problemsOf(outcome: CompileOutcome, text: string): readonly Problem[] {
  switch (outcome.kind) {
    case 'nothingToUndo':
      return [];
    case 'failed':
      return [{ ...lineColumn(text, 0), ...brokenCompiler, message: outcome.reason, span: { start: 0, end: 0 } }];
    default:
      return outcome.diagnostics.map((diagnostic) => located(diagnostic, text));
  }
}

const brokenCompiler = { severity: 'error', code: 'compiler-failed' } as const;

const located = (diagnostic: Diagnostic, text: string): Problem => ({
  ...diagnostic,
  ...lineColumn(text, diagnostic.span.start),
});

/** A mistake in `ranText` as a place in `text`, which may be further on; where that place is gone, in `ranText`. */
export function problemOfRunning(diagnostic: Diagnostic, ranText: string, text: string): Problem {
  const span = carrySpan(ranText, text, diagnostic.span);
  if (!span) return located(diagnostic, ranText);
  const related = diagnostic.related?.flatMap((place) => {
    const carried = carrySpan(ranText, text, place.span);
    return carried ? [{ ...place, span: carried }] : [];
  });
  return located({ ...diagnostic, span, ...(related ? { related } : {}) }, text);
}

export function failure({ line, message }: Problem): Message {
  return { tone: 'warning', text: `Line ${line}: ${message}` };
}

/** What was found out about a patch that plays on, which is where a number came from that is not finite. */
export function noticeMessage(problem: Problem): Message {
  return { ...failure(problem), ...(problem.code === 'not-finite' ? { sound: NOT_FINITE.sound } : {}) };
}

/** After something went wrong while it played: what and where, and the generation that plays instead. */
export function trapMessage(fallback: number | null, problem: Problem): Message {
  const sound =
    fallback === null
      ? 'Nothing sounds until it is mended.'
      : `The sound goes on with the version before (generation ${fallback}).`;
  return { ...failure(problem), tone: 'error', sound };
}

/**
 * After `stepsBack` undos in a row (0: of a swap that had not come yet), while the text in the editor is another than the
 * one that plays.
 */
export function undoMessage(stepsBack: number): Message {
  const sound = stepsBack <= 1 ? 'The version before plays.' : `The version ${stepsBack} swaps back plays.`;
  return { tone: 'warning', text: 'Undone: evaluate to bring your text back.', sound };
}
