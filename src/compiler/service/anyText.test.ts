/**
 * Whatever is asked of whatever text, anywhere: the service answers, and what it answers lies within the text. Texts are the
 * gallery's, cut off, with words exchanged, and with brackets taken out; the seed is printed where something is wrong.
 */
import { expect, it } from 'vitest';
import type { Question } from '../../protocol/language.ts';
import { mutationsOf, randomPicks } from '../../testing/compileText.ts';
import { newService } from '../../testing/languageDesk.ts';
import { gallery } from '../../testing/texts.ts';

const texts = gallery().filter(({ text }) => text.length < 5000);
const KINDS = ['complete', 'hover', 'signature', 'define', 'references', 'highlights', 'canRename'] as const;
const SEED = Number(process.env.SEGUE_SEED ?? 20_261_127);

/** All offsets in an answer. */
function offsetsIn(answer: unknown): number[] {
  if (typeof answer !== 'object' || answer === null) return [];
  if ('path' in answer && answer.path !== null) return [];
  const own = 'span' in answer ? Object.values(answer.span as Record<string, number>) : [];
  return [...own, ...Object.values(answer).flatMap(offsetsIn)];
}

function check(text: string, question: Question, service: ReturnType<typeof newService>): void {
  const answer = service.answer(text, question);
  const outside = offsetsIn(answer).filter((at) => !(at >= 0 && at <= text.length));
  expect(outside, `${JSON.stringify(question)} of ${JSON.stringify(text)}`).toEqual([]);
}

it(`answers at any place of any beginning of a patch (seed ${SEED})`, () => {
  const service = newService();
  const pick = randomPicks(SEED);
  for (let turn = 0; turn < 24; turn++) {
    const whole = texts[pick(texts.length)]!.text;
    const text = whole.slice(0, pick(whole.length + 1));
    // Mostly where somebody types.
    const offset = pick(3) === 0 ? pick(text.length + 1) : text.length;
    for (const kind of KINDS) check(text, { kind, offset }, service);
    check(text, { kind: 'rename', offset, name: 'other' }, service);
    check(text, { kind: 'outline' }, service);
    check(text, { kind: 'folding' }, service);
  }
});

it(`answers in texts that are not well-formed (seed ${SEED})`, () => {
  const service = newService();
  const pick = randomPicks(SEED);
  for (const text of mutationsOf(texts, SEED, 12)) {
    for (const kind of KINDS) check(text, { kind, offset: pick(text.length + 1) }, service);
  }
});

it('answers in what nobody would write, with little work', () => {
  const service = newService();
  const deep = '('.repeat(3000);
  const hostile = [
    deep,
    `const a = ${'['.repeat(500)}`,
    `a${'.b'.repeat(5000)}.`,
    'a<b>(c'.repeat(30),
    '`${'.repeat(200),
    `const x = ${'1 + '.repeat(5000)}`,
    `${'const f = (x) => f(f(x));\n'.repeat(200)}f(`,
    `function f0() { return 1 }\n${Array.from({ length: 300 }, (_, n) => `function f${n + 1}() { return [f${n}(), f${n}()] }`).join('\n')}\nconst z = f300().`,
    '\u0000\uD800 }{)( const \n',
    '/*',
    '"',
  ];
  for (const text of hostile) {
    for (const kind of KINDS) check(text, { kind, offset: text.length }, service);
    for (const kind of KINDS) check(text, { kind, offset: text.length >> 1 }, service);
  }
});
