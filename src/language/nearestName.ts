/** Which known name was meant by an unknown one. */

/**
 * The name nearest to `name` among `known`, if it is near enough to be a slip: one edit, or two in longer names; in
 * names of one or two letters only their case. Among equally near names the likeliest wins: the same letters in another
 * order, then the longest common beginning, then the longest common end, then the shortest name.
 */
export function nearestName(name: string, known: Iterable<string>): string | null {
  const limit = name.length > 4 ? 3 : name.length > 2 ? 2 : 1;
  const written = name.toLowerCase();
  let best: { readonly candidate: string; readonly rank: readonly number[] } | null = null;
  let count = 0;
  for (const candidate of known) {
    if (name.length > MAX_COMPARED_CHARS || ++count > MAX_COMPARED_NAMES) break;
    if (Math.abs(candidate.length - name.length) >= limit) continue;
    const other = candidate.toLowerCase();
    const distance = editDistance(written, other);
    if (distance >= limit) continue;
    const isReordered = sorted(written) === sorted(other) ? 0 : 1;
    const rank = [
      distance,
      isReordered,
      -alike(written, other),
      -alike(reversed(written), reversed(other)),
      other.length,
    ];
    if (!best || isBefore(rank, best.rank)) best = { candidate, rank };
  }
  return best?.candidate ?? null;
}

/** Nobody mistypes one letter of a longer name. */
const MAX_COMPARED_CHARS = 60;
/** A text may have as many names as it has lines. */
const MAX_COMPARED_NAMES = 2000;

const sorted = (text: string): string => [...text].sort().join('');
const reversed = (text: string): string => [...text].reverse().join('');

/** How many characters two names have in common before they differ. */
function alike(a: string, b: string): number {
  let count = 0;
  while (count < Math.min(a.length, b.length) && a[count] === b[count]) count++;
  return count;
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && a[at]! < b[at]!;
}

/** Levenshtein distance with adjacent transpositions (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      let distance = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + cost);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        distance = Math.min(distance, beforeLast[column - 2]! + 1);
      }
      current.push(distance);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length]!;
}
