/**
 * What to tell people of a patch that stopped, was too slow or was no sound: the place in the text and a sentence. In:
 * what the shadow or the audio thread found. Out: diagnostics. Worker and Node.
 */

import type { Library } from '../compiler/library.ts';
import { diagnose } from '../language/diagnostics.ts';
import { NON_FINITE, OVER_BUDGET, type ProcessorToWorker, TOO_SLOW } from '../protocol/audio.ts';
import type { Diagnostic, Span } from '../protocol/diagnostic.ts';
import { findNonFinite } from './findNonFinite.ts';
import { atExactCall, type ReplayOptions } from './replay.ts';
import type { Sent } from './retainedGenerations.ts';
import type { Audition, ShadowTrap } from './shadow.ts';
import { describeTrap, type FunctionsByName, type OffsetOf, siteOf, wholeOf } from './trapMessages.ts';

/** A trap in the audio thread. */
export type LiveTrap = Pick<
  Extract<ProcessorToWorker, { kind: 'trapped' }>,
  'generation' | 'trapSymbol' | 'trapSite' | 'reason' | 'stack' | 'load' | 'indices'
>;

/** A program as far as one has to know it to say what is wrong with it. */
export interface Explained {
  readonly text: string;
  readonly functions: FunctionsByName;
  /** What is to be pointed at when it is about the whole. */
  readonly span: Span;
}

/**
 * A busy machine makes what is tried look slower than it is. Beyond this it is refused; what is below and still too much,
 * the audio thread leaves by itself (worklets/overloadWatch.ts).
 */
const MAX_LOAD = 1.25;

/** A program of more functions takes too long to be compiled again with a version of ours for each use. */
const MAX_SPLIT_FUNCTIONS = 400;

const tooSlow = (span: Span, load: number): Diagnostic => diagnose(span, 'too-slow', `${Math.round(100 * load)} %`);

export class Explanations {
  private readonly library: Library;
  private readonly replayOptions: ReplayOptions;
  private readonly offsetOf: OffsetOf;

  constructor(library: Library, replayOptions: ReplayOptions, offsetOf: OffsetOf) {
    this.library = library;
    this.replayOptions = replayOptions;
    this.offsetOf = offsetOf;
  }

  /** Whether a trap site is one where memory was asked for. */
  isAllocation(functions: FunctionsByName, trapSymbol: number, trapSite: number): boolean {
    return siteOf(functions, this.offsetOf, trapSymbol, trapSite)?.site.code === 'per-frame-memory';
  }

  /** A trap in the shadow. */
  trap(trap: ShadowTrap, { functions, text }: Explained): Diagnostic {
    const told = describeTrap(trap, functions, this.offsetOf, text, (name) => this.library.hasStandard(name));
    const found = siteOf(functions, this.offsetOf, trap.trapSymbol, trap.trapSite);
    if (found?.site.within === undefined || found.site.others) return told;
    if (found.site.within !== null) return atExactCall(told, text, this.library, 'library', this.replayOptions);
    // The statement is known already.
    if (trap.phase === 'top level' || functions.size > MAX_SPLIT_FUNCTIONS) return told;
    return atExactCall(told, text, this.library, 'all', this.replayOptions);
  }

  /**
   * What the audition found that must not take the place of a sound.
   */
  unfit({ load, finiteness }: Audition, program: Explained, takesPlaceOfSound: boolean): Diagnostic | null {
    if (load !== null && load > MAX_LOAD) return tooSlow(program.span, load);
    return finiteness === 'none at the end' && takesPlaceOfSound
      ? this.orAtWhole(program, this.find(program.text))
      : null;
  }

  /**
   * What is worth a warning, although it may play.
   */
  doubtful({ finiteness }: Audition, program: Explained): Diagnostic | null {
    return finiteness === 'all' ? null : { ...this.orAtWhole(program, this.find(program.text)), severity: 'warning' };
  }

  /** A trap in the audio thread. `sent`: all that have not retired, the oldest first. */
  liveTrap(live: LiveTrap, sent: readonly Sent[]): Diagnostic {
    const { trapSymbol, trapSite, reason, stack, generation, load = 1, indices = [] } = live;
    const trap = { phase: 'audition', trapSymbol, trapSite, reason, stack } as const;
    const named = sent.find(({ linked }) => linked.generation === generation);
    const past = reason === TOO_SLOW || reason === OVER_BUDGET ? null : pastEnd(indices, named);
    if (past) return past;
    if (reason === NON_FINITE) return this.nonFinite(named ?? UNKNOWN);
    if (reason === TOO_SLOW) return tooSlow((named ?? UNKNOWN).span, load);
    // The newest generation that has the function: its text is the one that people see.
    const hasSite = ({ functions }: Sent) => siteOf(functions, this.offsetOf, trapSymbol, trapSite) !== null;
    return this.trap(trap, named ?? sent.findLast(hasSite) ?? UNKNOWN);
  }

  /** Where a text first makes a number that is not finite, if it does so within some seconds and by itself. */
  nonFiniteIn(text: string): Diagnostic | null {
    return this.find(text);
  }

  /** Where a program makes numbers that are not finite, or where it makes its sound, if nobody can tell. */
  nonFinite(program: Explained): Diagnostic {
    return this.orAtWhole(program, this.nonFiniteIn(program.text));
  }

  /** `load`: part of the time there is that it takes. */
  slow({ span }: Explained, load: number): Diagnostic {
    return tooSlow(span, load);
  }

  private find(text: string): Diagnostic | null {
    return findNonFinite(text, this.library, this.replayOptions);
  }

  private orAtWhole({ span }: Explained, found: Diagnostic | null): Diagnostic {
    return found ?? diagnose(span, 'not-finite', 'the sound', 'NaN');
  }
}

const UNKNOWN: Explained = { text: '', functions: new Map(), span: wholeOf('') };

/** An index that came from before an array was shortened, and is beyond it. */
function pastEnd(indices: readonly number[], sent: Sent | undefined): Diagnostic | null {
  for (const [n, { length, names, index: shape }] of (sent?.linked.fits ?? []).entries()) {
    const index = indices[n];
    const span = sent?.linked.draft.input.indexSpans?.get(shape);
    if (span && index !== undefined && index > length - 1) {
      return diagnose(span, 'index-past-end', names.cell, index, names.array, length);
    }
  }
  return null;
}

/** A mistake of ours, told like one of the text. */
export const faultOf = (what: string, thrown: unknown, text: string): Diagnostic =>
  diagnose(wholeOf(text), 'trap', what, thrown instanceof Error ? thrown.message : String(thrown));
