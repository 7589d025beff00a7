/** A program in SSA form as text, for people: `dump --stage opt`, and messages of the verifier. */

import { type Computed, isComputed, type Node, type OptimisedProgram, type Region, type Value } from './ssa.ts';

export function printProgram({ frames, body }: OptimisedProgram): string {
  const lines: string[] = [`render(${name(frames)}: i32)`];
  printRegion(body, '  ', lines);
  return `${lines.join('\n')}\n`;
}

function name(value: Value): string {
  if (value.op !== 'const') return `%${numberOf(value)}`;
  return Object.is(value.value, -0) ? '-0' : `${value.value}${value.type === 'i64' ? 'n' : ''}`;
}

/** Shorter than their numbers, which come from all that was tried. */
const numbers = new WeakMap<Value, number>();
let last = 0;

function numberOf(value: Value): number {
  let number = numbers.get(value);
  if (number === undefined) {
    number = ++last;
    numbers.set(value, number);
  }
  return number;
}

const list = (values: readonly Value[]): string => values.map(name).join(', ');

function printRegion(region: Region, indent: string, lines: string[]): void {
  for (const node of region.nodes) printNode(node, indent, lines);
}

function printNode(node: Node, indent: string, lines: string[]): void {
  const line = (text: string): void => void lines.push(`${indent}${text}`);
  if (isComputed(node)) {
    line(`${name(node)}: ${node.type} = ${operation(node)}`);
    return;
  }
  const inner = `${indent}  `;
  switch (node.op) {
    case 'store':
      line(`store.${node.access} [${name(node.pointer)} + ${node.offset}] = ${name(node.value)}`);
      return;
    case 'if':
      line(`${node.results.length > 0 ? `${list(node.results)} = ` : ''}if ${name(node.test)}`);
      printRegion(node.yes, inner, lines);
      if (node.yesValues?.length) lines.push(`${inner}gives ${list(node.yesValues)}`);
      if (node.no.nodes.length > 0 || node.noValues?.length) {
        line('else');
        printRegion(node.no, inner, lines);
        if (node.noValues?.length) lines.push(`${inner}gives ${list(node.noValues)}`);
      }
      return;
    case 'block':
      line(`${node.results.length > 0 ? `${list(node.results)} = ` : ''}block`);
      printRegion(node.body, inner, lines);
      if (node.values?.length) lines.push(`${inner}gives ${list(node.values)}`);
      return;
    case 'loop':
      line(
        `loop ${node.parameters.map((parameter, n) => `${name(parameter)} = ${name(node.initial[n]!)}`).join(', ')}`,
      );
      printRegion(node.body, inner, lines);
      return;
    case 'break':
    case 'continue':
      line(`${node.op} ${list(node.values)}`);
      return;
    case 'trap':
      line(`trap ${node.symbol} #${node.site}`);
      return;
  }
}

function operation(value: Computed): string {
  switch (value.op) {
    case 'unary':
    case 'binary':
    case 'lanes':
      return `${value.name} ${list(value.args)}`;
    case 'load':
      return `load.${value.access} [${name(value.args[0])} + ${value.offset}]${value.isConstant ? ' constant' : ''}`;
    case 'call':
      return `call ${value.target}(${list(value.args)})`;
    case 'extract':
      return `extract.${value.of} ${name(value.args[0])}, ${value.lane}`;
    case 'pair':
    case 'select':
      return `${value.op} ${list(value.args)}`;
  }
}
