/**
 * An optimised program → a module: `render`, and the functions of the library that it calls. It imports what all modules do,
 * and exports `render` alone.
 */

import { ByteWriter } from '../compiler/emit/byteWriter.ts';
import { emitBody } from '../compiler/emit/functionEmitter.ts';
import { REACH_TYPE, reachBody } from '../compiler/emit/reach.ts';
import { forEachOperandOf, forEachPartOf, type Visitor } from '../compiler/forEachOperand.ts';
import { type IrFunction, type ResultType, type Signature, type ValueType, wasmParameters } from '../compiler/ir.ts';
import { importName, RENDER_SYMBOL } from '../compiler/symbols.ts';
import { IMPORTS } from '../protocol/arena.ts';
import { ConstantPairs } from './constantPairs.ts';
import { emitProgram, SSA_TYPE_CODES } from './emitProgram.ts';
import type { OptimiserInput } from './input.ts';
import type { OptimisedProgram } from './ssa.ts';

const MAGIC_AND_VERSION = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
const SECTION = { TYPE: 1, IMPORT: 2, FUNCTION: 3, GLOBAL: 6, EXPORT: 7, CODE: 10 } as const;
const FUNCTION_TYPE = 0x60;
const FUNCREF = 0x70;

export function emitOptimised(program: OptimisedProgram, input: OptimiserInput): Uint8Array<ArrayBuffer> {
  const library = reachable(program.calls, input);
  const numbers = new Map(library.map((fn, n) => [fn.symbol, 1 + n]));
  const symbols = new Map<string, number>();
  const types: string[] = [];
  const signatures: Signature[] = [];
  const typeOf = (parameters: readonly ValueType[], result: ResultType): number => {
    const key = `${parameters.join()}:${result}`;
    const known = types.indexOf(key);
    if (known >= 0) return known;
    types.push(key);
    signatures.push({ parameters, result });
    return types.length - 1;
  };
  const functionNumber = (symbol: string): number => {
    const number = numbers.get(symbol);
    if (number === undefined) throw new Error(`optimise: ${symbol} is not in the module`);
    return number;
  };
  let usesReach = false;
  const libraryBodies = library.map((fn) =>
    emitBody(fn, {
      symbol(kind, name) {
        const key = importName({ kind, name });
        let number = symbols.get(key);
        if (number === undefined) {
          number = symbols.size;
          symbols.set(key, number);
        }
        return number;
      },
      type: (signature) => typeOf(wasmParameters(signature), signature.result),
      function: functionNumber,
      reach() {
        usesReach = true;
        return 1 + library.length;
      },
    }),
  );
  // Behind the imported ones, which are known now.
  const pairs = new ConstantPairs(symbols.size);
  const bodies = [
    emitProgram(program, {
      ...{ offsetOf: input.offsetOf, function: functionNumber, constantPair: (pair) => pairs.numberOf(pair) },
      renderType: typeOf(wasmParameters(input.render.signature), input.render.signature.result),
    }),
    ...libraryBodies,
  ];
  const typeNumbers = [input.render, ...library].map((fn) => typeOf(wasmParameters(fn.signature), fn.signature.result));
  if (usesReach) {
    bodies.push(reachBody());
    typeNumbers.push(typeOf(REACH_TYPE.parameters, REACH_TYPE.result));
  }
  const out = new ByteWriter();
  out.append(MAGIC_AND_VERSION);
  section(out, SECTION.TYPE, (to) => {
    to.u32(signatures.length);
    for (const { parameters, result } of signatures) {
      to.byte(FUNCTION_TYPE);
      to.u32(parameters.length);
      for (const parameter of parameters) to.byte(SSA_TYPE_CODES[parameter]);
      to.u32(result === 'void' ? 0 : 1);
      if (result !== 'void') to.byte(SSA_TYPE_CODES[result]);
    }
  });
  section(out, SECTION.IMPORT, (to) => {
    to.u32(2 + symbols.size);
    for (const [name, kind] of [
      [IMPORTS.MEMORY, [0x02]],
      [IMPORTS.TABLE, [0x01, FUNCREF]],
    ] as const) {
      to.name(IMPORTS.MODULE);
      to.name(name);
      for (const byte of [...kind, 0, 0]) to.byte(byte);
    }
    for (const name of symbols.keys()) {
      to.name(IMPORTS.SYMBOLS);
      to.name(name);
      for (const byte of [0x03, SSA_TYPE_CODES.i32, 0]) to.byte(byte);
    }
  });
  section(out, SECTION.FUNCTION, (to) => {
    to.u32(typeNumbers.length);
    for (const type of typeNumbers) to.u32(type);
  });
  if (!pairs.isEmpty) section(out, SECTION.GLOBAL, (to) => pairs.write(to));
  section(out, SECTION.EXPORT, (to) => {
    to.u32(1);
    to.name(RENDER_SYMBOL);
    to.byte(0);
    to.u32(0);
  });
  section(out, SECTION.CODE, (to) => {
    to.u32(bodies.length);
    for (const body of bodies) {
      to.u32(body.length);
      to.append(body);
    }
  });
  return out.finish();
}

function section(module: ByteWriter, id: number, write: (out: ByteWriter) => void): void {
  const content = new ByteWriter();
  write(content);
  module.byte(id);
  module.sized(content);
}

/** The functions that are called, and those that they call. */
function reachable(calls: ReadonlySet<string>, input: OptimiserInput): IrFunction[] {
  const found = new Map<string, IrFunction>();
  const queue = [...calls];
  for (let symbol = queue.pop(); symbol !== undefined; symbol = queue.pop()) {
    const fn = input.functions.get(symbol);
    if (!fn || found.has(symbol)) continue;
    found.set(symbol, fn);
    const visitor: Visitor = {
      expression(expression) {
        if (expression.op === 'call') queue.push(expression.target);
        forEachOperandOf(expression, visitor);
      },
      statement: (statement) => forEachPartOf(statement, visitor),
    };
    for (const statement of fn.body) visitor.statement(statement);
  }
  return [...found.values()];
}
