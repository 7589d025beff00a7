/**
 * What a trap means to the user: the place in the text and a sentence. In: what the code left in the header when it trapped
 * (the offset of a function, the number of a site), and the functions of the program. Pure.
 */

import type { LoweredUnit } from '../compiler/lower/lower.ts';
import type { LoweredFunction } from '../compiler/lower/program.ts';
import type { TrapSite } from '../compiler/lower/trapSite.ts';
import { RENDER_SYMBOL } from '../compiler/symbols.ts';
import { diagnose, type Place, withinLibrary } from '../language/diagnostics.ts';
import { OVER_BUDGET } from '../protocol/audio.ts';
import type { Diagnostic, Span } from '../protocol/diagnostic.ts';
import { MAX_HEAP_BYTES, type ShadowTrap } from './shadow.ts';

/** Offsets of symbols in every arena, as `Linker.offsetOf` gives them. */
export type OffsetOf = (name: string) => number | null;

/** Where a text begins, for what is about the whole of it. */
export const wholeOf = (text: string): Span => ({ start: 0, end: Math.min(1, text.length) });

/** What a message calls a function, by its lexical path. */
function nameOf(path: string): string {
  if (path === 'default' || path === RENDER_SYMBOL) return 'the default export';
  // Statements at the top level are units without a name of their own.
  if (/^statement(#\d+)?$/.test(path)) return 'the top level';
  const named = path.replace(/(\.λ\d+)+$/, '');
  return named === path ? `\`${path}\`` : `a function in \`${named}\``;
}

/** What a message calls an expression: its text, if that is known and short. */
function quote(text: string, { start, end }: Span): string {
  const quoted = text.slice(start, end).replace(/\s+/g, ' ');
  return quoted.length > 0 && quoted.length <= 32 ? `\`${quoted}\`` : UNQUOTED;
}

const UNQUOTED = 'This';

/** Functions by the names under which modules import their offsets. */
export type FunctionsByName = ReadonlyMap<string, LoweredFunction>;

export function functionsOf(units: readonly LoweredUnit[]): FunctionsByName {
  const functions = new Map<string, LoweredFunction>();
  for (const unit of units) {
    for (const fn of unit.functions) functions.set(`function:${fn.ir.symbol}`, fn);
    if (unit.initialiser) functions.set(`function:${unit.initialiser.ir.symbol}`, unit.initialiser);
  }
  return functions;
}

/** The recursive function nearest to where the stack ended. Engines name functions of wasm by their symbols. */
function recursionIn(
  functions: FunctionsByName,
  stack: string,
): { readonly fn: LoweredFunction; readonly site: TrapSite } | null {
  let nearest: { fn: LoweredFunction; site: TrapSite; at: number } | null = null;
  for (const fn of functions.values()) {
    const [first] = fn.ir.body;
    const site = fn.isRecursive && first?.op === 'fuel' ? fn.sites[first.site] : undefined;
    const at = site ? stack.indexOf(fn.ir.symbol) : -1;
    if (site && at >= 0 && (nearest === null || at < nearest.at)) nearest = { fn, site, at };
  }
  return nearest;
}

/** The function that an offset in the symbols belongs to, and what it can trap with there. */
export function siteOf(
  functions: FunctionsByName,
  offsetOf: OffsetOf,
  trapSymbol: number,
  trapSite: number,
): { readonly fn: LoweredFunction; readonly site: TrapSite } | null {
  if (trapSymbol === 0) return null;
  for (const [name, fn] of functions) {
    if (offsetOf(name) !== trapSymbol) continue;
    const site = fn.sites[trapSite];
    return site ? { fn, site } : null;
  }
  return null;
}

/** `text`: what the program was compiled from; where it is not known, empty. `isLibraryName`: names of the standard library. */
export function describeTrap(
  trap: ShadowTrap,
  functions: FunctionsByName,
  offsetOf: OffsetOf,
  text: string,
  isLibraryName: (name: string) => boolean,
): Diagnostic {
  const found = siteOf(functions, offsetOf, trap.trapSymbol, trap.trapSite);
  if (found) {
    const site = placed(found.site, trap);
    return withinLibrary(describeSite(found.fn, site, trap, text, isLibraryName), site.within);
  }
  const where = trap.phase === 'top level' ? 'The top level' : 'The patch';
  const whole = wholeOf(text);
  if (!/stack/i.test(trap.reason)) return diagnose(whole, 'trap', where, trap.reason);
  const deepest = recursionIn(functions, trap.stack);
  return deepest
    ? diagnose(
        deepest.site.span,
        'stack-overflow',
        deepest.site.within === undefined ? nameOf(deepest.fn.path) : usedAs(deepest.site, text),
      )
    : diagnose(whole, 'stack-overflow', where);
}

/**
 * What operators and methods are made of is compiled once for all uses, and a site of it knows the first of them: at the top level the
 * statement that ran says more, unless that use is in it.
 */
function placed(site: TrapSite, { statement }: ShadowTrap): TrapSite {
  if (site.within !== null || !statement) return site;
  const isInside = statement.start <= site.span.start && site.span.end <= statement.end;
  return isInside ? site : { ...site, span: statement };
}

/** The place of a site, with what else it may have been. */
const placeOf = ({ span, others = [] }: TrapSite): Place => ({
  ...span,
  related: others.map((other) => ({ span: other, message: 'Or it is this call.' })),
});

/** What runs in a function of ours is called by what stands in the text: the names of ours mean nothing to anybody. */
function usedAs({ span, within, others }: TrapSite, text: string): string {
  if (within && others) return `what \`${within}\` calls`;
  const quoted = quote(text, span);
  return quoted === UNQUOTED ? 'this' : quoted;
}

function usedEarly({ span, variable }: TrapSite, isLibraryName: (name: string) => boolean): Diagnostic {
  const related = variable ? [{ span: variable.span, message: 'It is declared here.' }] : [];
  if (variable && isLibraryName(variable.name)) return diagnose({ ...span, related }, 'hides-library', variable.name);
  return diagnose({ ...span, related }, 'used-before-declared', variable?.name ?? '');
}

function describeSite(
  fn: LoweredFunction,
  site: TrapSite,
  { phase, reason }: ShadowTrap,
  text: string,
  isLibraryName: (name: string) => boolean,
): Diagnostic {
  switch (site.code) {
    case 'endless-loop': {
      const isOurs = site.within !== undefined;
      const where = isOurs ? usedAs(site, text) : nameOf(fn.path);
      if (reason === OVER_BUDGET) return diagnose(placeOf(site), 'over-budget', where);
      return diagnose(placeOf(site), 'endless-loop', where, isOurs);
    }
    case 'per-frame-memory':
      return phase === 'top level'
        ? diagnose(site.span, 'out-of-memory', `${MAX_HEAP_BYTES / 2 ** 20} MB`)
        : diagnose(site.span, 'per-frame-memory');
    case 'not-finite':
      return diagnose(site.span, 'not-finite', ...(site.notFinite ?? (['This', 'NaN'] as const)));
    case 'grows-per-frame':
      return diagnose(site.span, 'grows-per-frame', 'This assignment');
    case 'used-before-declared':
      return usedEarly(site, isLibraryName);
    case 'thrown':
      return diagnose(site.span, 'thrown', site.message ?? '');
    case 'other-kind':
      return diagnose(site.span, 'other-kind', typeof site.within !== 'string' ? quote(text, site.span) : 'A value');
    case 'array-length':
    case 'array-gap':
    case 'empty-reduce':
    case 'outside-array':
    case 'key-per-frame':
    case 'no-such-key':
      return diagnose(site.span, site.code);
    default:
      return diagnose(
        site.span,
        'undefined-value',
        typeof site.within !== 'string' ? quote(text, site.span) : 'A value',
      );
  }
}
