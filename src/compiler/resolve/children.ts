/** What stands right below a node of the syntax, read and replaced. Most nodes go through here at each edit: nothing is made but the result. */

import type * as Babel from '@babel/types';

export const isNode = (value: unknown): value is Babel.Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** Whether a field of a node may hold parts of the text. */
const holdsNodes = (key: string): boolean => key !== 'loc' && key !== 'extra' && !key.endsWith('omments');

/** The nodes right below a node, in the order of the text. */
export function childrenOf(node: Babel.Node): Babel.Node[] {
  const found: Babel.Node[] = [];
  let last = 0;
  let isInOrder = true;
  const add = (value: unknown) => {
    if (!isNode(value)) return;
    const start = value.start ?? 0;
    if (start < last) isInOrder = false;
    last = start;
    found.push(value);
  };
  const fields = node as unknown as Readonly<Record<string, unknown>>;
  for (const key in fields) {
    if (!holdsNodes(key)) continue;
    const value = fields[key];
    if (Array.isArray(value)) for (let n = 0; n < value.length; n++) add(value[n]);
    else add(value);
  }
  return isInOrder ? found : found.sort((a, b) => (a.start ?? 0) - (b.start ?? 0));
}

type Rewrite = (node: Babel.Node) => Babel.Node;

function rewritten(values: readonly unknown[], rewrite: Rewrite): readonly unknown[] {
  let changed: unknown[] | null = null;
  for (let n = 0; n < values.length; n++) {
    const value = values[n];
    const made = isNode(value) ? rewrite(value) : value;
    if (made === value) continue;
    changed ??= [...values];
    changed[n] = made;
  }
  return changed ?? values;
}

/** A node with others right below it: the same node where all of these stay. */
export function withChildren(node: Babel.Node, rewrite: Rewrite): Babel.Node {
  const fields = node as unknown as Readonly<Record<string, unknown>>;
  let changed: Record<string, unknown> | null = null;
  for (const key in fields) {
    if (!holdsNodes(key)) continue;
    const value = fields[key];
    const made = Array.isArray(value) ? rewritten(value, rewrite) : isNode(value) ? rewrite(value) : value;
    if (made !== value) changed = { ...(changed ?? fields), [key]: made };
  }
  return changed ? (changed as unknown as Babel.Node) : node;
}
