/**
 * A number literal some steps up or down, written as it was: as many digits, the same exponent, the same radix. In: a
 * literal with its sign and how far. Out: the literal to put in its place. Pure, and exact: it counts in whole numbers.
 */

/** How far a step goes: one in the number's last digit, a tenth of that, or ten times as much. */
export type StepSize = 'normal' | 'fine' | 'coarse';

/** What stands around the literal, which decides how a sign can be written. */
export interface Around {
  /** The character before the literal and its sign; '' at the start of a line. */
  readonly before: string;
  /** The rest of the line. */
  readonly after: string;
}

const NO_NEIGHBOURS: Around = { before: '', after: '' };
const DECIMAL = /^([+-]?)([\d_]*)(?:\.([\d_]*))?([eE][+-]?\d[\d_]*)?(n?)$/;
const RADIX = /^([+-]?)(0[xXoObB])([\da-fA-F_]+)(n?)$/;
const RADIXES: Readonly<Record<string, number>> = { x: 16, o: 8, b: 2 };
/** More digits than a number holds are of no use, and a literal that is longer was not meant to be turned. */
const MAX_DECIMALS = 17;
const MAX_DIGITS = 60;
/** A number in this place may not bear a sign. */
const BASE_OF_POWER = /^\s*\*\*/;

/** `steps`: a whole number of steps of that size. Null for what is no literal. */
export function stepped(literal: string, steps: number, size: StepSize, around = NO_NEIGHBOURS): string | null {
  if (literal.length > MAX_DIGITS) return null;
  return steppedDecimal(literal, steps, size, around) ?? steppedRadix(literal, steps, size, around);
}

function steppedDecimal(literal: string, steps: number, size: StepSize, around: Around): string | null {
  const match = DECIMAL.exec(literal);
  if (!match) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '', big = ''] = match;
  const digits = (whole + fraction).replaceAll('_', '');
  if (digits === '') return null;
  const isFinest = big !== '' || fraction.length >= MAX_DECIMALS;
  const finer = size === 'fine' && !isFinest ? 1 : 0;
  const decimals = fraction.replaceAll('_', '').length + finer;
  const before = BigInt(digits) * 10n ** BigInt(finer) * (sign === '-' ? -1n : 1n);
  const value = before + BigInt(steps) * (size === 'coarse' ? 10n : 1n);
  const write = (magnitude: bigint) => {
    const all = magnitude.toString().padStart(decimals + 1, '0');
    const units = all.slice(0, all.length - decimals);
    const isBare = whole === '' && units === '0' && decimals > 0;
    const grouped = whole.includes('_') ? units.replace(/\B(?=(\d{3})+$)/g, '_') : units;
    const point = decimals > 0 ? `.${all.slice(all.length - decimals)}` : '';
    return (isBare ? '' : grouped) + point + exponent + big;
  };
  return signed(value, sign, write, around);
}

function steppedRadix(literal: string, steps: number, size: StepSize, around: Around): string | null {
  const match = RADIX.exec(literal);
  if (!match) return null;
  const [, sign = '', prefix = '', text = '', big = ''] = match;
  const digits = text.replaceAll('_', '');
  const radix = RADIXES[prefix[1]?.toLowerCase() ?? ''] ?? 16;
  const before = BigInt(prefix + digits) * (sign === '-' ? -1n : 1n);
  const value = before + BigInt(steps) * (size === 'coarse' ? BigInt(radix) : 1n);
  const isUpper = /[A-F]/.test(digits);
  const write = (magnitude: bigint) => {
    const plain = magnitude.toString(radix).padStart(digits.length, '0');
    return prefix + (isUpper ? plain.toUpperCase() : plain) + big;
  };
  return signed(value, sign, write, around);
}

/** A sign that would run into what stands before it gets a space, and where none may be the number ends at 0. */
function signed(value: bigint, sign: string, write: (magnitude: bigint) => string, { before, after }: Around): string {
  if (value < 0n && BASE_OF_POWER.test(after)) return write(0n);
  if (value < 0n) return `${sign === '' && /[+-]/.test(before) ? ' ' : ''}-${write(-value)}`;
  if (sign === '+') return `+${write(value)}`;
  // `return-1` without its sign is a name.
  return `${sign === '-' && /[\w$]/.test(before) ? ' ' : ''}${write(value)}`;
}
