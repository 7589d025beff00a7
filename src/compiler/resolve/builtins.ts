/** Names that exist without being declared. */

import {
  LIBRARY_INTRINSICS,
  MATH_CONSTANTS,
  MATH_FUNCTIONS,
  NUMBER_CONSTANTS,
  OTHER_BUILTINS,
  STANDARD_INTRINSICS,
} from '../../language/intrinsics.ts';
import { type Binding, TYPED_ARRAYS, type UnitHome } from '../ast.ts';

const bindings = new Map<string, Binding>([
  ['undefined', { kind: 'undefined' }],
  ['NaN', { kind: 'constant', value: Number.NaN }],
  ['Infinity', { kind: 'constant', value: Number.POSITIVE_INFINITY }],
  ['Math', { kind: 'namespace', name: 'Math' }],
  ['Number', { kind: 'namespace', name: 'Number' }],
  ['Array', { kind: 'namespace', name: 'Array' }],
  ['Object', { kind: 'namespace', name: 'Object' }],
  ['String', { kind: 'namespace', name: 'String' }],
  ['Boolean', { kind: 'builtin', name: 'Boolean' }],
  ['isNaN', { kind: 'builtin', name: 'isNaN' }],
  ['isFinite', { kind: 'builtin', name: 'isFinite' }],
  ['parseInt', { kind: 'builtin', name: 'parseInt' }],
  ['parseFloat', { kind: 'builtin', name: 'parseFloat' }],
  ['sampleRate', { kind: 'patchGlobal', name: 'sampleRate' }],
  ['currentFrame', { kind: 'patchGlobal', name: 'currentFrame' }],
  ['currentTime', { kind: 'patchGlobal', name: 'currentTime' }],
  ['currentBeat', { kind: 'patchGlobal', name: 'currentBeat' }],
]);
for (const name of TYPED_ARRAYS) bindings.set(name, { kind: 'typedArray', name });

const intrinsics = new Map<string, Binding>(
  [...LIBRARY_INTRINSICS, ...STANDARD_INTRINSICS].map((name) => [name, { kind: 'builtin', name: `intrinsic.${name}` }]),
);

/** `home`: of the text that has the name; the library's may call intrinsics. */
export function builtinBinding(name: string, home: UnitHome): Binding | null {
  const mayCall =
    home === 'kernel' || (home === 'library' && (STANDARD_INTRINSICS as readonly string[]).includes(name));
  return bindings.get(name) ?? (mayCall ? intrinsics.get(name) : undefined) ?? null;
}

/** What `NAMESPACE.MEMBER` stands for: a constant or a function. */
export function memberBinding(namespace: string, member: string): Binding | null {
  const constants = namespace === 'Math' ? MATH_CONSTANTS : namespace === 'Number' ? NUMBER_CONSTANTS : {};
  if (Object.hasOwn(constants, member)) return { kind: 'constant', value: constants[member] ?? Number.NaN };
  const name = `${namespace}.${member}`;
  if (namespace === 'Math' && Object.hasOwn(MATH_FUNCTIONS, member)) return { kind: 'builtin', name };
  if (namespace === 'Number' && (member === 'parseFloat' || member === 'parseInt'))
    return { kind: 'builtin', name: member };
  return (OTHER_BUILTINS as readonly string[]).includes(name) ? { kind: 'builtin', name } : null;
}

/** All that `NAMESPACE.` can be followed by. */
export function memberNames(namespace: string): string[] {
  const others = OTHER_BUILTINS.filter((other) => other.startsWith(`${namespace}.`));
  const functions = namespace === 'Math' ? Object.keys(MATH_FUNCTIONS) : [];
  const constants = namespace === 'Math' ? MATH_CONSTANTS : namespace === 'Number' ? NUMBER_CONSTANTS : {};
  return [...functions, ...Object.keys(constants), ...others.map((other) => other.slice(namespace.length + 1))];
}

export const isTypedArrayName = (name: string): boolean => (TYPED_ARRAYS as readonly string[]).includes(name);
