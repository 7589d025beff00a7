/** The texts that the tests play: the gallery and the small programs. Node only. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

const root = path.join(import.meta.dirname, '../..');

/** The gallery, in its order. */
export const patches = (): NamedText[] => textsIn(path.join(root, 'patches'));

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
