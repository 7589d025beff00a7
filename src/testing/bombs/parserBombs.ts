/** Texts that the parser would read again and again, that are nested deeply, or that are nothing but mistakes. Tests only. */

import { type Bomb, filled, nested, numbered, SOUND } from './bomb.ts';

/** As a constant in front of something that sounds. */
const constant = (name: string, before: string, middle: string, behind = ''): Bomb => ({
  name,
  text: `const x = ${nested(`const x = \n${SOUND}`, before, middle, behind)}\n${SOUND}`,
});

/** In front of something that sounds, in a function. */
const inFunction = (name: string, before: string, middle: string, behind = ''): Bomb => ({
  name,
  text: `function f(a) {${nested(`function f(a) {}\n${SOUND}`, before, middle, behind)}}\n${SOUND}`,
});

/** All there is. */
const alone = (name: string, part: string): Bomb => ({ name, text: filled('', part) });

/** Readings that double with each level. */
const ambiguous: readonly Bomb[] = [
  constant('type arguments, or comparisons and a bracket', 'a<b>(', 'c'),
  constant('the same, closed', 'a<b>(', 'c', ')'),
  constant('casts, or parameters of types', '<T>(', 'a', ')'),
  constant('casts in front of arrows', '<T>(a) => ', 'a'),
  constant('type arguments in type arguments', 'f<', 'number', '>()'),
  constant('type arguments that are never closed', 'f<', 'a'),
  constant('type arguments of brackets', 'f<(', 'a', ')>(0)'),
  constant('type arguments of objects', 'f<{ a: ', 'b', '}>(0)'),
  constant('type arguments of functions', 'f<(a: ', 'b', ') => c>(0)'),
  constant('type arguments of queries', 'f<typeof a<', 'b'),
  constant('type arguments of imports', 'f<import("a").b<', 'c', '>>(0)'),
  constant('type arguments of templates', 'f<`${', 'b', '}`>(0)'),
  constant('type arguments of conditional types', 'f<a extends b ? ', 'c', ' : d>(0)'),
  constant('parameters in defaults of parameters', '(a: number = ', '1', '): number => a'),
  constant('parameters in patterns of parameters', '({ a = ', '1', ' }) => a'),
  constant('parameters of types with parameters', '<T,>(a: T = ', '1', ') => a'),
  constant('conditions whose branch may be an arrow', 'a ? (b) : c => ', '1'),
  constant('conditions with brackets in both branches', 'a ? (b, ', 'c', ') : (d) => e'),
  constant('calls of async, or parameters', 'async (', 'a', ')'),
  constant('calls of async with types', 'async <T>(', 'a', ')'),
  constant('inferred types with constraints', '0 as a extends infer b extends ', 'c', ' ? d : e'),
  constant('types in brackets, or parameters of function types', '0 as (a: ', 'b', ') => c'),
  constant('an arrow head of arrow heads', '((', 'a', ') => a)'),
];

const deep: readonly Bomb[] = [
  constant('brackets', '(', '1', ')'),
  constant('arrays', '[', '1', ']'),
  constant('objects', '{a:', '1', '}'),
  constant('templates', '`${', '1', '}`'),
  constant('conditions', 'a?', '1', ':0'),
  constant('signs', '- ', '1'),
  constant('powers', '2**', '1'),
  constant('arrows', '()=>', '1'),
  constant('arrows with a block', '()=>{', '', '}'),
  constant('classes', 'class{a=', '1', '}'),
  inFunction('blocks', '{', '', '}'),
  inFunction('conditions without blocks', 'if(a)', ';'),
  inFunction('loops without blocks', 'for(;;)', ';'),
  inFunction('switches', 'switch(a){default:', '', '}'),
  inFunction('functions', 'function f(){', '', '}'),
  inFunction('labels of one name', 'a:', ';'),
  inFunction('labels of one name around blocks', 'a:{', '', '}'),
  inFunction('patterns', 'const {a=', '1', '}={}'),
];

const mistakes: readonly Bomb[] = [
  alone('functions that are never closed', '\nfunction a() {\n'),
  alone('functions that are never closed, and neither are their parameters', '\nfunction a( {\n'),
  alone('constants that are never finished', '\nconst a = (\n'),
  alone('the word export', '\nexport '),
  alone('the word const', '\nconst '),
  alone('one default export after another', '\nexport default 1'),
  alone('one unknown name', 'q\n'),
  alone('strings that are not closed', "'\n"),
  alone('templates that are not closed', '`${'),
  alone('comments that are not closed', '/*'),
  alone('brackets that are not closed', '(['),
  alone('brackets that close nothing', ')]'),
  alone('comparisons without operands', '<'),
  alone('signs of arrows', '=>'),
  alone('zeros in front', '010\n'),
  { name: 'unknown names', text: `${numbered(SOUND, (n) => `u${n}\n`)}${SOUND}` },
  { name: 'names that are nearly known', text: `${numbered(SOUND, (n) => `sampleRat${n}\n`)}${SOUND}` },
  { name: 'declarations of one name', text: `${filled(SOUND, 'let a\n')}${SOUND}` },
  { name: 'jumps to nowhere', text: `${filled(SOUND, 'break a\n')}${SOUND}` },
];

export const parserBombs: readonly Bomb[] = [...ambiguous, ...deep, ...mistakes];
