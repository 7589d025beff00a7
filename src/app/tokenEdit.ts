/** Whether an edit stayed within one number, name or word, and which one that is. Pure. */

/** What numbers and names are made of. A sign before them belongs to neither. */
const IN_TOKEN = /[\p{L}\p{N}_$.]/u;
/** A number with a sign that was typed before it is still that number. */
const ONE_TOKEN = /^[+-]?[\p{L}\p{N}_$.]*$/u;

/**
 * Where the only token begins in which two texts differ, which is in the same place in both; null when they are the same
 * or when more than one token is another.
 */
export function editedToken(before: string, text: string): { readonly start: number } | null {
  if (before === text) return null;
  const shorter = Math.min(before.length, text.length);
  let head = 0;
  while (head < shorter && before[head] === text[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === text.at(-1 - tail)) tail++;
  // Both texts are the same around what differs, so the token's ends are the same places in both.
  while (head > 0 && IN_TOKEN.test(text[head - 1])) head--;
  while (tail > 0 && IN_TOKEN.test(text.at(-tail) ?? '')) tail--;
  const isToken = (of: string) => ONE_TOKEN.test(of.slice(head, of.length - tail));
  return isToken(before) && isToken(text) ? { start: head } : null;
}
