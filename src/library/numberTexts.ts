/**
 * Numbers as texts, in the patch language: the shortest digits that read back as the same number (Steele and White, "How to print
 * floating-point numbers accurately", as Dybvig and Burger have it), digits behind a point, and other bases. Exact, by whole
 * numbers of any size: limbs of 24 bits, the lowest first.
 */

import { textOfUnits } from './intrinsics.ts';
import { highWord, lowWord } from './math/intrinsics.ts';

const LIMBS = 56;
const LIMB_BITS = 24;
const LIMB = 2 ** LIMB_BITS;
const HIDDEN_BIT = 2 ** 52;
const ZERO = 48;
const POINT = 46;
const MINUS = 45;
const PLUS = 43;
const LETTER_E = 101;

function bigOf(value: number) {
  const big = new Float64Array(LIMBS);
  let rest = value;
  for (let index = 0; rest > 0; index++) {
    big[index] = rest % LIMB;
    rest = Math.floor(rest / LIMB);
  }
  return big;
}

function multiply(big: Float64Array, factor: number) {
  let carry = 0;
  for (let index = 0; index < LIMBS; index++) {
    const product = big[index]! * factor + carry;
    carry = Math.floor(product / LIMB);
    big[index] = product - carry * LIMB;
  }
}

function shiftLeft(big: Float64Array, bits: number) {
  let left = bits;
  for (; left >= LIMB_BITS; left -= LIMB_BITS) {
    big.copyWithin(1, 0);
    big[0] = 0;
  }
  multiply(big, 2 ** left);
}

function multiplyByTens(big: Float64Array, power: number) {
  for (let count = 0; count < power; count++) multiply(big, 10);
}

/** Below zero, zero or above as a + b is less than, equal to or more than c. */
function compareSum(a: Float64Array, b: Float64Array, c: Float64Array) {
  let difference = 0;
  for (let index = LIMBS - 1; index >= 0; index--) {
    difference = difference * LIMB + a[index]! + b[index]! - c[index]!;
    // What is below adds more than -1 and less than 2 of this limb.
    if (difference >= 1) return 1;
    if (difference <= -2) return -1;
  }
  return difference;
}

function subtract(a: Float64Array, b: Float64Array) {
  let borrow = 0;
  for (let index = 0; index < LIMBS; index++) {
    const difference = a[index]! - b[index]! - borrow;
    borrow = difference < 0 ? 1 : 0;
    a[index] = difference + borrow * LIMB;
  }
}

/** Divides by a small number; returns what is left over. */
function divide(big: Float64Array, divisor: number) {
  let rest = 0;
  for (let index = LIMBS - 1; index >= 0; index--) {
    const dividend = rest * LIMB + big[index]!;
    const quotient = Math.floor(dividend / divisor);
    big[index] = quotient;
    rest = dividend - quotient * divisor;
  }
  return rest;
}

/** value = significand · 2^exponent, for a value above zero. */
function exponentOf(value: number) {
  const biased = (highWord(value) >>> 20) & 0x7ff;
  return Math.max(biased, 1) - 1075;
}

function significandOf(value: number) {
  const high = highWord(value) & 0xfffff;
  const isNormal = ((highWord(value) >>> 20) & 0x7ff) > 0;
  return high * 2 ** 32 + (lowWord(value) >>> 0) + (isNormal ? HIDDEN_BIT : 0);
}

/** Writes the shortest digits of a number above zero; returns how many there are, and in the last element where the point is. */
function shortestDigits(value: number, digits: Float64Array) {
  const significand = significandOf(value);
  const exponent = exponentOf(value);
  // The next number below is nearer where the significand is a power of two.
  const isEdge = significand === HIDDEN_BIT && exponent > -1074;
  const rest = bigOf(significand);
  const unit = bigOf(1);
  const below = bigOf(1);
  const above = bigOf(1);
  shiftLeft(rest, Math.max(exponent, 0) + (isEdge ? 2 : 1));
  shiftLeft(unit, Math.max(-exponent, 0) + (isEdge ? 2 : 1));
  shiftLeft(below, Math.max(exponent, 0));
  shiftLeft(above, Math.max(exponent, 0) + (isEdge ? 1 : 0));
  let point = Math.ceil(Math.log10(value) - 1e-10);
  multiplyByTens(unit, Math.max(point, 0));
  multiplyByTens(rest, Math.max(-point, 0));
  multiplyByTens(below, Math.max(-point, 0));
  multiplyByTens(above, Math.max(-point, 0));
  const isEven = significand % 2 === 0;
  const nothing = new Float64Array(LIMBS);
  const overflow = compareSum(rest, above, unit);
  if (isEven ? overflow >= 0 : overflow > 0) point++;
  else {
    multiply(rest, 10);
    multiply(below, 10);
    multiply(above, 10);
  }
  let count = 0;
  for (;;) {
    let digit = 0;
    while (compareSum(rest, nothing, unit) >= 0) {
      subtract(rest, unit);
      digit++;
    }
    const low = compareSum(rest, nothing, below);
    const high = compareSum(rest, above, unit);
    const mayEndLow = isEven ? low <= 0 : low < 0;
    const mayEndHigh = isEven ? high >= 0 : high > 0;
    if (mayEndLow || mayEndHigh) {
      const half = compareSum(rest, rest, unit);
      const isUp = mayEndLow && mayEndHigh ? half > 0 || (half === 0 && digit % 2 === 1) : mayEndHigh;
      digits[count] = digit + (isUp ? 1 : 0);
      break;
    }
    digits[count] = digit;
    count++;
    multiply(rest, 10);
    multiply(below, 10);
    multiply(above, 10);
  }
  digits[LAST] = point;
  return count + 1;
}

const LAST = 20;

/** A text under construction: units, and how many there are at the end of it. */
function unitsOf(room: number) {
  return new Uint16Array(room);
}

/** `String(value)`. */
export function textOfNumber(value: number) {
  if (Number.isNaN(value)) return 'NaN';
  if (value === 1 / 0) return 'Infinity';
  if (value === -1 / 0) return '-Infinity';
  if (value === 0) return '0';
  const digits = new Float64Array(LAST + 1);
  const size = Math.abs(value);
  const count = size < 2 ** 53 && Math.trunc(size) === size ? wholeDigits(size, digits) : shortestDigits(size, digits);
  const point = digits[LAST]!;
  const units = unitsOf(32);
  let at = 0;
  if (value < 0) {
    units[0] = MINUS;
    at = 1;
  }
  const isPlain = point > -6 && point <= 21;
  const mark = isPlain ? point : 1;
  if (mark <= 0) {
    units[at] = ZERO;
    units[at + 1] = POINT;
    at += 2;
    for (let zero = mark; zero < 0; zero++) {
      units[at] = ZERO;
      at++;
    }
  }
  for (let index = 0; index < Math.max(count, mark); index++) {
    if (index === mark && index > 0) {
      units[at] = POINT;
      at++;
    }
    units[at] = ZERO + (index < count ? digits[index]! : 0);
    at++;
  }
  if (!isPlain) {
    const power = point - 1;
    units[at] = LETTER_E;
    units[at + 1] = power < 0 ? MINUS : PLUS;
    at += 2;
    let place = 1;
    while (place * 10 <= Math.abs(power)) place *= 10;
    for (; place >= 1; place /= 10) {
      units[at] = ZERO + (Math.floor(Math.abs(power) / place) % 10);
      at++;
    }
  }
  return textOfUnits(units, at);
}

/** The digits of a whole number below 2^53, without zeros at the end. */
function wholeDigits(value: number, digits: Float64Array) {
  let place = 1;
  let point = 1;
  while (place * 10 <= value) {
    place *= 10;
    point++;
  }
  let rest = value;
  let count = 0;
  let used = 0;
  for (; place >= 1; place /= 10) {
    const digit = Math.floor(rest / place);
    rest -= digit * place;
    digits[count] = digit;
    count++;
    if (digit > 0) used = count;
  }
  digits[LAST] = point;
  return used;
}

/** `value.toFixed(places)`. */
export function numberToFixed(value: number, places = 0) {
  const wanted = Number.isNaN(places) ? 0 : Math.trunc(places);
  const size = Math.abs(value);
  if (!(size < 1e21)) return textOfNumber(value);
  const exponent = size === 0 ? 0 : exponentOf(size);
  // Twice the value in units of the last place, so that a half shows in the lowest bit.
  const scaled = bigOf(size === 0 ? 0 : significandOf(size));
  multiplyByTens(scaled, wanted);
  shiftLeft(scaled, Math.max(exponent, 0) + 1);
  let bits = Math.max(-exponent, 0);
  for (; bits >= LIMB_BITS; bits -= LIMB_BITS) {
    scaled.copyWithin(0, 1);
    scaled[LIMBS - 1] = 0;
  }
  divide(scaled, 2 ** bits);
  const isUp = divide(scaled, 2) === 1;
  if (isUp) {
    let index = 0;
    while (scaled[index] === LIMB - 1) {
      scaled[index] = 0;
      index++;
    }
    scaled[index] = scaled[index]! + 1;
  }
  let top = LIMBS - 1;
  while (top > 0 && scaled[top] === 0) top--;
  const room = 9 * (top + 1) + wanted + 4;
  const units = unitsOf(room);
  let at = room;
  let left = wanted + 1;
  let isMore = true;
  while (left > 0 || isMore) {
    at--;
    units[at] = ZERO + divide(scaled, 10);
    left--;
    if (left === 1 && wanted > 0) {
      at--;
      units[at] = POINT;
    }
    isMore = false;
    for (let index = 0; index <= top; index++) if (scaled[index]! > 0) isMore = true;
  }
  if (value < 0) {
    at--;
    units[at] = MINUS;
  }
  units.copyWithin(0, at);
  return textOfUnits(units, room - at);
}

const digitUnit = (digit: number) => (digit < 10 ? ZERO + digit : 87 + digit);

/** `value.toString(radix)`: as many digits behind the point as tell the number from its neighbours, as engines do it. */
export function numberToString(value: number, radix = 10) {
  const base = Math.trunc(radix);
  if (base === 10 || !(Math.abs(value) < 1 / 0) || value === 0) return textOfNumber(value);
  const size = Math.abs(value);
  let whole = Math.floor(size);
  let fraction = size - whole;
  // Half the distance to the next number.
  let slack = Math.max(0.5 * 2 ** Math.max(exponentOf(size), -1074), 2 ** -1074);
  const behind = new Float64Array(1100);
  let count = 0;
  if (fraction >= slack) {
    let isGoing = true;
    while (isGoing) {
      fraction *= base;
      slack *= base;
      const digit = Math.floor(fraction);
      behind[count] = digit;
      count++;
      fraction -= digit;
      isGoing = fraction >= slack;
      const isPastHalf = fraction > 0.5 || (fraction === 0.5 && digit % 2 === 1);
      if (isPastHalf && fraction + slack > 1) {
        // Rounded up, which may carry into the digits in front.
        isGoing = false;
        while (count > 0 && behind[count - 1] === base - 1) count--;
        if (count === 0) whole += 1;
        else behind[count - 1] = behind[count - 1]! + 1;
      }
    }
  }
  const ahead = new Float64Array(1100);
  let places = 0;
  // Digits that no double can hold are zeros.
  while (whole / base >= 2 ** 53) {
    whole /= base;
    ahead[places] = 0;
    places++;
  }
  let isMore = true;
  while (isMore) {
    const digit = whole % base;
    ahead[places] = digit;
    places++;
    whole = (whole - digit) / base;
    isMore = whole > 0;
  }
  const units = unitsOf(places + count + 2);
  let at = 0;
  if (value < 0) {
    units[0] = MINUS;
    at = 1;
  }
  for (let index = places - 1; index >= 0; index--) {
    units[at] = digitUnit(ahead[index]!);
    at++;
  }
  if (count > 0) {
    units[at] = POINT;
    at++;
  }
  for (let index = 0; index < count; index++) {
    units[at] = digitUnit(behind[index]!);
    at++;
  }
  return textOfUnits(units, at);
}
