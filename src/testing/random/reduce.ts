/**
 * Makes a text that goes wrong small: takes away statements, puts parts of expressions in place of the whole, as long as
 * what is left goes wrong in the same way. Works on any text that parses, however it was made. Tests and tools only.
 */

import { parse } from '@babel/parser';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value && typeof value.start === 'number';

const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode);

const LISTS = ['body', 'consequent', 'cases', 'elements', 'properties', 'params', 'arguments', 'declarations'];

/**
 * The smallest text found that `isWrong` holds for, as it holds for `text`. Asks at most `questions` times. `isWrong` is
 * given texts that do not end, too, and has to say no to those.
 */
export async function reduce(
  text: string,
  isWrong: (text: string) => boolean | Promise<boolean>,
  questions = 2000,
): Promise<string> {
  let best = text;
  let left = questions;
  for (let isSmaller = true; isSmaller && left > 0; ) {
    isSmaller = false;
    // From the largest edit to the smallest; after one that holds, positions have moved and are found again.
    for (let position = 0; left > 0; ) {
      const edit = editsOf(best)[position];
      if (!edit) break;
      const shorter = best.slice(0, edit.start) + edit.text + best.slice(edit.end);
      left--;
      if (shorter.length < best.length && (await isWrong(shorter))) {
        best = shorter;
        isSmaller = true;
      } else position++;
    }
  }
  return best;
}

/** All that may be tried, what takes away most first. */
function editsOf(text: string): Edit[] {
  let root: Node;
  try {
    const parsed: unknown = parse(text, { sourceType: 'module', plugins: ['typescript'], errorRecovery: true });
    if (!isNode(parsed)) return [];
    root = parsed;
  } catch {
    return [];
  }
  const edits: Edit[] = [];
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    pending.push(...childrenOf(node));
    edits.push(...removals(node, text), ...replacements(node, text));
  }
  const gain = ({ start, end, text: put }: Edit): number => end - start - put.length;
  return edits.filter((edit) => gain(edit) > 0).sort((a, b) => gain(b) - gain(a));
}

/** Takes away parts of lists: all of one, halves, single ones. */
function* removals(node: Node, text: string): Iterable<Edit> {
  for (const name of LISTS) {
    const list = node[name];
    if (!Array.isArray(list)) continue;
    const items = list.filter(isNode);
    for (let size = items.length; size >= 1; size = Math.floor(size / 2)) {
      for (let from = 0; from + size <= items.length; from += size) {
        const last = from + size;
        const start = items[from]!.start;
        // Up to the next item, so that a comma in between goes as well.
        const end = last < items.length ? items[last]!.start : items[last - 1]!.end;
        const comma = last === items.length && from > 0 ? /,\s*$/.exec(text.slice(0, start)) : null;
        yield { start: start - (comma?.[0].length ?? 0), end, text: '' };
      }
    }
  }
}

/** Parts in place of the whole. */
function* replacements(node: Node, text: string): Iterable<Edit> {
  const { start, end, type } = node;
  const source = (part: Node): string => text.slice(part.start, part.end);
  const isExpression = /Expression$|Literal$|^Identifier$/.test(type) && type !== 'FunctionExpression';
  const isStatement = /Statement$/.test(type) && type !== 'BlockStatement';
  if (isExpression) {
    yield* ['0', '1'].map((put) => ({ start, end, text: put }));
    for (const child of childrenOf(node)) {
      if (/Expression$|Literal$|^Identifier$/.test(child.type)) {
        yield { start, end, text: `(${source(child)})` };
        yield { start, end, text: source(child) };
      }
    }
  }
  if (type === 'CallExpression') {
    // A call of a function that is written here: its body.
    const bodies = childrenOf(node).flatMap((child) => (isNode(child.body) ? [child.body] : []));
    for (const body of bodies) if (body.type !== 'BlockStatement') yield { start, end, text: `(${source(body)})` };
  }
  if (isStatement) {
    for (const child of childrenOf(node)) {
      if (/Statement$|Declaration$/.test(child.type)) yield { start, end, text: source(child) };
    }
  }
  if (type === 'BlockStatement') yield { start, end, text: text.slice(start + 1, end - 1) };
  if (isNode(node.typeAnnotation)) yield { start: node.typeAnnotation.start, end: node.typeAnnotation.end, text: '' };
  if (type === 'AssignmentPattern' && isNode(node.left)) yield { start, end, text: source(node.left) };
  if (isNode(node.init) && type === 'VariableDeclarator' && isNode(node.id))
    yield { start, end, text: source(node.id) };
  if (isNode(node.alternate) && isNode(node.consequent) && isStatement) {
    yield { start: node.consequent.end, end: node.alternate.end, text: '' };
  }
}
