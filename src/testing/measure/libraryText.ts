/**
 * The library as text that stands in front of a patch, so that a patch with all that it uses can be compiled, or run as
 * JavaScript, in one piece. In: the text of a patch. Out: the modules of `src/library/dsp` that declare names which the
 * patch mentions, with what they import, and the patch behind them. Node only.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../../library/dsp');

const isModule = (name: string): boolean => name.endsWith('.ts') && !/\.(test|d)\.ts$/.test(name);
const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(isModule);
const texts = new Map(names.map((name) => [name, readFileSync(path.join(root, name), 'utf8')]));

const EXPORTED = /^export (?:function|const) ([\w$]+)/gm;
const IMPORT = /^import (?:type )?\{[^}]*\} from '([^']+)';\n/gm;

/** Where each exported name is declared: a path below `src/library/dsp`. */
export const libraryNames: ReadonlyMap<string, string> = new Map(
  [...texts].flatMap(([name, text]) => [...text.matchAll(EXPORTED)].map((found) => [found[1], name] as const)),
);

/** The text of one module. */
export const moduleText = (name: string): string => texts.get(name)!;

/** The patch with the library's text in front; a name that the patch declares itself is its own. */
export function withLibrary(patch: string): string {
  const modules: string[] = [];
  const add = (name: string): void => {
    if (modules.includes(name)) return;
    const text = texts.get(name);
    if (text === undefined) throw new Error(`no module ${name}`);
    for (const [, from] of text.matchAll(IMPORT)) add(path.join(path.dirname(name), from));
    modules.push(name);
  };
  const words = patch.replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '').matchAll(/(?<![\w$.'])[A-Za-z_$][\w$]*/g);
  for (const [word] of words) {
    const module = libraryNames.get(word);
    if (module !== undefined) add(module);
  }
  const plain = modules.map((name) =>
    texts
      .get(name)!
      .replace(IMPORT, '')
      .replace(/^export /gm, ''),
  );
  return `${plain.join('\n')}\n${patch}`;
}
