/** The texts that the tests play: the gallery, whole patches and small programs. Node only. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

const root = path.join(import.meta.dirname, '../..');

/** All of the gallery, in its order: for what takes a fraction of a second each. Names are paths in `patches`. */
export function gallery(): NamedText[] {
  const folder = path.join(root, 'patches');
  const kinds = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return kinds
    .map(({ name }) => name)
    .sort()
    .flatMap((kind) => textsIn(path.join(folder, kind)).map(({ name, text }) => ({ name: `${kind}/${name}`, text })));
}

/** Six whole patches, written by hand from end to end without the library: for what takes long, or needs their lines. */
export const patches = (): NamedText[] => textsIn(path.join(import.meta.dirname, 'handwritten'));

/** A few lines each, every one for one corner of the language. */
export const programs = (): NamedText[] => textsIn(path.join(import.meta.dirname, 'programs'));

function textsIn(folder: string): NamedText[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => ({ name: name.slice(0, -3), text: readFileSync(path.join(folder, name), 'utf8') }));
}

/**
 * The patch which is `text` up to `swapFrame` and from there on has another value for one of its constants, without
 * anything starting again. Requires `const NAME = …` on a line of its own, read in each frame, and a default export whose
 * body is a block.
 */
export function withConstantChangedAt(text: string, name: string, value: string, swapFrame: number): string {
  const changing = replaceOnce(text, new RegExp(`^const (${name} = )`, 'm'), 'let $1');
  const change = `if (currentFrame >= ${swapFrame}) ${name} = ${value};`;
  return replaceOnce(changing, /^(export default (?:function \w*)?\(\w*\) (?:=> )?\{)/m, `$1 ${change}`);
}

/** `text` with another value for one of its constants. */
export function withConstant(text: string, name: string, value: string): string {
  return replaceOnce(text, new RegExp(`^(const ${name} = )[^/\\n]*`, 'm'), `$1${value} `);
}

function replaceOnce(text: string, pattern: RegExp, replacement: string): string {
  const replaced = text.replace(pattern, replacement);
  if (replaced === text) throw new Error(`nothing matches ${pattern} in:\n${text}`);
  return replaced;
}
