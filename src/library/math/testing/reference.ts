/**
 * Elementary functions in whole numbers of any length: what this directory's are measured against. For tests.
 *
 * A number is a bigint in units of 2^-`bits`: `sine(x, 200)` is sin x · 2^200, wrong by a few units at most. Methods are the plainest
 * there are (halve the argument until a series is short), so that they can be seen to be right; reference.test.ts holds them
 * against identities.
 */

/** Bits that calculations have beyond those asked for. */
const GUARD = 48;

const shift = (value: bigint, by: number): bigint => (by >= 0 ? value << BigInt(by) : value >> BigInt(-by));
const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);
export const bitLength = (value: bigint): number => (value === 0n ? 0 : magnitude(value).toString(2).length);

const view = new DataView(new ArrayBuffer(8));

/** A finite double as `significand`·2^`exponent`, exactly. */
export function partsOf(x: number): { significand: bigint; exponent: number } {
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const field = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const size = field === 0 ? fraction : fraction | 0x10000000000000n;
  return { significand: x < 0 ? -size : size, exponent: Math.max(field, 1) - 1075 };
}

/** A finite double in units of 2^-bits; cut off where it has more. */
export function fixed(x: number, bits: number): bigint {
  const { significand, exponent } = partsOf(x);
  return shift(significand, exponent + bits);
}

/** Keeps what a function of the number of bits alone gives. */
function constant(make: (bits: number) => bigint): (bits: number) => bigint {
  let known = { bits: 0, value: 0n };
  return (bits) => {
    if (bits > known.bits) known = { bits: bits + 256, value: make(bits + 256) };
    return known.value >> BigInt(known.bits - bits);
  };
}

/** Σ x^(2n+1)/(2n+1) with signs that alternate or not, for small x. */
function arcSeries(x: bigint, bits: number, alternates: boolean): bigint {
  const square = (x * x) >> BigInt(bits);
  let [sum, power] = [0n, x];
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = (alternates ? -power * square : power * square) >> BigInt(bits);
  }
  return sum;
}

/** Machin's formula. */
export const pi = constant((bits) => {
  const inner = bits + GUARD;
  const one = 1n << BigInt(inner);
  return (16n * arcSeries(one / 5n, inner, true) - 4n * arcSeries(one / 239n, inner, true)) >> BigInt(GUARD);
});

export const ln2 = constant(
  (bits) => (2n * arcSeries((1n << BigInt(bits + GUARD)) / 3n, bits + GUARD, false)) >> BigInt(GUARD),
);

function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((bitLength(value) + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** e to a power that is itself in units of 2^-inner; the result in units of 2^-bits. */
function exponential(power: bigint, inner: number, bits: number): bigint {
  const two = ln2(inner);
  const whole = power / two - (power < 0n ? 1n : 0n);
  const rest = (power - whole * two) >> 12n;
  const one = 1n << BigInt(inner);
  let [sum, term] = [one, one];
  for (let n = 1n; term !== 0n; n++) {
    term = (term * rest) / (n << BigInt(inner));
    sum += term;
  }
  for (let n = 0; n < 12; n++) sum = (sum * sum) >> BigInt(inner);
  return shift(sum, Number(whole) + bits - inner);
}

/** The logarithm of a positive number significand·2^exponent, in units of 2^-inner. */
function logarithm(significand: bigint, exponent: number, inner: number): bigint {
  const one = 1n << BigInt(inner);
  let power = exponent + bitLength(significand) - 1;
  let part = shift(significand, inner - bitLength(significand) + 1);
  // Between √½ and √2, where the series is short.
  if (part * part > one * one * 2n) {
    part >>= 1n;
    power++;
  }
  return 2n * arcSeries(((part - one) << BigInt(inner)) / (part + one), inner, false) + BigInt(power) * ln2(inner);
}

/** The sine and cosine of an angle in units of 2^-inner. */
function circular(angle: bigint, inner: number): { sine: bigint; cosine: bigint } {
  const quarter = pi(inner) >> 1n;
  const turns = (2n * angle + quarter) / (2n * quarter) - (2n * angle + quarter < 0n ? 1n : 0n);
  const x = angle - turns * quarter;
  let [sine, cosine, term] = [0n, 0n, 1n << BigInt(inner)];
  for (let n = 1n; term !== 0n && term !== -1n; n += 2n) {
    cosine += term;
    term = ((term * x) >> BigInt(inner)) / n;
    sine += term;
    term = -((term * x) >> BigInt(inner)) / (n + 1n);
  }
  const quadrant = ((turns % 4n) + 4n) % 4n;
  if (quadrant === 0n) return { sine, cosine };
  if (quadrant === 1n) return { sine: cosine, cosine: -sine };
  if (quadrant === 2n) return { sine: -sine, cosine: -cosine };
  return { sine: -cosine, cosine: sine };
}

/** An angle's sine and cosine: the multiple of π that is taken off must be known to as many bits as the result. */
function circularOf(x: number, bits: number): { sine: bigint; cosine: bigint; inner: number } {
  const inner = bits + GUARD + Math.max(partsOf(x).exponent + 53, 0);
  return { ...circular(fixed(x, inner), inner), inner };
}

/** The angle of a point that is not the origin, in units of 2^-inner; both coordinates in one unit of any size. */
function angleOf(y: bigint, x: bigint, inner: number): bigint {
  if (y < 0n) return -angleOf(-y, x, inner);
  if (x < 0n) return pi(inner) - angleOf(y, -x, inner);
  if (y > x) return (pi(inner) >> 1n) - angleOf(x, y, inner);
  let slope = (y << BigInt(inner)) / x;
  // atan t = 2·atan(t/(1 + √(1 + t²)))
  const one = 1n << BigInt(inner);
  for (let n = 0; n < 6; n++) slope = (slope << BigInt(inner)) / (one + squareRoot(one * one + slope * slope));
  return arcSeries(slope, inner, true) << 6n;
}

type OfOne = (x: number, bits: number) => bigint;
type OfTwo = (x: number, y: number, bits: number) => bigint;

const trimmed = (value: bigint, inner: number, bits: number): bigint => shift(value, bits - inner);

export const sine: OfOne = (x, bits) => {
  const { sine: value, inner } = circularOf(x, bits);
  return trimmed(value, inner, bits);
};
export const cosine: OfOne = (x, bits) => {
  const { cosine: value, inner } = circularOf(x, bits);
  return trimmed(value, inner, bits);
};
export const tangent: OfOne = (x, bits) => {
  // Where the cosine is small, its relative error counts twice over.
  const more = circularOf(x, Math.max(bits, 0) + 200);
  return ((more.sine << BigInt(Math.max(bits, 0))) / more.cosine) >> BigInt(Math.max(-bits, 0));
};

/** e^x for x of no more than some thousands; below −4000, where it is less than any unit, 0. */
export const exponentialOf: OfOne = (x, bits) => {
  if (x < -4000) return 0n;
  const inner = Math.max(bits, 0) + GUARD + Math.max(Math.ceil(x * 1.45), 0) + 16;
  return exponential(fixed(x, inner), inner, bits);
};
export const exponentialLess1: OfOne = (x, bits) => exponentialOf(x, bits) - shift(1n, bits);

export const logarithmOf: OfOne = (x, bits) => {
  const { significand, exponent } = partsOf(x);
  return trimmed(logarithm(significand, exponent, bits + GUARD), bits + GUARD, bits);
};
export const logarithmOf1Plus: OfOne = (x, bits) => {
  const { significand, exponent } = partsOf(x);
  const [value, scale] =
    exponent < 0 ? [significand + (1n << BigInt(-exponent)), exponent] : [shift(significand, exponent) + 1n, 0];
  return trimmed(logarithm(value, scale, bits + GUARD), bits + GUARD, bits);
};
const logarithmTo =
  (base: number): OfOne =>
  (x, bits) => {
    const inner = Math.max(bits, 0) + GUARD;
    return trimmed((logarithmOf(x, inner) << BigInt(inner)) / logarithmOf(base, inner), inner, bits);
  };
export const logarithmTo2 = logarithmTo(2);
export const logarithmTo10 = logarithmTo(10);

/** x^y for x > 0, within some thousand powers of two. */
export const power: OfTwo = (x, y, bits) => {
  // What is lost of the product is relative to the result.
  const inner = 240;
  const { significand, exponent } = partsOf(y);
  const more = inner + 53 + Math.max(exponent, 0);
  const product = trimmed(shift(logarithmOf(x, more) * significand, exponent), more, inner);
  return exponential(product, inner, bits);
};

/** (e^x ± e^-x)/2 */
const hyperbolic =
  (sign: bigint): OfOne =>
  (x, bits) =>
    (exponentialOf(x, bits + GUARD) + sign * exponentialOf(-x, bits + GUARD)) >> BigInt(GUARD + 1);
export const hyperbolicSine = hyperbolic(-1n);
export const hyperbolicCosine = hyperbolic(1n);
export const hyperbolicTangent: OfOne = (x, bits) => {
  // Beyond, it is ±1 to 500 bits.
  if (Math.abs(x) > 200) return hyperbolicTangent(Math.sign(x) * 200, bits);
  const inner = bits + GUARD;
  const [up, down] = [exponentialOf(Math.abs(x), inner), exponentialOf(-Math.abs(x), inner)];
  const value = trimmed(((up - down) << BigInt(inner)) / (up + down), inner, bits);
  return x < 0 ? -value : value;
};

/** log(x + √(x² + sign)) */
function areaFunction(x: number, sign: bigint, bits: number): bigint {
  const inner = bits + GUARD + 1100;
  const value = fixed(Math.abs(x), inner);
  const root = squareRoot(value * value + sign * (1n << BigInt(2 * inner)));
  const result = trimmed(logarithm(value + root, -inner, bits + GUARD), bits + GUARD, bits);
  return x < 0 ? -result : result;
}
export const inverseHyperbolicSine: OfOne = (x, bits) => areaFunction(x, 1n, bits);
export const inverseHyperbolicCosine: OfOne = (x, bits) => areaFunction(x, -1n, bits);
/** log((1 + x)/(1 − x))/2 */
export const inverseHyperbolicTangent: OfOne = (x, bits) => {
  const inner = bits + GUARD;
  const { significand, exponent } = partsOf(x);
  const one = 1n << BigInt(-exponent);
  const difference = logarithm(one + significand, exponent, inner) - logarithm(one - significand, exponent, inner);
  return trimmed(difference, inner + 1, bits);
};

/** Two doubles as whole numbers in one unit. */
function together(x: number, y: number): [bigint, bigint] {
  const [a, b] = [partsOf(x), partsOf(y)];
  const unit = Math.min(a.exponent, b.exponent);
  return [shift(a.significand, a.exponent - unit), shift(b.significand, b.exponent - unit)];
}

export const angle: OfTwo = (y, x, bits) => trimmed(angleOf(...together(y, x), bits + GUARD), bits + GUARD, bits);
export const inverseTangent: OfOne = (x, bits) => angle(x, 1, bits);

/** The point of the unit circle whose height or width is x, in units of its own. */
function onCircle(x: number, bits: number): { given: bigint; other: bigint } {
  const inner = Math.max(bits, 0) + GUARD + 1100;
  const given = fixed(x, inner);
  return { given, other: squareRoot((1n << BigInt(2 * inner)) - given * given) };
}
export const inverseSine: OfOne = (x, bits) => {
  const { given, other } = onCircle(x, bits);
  return trimmed(angleOf(given, other, bits + GUARD), bits + GUARD, bits);
};
export const inverseCosine: OfOne = (x, bits) => {
  const { given, other } = onCircle(x, bits);
  return trimmed(angleOf(other, given, bits + GUARD), bits + GUARD, bits);
};

/** √(Σ x²) */
export function squareRootOfSum(values: readonly number[], bits: number): bigint {
  const inner = bits + GUARD;
  const sum = values.map((x) => fixed(x, inner)).reduce((total, x) => total + x * x, 0n);
  return trimmed(squareRoot(sum), inner, bits);
}

export const cubeRoot: OfOne = (x, bits) => {
  const inner = bits + GUARD;
  const { significand, exponent } = partsOf(Math.abs(x));
  const cube = shift(significand, exponent + 3 * inner);
  if (cube === 0n) return 0n;
  let root = 1n << BigInt(Math.ceil(bitLength(cube) / 3) + 1);
  for (;;) {
    const next = (2n * root + cube / (root * root)) / 3n;
    if (next >= root) break;
    root = next;
  }
  return trimmed(x < 0 ? -root : root, inner, bits);
};
