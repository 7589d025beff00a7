/**
 * What puts a mistake right, where what its message is about says it all. In: the details of the message. Out: edits. Fixes for
 * which the text has to be looked at are in src/compiler/fixes.ts.
 */

import type { Fix, Span } from '../protocol/diagnostic.ts';

interface Place extends Span {
  readonly related?: readonly { readonly span: Span }[];
}

type Detail = string | number | boolean | null | undefined | readonly string[];

export const changeTo = (text: string, spans: readonly Span[]): Fix => ({
  title: `change to \`${text}\``,
  edits: spans.map(({ start, end }) => ({ span: { start, end }, text })),
});

const FIXES: Readonly<Record<string, (place: Place, details: readonly Detail[]) => Fix | null>> = {
  /** At all of its uses. */
  'undefined-name': (place, [, suggestion]) =>
    typeof suggestion === 'string'
      ? changeTo(suggestion, [place, ...(place.related ?? []).map(({ span }) => span)])
      : null,
  'unknown-member': (place, [, , , suggestion]) =>
    typeof suggestion === 'string' ? changeTo(suggestion, [place]) : null,
  /** The place may be all of `Math.name`, or the name alone. */
  'unknown-builtin': ({ end }, [, name, suggestion]) =>
    typeof name === 'string' && typeof suggestion === 'string'
      ? changeTo(suggestion, [{ start: end - name.length, end }])
      : null,
  'needs-new': ({ start }) => ({ title: 'add `new`', edits: [{ span: { start, end: start }, text: 'new ' }] }),
  /** The place is the call. */
  'sort-needs-order': ({ end }) => ({
    title: 'sort by size',
    edits: [{ span: { start: end - 1, end: end - 1 }, text: '(a, b) => a - b' }],
  }),
};

export function obviousFix(code: string, place: Place, details: readonly Detail[]): Fix | null {
  return Object.hasOwn(FIXES, code) ? (FIXES[code]?.(place, details) ?? null) : null;
}
