/**
 * Makes docs/library.md and llms.txt from the doc comments of the standard library. In: src/library/dsp. Out: two texts.
 * `npm run docs` writes them; libraryDocs.test.ts requires that they are what this makes.
 */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type DocumentedName, documentedNames } from './docComments.ts';

export const ROOT = path.join(import.meta.dirname, '..');

/** The groups by folder, in the order in which they are told. */
const GROUPS: readonly (readonly [folder: string, title: string])[] = [
  ['oscillators', 'Oscillators'],
  ['noise', 'Noise'],
  ['filters', 'Filters'],
  ['envelopes', 'Envelopes and control'],
  ['delays', 'Delays and modulation effects'],
  ['space', 'Rooms'],
  ['dynamics', 'Dynamics'],
  ['colour', 'Colour'],
  ['physical', 'Physical models'],
  ['drums', 'Drums'],
  ['analysis', 'Analysis and spectral effects'],
  ['theory', 'Notes, scales and patterns'],
  ['scheduling', 'Scheduling'],
  ['mixing', 'Mixing and stereo'],
  ['host', 'What comes from outside'],
  ['maths', 'Mathematics'],
];

const CONVENTIONS = `- A *factory* makes one instance and takes what is fixed. It is called at the top level, or in a factory called there. The
  closure that it returns is called **once per frame** and takes the signal first. A name that is not a factory is a plain
  function and may be called anywhere.
- Frequencies are in Hz, times in seconds, levels linear (\`db(-6)\` makes one), pan from −1 to 1, phases from 0 to 1,
  intervals in semitones, notes as MIDI numbers (69 is A4, 440 Hz).
- Stereo is one pair \`[left, right]\`, in and out. A mono signal goes into a stereo effect as \`[x, x]\`.
- A signal is *on* while it is above 0. A *trigger* is the frame in which it is above 0 and was not in the frame before; its
  value then is the strength.
- Envelope times are those in which something falls by 60 dB; an attack is linear from 0 to 1.
- Parameters may change in every frame. Those that are out of range are clamped, and NaN counts as the default.
- Beats are counted by the global \`currentBeat\`, at the tempo of the patch's own \`bpm\` (60 without one).
- All names are global in a patch, and a patch may declare any of them itself: its own then hides the library's. What a patch
  does not use costs nothing.`;

interface Group {
  readonly title: string;
  readonly names: readonly DocumentedName[];
}

function groups(names: readonly DocumentedName[]): readonly Group[] {
  const known = new Set(GROUPS.map(([folder]) => folder));
  const missing = names.find(({ file }) => !known.has(file.split('/')[0]!));
  if (missing) throw new Error(`docs: no title for the folder of ${missing.file}`);
  return GROUPS.map(([folder, title]) => ({
    title,
    names: names.filter(({ file }) => file.startsWith(`${folder}/`)),
  })).filter((group) => group.names.length > 0);
}

const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

function described({ name, signature, summary, parameters, returns, source, example }: DocumentedName): string {
  const facts = [
    ...parameters.map((parameter) => `- \`${parameter.name}\`: ${parameter.text}`),
    ...(returns ? [`- returns ${returns}`] : []),
  ];
  const parts = [
    `### \`${name}\``,
    `\`\`\`ts\n${signature}\n\`\`\``,
    summary,
    facts.join('\n'),
    source && `Source: ${source}`,
    example && `\`\`\`ts\n${example}\n\`\`\``,
  ];
  return parts.filter(Boolean).join('\n\n');
}

function reference(all: readonly Group[]): string {
  const count = all.reduce((sum, { names }) => sum + names.length, 0);
  const contents = all.map(({ title, names }) => {
    const list = names.map(({ name }) => `[\`${name}\`](#${anchorOf(name)})`).join(', ');
    return `- [${title}](#${anchorOf(title)}): ${list}`;
  });
  return `# The standard library

${count} names that every patch has. They are written in the patch language, under [src/library/dsp](../src/library/dsp). Made
by \`npm run docs\` from the comments there; do not edit this page.

${CONVENTIONS}

${contents.join('\n')}

${all.map(({ title, names }) => `## ${title}\n\n${names.map(described).join('\n\n')}`).join('\n\n')}
`;
}

const SUMMARY = `# Segue

> A browser playground for live audio DSP. A patch is one TypeScript module whose default export is called once per frame
> (sample) with the time in seconds, and returns a number or [left, right]. Every edit is compiled to WebAssembly and swapped
> into the running sound, which keeps its state.

A patch means what JavaScript says it means. State is in variables at the top level, in closures (a factory called at the top
level makes an instance, and the default export calls what it returned) and in instances of classes. Arrays, objects and
closures that are kept from frame to frame are made at the top level. \`sampleRate\`, \`currentFrame\`, \`currentTime\` and
\`currentBeat\` are globals; a number \`bpm\` at the top level is the tempo. There are no imports, no DOM, no \`async\`, no
generators and no regular expressions, and \`this\` only in methods.

\`\`\`ts
const tone = saw()
const filter = svf()
const env = perc()
let hit = 0
every(0.25, () => { hit = 1 })
export default (t) => {
  const x = filter(tone(110), 400 + 2000 * env(hit), 2).low
  hit = 0
  return 0.3 * x
}
\`\`\`

- [The language](docs/language.md): what is in it, and what every message means
- [The library](docs/library.md): every function with its parameters, and an example that runs

## Conventions of the library

${CONVENTIONS}
`;

function forModels(all: readonly Group[]): string {
  const line = ({ signature, summary }: DocumentedName): string =>
    `- \`${signature.replace(/\s+/g, ' ')}\`: ${summary.replace(/\s+/g, ' ').replace(/(?<=\.) .*$/, '')}`;
  const parts = all.map(({ title, names }) => `## ${title}\n\n${names.map(line).join('\n')}`);
  return `${SUMMARY}\n${parts.join('\n\n')}\n`;
}

/** The two texts, by their paths from the root. */
export function libraryDocs(): ReadonlyMap<string, string> {
  const all = groups(documentedNames());
  return new Map([
    ['docs/library.md', reference(all)],
    ['llms.txt', forModels(all)],
  ]);
}

if (process.argv[1] === import.meta.filename) {
  for (const [file, text] of libraryDocs()) writeFileSync(path.join(ROOT, file), text);
}
