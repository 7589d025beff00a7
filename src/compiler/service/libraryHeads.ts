/**
 * The head of a function of the library in short, for lists: names of parameters only. In: the text of its module. Out: what it takes,
 * and what the closures that it makes take. Reads characters, as to parse all modules would take longer than a list may. Pure.
 */

export interface LibraryHead {
  /** Those that need not be given end in `?`. */
  readonly parameters: readonly string[];
  /** Of the closure that it makes; null where it makes none. */
  readonly made: readonly string[] | null;
}

export function readHead(text: string, name: string): LibraryHead | null {
  const start = `export function ${name}(`;
  const at = text.indexOf(start);
  if (at < 0) return null;
  const comment = text.slice(text.lastIndexOf('/**', at), at);
  const taken = readParameters(text, at + start.length - 1);
  const result = /^\): ?\(/.exec(text.slice(taken.end, taken.end + 4));
  // What a comment says nothing of is the compiler's own.
  const told = taken.names.filter((parameter) => comment.includes(`@param ${parameter.replace('?', '')} `));
  return {
    parameters: told,
    made: result ? readParameters(text, taken.end + result[0].length - 1).names : null,
  };
}

/** As lists show it: `(phase?) → (hz, offset?)`. */
export function headText({ parameters, made }: LibraryHead): string {
  const taken = `(${parameters.join(', ')})`;
  return made ? `${taken} → (${made.join(', ')})` : taken;
}

/** `open`: of the bracket before the first. `end`: of the one behind the last. */
function readParameters(text: string, open: number): { readonly names: readonly string[]; readonly end: number } {
  const names: string[] = [];
  let [depth, from, at, hasDefault] = [0, open + 1, open, false];
  const take = () => {
    const [, parameter, optional] = /^\s*(?:\.{3})?(\w+)(\?)?/.exec(text.slice(from, at)) ?? [];
    if (parameter) names.push(`${parameter}${optional || hasDefault ? '?' : ''}`);
    from = at + 1;
    hasDefault = false;
  };
  for (; at < text.length; at++) {
    const character = text[at] ?? '';
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character) && --depth === 0) break;
    else if (character === ',' && depth === 1) take();
    else if (character === '=' && depth === 1 && text[at + 1] !== '>') hasDefault = true;
  }
  take();
  return { names, end: at };
}
