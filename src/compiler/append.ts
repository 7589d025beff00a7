/**
 * Adds what is in one list to another. `to.push(...from)` puts all of it on the stack, which ends with an exception where
 * a list is as long as a text can make it.
 */
export function append<Item>(to: Item[], from: Iterable<Item>): void {
  for (const item of from) to.push(item);
}
