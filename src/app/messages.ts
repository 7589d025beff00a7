/** What the status line says about evaluations, undos, traps and failures, as facts and in words. Pure. */

import type { CompileOutcome } from '../engine/compileClient.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import type { Message, Problem, Waiting } from './model.ts';
import { carrySpan, lineColumn, lineColumnsOf } from './position.ts';
import { originOf, shortSoundName } from './soundFiles.ts';
import { namesText } from './swaps.ts';

/** What the page cannot get over. */
export type Failure =
  | { readonly kind: 'no sound'; readonly reason: string }
  | { readonly kind: 'no compiler'; readonly reason: string }
  /** The audio thread hangs, and there is no other for this tab. */
  | { readonly kind: 'frozen for good' };

/** What broke and was put right again. `wasSounding`: while it should sound. */
export interface Incident {
  readonly kind: 'compiler restarted' | 'sound rebuilt';
  readonly reason: string;
  readonly wasSounding: boolean;
}

export type Fact =
  /** The newest text has a mistake. */
  | { readonly kind: 'rejected'; readonly problem: Problem }
  /** It plays, with a warning. */
  | { readonly kind: 'warned'; readonly problem: Problem }
  /** What played was ended by a mistake; `fallback` plays instead, nothing if null. */
  | { readonly kind: 'trapped'; readonly problem: Problem; readonly fallback: number | null }
  /** It plays after it had stopped with the state that was kept; `reset`: without this. */
  | { readonly kind: 'tried again'; readonly reset: readonly string[] }
  /** Found out about what plays on. */
  | { readonly kind: 'noticed'; readonly problem: Problem }
  | { readonly kind: 'not finite' }
  /**
   * The audio thread hung in a text, or did so before the page was opened. `isRestarting`: another output is on its way.
   * `hasBefore`: play has the version before. `isTabStuck`: the thread still hangs, in this tab.
   */
  | {
      readonly kind: 'frozen';
      readonly problem: Problem;
      readonly isRestarting?: boolean;
      readonly hasBefore?: boolean;
      readonly isTabStuck?: boolean;
    }
  /** Another version plays than the text in the editor, `stepsBack` behind the newest; 0: a swap was taken back. */
  | { readonly kind: 'undone'; readonly stepsBack: number };

/** `offset`: the constant that is taken out of the sound, of full scale. */
type Offset = { readonly kind: 'offset'; readonly offset: number };

/** What the patch wants from outside and does not get. */
export type Want =
  /** It listens, and hears no input. */
  | { readonly kind: 'no input'; readonly state: 'off' | 'missing' }
  /** It names sound files of other places, and nobody has allowed to load them. */
  | { readonly kind: 'no consent'; readonly names: readonly string[] }
  /** It names sound files that are not here. */
  | { readonly kind: 'no files'; readonly names: readonly string[] };

/** Whether there is sound, or would be if play were pressed. */
export interface Situation {
  readonly isSounding: boolean;
  readonly hasVersion: boolean;
}

export const NOTHING_TO_UNDO: Message = { tone: 'note', text: 'Nothing to undo: no earlier version is kept.' };
export const NOTHING_TO_REDO: Message = { tone: 'note', text: 'Nothing to redo.' };

/** A version from before does not pass any more; what plays plays on. */
export const notRestored = ({ message }: Diagnostic): Message => ({
  tone: 'warning',
  text: `That version can no longer be played: ${message}`,
});

const SILENCED = 'They were replaced by silence.';

export function messageOf(fact: Failure | Incident | Fact | Offset | Want, situation: Situation): Message {
  switch (fact.kind) {
    case 'no sound':
      return {
        tone: 'error',
        text: `No sound from this browser: ${fact.reason}.`,
        sound: 'Reload the page to try again.',
      };
    case 'no compiler':
      return {
        tone: 'error',
        text: `The compiler stopped working: ${fact.reason}. Reload the page to continue; your code is kept.`,
        sound: soundGoesOn(situation),
      };
    case 'frozen for good':
      return {
        tone: 'error',
        text: 'The audio in this tab is frozen.',
        sound: 'Continue in a new tab: your code is kept, and nothing plays until you press play.',
        offer: 'newTab',
      };
    case 'compiler restarted':
      return {
        tone: 'warning',
        text: `Compiler restarted: ${fact.reason}.`,
        sound: fact.wasSounding ? 'The sound kept playing.' : 'Your code is kept.',
      };
    case 'sound rebuilt':
      return {
        tone: 'warning',
        text: `Audio restarted: ${fact.reason}.`,
        sound: fact.wasSounding ? 'The patch is playing again.' : 'You can press play again.',
      };
    case 'rejected':
      return { ...failure(fact.problem), sound: soundGoesOn(situation) };
    case 'warned':
      return { ...failure(fact.problem), tone: 'note' };
    case 'trapped':
      return { ...failure(fact.problem), tone: 'error', sound: soundAfterTrap(fact.fallback, situation) };
    case 'tried again':
      return {
        tone: 'warning',
        text: `The new code stopped with the state that was kept, so this was reset: ${namesText(fact.reset)}.`,
        sound: situation.isSounding
          ? 'The new version is playing. F4 brings the previous one back.'
          : 'Play starts it.',
      };
    case 'frozen':
      return {
        ...failure(fact.problem),
        tone: 'error',
        sound: soundAfterFreeze(fact, situation),
        ...(fact.isTabStuck && !fact.isRestarting ? { offer: 'newTab' as const } : {}),
      };
    case 'noticed':
      return { ...failure(fact.problem), ...(fact.problem.code === 'not-finite' ? { sound: SILENCED } : {}) };
    case 'not finite':
      return { tone: 'warning', text: 'The patch produced NaN or infinite values.', sound: SILENCED };
    case 'undone':
      return { tone: 'warning', text: UNDONE, sound: soundAfterUndo(fact.stepsBack, situation) };
    case 'offset':
      return {
        tone: 'note',
        text: `The patch has a constant offset (DC) of ${Number(fact.offset.toPrecision(2))}.`,
        sound: 'It is removed from the output.',
      };
    case 'no input':
      if (fact.state === 'missing') return { tone: 'note', text: NO_INPUTS, sound: 'The patch hears silence.' };
      return { tone: 'note', text: 'The patch listens to an input.', sound: 'Its input is silent.', offer: 'listen' };
    case 'no consent': {
      const places = [...new Set(fact.names.map((name) => originOf(name)?.slice('https://'.length) ?? ''))];
      const files = fact.names.length === 1 ? 'a sound file' : `${fact.names.length} sound files`;
      const text = `The patch plays ${files} from ${places.join(', ')}.`;
      return { tone: 'note', text, sound: 'Silent until you load it.', offer: 'loadSounds' };
    }
    case 'no files': {
      const text = `Sound file missing: ${namesText(fact.names.map(shortSoundName))}.`;
      return { tone: 'note', text, sound: 'Silent until you drop the file on the page.', offer: 'addSounds' };
    }
  }
}

const NO_INPUTS = 'This browser gives pages no sound input, or only over https.';
const UNDONE = 'Undone. Evaluate to hear your code again.';

const failure = ({ line, message }: Problem): Message => ({ tone: 'warning', text: `Line ${line}: ${message}` });

function soundGoesOn({ isSounding, hasVersion }: Situation): string {
  if (!hasVersion) return 'Nothing to play yet.';
  return isSounding ? 'The previous version keeps playing.' : 'Play starts the previous version.';
}

function soundAfterTrap(fallback: number | null, { isSounding }: Situation): string {
  if (fallback === null) return 'No sound until this is fixed.';
  return isSounding
    ? `The previous version (generation ${fallback}) keeps playing.`
    : `Play starts the previous version (generation ${fallback}).`;
}

function soundAfterFreeze(
  { isRestarting = false, hasBefore = false, isTabStuck = false }: Extract<Fact, { kind: 'frozen' }>,
  { isSounding, hasVersion }: Situation,
): string {
  if (isRestarting) return 'Restarting the audio with the previous version.';
  // A core stays busy, and the tab cannot be left, until the browser ends it.
  const advice = isTabStuck ? ' Continue in a new tab: the frozen audio slows this one down.' : '';
  if (hasVersion && isSounding) return `The previous version is playing.${advice}`;
  if (hasVersion || hasBefore) return `Play starts the previous version.${advice}`;
  return `Nothing else to play.${advice}`;
}

function soundAfterUndo(stepsBack: number, { isSounding }: Situation): string {
  const version = stepsBack <= 1 ? 'previous version' : `version from ${stepsBack} swaps ago`;
  return isSounding ? `The ${version} is playing.` : `Play starts the ${version}.`;
}

/** What a swap that is on its way waits for. `secondsLeft`: null where nobody knows. */
export function waitingText({ reason }: Pick<Waiting, 'reason'>, secondsLeft: number | null): string {
  const what = { beat: 'the beat', bar: 'the bar' }[reason];
  return secondsLeft === null ? `Waiting for ${what}.` : `Waiting for ${what}. ${secondsLeft.toFixed(1)} s left.`;
}

/** The diagnostics of an outcome, with their places in `text`. */
export function problemsOf(outcome: CompileOutcome, text: string): readonly Problem[] {
  if (outcome.kind === 'failed') {
    return [{ ...lineColumn(text, 0), ...brokenCompiler, message: outcome.reason, span: { start: 0, end: 0 } }];
  }
  return located(outcome.diagnostics, text);
}

/** With lines and columns. */
export function located(diagnostics: readonly Diagnostic[], text: string): readonly Problem[] {
  if (diagnostics.length === 0) return [];
  const placeOf = lineColumnsOf(text);
  return diagnostics.map((diagnostic) => ({ ...diagnostic, ...placeOf(diagnostic.span.start) }));
}

const brokenCompiler = { severity: 'error', code: 'compiler-failed' } as const;

const locatedOne = (diagnostic: Diagnostic, text: string): Problem => ({
  ...diagnostic,
  ...lineColumn(text, diagnostic.span.start),
});

/** A mistake in `ranText` as a place in `text`, which may have been edited since; if that place is gone, in `ranText`. */
export function problemOfRunning(diagnostic: Diagnostic, ranText: string, text: string): Problem {
  const span = carrySpan(ranText, text, diagnostic.span);
  if (!span) return locatedOne(diagnostic, ranText);
  const related = diagnostic.related?.flatMap((place) => {
    const carried = carrySpan(ranText, text, place.span);
    return carried ? [{ ...place, span: carried }] : [];
  });
  return locatedOne({ ...diagnostic, span, ...(related ? { related } : {}) }, text);
}
