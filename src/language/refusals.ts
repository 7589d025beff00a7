/** Constructs of TypeScript that are outside the language, by the parser's node type: what each is called and the way round it. */

export interface Refusal {
  readonly construct: string;
  readonly instead: string;
}

export const REFUSALS: Readonly<Record<string, Refusal>> = {
  ClassDeclaration: {
    construct: 'classes',
    instead: 'write a function that returns a closure or an object of closures.',
  },
  ClassExpression: {
    construct: 'classes',
    instead: 'write a function that returns a closure or an object of closures.',
  },
  ThisExpression: { construct: '`this`', instead: 'capture the variables you need in a closure.' },
  Super: { construct: '`super`', instead: 'call the function you mean by its name.' },
  AwaitExpression: { construct: '`await`', instead: 'nothing in a patch waits; call the function directly.' },
  YieldExpression: { construct: 'generators', instead: 'keep the position in a variable that a closure captures.' },
  async: { construct: 'async functions', instead: 'nothing in a patch waits; leave out `async`.' },
  generator: { construct: 'generators', instead: 'keep the position in a variable that a closure captures.' },
  TryStatement: { construct: '`try`', instead: 'nothing in a patch throws; test the value instead.' },
  ThrowStatement: { construct: '`throw`', instead: 'return a value such as 0 instead.' },
  RegExpLiteral: { construct: 'regular expressions', instead: 'write the data as arrays of numbers.' },
  BigIntLiteral: { construct: 'big integers', instead: 'numbers are 64-bit floats; leave out the `n`.' },
  bigintOperator: { construct: 'big integers', instead: 'numbers are 64-bit floats.' },
  ForInStatement: { construct: '`for … in`', instead: 'use `for … of` over an array.' },
  WithStatement: { construct: '`with`', instead: 'name the object in front of its member.' },
  DebuggerStatement: { construct: '`debugger`', instead: 'remove it.' },
  ImportDeclaration: { construct: 'imports', instead: 'write or paste the function into the patch.' },
  ImportExpression: { construct: 'imports', instead: 'write or paste the function into the patch.' },
  Import: { construct: 'imports', instead: 'write or paste the function into the patch.' },
  ExportAllDeclaration: { construct: 'exports other than `export default`', instead: 'leave out `export`.' },
  ExportSpecifier: { construct: 'exports other than `export default`', instead: 'leave out `export`.' },
  TSEnumDeclaration: { construct: 'enums', instead: 'write constants, as in `const SAW = 0, SQUARE = 1`.' },
  TSModuleDeclaration: { construct: 'namespaces', instead: 'write an object literal.' },
  TSImportEqualsDeclaration: { construct: 'imports', instead: 'write or paste the function into the patch.' },
  TSExportAssignment: { construct: '`export =`', instead: 'write `export default`.' },
  TaggedTemplateExpression: { construct: 'tagged templates', instead: 'call the function with arguments.' },
  MetaProperty: { construct: '`import.meta` and `new.target`', instead: 'remove it.' },
  NewExpression: { construct: '`new` but for arrays and typed arrays', instead: 'call a factory function.' },
  deleteOperator: { construct: '`delete`', instead: 'assign `undefined` instead.' },
  inOperator: { construct: '`in`', instead: 'compare the member with `undefined`.' },
  instanceofOperator: { construct: '`instanceof`', instead: 'keep the kind in a number and compare that.' },
  eval: { construct: '`eval`', instead: 'write the code itself.' },
  var: { construct: '`var`', instead: 'use `let` or `const`.' },
  arguments: { construct: '`arguments`', instead: 'name the parameters, or use `...rest`.' },
  setter: { construct: 'setters', instead: 'write a function that sets the variable.' },
  dynamicProperty: { construct: 'names computed at run time', instead: 'use an array with a number, or a fixed name.' },
  ObjectSpread: { construct: 'spread of this object', instead: 'name its members one by one.' },
  objectRest: { construct: 'rest of an object', instead: 'name the members one by one.' },
  Decorator: { construct: 'decorators', instead: 'call the function directly.' },
  DoExpression: { construct: '`do` expressions', instead: 'call a function.' },
  PrivateName: { construct: 'private names', instead: 'keep the value in a captured variable.' },
  JSXElement: { construct: 'JSX', instead: 'a patch makes sound; remove it.' },
};
