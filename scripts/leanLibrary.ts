/**
 * The modules of the library as the compiler needs them: without comments, which are half of their bytes. What shows comments to
 * people loads the modules as they are (src/worker/documentedLibrary.ts). Build time and development server.
 */

import { readFileSync } from 'node:fs';
import { parse } from '@babel/parser';
import type { Plugin } from 'vite';

/** A module that is imported with this query is its text, lean. */
const QUERY = '?lean';

/** The same program without comments, and without the lines that held nothing else. */
export function withoutComments(text: string): string {
  const { comments } = parse(text, { sourceType: 'module', plugins: ['typescript'] });
  let lean = '';
  let at = 0;
  for (const { start, end } of comments ?? []) {
    lean += text.slice(at, start ?? at);
    at = end ?? at;
    // A comment parts two tokens, and one that has line breaks ends a statement as they do.
    const lineBreaks = text.slice(start ?? 0, at).includes('\n');
    lean += lineBreaks ? '\n' : ' ';
  }
  lean += text.slice(at);
  return lean;
}

export function leanLibrary(): Plugin {
  return {
    name: 'segue-lean-library',
    enforce: 'pre',
    load(id) {
      if (!id.endsWith(QUERY)) return null;
      const file = id.slice(0, -QUERY.length);
      this.addWatchFile(file);
      return { code: `export default ${JSON.stringify(withoutComments(readFileSync(file, 'utf8')))}`, map: null };
    },
  };
}
