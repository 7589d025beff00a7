/**
 * Reports forbidden uses of memory in frames: keeping what a frame created beyond its end, and changing the length of
 * what the top level created. In: the places that may do so, as noted by inference. A mistake of the first kind is
 * where the value is created; assignments that only pass on what the top level created are correct.
 */

import type { RelatedPlace } from '../../language/diagnostics.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Analysis, Escape } from './analysis.ts';
import { type Maker, MakerSearch } from './makers.ts';
import { AT_TOP, describeType, find, type ObjectType, objectType, PER_FRAME } from './types.ts';

/** Places whose makers are looked for, which may take a walk through the program each. */
const MAX_SEARCHES = 500;

export function reportEscapes(analysis: Analysis): void {
  const { escapes } = analysis;
  if (escapes.length === 0) return;
  const search = new MakerSearch(analysis.instances);
  const culprits = new Map<string, { readonly maker: Maker; readonly escapes: Escape[] }>();
  const unsure: Escape[] = [];
  const explained = new Set<ObjectType>();
  for (const kept of escapes.slice(0, MAX_SEARCHES)) {
    const { found, isSure } = search.makersOf(kept.given, kept.instance.closure.node, PER_FRAME);
    if (!isSure) unsure.push(kept);
    for (const maker of found) {
      explained.add(find(kept.object));
      const key = `${maker.span.start}:${maker.span.end}`;
      const known = culprits.get(key);
      if (known) known.escapes.push(kept);
      else culprits.set(key, { maker, escapes: [kept] });
    }
  }
  for (const culprit of culprits.values()) reportMaker(analysis, culprit.maker, culprit.escapes);
  // If it cannot be determined, a reported value of that type is the likely cause.
  for (const kept of unsure) {
    if (explained.has(find(kept.object))) continue;
    const makers = search.literalsOf(kept.object, PER_FRAME).slice(0, MAX_RELATED);
    report(
      analysis,
      kept,
      kept.span,
      makers
        .filter(({ start, end }) => start < kept.span.start || end > kept.span.end)
        .map(relate('It may be created here.')),
    );
  }
}

export function reportGrowth(analysis: Analysis): void {
  const { growths } = analysis;
  if (growths.length === 0) return;
  const search = new MakerSearch(analysis.instances);
  for (const { expression, object, instance } of growths.slice(0, MAX_SEARCHES)) {
    const { found, isSure } = search.makersOf(expression.object, instance.closure.node, AT_TOP);
    const makers = found.map(({ span }) => relate('The top level creates the array here.')(span));
    // It is an array of the frame, but shares its type with others.
    const others = found.length > 0 || !isSure ? [] : search.literalsOf(object, AT_TOP).map(relate(SHARED));
    const related = [...makers, ...others].slice(0, MAX_RELATED);
    analysis.current = instance;
    analysis.report({ ...expression.span, related }, 'grows-per-frame', `\`${expression.name}\``);
  }
}

/** At most this many related places. */
const MAX_RELATED = 3;

const SHARED = 'The array shares a variable with this one, which the top level creates: keep them apart.';

const relate =
  (message: string) =>
  (span: Span): RelatedPlace => ({ span, message });

function reportMaker(analysis: Analysis, { span, literal }: Maker, escapes: readonly Escape[]): void {
  const [first] = escapes;
  const isElsewhere = (kept: Escape): boolean => span.start < kept.span.start || span.end > kept.span.end;
  const related = escapes
    .filter(isElsewhere)
    .map((kept) => relate(`It is kept in ${kept.where} here.`)(kept.span))
    .slice(0, MAX_RELATED);
  if (literal) related.unshift(relate('It is created here.')(literal));
  report(analysis, first!, span, related);
}

function report(
  analysis: Analysis,
  { object, where, instance }: Escape,
  span: Span,
  related: readonly RelatedPlace[],
): void {
  analysis.current = instance;
  const distinct = related.filter(
    ({ span: { start } }, index) => related.findIndex((one) => one.span.start === start) === index,
  );
  analysis.report(
    { ...span, related: distinct },
    'escapes-frame',
    describeType(objectType(object)).replace(/^a/, 'A'),
    where,
  );
}
