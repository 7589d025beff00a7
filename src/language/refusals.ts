/**
 * Features of TypeScript and JavaScript that a patch does not have: the name of each and what to write instead.
 * docs/language.md lists all of it, and a table of wrong programs has an example of each.
 */

export interface Refusal {
  readonly construct: string;
  readonly instead: string;
}

/** The details of the message about a construct. */
export function refusal(what: string): [construct: string, instead: string] {
  const { construct, instead } = REFUSALS[what] ?? { construct: `\`${what}\``, instead: 'write it another way.' };
  return [construct, instead];
}

/** Constructs, mostly by the parser's node type. */
export const REFUSALS: Readonly<Record<string, Refusal>> = {
  ClassDeclaration: {
    construct: 'classes with decorators, computed names, or a parent that is not a class of the patch',
    instead: 'write out its names, and the class that it extends.',
  },
  DefaultClass: {
    construct: 'classes as default exports',
    instead: 'make an instance and export a function, as in `export default (t) => voice.next(t)`.',
  },
  NoSuper: {
    construct: 'constructors without `super(…)` in a class that extends another',
    instead: 'call `super(…)` before anything else.',
  },
  ThisExpression: { construct: '`this` outside of methods', instead: 'name the object in front of its member.' },
  Super: {
    construct: '`super` outside of methods of a class that extends another',
    instead: 'call the function by its name.',
  },
  ConstructorReturn: {
    construct: 'constructors that return something',
    instead: 'set the fields of `this` instead.',
  },
  AwaitExpression: { construct: '`await`', instead: 'nothing in a patch waits; call the function directly.' },
  YieldExpression: { construct: 'generators', instead: 'keep the position in a variable that a closure captures.' },
  async: { construct: 'async functions', instead: 'nothing in a patch waits; leave out `async`.' },
  generator: { construct: 'generators', instead: 'keep the position in a variable that a closure captures.' },
  console: {
    construct: '`console` for anything but calls of its functions',
    instead: 'write `console.log(x)`.',
  },
  throwAcross: {
    construct: '`throw` in a function, in a patch that calls functions within `try` while it plays,',
    instead: 'return a value that says so, such as `undefined`, and test it where the function is called.',
  },
  RegExpLiteral: { construct: 'regular expressions', instead: 'write the data as arrays of numbers.' },
  BigIntLiteral: { construct: 'big integers', instead: 'numbers are 64-bit floats; leave out the `n`.' },
  WithStatement: { construct: '`with`', instead: 'name the object in front of its member.' },
  DebuggerStatement: { construct: '`debugger`', instead: 'remove it.' },
  ImportDeclaration: { construct: 'imports', instead: 'paste the function into the patch.' },
  ImportExpression: { construct: 'imports', instead: 'paste the function into the patch.' },
  Import: { construct: 'imports', instead: 'paste the function into the patch.' },
  ExportAllDeclaration: { construct: 'exports other than `export default`', instead: 'leave out `export`.' },
  ExportSpecifier: { construct: 'exports other than `export default`', instead: 'leave out `export`.' },
  TSEnumDeclaration: { construct: 'enums', instead: 'write constants, as in `const SAW = 0, SQUARE = 1`.' },
  TSModuleDeclaration: { construct: 'namespaces', instead: 'write an object literal.' },
  TSImportEqualsDeclaration: { construct: 'imports', instead: 'paste the function into the patch.' },
  TSExportAssignment: { construct: '`export =`', instead: 'write `export default`.' },
  TaggedTemplateExpression: { construct: 'tagged templates', instead: 'call the function with arguments.' },
  MetaProperty: { construct: '`import.meta` and `new.target`', instead: 'remove them.' },
  NewExpression: {
    construct: '`new` for anything but classes of the patch, arrays and typed arrays',
    instead: 'call a function that returns what you need.',
  },
  tableOf: {
    construct: 'keys, values and `in` of anything but objects',
    instead: 'use the methods of arrays, or an object literal.',
  },
  mayLack: {
    construct: 'keys of an object that may lack some of its members',
    instead: 'give every such object the same members.',
  },
  deleteOperator: {
    construct: '`delete` of anything but members of object literals',
    instead: 'assign `undefined` instead.',
  },
  instanceofOperator: {
    construct: '`instanceof` with anything but a class of the patch',
    instead: 'keep the kind in a number and compare that.',
  },
  eval: { construct: '`eval`', instead: 'write the code itself.' },
  arguments: {
    construct: '`arguments` for anything but its length and its elements',
    instead: 'use `...rest`, which is an array and which arrow functions have too.',
  },
  assignToArguments: {
    construct: 'assigning to `arguments`',
    instead: 'assign to a parameter, or to a copy: `[...arguments]`.',
  },
  getterSpread: {
    construct: 'spreading or listing an object that has getters',
    instead: 'name its members one by one.',
  },
  setter: {
    construct: 'assigning to a member that only has a getter',
    instead: 'write a setter too: `set name(value) { … }`.',
  },
  setterOfSome: {
    construct: 'assigning to a member that has a setter in some of the objects and only a getter in others',
    instead: 'write a setter in each of their classes: `set name(value) { … }`.',
  },
  accessorAndField: {
    construct: 'a getter or a setter and a field of the same name in one object',
    instead: 'give one of them another name.',
  },
  dynamicProperty: {
    construct: 'names of getters, methods and members in patterns that are computed',
    instead: 'write the names, or assign and read `object[key]`.',
  },
  proto: {
    construct: '`__proto__`',
    instead: 'use another name, or a class with `extends`.',
  },
  noSuchKeys: {
    construct: 'keys that none of the members can have',
    instead: 'use a string for a member with a name, or an array for numbers.',
  },
  sameFunction: {
    construct: 'comparing functions that are created more than once and capture nothing',
    instead: 'declare the function once at the top level, or compare numbers that stand for the functions.',
  },
  textPart: {
    construct: 'strings put together in a frame and kept or returned',
    instead:
      'put them together at the top level, or use the text at once, as in `table[name + octave]` or in a comparison.',
  },
  textCut: {
    construct: 'strings cut in a frame and kept or returned',
    instead:
      'cut them at the top level, use the part at once, as in `parseInt(text.slice(a, b))`, or take single characters: `text[i]`.',
  },
  ObjectSpread: {
    construct: 'spreading anything but an object into an object',
    instead: 'name its members one by one.',
  },
  Object: { construct: '`Object(…)`', instead: 'write an object literal, as in `{ f: 220 }`.' },
};

const noPage = 'a patch only computes sound and cannot reach the page.';
const noClock = 'compare `t` or `currentFrame` with the time you mean.';
const noNetwork = 'write the data into the patch.';
const ownSamples = 'a patch computes the samples itself, one frame at a time.';
const noModules = 'paste the function into the patch.';
const plainData = 'use an array, or an object with fixed names.';
const noWaiting = 'nothing in a patch waits; call the function directly.';
/** Names that JavaScript has in a page, in a worklet or in Node, and a patch does not. */
export const REFUSED_NAMES: Readonly<Record<string, string>> = {
  document: noPage,
  window: noPage,
  navigator: noPage,
  location: noPage,
  localStorage: noPage,
  alert: 'a patch cannot ask anything while it plays; change a number in the code.',
  prompt: 'a patch cannot ask anything while it plays; change a number in the code.',
  self: 'name the variable itself.',
  globalThis: 'name the variable itself.',
  print: 'write `console.log(x)`.',
  setTimeout: noClock,
  setInterval: noClock,
  requestAnimationFrame: noClock,
  Date: 'time comes as `t`, `currentTime` and `currentFrame`.',
  performance: 'time comes as `t`, `currentTime` and `currentFrame`.',
  fetch: noNetwork,
  XMLHttpRequest: noNetwork,
  WebSocket: noNetwork,
  AudioContext: ownSamples,
  OscillatorNode: ownSamples,
  GainNode: ownSamples,
  AudioWorkletProcessor: 'the default export takes the place of a processor; leave the class out.',
  registerProcessor: 'write `export default (t) => …` instead.',
  postMessage: 'a patch cannot send messages; keep what you need in variables.',
  require: noModules,
  module: 'write `export default` instead.',
  process: 'a patch cannot reach the machine it runs on.',
  Map: 'make one with `new Map(…)`.',
  Set: 'make one with `new Set(…)`.',
  WeakMap: plainData,
  WeakSet: plainData,
  Symbol: 'use a number or a string as a name.',
  JSON: 'write the data as arrays and objects.',
  Promise: noWaiting,
  RegExp: 'write the data as arrays of numbers.',
  BigInt: 'numbers are 64-bit floats.',
  Function: 'write the function itself.',
  Proxy: 'write a function that does the work.',
  Reflect: 'name the member itself.',
  Intl: 'a patch only computes sound.',
  WebAssembly: 'the patch itself becomes WebAssembly.',
};
