/**
 * Members that JavaScript's values have and a patch's do not. Using one is not a slip, so the message says what to
 * write instead. Members newer than the list count as unknown.
 */

/** What has a member: a value of a kind, or one of the objects that hold built-in functions. */
export type MemberHolder = 'number' | 'boolean' | 'string' | 'array' | 'function' | 'object' | Namespace;
type Namespace = 'Math' | 'Number' | 'Array' | 'Object' | 'String';

const words = (text: string): readonly string[] => text.split(' ');

const TO_TEXT = words('toString toLocaleString');
const ANY_OBJECT = words(
  'hasOwnProperty isPrototypeOf propertyIsEnumerable valueOf constructor __proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__',
);

const noText = 'write `x.toString()` or `x.toFixed(2)`.';
const rounding = 'write `x.toFixed(2)` for a text, or `Math.round(x * 100) / 100` for a number.';

/** By holder: what to write instead, and the members for which that is the advice. */
const ADVICE: Readonly<Record<MemberHolder, readonly (readonly [instead: string, names: readonly string[]])[]>> = {
  number: [
    [rounding, words('toPrecision toExponential')],
    [noText, words('toLocaleString')],
    ['call it at once, as in `x.toFixed(2)` or `x.toString()`.', words('toFixed toString')],
    ['use the number itself.', ANY_OBJECT],
  ],
  boolean: [
    ['write `String(x)`.', TO_TEXT],
    ['use the value itself.', ANY_OBJECT],
  ],
  string: [
    [
      'write the result out, or use `slice`, `split` and `indexOf`.',
      words(
        'match matchAll search normalize isWellFormed toWellFormed trimLeft trimRight toLocaleLowerCase toLocaleUpperCase',
      ),
    ],
    [
      'a patch has no use for HTML.',
      words('anchor big blink bold fixed fontcolor fontsize italics link small strike sub sup'),
    ],
    ['compare with `<`, as in `a < b ? -1 : 1`.', words('localeCompare')],
    ['use the string itself.', [...TO_TEXT, ...ANY_OBJECT]],
  ],
  array: [
    ['write `xs.join(…)`.', words('toLocaleString')],
    ['use `slice` and `concat`.', words('toSpliced')],
    ['keep the data in one typed array.', words('buffer byteLength byteOffset BYTES_PER_ELEMENT')],
    ['use the elements, or an object with named members.', ANY_OBJECT],
  ],
  function: [
    ['call the function itself, as in `f(x)`, or wrap it, as in `(x) => f(x, 1)`.', words('call apply bind')],
    [
      'keep what belongs to a function in a variable beside it.',
      [...words('name length arguments caller prototype'), ...TO_TEXT, ...ANY_OBJECT],
    ],
  ],
  object: [
    ['compare the member with `undefined`.', words('propertyIsEnumerable')],
    ['use the members of the object.', [...TO_TEXT, ...ANY_OBJECT]],
  ],
  Math: [['compute it from the other functions of `Math`.', words('f16round sumPrecise')]],
  Number: [['write the number itself.', words('length name prototype')]],
  Array: [['use `Array.from`.', words('fromAsync length name prototype')]],
  Object: [
    [
      'name the members of the object one by one, or use an array.',
      words(
        'assign create defineProperties defineProperty entries freeze fromEntries getOwnPropertyDescriptor getOwnPropertyDescriptors getOwnPropertyNames getOwnPropertySymbols getPrototypeOf groupBy hasOwn is isExtensible isFrozen isSealed keys preventExtensions seal setPrototypeOf values length name prototype',
      ),
    ],
  ],
  String: [['write the string itself.', words('fromCodePoint raw length name prototype')]],
};

/** What to write instead of a member that only JavaScript has; `null` for one that it does not have either. */
export function insteadOf(holder: string, name: string): string | null {
  const advice = Object.hasOwn(ADVICE, holder) ? ADVICE[holder as MemberHolder] : [];
  return advice.find(([, names]) => names.includes(name))?.[0] ?? null;
}
