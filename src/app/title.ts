/** The title of a patch. Pure. */

const MAX_TITLE_CHARS = 80;

/** The first comment of the text, as far as its first line goes; `untitled` when there is none. */
export function titleOf(text: string): string {
  for (const match of text.matchAll(/\/\/(.*)|\/\*([\s\S]*?)(?:\*\/|$)/g)) {
    const lines = (match[1] ?? match[2] ?? '').split('\n').map((line) => line.replace(/^[\s*/]+|[\s*/]+$/g, ''));
    const title = lines.find((line) => line !== '');
    if (title !== undefined) return title.slice(0, MAX_TITLE_CHARS);
  }
  return 'untitled';
}
