/**
 * The resolved syntax tree: what `resolve` makes of the parser's tree and every later pass reads.
 *
 * Names are gone (a use points at its `Variable`), sugar is gone (patterns, `for…of`, templates), built-ins are named
 * as such. Nothing here knows a type; types are per specialisation and live beside the tree, in infer/.
 */

import type { Span } from '../protocol/diagnostic.ts';

export type UnaryOperator = '-' | '+' | '!' | '~' | 'typeof' | 'void';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '**' | '&' | '|' | '^' | '<<' | '>>' | '>>>';
export type ComparisonOperator = '<' | '<=' | '>' | '>=' | '==' | '!=' | '===' | '!==';
export type BinaryOperator = ArithmeticOperator | ComparisonOperator;
export type LogicalOperator = '&&' | '||' | '??';

export const TYPED_ARRAYS = [
  'Float64Array',
  'Float32Array',
  'Int32Array',
  'Uint32Array',
  'Int16Array',
  'Uint16Array',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
] as const;
export type TypedArrayName = (typeof TYPED_ARRAYS)[number];

/** Globals whose value changes from frame to frame, or with the audio context. */
export type PatchGlobal = 'sampleRate' | 'currentFrame' | 'currentTime' | 'currentBeat';

/** What kinds of values a written type allows. */
export interface WrittenType {
  /** Primitive kinds, as in infer/kinds.ts. */
  readonly mask: number;
  readonly objects: ReadonlySet<WrittenObject>;
  /** The type as it stands in the text. */
  readonly text: string;
  readonly span: Span;
}

export type WrittenObject = 'array' | 'typedArray' | 'record' | 'function';

/** Where the value of a variable lives: a top-level symbol, a wasm local, or a field of its scope's frame record. */
export type Storage = 'global' | 'local' | 'cell';

export interface Variable {
  readonly id: number;
  readonly name: string;
  /** `var`: of the whole function. One that a block might as well declare is a `let` (resolve/varTable.ts). */
  readonly kind: 'const' | 'let' | 'var' | 'function' | 'parameter' | 'temporary';
  readonly span: Span;
  /** The function whose activation it belongs to; `null` for the patch's top-level names. */
  owner: FunctionNode | null;
  scope: Scope;
  storage: Storage;
  /** Assigned anywhere but in its declaration. */
  reassigned: boolean;
  /** Used by a function inside its owner. */
  captured: boolean;
  /** Offset in the text from which on its value is there; hoisted functions are there from their scope's start. */
  initialisedAt: number;
  /** Its declaration may not have run yet where it is used; uses are checked. */
  mayBeUnset: boolean;
  /** A `var` that may be read before anything is assigned to it: it is `undefined` from the start. */
  startsUndefined: boolean;
  /** Used as the index of an array, or in one. */
  isIndex: boolean;
  /** Its place among the captured variables of its owner, in the order of the text; 0: it is none. */
  order: number;
  /** Set for the counter of a plain `for` loop that nothing else assigns: small integer start and step. */
  counter: { readonly start: number; readonly step: number } | null;
  /** The type that is written for it. */
  written: WrittenType | null;
  /** The text it always holds, for constants initialised with a string. */
  text: string | null;
  /** The number it always holds, for constants initialised with a number that is written out. */
  number: number | null;
  /**
   * The function it always holds, for `function` declarations, constants and variables declared by `var` that begin with a
   * function; unless it is reassigned.
   */
  holds: FunctionNode | null;
}

/** A block of names. Its cell variables form one frame record, created each time the scope is entered. */
export interface Scope {
  readonly id: number;
  readonly parent: Scope | null;
  readonly owner: FunctionNode | null;
  readonly names: Map<string, Binding>;
  readonly start: number;
  /** Hoisted function declarations, in order; their closures are made on entry. */
  readonly functions: { readonly variable: Variable; readonly node: FunctionNode; readonly span: Span }[];
  readonly cells: Variable[];
}

/** What a name stands for: a variable, or something built in under another name (`const { sin } = Math`). */
export type Binding = { readonly kind: 'variable'; readonly variable: Variable } | BuiltinBinding;

export type BuiltinBinding =
  | { readonly kind: 'namespace'; readonly name: 'Math' | 'Number' | 'Array' | 'Object' | 'String' }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'undefined' }
  | { readonly kind: 'patchGlobal'; readonly name: PatchGlobal }
  | { readonly kind: 'typedArray'; readonly name: TypedArrayName }
  /** For what is not there, which has been reported. */
  | { readonly kind: 'broken' };

export interface Parameter {
  readonly variable: Variable;
  /** Evaluated when the argument is `undefined`. */
  readonly fallback: Expression | null;
  readonly rest: boolean;
}

export interface FunctionNode {
  readonly id: number;
  /** Lexical path: declared names, or `λ` and a count where there is none, joined by dots. */
  readonly path: string;
  /** The same by position instead of by name: what stays when things are renamed. */
  readonly place: string;
  readonly parent: FunctionNode | null;
  readonly span: Span;
  parameters: Parameter[];
  /** It uses `this`, or is a method of a class: its first parameter is what it is called on. */
  hasThis: boolean;
  /** It is a class: it makes its instances, and has to be called by `new`. */
  isMaker: boolean;
  /** Written with an arrow, or as a method: `new` cannot call it. */
  isArrow: boolean;
  /** The type that is written for what it returns. */
  writtenResult: WrittenType | null;
  scope: Scope;
  body: Statement[];
  /** Variables of enclosing functions that it or a function inside it uses. Filled when its body has been resolved. */
  readonly captures: Set<Variable>;
  unit: Unit | null;
  /** Functions without a name in it so far, and functions in it altogether. */
  lambdaCount: number;
  functionCount: number;
}

export type Target =
  | { readonly kind: 'variable'; readonly variable: Variable; readonly span: Span }
  | { readonly kind: 'member'; readonly object: Expression; readonly name: string; readonly span: Span }
  | { readonly kind: 'index'; readonly object: Expression; readonly index: Expression; readonly span: Span };

export type Argument = { readonly value: Expression; readonly spread: boolean };

/** What a part of the head of `for…of` is instead where the loop goes through a `Map` or a `Set`, by how it does: see infer/keyed.ts. */
export interface Walk {
  readonly iterable: Expression;
  readonly list: Expression;
  readonly by: (method: WalkMethod) => Expression;
  /** The same where the loop asks an array for its keys or its entries. */
  readonly ofArray?: { readonly keys: Expression; readonly entries: Expression };
}

export type WalkMethod = 'keys' | 'values' | 'entries';

export type Expression = { readonly id: number; readonly span: Span } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'undefined' }
  /** Stands where a mistake was reported; no later pass complains about it. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'null' }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'patchGlobal'; readonly name: PatchGlobal }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly walk?: Walk;
    }
  | {
      readonly kind: 'logical';
      readonly operator: LogicalOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'conditional'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  /** `operator` is set for compound assignment; the target's object and index are evaluated once. */
  | {
      readonly kind: 'assign';
      readonly target: Target;
      readonly operator: ArithmeticOperator | LogicalOperator | null;
      readonly value: Expression;
    }
  | { readonly kind: 'update'; readonly target: Target; readonly step: 1 | -1; readonly prefix: boolean }
  | { readonly kind: 'sequence'; readonly effects: readonly Expression[]; readonly value: Expression }
  /** Declares temporaries while the value is computed: what patterns in assignments become. */
  | { readonly kind: 'let'; readonly statements: readonly Statement[]; readonly value: Expression }
  /** `value`, or `fallback` where that is `undefined`. */
  | { readonly kind: 'default'; readonly value: Expression; readonly fallback: Expression }
  | {
      readonly kind: 'call';
      readonly callee: Expression;
      /** What `this` is in the function, where the call says so; otherwise that is `undefined`. */
      readonly receiver?: Expression;
      /** By `new`. */
      readonly isNew?: true;
      readonly args: readonly Argument[];
      readonly optional: boolean;
    }
  | {
      readonly kind: 'method';
      readonly object: Expression;
      readonly name: string;
      readonly args: readonly Argument[];
      readonly optional: boolean;
    }
  /** A function of the language itself, such as `Math.sin` or `Array.from`; named in language/intrinsics.ts. */
  | { readonly kind: 'builtin'; readonly name: string; readonly args: readonly Argument[] }
  | { readonly kind: 'newTypedArray'; readonly name: TypedArrayName; readonly args: readonly Argument[] }
  /** `fromPattern`: read by a pattern, where what the object does not have is `undefined` and no mistake. */
  | {
      readonly kind: 'member';
      readonly object: Expression;
      readonly name: string;
      readonly optional: boolean;
      readonly fromPattern: boolean;
      /** A call follows, on the object. */
      readonly isCalled?: true;
    }
  /** `exact`: known to lie within the array (the turns of `for…of`). */
  | {
      readonly kind: 'index';
      readonly object: Expression;
      readonly index: Expression;
      readonly exact: boolean;
      readonly optional: boolean;
      readonly walk?: Walk;
    }
  /** `hasHoles`: an element is missing between two commas, as in `[1, , 3]`; `undefined` stands for it. */
  | { readonly kind: 'array'; readonly elements: readonly Argument[]; readonly hasHoles: boolean }
  /** `isWritten`: a literal of the patch, and not what a class makes. */
  | { readonly kind: 'record'; readonly entries: readonly RecordEntry[]; readonly isWritten?: true }
  | { readonly kind: 'closure'; readonly node: FunctionNode }
  /** A field of an instance that the constructor sets before anything reads it. */
  | { readonly kind: 'unset' }
  /** `classes`: the class and those that extend it, as the functions that make their instances. */
  | { readonly kind: 'instanceOf'; readonly object: Expression; readonly classes: readonly Variable[] }
);

export type RecordEntry =
  /** `isGetter`: `value` is a function, which every read of the member calls. */
  | {
      readonly kind: 'field';
      readonly name: string;
      readonly value: Expression;
      readonly isGetter: boolean;
      /** It belongs to the class and not to the object: a method, an accessor, or the class itself. */
      readonly isMethod?: true;
      /** The object does not list it. */
      readonly isHidden?: true;
    }
  /** `without`: members that are left out, where a pattern takes the rest. */
  | { readonly kind: 'spread'; readonly value: Expression; readonly without?: readonly string[] };

/** What `break` leaves and `continue` continues. */
export interface JumpTarget {
  readonly id: number;
  readonly label: string | null;
}

export type Statement = { readonly span: Span } & (
  | { readonly kind: 'declare'; readonly variable: Variable; readonly value: Expression | null }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | {
      readonly kind: 'block';
      readonly scope: Scope;
      readonly body: readonly Statement[];
      readonly target: JumpTarget | null;
      /** What a function that is called in it throws leads to its end. */
      readonly catchesCalls?: true;
    }
  | {
      readonly kind: 'if';
      readonly test: Expression;
      readonly yes: readonly Statement[];
      readonly no: readonly Statement[];
    }
  | {
      readonly kind: 'loop';
      readonly target: JumpTarget;
      /** Holds the loop's own variables; those that closures capture are fresh for every turn. */
      readonly scope: Scope;
      readonly start: readonly Statement[];
      readonly test: Expression | null;
      /** `do … while`: the test comes after the body. */
      readonly testLast: boolean;
      readonly step: Expression | null;
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: 'switch';
      readonly target: JumpTarget;
      readonly scope: Scope;
      readonly subject: Expression;
      readonly cases: readonly { readonly test: Expression | null; readonly body: readonly Statement[] }[];
    }
  | { readonly kind: 'break'; readonly target: JumpTarget }
  | { readonly kind: 'continue'; readonly target: JumpTarget }
  | { readonly kind: 'return'; readonly value: Expression | null }
);

/**
 * Whose a unit is: the patch's; the standard library's, which a patch calls by name; or the kernel's, which is what
 * operators, `Math` and methods of arrays are made of.
 */
export type UnitHome = 'patch' | 'library' | 'kernel';

/** A top-level declaration or statement: what is compiled, linked, replaced and removed as one. */
export interface Unit {
  readonly name: string;
  readonly span: Span;
  /** What its spans are offsets in. */
  readonly text: string;
  readonly home: UnitHome;
  /** The module of the library that it is in; empty in the patch. */
  readonly module: string;
  /** Not of the patch: of the standard library or the kernel. */
  readonly isLibrary: boolean;
  /** Top-level variables it declares. */
  readonly variables: Variable[];
  /** What it does when the top level runs; an activation of its own. Hoisted functions come first, as closures. */
  readonly initialiser: FunctionNode;
  /** Every function in it, outer before inner. */
  readonly functions: FunctionNode[];
}

export interface Patch {
  readonly text: string;
  readonly units: readonly Unit[];
  /** Units of the standard library that it uses, with all that those use, in the order in which they run: before its own. */
  readonly libraryUnits: readonly Unit[];
  /** Hold the functions of the library that run in every frame before the default export, in their order. */
  readonly beforeFrames: readonly Variable[];
  /** Holds the default export: a top-level variable that no name in the text refers to. */
  readonly root: Variable | null;
  /** `(t) => root(t)`: plays a default export that may be one of several functions. */
  readonly rootCall: FunctionNode | null;
  readonly rootUnit: Unit | null;
  /** How what functions throw gets to the `try` of their callers; `null` where nothing is. */
  readonly unwinding: PatchUnwinding | null;
}

export interface PatchUnwinding {
  /** The number of the `throw` that is under way, or 0. */
  readonly number: Variable;
  readonly thrown: Variable;
  /** By number less one. */
  readonly sites: readonly { readonly span: Span; readonly message: string }[];
  /** What is thrown out of functions, a mistake where frames catch it. */
  readonly refusedInFrames: readonly Span[];
}
