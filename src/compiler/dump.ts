/** Prints the result of each pass: on the command line and in tests. */

import type { Variable } from './ast.ts';
import { compile } from './compile.ts';
import { disassemble } from './disassemble.ts';
import { emit } from './emit/emit.ts';
import { forFirstTier } from './improve/improve.ts';
import type { Instance, Type } from './infer/types.ts';
import { printType } from './infer/types.ts';
import type { Library } from './library.ts';
import type { LoweredPatch } from './lower/lower.ts';
import { LIBRARY_PREFIX } from './lower/program.ts';
import { printFunction } from './printIr.ts';
import type { CellShape, ObjectShape } from './shape.ts';
import { importName } from './symbols.ts';
import { verifyPatch } from './verifyIr.ts';

export const DUMP_STAGES = ['ast', 'types', 'ir', 'wat', 'layout'] as const;
export type DumpStage = (typeof DUMP_STAGES)[number];

/** Stages after `ast` are empty for a text with mistakes. */
export function dump(text: string, stage: DumpStage, library: Library): string {
  const { resolved, typed, lowered, libraryUnits } = compile(text, library);
  const faults = lowered ? verifyPatch(lowered, libraryUnits) : [];
  if (faults.length > 0) throw new Error(`lower: faulty IR:\n${faults.join('\n')}`);
  switch (stage) {
    case 'ast':
      return JSON.stringify(
        resolved.units.map((unit) => ({ unit: unit.name, body: unit.initialiser.body })),
        printable,
        2,
      );
    case 'types':
      return dumpTypes(typed.globals, new Set(resolved.libraryUnits.flatMap(({ variables }) => variables)), typed);
    case 'ir':
      return lowered
        ? functionsOf(lowered)
            .map((fn) => printFunction(fn.ir))
            .join('\n')
        : '';
    case 'wat':
      return lowered ? disassemble(emit([{ functions: functionsOf(lowered).map(forFirstTier) }]).bytes) : '';
    case 'layout':
      return lowered ? dumpLayout(lowered) : '';
  }
}

const functionsOf = (lowered: LoweredPatch) =>
  lowered.units.flatMap((unit) => [...unit.functions, ...(unit.initialiser ? [unit.initialiser] : [])]);

/** Trees refer back to their parents; these are printed as names. */
function printable(key: string, value: unknown): unknown {
  if (value instanceof Map || value instanceof Set) return undefined;
  if (key === 'id' || key === 'span' || key === 'scope') return undefined;
  if (key === 'variable' && typeof value === 'object' && value !== null && 'name' in value && 'storage' in value) {
    return `${String(value.name)} (${String(value.storage)})`;
  }
  if (key === 'node' && typeof value === 'object' && value !== null && 'path' in value && 'body' in value) {
    const node = value as { path: unknown; parameters: readonly { variable: { name: string } }[]; body: unknown };
    return {
      path: node.path,
      parameters: node.parameters.map((parameter) => parameter.variable.name),
      body: node.body,
    };
  }
  return value;
}

function dumpTypes(
  globals: ReadonlyMap<Variable, Type>,
  ofLibrary: ReadonlySet<Variable>,
  typed: {
    readonly initialisers: readonly { readonly instance: Instance }[];
    readonly root: { readonly instance: Instance } | null;
  },
): string {
  const lines = [...globals].map(
    ([variable, type]) => `${ofLibrary.has(variable) ? LIBRARY_PREFIX : ''}${variable.name}: ${printType(type)}`,
  );
  const seen = new Set<Instance>();
  const visit = (instance: Instance): void => {
    if (seen.has(instance)) return;
    seen.add(instance);
    const parameters = instance.parameters.map((type) => printType(type)).join(', ');
    const { node } = instance.closure;
    lines.push(
      `${node.unit?.isLibrary ? LIBRARY_PREFIX : ''}${node.path}(${parameters}): ${printType(instance.result)}`,
    );
    for (const [variable, type] of instance.variables) lines.push(`  ${variable.name}: ${printType(type)}`);
    for (const call of instance.calls.values()) if (call.kind === 'direct') visit(call.instance);
  };
  for (const { instance } of typed.initialisers)
    for (const call of instance.calls.values()) if (call.kind === 'direct') visit(call.instance);
  if (typed.root) visit(typed.root.instance);
  return lines.join('\n');
}

function dumpLayout(lowered: LoweredPatch): string {
  const lines: string[] = ['top-level variables'];
  const seen = new Set<ObjectShape>();
  const cell = (indent: string, shape: CellShape): void => {
    if (shape.kind === 'pointer') object(indent, shape.object);
  };
  const object = (indent: string, shape: ObjectShape): void => {
    if (seen.has(shape)) return;
    seen.add(shape);
    switch (shape.kind) {
      case 'typedArray':
        lines.push(`${indent}${shape.name}, ${shape.elementBytes} bytes an element${shape.written ? ', state' : ''}`);
        return;
      case 'array':
        lines.push(
          `${indent}array of ${shape.element.kind}, ${shape.elementBytes} bytes an element${shape.written ? ', state' : ''}`,
        );
        cell(`${indent}  `, shape.element);
        return;
      case 'record':
        lines.push(`${indent}record, ${shape.sizeBytes} bytes`);
        for (const field of shape.fields) {
          lines.push(`${indent}  +${field.offset} ${field.name}: ${field.cell.kind}${field.written ? ', state' : ''}`);
          cell(`${indent}    `, field.cell);
        }
        return;
      case 'function':
        for (const member of shape.members) {
          lines.push(`${indent}closure ${member.path}, ${member.sizeBytes} bytes`);
          for (const field of member.fields) {
            lines.push(`${indent}  +${field.offset} ${field.name || 'frame'}: ${field.cell.kind}`);
            cell(`${indent}    `, field.cell);
          }
        }
    }
  };
  for (const root of lowered.roots) {
    lines.push(`  ${root.symbol}${root.written ? ', state' : ''}`);
    cell('    ', root.cell);
  }
  lines.push('symbols that the code imports');
  const { imports } = emit([{ functions: functionsOf(lowered).map(forFirstTier) }]);
  for (const symbol of imports) lines.push(`  ${importName(symbol)}`);
  return lines.join('\n');
}
