/** Doc comments: what stands in front of a declaration, taken apart by its tags. Pure. */

import type * as Babel from '@babel/types';

export interface DocComment {
  readonly summary: string;
  readonly parameters: readonly { readonly name: string; readonly text: string }[];
  readonly returns: string;
  readonly source: string;
  /** A patch. */
  readonly example: string;
}

/** The last doc comment in front of a statement, without its stars. */
export function commentOf({ leadingComments }: Babel.Node): string {
  const last = leadingComments?.at(-1);
  return last?.type === 'CommentBlock' && last.value.startsWith('*')
    ? last.value.replace(/^\s*\*+ ?/gm, '').trim()
    : '';
}

/** The same, from the text above a position: the parser may have read what is above as another piece. */
export function commentAbove(text: string, at: number): string {
  const above = text.slice(Math.max(0, at - MAX_COMMENT), at).trimEnd();
  if (above.endsWith('*/')) {
    const start = above.lastIndexOf('/*');
    return above
      .slice(start + 2, -2)
      .replace(/^\s*\*+ ?/gm, '')
      .trim();
  }
  const lines = above.split('\n');
  const first = lines.findLastIndex((line) => !/^\s*\/\//.test(line)) + 1;
  return lines
    .slice(first)
    .map((line) => line.replace(/^\s*\/\/+ ?/, ''))
    .join('\n')
    .trim();
}

/** Characters of the longest comment that is shown. */
const MAX_COMMENT = 4000;

export function readComment(comment: string): DocComment {
  const [before = '', example = ''] = comment.split(/^@example\n/m);
  // A tag goes on until the next one; `Source:` is one as well.
  const parts = before.split(/^(?=@|Source: )/m).map((part) => part.trim());
  const text = (head: RegExp): string[] =>
    parts.filter((part) => head.test(part)).map((part) => oneLine(part.replace(head, '')));
  return {
    summary: parts[0]?.startsWith('@') ? '' : oneLine(parts[0] ?? ''),
    parameters: text(/^@param /).map((part) => {
      const name = /^[\w.]+/.exec(part)?.[0] ?? '';
      return { name, text: part.slice(name.length).trim() };
    }),
    returns: text(/^@returns /)[0] ?? '',
    source: text(/^Source: /)[0] ?? '',
    example: example.trim(),
  };
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();
