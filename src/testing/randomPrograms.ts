/**
 * Patches made at random, for comparison with the oracle: any nesting of operators, assignments inside expressions, loops,
 * functions and closures with state, on numbers that are awkward. Every one is valid, ends, and gives finite samples.
 *
 * All functions see the same fixed set of names, so that what fast-check shrinks stays valid.
 */
import fc from 'fast-check';

const LITERALS = [
  ...[
    '0',
    '1',
    '2',
    '3',
    '7',
    '31',
    '32',
    '0.5',
    '0.1',
    '1.5',
    '2.999',
    '1e-3',
    '255',
    '65536',
    '1e9',
    '4503599627370497',
  ],
  ...[
    '2147483647',
    '2147483648',
    '4294967295',
    '4294967296',
    '1e300',
    '5e-324',
    '0xdeadbeef',
    '-0',
    '-1',
    '-2147483648',
  ],
];
const VARIABLES = ['x', 'y', 'i', 'l0', 'l1', 'g0', 'g1', 'g2', 'currentFrame', 't'];
const ASSIGNABLE = ['y', 'l0', 'l1', 'g0', 'g1', 'g2'];
const ARITHMETIC = ['+', '-', '*', '/', '%', '&', '|', '^', '<<', '>>', '>>>'];
const COMPARISONS = ['<', '<=', '>', '>=', '===', '!==', '==', '!='];
const UNARY = ['-', '+', '~'];
const MATH_1 = ['floor', 'ceil', 'round', 'trunc', 'abs', 'sign', 'sqrt', 'fround', 'clz32'];
const MATH_2 = ['min', 'max', 'imul'];
const TYPED = ['Float32Array', 'Float64Array', 'Int32Array', 'Int16Array', 'Uint8Array', 'Uint32Array'];

/** Names of what may be called, in order: each function calls only those before it, so nothing recurs without end. */
const CALLABLE = ['f0', 'f1', 'c0', 'c1'];

/** Not an interface: fast-check asks for a type with an index. */
type Grammar = { number: string; boolean: string; statement: string };

/** Parts of a function that may call the first `callable` of CALLABLE. */
function grammar(callable: number) {
  return fc.letrec<Grammar>((tie) => {
    const number = tie('number');
    const boolean = tie('boolean');
    const statement = tie('statement');
    const binary = (operators: readonly string[], side: fc.Arbitrary<string>) =>
      fc.tuple(side, fc.constantFrom(...operators), side).map(([a, operator, b]) => `(${a} ${operator} ${b})`);
    // Far out of range, too: what is not there is not a number, made sure of by the plus.
    const element = fc.oneof(
      fc.tuple(fc.constantFrom('a', 'b'), number).map(([array, index]) => `(+${array}[${index}])`),
      fc.tuple(fc.constantFrom('a', 'b'), number).map(([array, index]) => `${array}[(${index}) & 3]`),
    );
    const place = fc.oneof(
      fc.constantFrom(...ASSIGNABLE),
      fc.tuple(fc.constantFrom('a', 'b'), number).map(([array, index]) => `${array}[(${index}) & 3]`),
      fc.constantFrom('r.m', 'r.n.m'),
    );
    const assignment = fc
      .tuple(place, fc.constantFrom('', ...ARITHMETIC), number)
      .map(([target, operator, value]) => `(${target} ${operator}= ${value})`);
    const step = fc
      .tuple(place, fc.constantFrom('++', '--'), fc.boolean())
      .map(([target, operator, isPrefix]) => (isPrefix ? `(${operator}${target})` : `(${target}${operator})`));
    const call =
      callable === 0
        ? fc.constant('l0')
        : fc
            .tuple(fc.constantFrom(...CALLABLE.slice(0, callable)), number, number)
            .map(([name, first, second]) => `${name}(${first}, ${second})`);
    const leaf = fc.oneof(
      fc.constantFrom(...VARIABLES),
      fc.constantFrom(...LITERALS).map((text) => `(${text})`),
    );
    const loopBody = fc.array(
      fc.oneof(
        { arbitrary: statement, weight: 4 },
        boolean.map((condition) => `if (${condition}) continue;`),
        boolean.map((condition) => `if (${condition}) break;`),
      ),
      { minLength: 1, maxLength: 3 },
    );
    return {
      number: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        { arbitrary: leaf, weight: 4 },
        { arbitrary: binary(ARITHMETIC, number), weight: 5 },
        { arbitrary: binary(['&&', '||', ','], number), weight: 1 },
        { arbitrary: fc.tuple(fc.constantFrom(...UNARY), number).map(([sign, x]) => `(${sign}(${x}))`), weight: 1 },
        { arbitrary: fc.tuple(boolean, number, number).map(([c, x, y]) => `(${c} ? ${x} : ${y})`), weight: 2 },
        { arbitrary: fc.tuple(fc.constantFrom(...MATH_1), number).map(([f, x]) => `Math.${f}(${x})`), weight: 2 },
        {
          arbitrary: fc.tuple(fc.constantFrom(...MATH_2), number, number).map(([f, x, y]) => `Math.${f}(${x}, ${y})`),
          weight: 1,
        },
        { arbitrary: boolean.map((condition) => `(+${condition})`), weight: 1 },
        { arbitrary: element, weight: 2 },
        { arbitrary: assignment, weight: 1 },
        { arbitrary: step, weight: 1 },
        { arbitrary: call, weight: 2 },
      ),
      boolean: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        { arbitrary: binary(COMPARISONS, number), weight: 4 },
        { arbitrary: binary(['&&', '||', '===', '!=='], boolean), weight: 1 },
        { arbitrary: fc.oneof(boolean, number).map((operand) => `(!${operand})`), weight: 1 },
      ),
      statement: fc.oneof(
        { depthSize: 'xsmall', withCrossShrink: true },
        { arbitrary: assignment.map((text) => `${text};`), weight: 4 },
        {
          arbitrary: fc.tuple(fc.constantFrom('g0', 'g1', 'l0'), number).map(([name, x]) => `${name} = keep(${x});`),
          weight: 3,
        },
        {
          arbitrary: fc
            .tuple(boolean, statement, fc.option(statement))
            .map(([condition, yes, no]) => `if (${condition}) { ${yes} }${no === null ? '' : ` else { ${no} }`}`),
          weight: 2,
        },
        {
          arbitrary: loopBody.map((body) => `for (let i = 0; i < 3; i++) { ${body.join(' ')} }`),
          weight: 1,
        },
        {
          arbitrary: fc
            .tuple(boolean, loopBody)
            .map(([condition, body]) => `{ let n = 3; while (n-- > 0 && ${condition}) { ${body.join(' ')} } }`),
          weight: 1,
        },
        { arbitrary: boolean.map((condition) => `if (${condition}) return 1;`), weight: 1 },
      ),
    };
  });
}

const body = (callable: number) => {
  const { number, statement } = grammar(callable);
  return fc.record({ statements: fc.array(statement, { maxLength: 4 }), result: number, second: number });
};

const locals = 'let l0 = 0.5, l1 = 2; let i = 0;';
const literals = fc.array(fc.constantFrom(...LITERALS), { minLength: 4, maxLength: 4 });

/** The text of a patch. */
export const randomPatch: fc.Arbitrary<string> = fc
  .record({
    plain: literals,
    typed: literals,
    kind: fc.constantFrom(...TYPED),
    starts: fc.array(fc.constantFrom(...LITERALS.slice(0, 12)), { minLength: 5, maxLength: 5 }),
    f0: body(0),
    f1: body(1),
    closure: body(2),
    main: body(4),
  })
  .map(({ plain, typed, kind, starts, f0, f1, closure, main }) =>
    `
const seen = (x) => {
  if (x !== x) return 0.123
  if (x === Infinity) return 3e30
  if (x === -Infinity) return -3e30
  return x > 1e30 || x < -1e30 ? x * 1e-286 : x
}
const keep = (x) => (x === x && x < 1e9 && x > -1e9 ? x : 3)
const a = [${plain.join(', ')}]
const b = new ${kind}([${typed.join(', ')}])
const r = { m: ${starts[0]}, n: { m: ${starts[1]} } }
let g0 = ${starts[2]}, g1 = ${starts[3]}, g2 = ${starts[4]}, t = 0
function f0(x, y) { ${locals} ${f0.statements.join(' ')} return ${f0.result} }
const f1 = (x, y) => { ${locals} ${f1.statements.join(' ')} return ${f1.result} }
function make(l1) { let l0 = l1; return (x, y) => { let i = 0; ${closure.statements.join(' ')} return ${closure.result} } }
const c0 = make(1)
const c1 = make(g1)
const main = (x, y) => { ${locals} ${main.statements.join(' ')} return seen(${main.result}) }
export default (now) => {
  t = now
  const left = main(currentFrame % 5, g0)
  if (!(g2 === g2)) g2 = 1
  return [left, seen(keep(g0) + keep(g1) + keep(g2) + a[0] + b[1] + r.m + r.n.m)]
}
`.trim(),
  );
