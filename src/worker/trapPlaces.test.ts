/** What is told of endless work in functions of ours: the place in the text that led there, and no name that only we know. */
import { expect, it } from 'vitest';
import { createSession } from '../node/session.ts';

const BIG = 'const big = Array.from({ length: 1e5 }, (_, n) => n)\n';
const SOUND = 'export default () => 0.1';

/** The text, and what is pointed at. */
const cases: readonly (readonly [what: string, text: string, place: string, message: string])[] = [
  [
    'an operator',
    `let s = ''\nfor (let k = 0; k < 1e6; k++) s += 'abc'\n${SOUND}`,
    "s += 'abc'",
    "The work in `s += 'abc'` did not finish: ",
  ],
  [
    'a method',
    `const m = new Map()\nfor (let k = 0; k < 1e8; k++) m.set(k, k)\n${SOUND}`,
    'm.set(k, k)',
    'The work in `m.set(k, k)` did not finish: ',
  ],
  [
    'the second use of a method, in a frame',
    `${BIG}export default () => { let s = big.indexOf(1); for (let k = 0; k < 1e3; k++) s += big.indexOf(-1); return s }`,
    'big.indexOf(-1)',
    'The work in `big.indexOf(-1)` did not finish: ',
  ],
  [
    'the second use of a method, at the top level',
    `${BIG}const q = big.indexOf(3)\nlet n = 0\nfor (let k = 0; k < 1e6; k++) n += big.indexOf(-1)\n${SOUND}`,
    'for (let k = 0; k < 1e6; k++) n += big.indexOf(-1)',
    'The work in this did not finish: ',
  ],
  [
    'an event that registers itself',
    `const loop = () => { after(0, loop) }\nafter(0.0001, loop)\n${SOUND}`,
    'after(0.0001, loop)',
    'The work in what `after` calls did not finish: ',
  ],
];

it.each(cases)('%s', async (_, text, place, message) => {
  const session = await createSession({ sampleRate: 48_000, fadeFrames: 0, postsModules: false });
  const result = session.update(text);
  const said = result.kind === 'rejected' ? result.diagnostics : [];
  expect(said.map(({ code, span }) => [code, text.slice(span.start, span.end)])).toEqual([['endless-loop', place]]);
  expect(said[0]?.message.slice(0, message.length)).toBe(message);
});

it('one of several events that there are, with the others beside it', async () => {
  const text = `every(1, () => 0)\nconst loop = () => { after(0, loop) }\nafter(0, loop)\n${SOUND}`;
  const session = await createSession({ sampleRate: 48_000, fadeFrames: 0, postsModules: false });
  const result = session.update(text);
  const [said] = result.kind === 'rejected' ? result.diagnostics : [];
  const places = [said!.span, ...(said!.related ?? []).map(({ span }) => span)];
  expect(places.map(({ start, end }) => text.slice(start, end))).toEqual(
    expect.arrayContaining(['every(1, () => 0)', 'after(0, loop)']),
  );
});
