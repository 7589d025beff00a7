/**
 * Whether two functions are the same code. In: two trees of IR. Out: where it is true they print the same (printIr.ts). It
 * makes no text of either: after an edit nearly all functions are what they were.
 */

import type { IrExpression, IrFunction, IrStatement, Signature, View } from './ir.ts';

export const isSameFunction = (a: IrFunction, b: IrFunction): boolean =>
  a === b ||
  (a.symbol === b.symbol &&
    isSameSignature(a.signature, b.signature) &&
    isSameList(a.locals, b.locals) &&
    isSameBody(a.body, b.body));

const isSameSignature = (a: Signature, b: Signature): boolean =>
  a === b || (a.result === b.result && isSameList(a.parameters, b.parameters));

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let n = 0; n < a.length; n++) if (a[n] !== b[n]) return false;
  return true;
}

function isSameBody(a: readonly IrStatement[], b: readonly IrStatement[]): boolean {
  if (a.length !== b.length) return false;
  for (let n = 0; n < a.length; n++) if (!isSameStatement(a[n]!, b[n]!)) return false;
  return true;
}

function areSame(a: readonly IrExpression[], b: readonly IrExpression[]): boolean {
  if (a.length !== b.length) return false;
  for (let n = 0; n < a.length; n++) if (!isSame(a[n]!, b[n]!)) return false;
  return true;
}

function isSameStatement(a: IrStatement, b: IrStatement): boolean {
  if (a === b) return true;
  switch (a.op) {
    case 'set':
      return b.op === a.op && a.index === b.index && isSame(a.value, b.value);
    case 'store':
      return (
        b.op === a.op &&
        a.access === b.access &&
        a.offset === b.offset &&
        isSame(a.pointer, b.pointer) &&
        isSame(a.value, b.value)
      );
    case 'effect':
      return b.op === a.op && isSame(a.value, b.value);
    case 'if':
      return b.op === a.op && isSame(a.test, b.test) && isSameBody(a.yes, b.yes) && isSameBody(a.no, b.no);
    case 'block':
      return b.op === a.op && a.label === b.label && isSameBody(a.body, b.body);
    case 'loop':
      return b.op === a.op && a.label === b.label && a.site === b.site && isSameBody(a.body, b.body);
    case 'break':
    case 'continue':
      return b.op === a.op && a.label === b.label;
    case 'return':
      if (b.op !== a.op) return false;
      return a.value === null || b.value === null ? a.value === b.value : isSame(a.value, b.value);
    case 'clear':
      return b.op === a.op && a.site === b.site && isSame(a.pointer, b.pointer) && isSame(a.sizeBytes, b.sizeBytes);
    case 'copy':
      return (
        b.op === a.op &&
        a.site === b.site &&
        isSame(a.to, b.to) &&
        isSame(a.from, b.from) &&
        isSame(a.sizeBytes, b.sizeBytes)
      );
    case 'release':
      return b.op === a.op && isSame(a.from, b.from);
    case 'ifLive':
      return b.op === a.op && isSameBody(a.yes, b.yes);
    case 'fuel':
    case 'trap':
      return b.op === a.op && a.site === b.site;
    case 'view':
      return b.op === a.op && a.pointer === b.pointer && isSameView(a, b);
  }
}

const isSameView = (a: View, b: View): boolean => a.data === b.data && a.length === b.length && a.shift === b.shift;

function isSame(a: IrExpression, b: IrExpression): boolean {
  if (a === b) return true;
  switch (a.op) {
    case 'const':
      return b.op === a.op && a.type === b.type && Object.is(a.value, b.value);
    case 'local':
      return b.op === a.op && a.index === b.index && a.type === b.type;
    case 'tee':
      return b.op === a.op && a.index === b.index && a.type === b.type && isSame(a.value, b.value);
    case 'unary':
      return b.op === a.op && a.name === b.name && isSame(a.value, b.value);
    case 'binary':
      return b.op === a.op && a.name === b.name && isSame(a.left, b.left) && isSame(a.right, b.right);
    case 'load':
      return b.op === a.op && a.access === b.access && a.offset === b.offset && isSame(a.pointer, b.pointer);
    case 'select':
    case 'conditional':
      return b.op === a.op && a.type === b.type && isSame(a.test, b.test) && isSame(a.yes, b.yes) && isSame(a.no, b.no);
    case 'block':
      return b.op === a.op && isSameBody(a.effects, b.effects) && isSame(a.value, b.value);
    case 'symbol':
      return b.op === a.op && a.kind === b.kind && a.name === b.name;
    case 'call':
      return (
        b.op === a.op && a.target === b.target && isSameSignature(a.signature, b.signature) && areSame(a.args, b.args)
      );
    case 'callIndirect':
      return (
        b.op === a.op && isSameSignature(a.signature, b.signature) && isSame(a.code, b.code) && areSame(a.args, b.args)
      );
    case 'allocate':
      return b.op === a.op && a.site === b.site && isSame(a.sizeBytes, b.sizeBytes);
    case 'element':
      return b.op === a.op && a.index === b.index && isSameView(a, b);
    case 'guard':
      return b.op === a.op && a.target === b.target && a.index === b.index && a.bytes === b.bytes && a.site === b.site;
  }
}
