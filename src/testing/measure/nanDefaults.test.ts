/** Convention of the library: a parameter that is NaN counts as its default. Every function that has defaults, by its signature. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from '@babel/parser';
import type { Expression, FunctionDeclaration, Identifier, TSFunctionType } from '@babel/types';
import { expect, it } from 'vitest';
import { documentedNames } from '../../../scripts/docComments.ts';
import { atRate, setFrame } from './rates.ts';
import { withSeed } from './stability.ts';

const SEED = 37;
const RATE = 48_000;
const FRAMES = 3000;

const wave = (n: number): number => 0.6 * Math.sin(0.031 * n) + 0.3 * Math.sin(0.7 * n);
const stroke = (n: number): number => (n % 700 === 20 ? 0.8 : 0);

/** What has to be given, by the parameter's name. */
const GIVEN: Readonly<Record<string, (n: number) => unknown>> = {
  ...{ x: wave, trig: stroke, gate: (n) => (n % 900 < 400 ? 1 : 0), record: (n) => (n < 500 ? 1 : 0), key: wave },
  ...{ hz: () => 440, formantHz: () => 800, seconds: () => 0.01, breath: () => 0.7, pressure: () => 0.5 },
  ...{ maxSeconds: () => 0.1, lowestHz: () => 100, bpm: () => 117, level: () => 0.4, threshold: () => 0.1 },
  ...{ ratio: () => 3, carrier: wave, modulator: (n) => wave(3 * n), values: () => [3, 1, 2], notes: () => [60, 64] },
  ...{ levels: () => [0, 1, 0.2], times: () => [0.01, 0.02], ratios: () => [1, 2.7, 4], table: () => [0, 1, 0, -1] },
  ...{ from: () => 1, to: () => 3, a: () => 0.2, b: () => 0.9, position: () => 0.3, note: () => 61.4, n: () => 5 },
  ...{ scale: () => [0, 2, 4, 5, 7, 9, 11], hits: () => 3, steps: () => 8, symbol: () => 'Am7' },
};

/** What hands its parameter on to a function of the patch, as it is. */
const HANDS_ON = ['oversample'];

const isNumber = (parameter: Identifier): boolean => {
  const type = parameter.typeAnnotation;
  return type?.type === 'TSTypeAnnotation' && type.typeAnnotation.type === 'TSNumberKeyword';
};

type Call = (...given: readonly unknown[]) => unknown;

interface Parameter {
  readonly name: string;
  readonly isPair: boolean;
  readonly isOptional: boolean;
}

interface Signature {
  readonly parameters: readonly Parameter[];
  /** Those of the closure that it returns; `null`: it is a plain function. */
  readonly closure: readonly Parameter[] | null;
}

const read = (signature: string): Signature | null => {
  const [made] = parse(`function ${signature.replace(/;$/, '')} {}`, { plugins: ['typescript'] }).program.body;
  const { params, returnType } = made as FunctionDeclaration;
  const own = params.flatMap((parameter): Parameter[] => {
    if (parameter.type === 'AssignmentPattern' && parameter.left.type === 'Identifier')
      return [{ name: parameter.left.name, isPair: false, isOptional: isNumberText(parameter.right) }];
    return parameter.type === 'Identifier' ? [{ ...readOne(parameter), isOptional: false }] : [];
  });
  const result = returnType?.type === 'TSTypeAnnotation' ? returnType.typeAnnotation : null;
  const closure = result?.type === 'TSFunctionType' ? closureOf(result) : null;
  return { parameters: own, closure };
};

/** A number as it is written, with its sign. */
const isNumberText = ({ type }: Expression): boolean => type === 'NumericLiteral' || type === 'UnaryExpression';

const readOne = (parameter: Identifier): Parameter => ({
  name: parameter.name,
  isPair: !isNumber(parameter) && ['x', 'ms'].includes(parameter.name),
  isOptional: parameter.optional === true && isNumber(parameter),
});

const closureOf = ({ parameters }: TSFunctionType): Parameter[] =>
  parameters.flatMap((parameter) => (parameter.type === 'Identifier' ? [readOne(parameter)] : []));

function given({ name, isPair, isOptional }: Parameter, n: number): unknown {
  if (isOptional) return undefined;
  const make = GIVEN[name];
  if (!make) throw new Error(`nothing is known to give for \`${name}\``);
  return isPair ? [make(n), make(n + 31)] : make(n);
}

/** What it gives while the parameter at `position` is NaN; with -1 every one is left out that can be. */
function heard(make: Call, { parameters, closure }: Signature, position: number): readonly unknown[] {
  return withSeed(SEED, () =>
    atRate(RATE, () => {
      const all = (list: readonly Parameter[], n: number) =>
        list.map((parameter, i) => (i === position ? Number.NaN : given(parameter, n)));
      const play = closure ? (make(...parameters.map((parameter) => given(parameter, 0))) as Call) : make;
      return Array.from({ length: closure ? FRAMES : 1 }, (_, n) => {
        setFrame(n);
        const y = play(...all(closure ?? parameters, n));
        return Array.isArray(y) ? [...y] : typeof y === 'object' ? { ...y } : y;
      });
    }),
  );
}

const cases = documentedNames().flatMap(({ name, file, signature }) => {
  const found = /^\w+\(.*\)/s.test(signature) ? read(signature) : null;
  const parameters = found?.closure ?? found?.parameters ?? [];
  const optional = parameters.flatMap(({ isOptional }, position) => (isOptional ? [position] : []));
  const isOutside = /^(?:host|scheduling)\//.test(file);
  return found && optional.length > 0 && !isOutside && !HANDS_ON.includes(name)
    ? [{ name, file, found, parameters, optional }]
    : [];
});

it('looks at most of the library', () => expect(cases.length).toBeGreaterThan(80));

it.each(cases)('$name takes NaN for the default', async ({ name, file, found, parameters, optional }) => {
  const url = pathToFileURL(path.join(import.meta.dirname, '../../library/dsp', file)).href;
  const module = (await import(/* @vite-ignore */ url)) as Readonly<Record<string, Call>>;
  const make = module[name]!;
  const expected = heard(make, found, -1);
  for (const position of optional)
    expect(heard(make, found, position), `${name}, ${parameters[position]!.name}`).toEqual(expected);
});
