/**
 * The compiler: the passes that a text goes through until its functions are IR, in order.
 *
 *   text ─parse→ syntax tree ─resolve→ tree with scopes ─infer→ types ─lower→ IR, by unit
 *
 * The rest (which units changed, emitting those, linking) is up to the session, since it depends on what is playing.
 */

import { diagnose, firstOf } from '../language/diagnostics.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import { append } from './append.ts';
import { withFixes } from './fixes.ts';
import { infer, type TypedPatch } from './infer/infer.ts';
import { headOf } from './infer/reports.ts';
import { checkUncalled, UncalledCache, uncalledIn } from './infer/uncalled.ts';
import { KeptProgram, type Made } from './kept/keptProgram.ts';
import type { Library } from './library.ts';
import { FunctionCache } from './lower/functionCache.ts';
import { finishLowering, type LoweredPatch, type LoweredUnit, type LowerOptions, lowerPieces } from './lower/lower.ts';
import { noDefaultExport } from './noDefaultExport.ts';
import { LazilyParsed, type ParsedText, parse } from './parse.ts';
import { ParseCache } from './parseCache.ts';
import { type ResolvedPatch, resolve } from './resolve/resolve.ts';
import { TooMuchWork } from './workLimit.ts';

/** The result of each pass; later ones are absent if an earlier one found mistakes. */
export interface Compilation {
  readonly diagnostics: readonly Diagnostic[];
  readonly parsed: ParsedText;
  readonly resolved: ResolvedPatch;
  readonly typed: TypedPatch;
  readonly lowered: LoweredPatch | null;
  /** Units of the library that the patch uses, with all that those use. */
  readonly libraryUnits: readonly LoweredUnit[];
}

/** What is kept from text to text, so that only what was edited is looked at again. */
export class CompileCache {
  readonly parses = new ParseCache();
  /** Mistakes in functions that are never called. */
  readonly uncalled = new UncalledCache();
  /** Functions whose code is the same. */
  readonly functions = new FunctionCache();
  /** The last text that was lowered. */
  readonly program = new KeptProgram(this.functions, this.uncalled);
}

/**
 * `cache` may be given for consecutive texts. With `traces` the code traps with `not-finite` where the
 * first number that is NaN or infinite is made, or where it is kept in state or returned by the default export.
 */
export function compile(
  text: string,
  library: Library,
  cache: CompileCache | null = null,
  options: LowerOptions = {},
): Compilation {
  // What else is asked of lowering is asked of single texts.
  const program = options.traces || options.splits || options.marksLines ? null : (cache?.program ?? null);
  const turned = program?.withOtherNumber(text);
  if (turned) return keptCompilation(new LazilyParsed(text), turned, library);
  const parsed = parse(text, cache?.parses);
  try {
    return compileParsed(text, parsed, library, cache, options);
  } catch (thrown) {
    // Chains longer than the passes' own recursion goes, such as thousands of calls of calls; or too much of anything.
    const isWork = thrown instanceof TooMuchWork;
    if (!isWork && !(thrown instanceof RangeError)) throw thrown;
    const problem = isWork ? diagnose(headOf(text, thrown.span), 'too-much-work') : nestedTooDeep(text);
    const nothing = { statements: [], brokenNames: new Set<string>(), diagnostics: [problem] };
    return compileParsed(text, nothing, library, null, options);
  }
}

/** Also used where it only shows in a later stage. */
export const nestedTooDeep = (text: string): Diagnostic =>
  diagnose({ start: 0, end: text.length }, 'too-large', 'The nesting of this text', 'about a thousand levels');

function compileParsed(
  text: string,
  parsed: ParsedText,
  library: Library,
  cache: CompileCache | null,
  options: LowerOptions,
): Compilation {
  const resolved = resolve(text, parsed, library.names, options.samples);
  const program = options.traces || options.splits || options.marksLines ? null : (cache?.program ?? null);
  const isReadable = [...parsed.diagnostics, ...resolved.diagnostics].every(({ severity }) => severity !== 'error');
  const again = isReadable ? program?.again(resolved) : null;
  if (again) return keptCompilation(parsed, again, library);
  const typed = infer(resolved, library, options.splits ?? (options.traces ? 'library' : 'nothing'));
  const hiding = resolved.hiding.map(({ user, diagnostic }): Diagnostic => {
    const runs = user === null || user.parent === null || typed.reachable.has(user);
    return runs ? diagnostic : { ...diagnostic, severity: 'warning' };
  });
  const diagnostics = [...parsed.diagnostics, ...resolved.diagnostics, ...hiding, ...typed.diagnostics];
  const isWell = (): boolean => !diagnostics.some(({ severity }) => severity === 'error');
  const warnings = isWell()
    ? checkUncalled(resolved, library, typed.reachable, cache?.uncalled ?? new UncalledCache())
    : [];
  append(diagnostics, warnings);
  if (isWell() && !typed.root) {
    diagnostics.push(noDefaultExport(text, parsed.statements));
  }
  if (isWell() && typed.root && typed.root.result.mask === 0 && !typed.root.result.object) {
    diagnostics.push(
      diagnose(headOf(text, typed.root.instance.closure.node.span), 'never-returns', 'the default export', 'loop'),
    );
  }
  if (!isWell()) {
    return {
      diagnostics: withFixes(text, parsed.statements, firstOf(inOrder(text, diagnostics))),
      parsed,
      resolved,
      typed,
      lowered: null,
      libraryUnits: [],
    };
  }
  const lowering = lowerPieces(typed, library, options, cache?.functions ?? null);
  const uncalled = uncalledIn(resolved, typed.reachable);
  const lowered = program?.keep({ typed, uncalled, warnings, lowering }) ?? finishLowering(lowering, typed);
  const libraryUnits = library.unitsFor(lowered.libraryCalls);
  return { diagnostics: firstOf(inOrder(text, diagnostics)), parsed, resolved, typed, lowered, libraryUnits };
}

/** Of a text that means nearly the same as the one before. */
function keptCompilation(parsed: ParsedText, { typed, warnings, lowered }: Made, library: Library): Compilation {
  const { patch } = typed;
  const diagnostics = [...parsed.diagnostics, ...patch.diagnostics, ...typed.diagnostics, ...warnings];
  const libraryUnits = library.unitsFor(lowered.libraryCalls);
  const told = firstOf(inOrder(patch.text, diagnostics));
  return { diagnostics: told, parsed, resolved: patch, typed, lowered, libraryUnits };
}

/**
 * In the order of the text. Where a later pass has found the same mistake as the parser, its message is the better one;
 * other messages for that line may be caused by the syntax error.
 */
function inOrder(text: string, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const unread = diagnostics.filter(({ code }) => code === 'syntax');
  const lineOf = ({ span }: Diagnostic): number => text.lastIndexOf('\n', span.start - 1);
  const unreadLines = new Set(unread.map(lineOf));
  const overlap = (a: Diagnostic, b: Diagnostic): boolean => a.span.start < b.span.end && b.span.start < a.span.end;
  const isFollowUp = (diagnostic: Diagnostic): boolean => {
    if (diagnostic.code === 'syntax') return false;
    // The `return` may be what could not be read.
    if (diagnostic.code === 'default-export-result') return unread.length > 0;
    return unreadLines.has(lineOf(diagnostic)) && !unread.some((other) => overlap(diagnostic, other));
  };
  const kept: Diagnostic[] = [];
  for (const diagnostic of diagnostics.toSorted((a, b) => a.span.start - b.span.start)) {
    const last = kept[kept.length - 1];
    if (isFollowUp(diagnostic)) continue;
    if (last && diagnostic.code === 'syntax') {
      const isSameLine = last.code === 'syntax' && lineOf(last) === lineOf(diagnostic);
      if (isSameLine || overlap(last, diagnostic)) continue;
    }
    if (last?.code === 'syntax' && overlap(last, diagnostic)) kept.pop();
    kept.push(diagnostic);
  }
  return kept;
}
