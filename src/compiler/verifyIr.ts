/**
 * Checks what `lower` promises of its IR: types of all operands, locals and labels, that calls agree with the functions
 * they name, that sites and symbols are there. In: all functions of a patch with the library's that it uses. Out: what is
 * wrong, one line each; nothing if all is well. Runs after `lower` in tests and in `dump`.
 */

import { append } from './append.ts';
import { forFirstTier } from './improve/improve.ts';
import {
  type Access,
  accessType,
  type BinaryName,
  type IrExpression,
  type IrFunction,
  type IrStatement,
  type ResultType,
  type Signature,
  typeOf,
  type UnaryName,
  type ValueType,
} from './ir.ts';
import { symbolsOf } from './irSymbols.ts';
import type { LoweredPatch, LoweredUnit } from './lower/lower.ts';
import { verifyPointers } from './verifyPointers.ts';

/** A function with the mistakes it can trap with: the `code` of each of its sites. */
export interface VerifiedFunction {
  readonly ir: IrFunction;
  readonly sites: readonly { readonly code: string }[];
}

export interface VerifiedProgram {
  readonly functions: readonly VerifiedFunction[];
  readonly staticClosures: readonly { readonly symbol: string; readonly code: string | null }[];
  readonly strings: ReadonlyMap<string, string>;
  /** Symbols of the top-level variables, the library's too. */
  readonly variables: ReadonlySet<string>;
}

/** Verifies a patch together with the units of the library that it uses. */
export function verifyPatch(lowered: LoweredPatch, libraryUnits: readonly LoweredUnit[]): string[] {
  const units = [...libraryUnits, ...lowered.units];
  const initialisers = units.flatMap((unit) => unit.initialiser ?? []);
  const libraryNames = libraryUnits.flatMap((unit) => (unit.initialiser ? [...symbolsOf(unit.initialiser.ir)] : []));
  const functions = [...units.flatMap((unit) => unit.functions), ...initialisers];
  const program = {
    functions,
    staticClosures: lowered.staticClosures,
    strings: lowered.strings,
    variables: new Set([
      ...lowered.roots.map((root) => root.symbol),
      ...libraryNames.flatMap((name) => (name.startsWith('variable:') ? [name.slice('variable:'.length)] : [])),
    ]),
  };
  const improved = { ...program, functions: functions.map((fn) => ({ ...fn, ir: forFirstTier(fn) })) };
  return [...verifyIr(program), ...verifyIr(improved).map((fault) => `improved: ${fault}`)];
}

export function verifyIr(program: VerifiedProgram): string[] {
  const faults: string[] = [];
  const signatures = new Map<string, Signature>();
  for (const { ir } of program.functions) {
    if (signatures.has(ir.symbol)) faults.push(`${ir.symbol}: is there twice`);
    signatures.set(ir.symbol, ir.signature);
  }
  const closures = new Set<string>();
  for (const { symbol, code } of program.staticClosures) {
    if (closures.has(symbol)) faults.push(`closure ${symbol}: is there twice`);
    closures.add(symbol);
    if (code !== null && !signatures.has(code)) faults.push(`closure ${symbol}: there is no function ${code}`);
  }
  const known: KnownSymbols = {
    signatures,
    function: signatures,
    closure: closures,
    string: program.strings,
    variable: program.variables,
  };
  for (const fn of program.functions) {
    const own = new FunctionVerifier(fn, known).verify();
    append(faults, own);
    // What the pointers are can only be told of code that is well formed.
    if (own.length === 0)
      append(
        faults,
        verifyPointers(fn.ir).map((fault) => `${fn.ir.symbol}: ${fault}`),
      );
  }
  return faults;
}

type Names = { has(name: string): boolean };

interface KnownSymbols {
  readonly signatures: ReadonlyMap<string, Signature>;
  readonly function: Names;
  readonly closure: Names;
  readonly string: Names;
  readonly variable: Names;
}

/** Operands that are not of the type which the operation's name begins with. */
const OPERAND_TYPES: Readonly<Partial<Record<UnaryName, ValueType>>> = {
  'f64.convert_s.i32': 'i32',
  'f64.convert_u.i32': 'i32',
  'f64.promote': 'f32',
  'f64.reinterpret': 'i64',
  'f32.demote': 'f64',
  'i32.wrap': 'i64',
  'i32.trunc_s_sat.f64': 'f64',
  'i32.trunc_u_sat.f64': 'f64',
  'i32.whole.f64': 'f64',
  'i64.trunc_s_sat.f64': 'f64',
  'i64.reinterpret': 'f64',
  'i64.extend_u': 'i32',
};

const prefixType = (name: UnaryName | BinaryName): ValueType => name.slice(0, 3) as ValueType;

interface OpenLabel {
  readonly label: string;
  readonly kind: 'block' | 'loop';
}

class FunctionVerifier {
  private readonly fn: VerifiedFunction;
  private readonly known: KnownSymbols;
  private readonly locals: readonly ValueType[];
  private readonly open: OpenLabel[] = [];
  private readonly faults: string[] = [];

  constructor(fn: VerifiedFunction, known: KnownSymbols) {
    this.fn = fn;
    this.known = known;
    this.locals = ['i32', ...fn.ir.signature.parameters, ...fn.ir.locals];
  }

  verify(): readonly string[] {
    const { ir } = this.fn;
    this.body(ir.body);
    const last = ir.body[ir.body.length - 1]?.op;
    if (ir.signature.result !== 'void' && last !== 'return' && last !== 'trap') this.fault('can end without a value');
    return this.faults;
  }

  private fault(what: string): void {
    this.faults.push(`${this.fn.ir.symbol}: ${what}`);
  }

  private body(statements: readonly IrStatement[]): void {
    for (const statement of statements) this.statement(statement);
  }

  private inLabel(kind: OpenLabel['kind'], label: string, body: readonly IrStatement[]): void {
    if (this.open.some((one) => one.label === label)) this.fault(`label ${label} is open already`);
    this.open.push({ label, kind });
    this.body(body);
    this.open.pop();
  }

  private jump(kind: OpenLabel['kind'], label: string): void {
    if (!this.open.some((one) => one.label === label && one.kind === kind)) {
      this.fault(`${kind === 'block' ? 'break' : 'continue'} to ${label}, where no such ${kind} is open`);
    }
  }

  private site(site: number, code: string | null): void {
    const found = this.fn.sites[site];
    if (!found) this.fault(`site ${site} of ${this.fn.sites.length}`);
    else if (code !== null && found.code !== code) this.fault(`site ${site} is ${found.code}, not ${code}`);
  }

  private index(index: number, type: ResultType, what: string): void {
    const declared = this.locals[index];
    if (declared === undefined) this.fault(`${what} of local ${index}, but there are ${this.locals.length}`);
    else if (declared !== type) this.fault(`${what} of local ${index} as ${type}, which is ${declared}`);
  }

  private offset(offset: number): void {
    if (!Number.isInteger(offset) || offset < 0) this.fault(`offset ${offset}`);
  }

  private statement(statement: IrStatement): void {
    switch (statement.op) {
      case 'set':
        this.index(statement.index, this.expression(statement.value), 'set');
        return;
      case 'store':
        this.wants('i32', statement.pointer, 'pointer of a store');
        this.offset(statement.offset);
        this.wants(accessType(statement.access), statement.value, `value of store.${statement.access}`);
        return;
      case 'effect':
        this.expression(statement.value);
        return;
      case 'if':
        this.wants('i32', statement.test, 'test of an if');
        this.body(statement.yes);
        this.body(statement.no);
        return;
      case 'block':
        this.inLabel('block', statement.label, statement.body);
        return;
      case 'loop':
        this.site(statement.site, 'endless-loop');
        this.inLabel('loop', statement.label, statement.body);
        return;
      case 'break':
        this.jump('block', statement.label);
        return;
      case 'continue':
        this.jump('loop', statement.label);
        return;
      case 'return': {
        const { result } = this.fn.ir.signature;
        if (statement.value === null) {
          if (result !== 'void') this.fault(`returns nothing instead of ${result}`);
        } else if (result === 'void') this.fault('returns a value where there is none to return');
        else this.wants(result, statement.value, 'returned value');
        return;
      }
      case 'clear':
        this.wants('i32', statement.pointer, 'pointer of a clear');
        this.wants('i32', statement.sizeBytes, 'size of a clear');
        this.site(statement.site, 'endless-loop');
        return;
      case 'copy':
        this.wants('i32', statement.to, 'target of a copy');
        this.wants('i32', statement.from, 'source of a copy');
        this.wants('i32', statement.sizeBytes, 'size of a copy');
        this.site(statement.site, 'endless-loop');
        return;
      case 'release':
        this.wants('i32', statement.from, 'start of a release');
        return;
      case 'ifLive':
        this.body(statement.yes);
        return;
      case 'fuel':
        this.site(statement.site, 'endless-loop');
        return;
      case 'trap':
        this.site(statement.site, null);
        return;
      case 'view':
        for (const index of [statement.pointer, statement.data, statement.length]) this.index(index, 'i32', 'view');
        return;
      default:
        statement satisfies never;
    }
  }

  private wants(type: ValueType, expression: IrExpression, what: string): void {
    const found = this.expression(expression);
    if (found !== type) this.fault(`${what} is ${found}, not ${type}`);
  }

  /** Verifies an expression and gives the type it claims to have. */
  private expression(expression: IrExpression): ResultType {
    const type = typeOf(expression);
    switch (expression.op) {
      case 'const':
        this.constant(expression.type, expression.value);
        break;
      case 'local':
        this.index(expression.index, type, 'get');
        break;
      case 'tee':
        this.index(expression.index, type, 'tee');
        this.wants(expression.type, expression.value, 'value of a tee');
        break;
      case 'unary':
        this.wants(OPERAND_TYPES[expression.name] ?? prefixType(expression.name), expression.value, expression.name);
        break;
      case 'binary':
        this.wants(prefixType(expression.name), expression.left, `left of ${expression.name}`);
        this.wants(prefixType(expression.name), expression.right, `right of ${expression.name}`);
        break;
      case 'load':
        this.load(expression.access, expression.pointer, expression.offset);
        break;
      case 'select':
      case 'conditional':
        this.wants('i32', expression.test, `test of a ${expression.op}`);
        this.wants(expression.type, expression.yes, `yes of a ${expression.op}`);
        this.wants(expression.type, expression.no, `no of a ${expression.op}`);
        break;
      case 'block':
        this.body(expression.effects);
        this.expression(expression.value);
        break;
      case 'symbol':
        if (!this.known[expression.kind].has(expression.name)) {
          this.fault(`there is no ${expression.kind} ${expression.name}`);
        }
        break;
      case 'call': {
        const declared = this.known.signatures.get(expression.target);
        if (!declared) this.fault(`there is no function ${expression.target}`);
        else if (printSignature(declared) !== printSignature(expression.signature)) {
          this.fault(
            `calls ${expression.target} as ${printSignature(expression.signature)}, which is ${printSignature(declared)}`,
          );
        }
        this.args(expression.signature, expression.args);
        break;
      }
      case 'callIndirect':
        this.wants('i32', expression.code, 'code of a call');
        this.args(expression.signature, expression.args);
        break;
      case 'allocate':
        this.wants('i32', expression.sizeBytes, 'size of an allocation');
        this.site(expression.site, 'per-frame-memory');
        break;
      case 'guard':
        this.index(expression.index, type, 'guard');
        this.site(expression.site, null);
        break;
      case 'element':
        for (const index of [expression.data, expression.length, expression.index]) this.index(index, 'i32', 'element');
        break;
      default:
        expression satisfies never;
    }
    return type;
  }

  private constant(type: ValueType, value: number | bigint): void {
    const isInt = typeof value === 'number' && Number.isInteger(value) && !Object.is(value, -0);
    const isOf =
      type === 'i64'
        ? typeof value === 'bigint' && value >= -(2n ** 63n) && value < 2n ** 64n
        : type === 'i32'
          ? isInt && value >= -(2 ** 31) && value < 2 ** 32
          : typeof value === 'number';
    if (!isOf) this.fault(`${value} is no ${type}`);
  }

  private load(access: Access, pointer: IrExpression, offset: number): void {
    this.wants('i32', pointer, `pointer of load.${access}`);
    this.offset(offset);
  }

  /** The environment comes first. */
  private args(signature: Signature, args: readonly IrExpression[]): void {
    const wanted: ValueType[] = ['i32', ...signature.parameters];
    if (args.length !== wanted.length) this.fault(`a call has ${args.length} arguments instead of ${wanted.length}`);
    args.forEach((arg, index) => {
      const type = wanted[index];
      if (type === undefined) this.expression(arg);
      else this.wants(type, arg, `argument ${index}`);
    });
  }
}

const printSignature = ({ parameters, result }: Signature): string => `(${parameters.join(' ')}) ${result}`;
