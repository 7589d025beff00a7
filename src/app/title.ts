/** The title of a patch. Pure. */

const MAX_TITLE_CHARS = 80;
/** Behind so many characters nobody writes a title, and the text may be a stranger's, as long as a text can be. */
const MAX_CHARS = 20_000;

/** Or a text in quotes, which may hold an address. */
const COMMENT = /\/\/|\/\*|'(?:[^'\\\n]|\\.)*'?|"(?:[^"\\\n]|\\.)*"?|`(?:[^`\\]|\\[\s\S])*`?/g;
/** What surrounds the words of a comment. */
const MARGIN = /[\s*/]/;

/** The first comment of the text, as far as its first line goes; `untitled` when there is none. */
export function titleOf(text: string): string {
  const head = text.slice(0, MAX_CHARS);
  COMMENT.lastIndex = 0;
  for (let match = COMMENT.exec(head); match; match = COMMENT.exec(head)) {
    if (!match[0].startsWith('/')) continue;
    const start = match.index + 2;
    const found = head.indexOf(match[0] === '//' ? '\n' : '*/', start);
    const end = found < 0 ? head.length : found;
    for (const line of head.slice(start, end).split('\n')) {
      const title = withoutMargins(line);
      if (title !== '') return title.slice(0, MAX_TITLE_CHARS);
    }
    COMMENT.lastIndex = match[0] === '//' ? end : end + 2;
  }
  return 'untitled';
}

/** Not by a regular expression: those for the end of a line start at each blank in it. */
function withoutMargins(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && MARGIN.test(line[start]!)) start++;
  while (end > start && MARGIN.test(line[end - 1]!)) end--;
  return line.slice(start, end);
}
