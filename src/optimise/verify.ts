/**
 * What holds for programs in SSA form; run after each pass in tests and in `dump`. In: a program. Out: what is wrong with it.
 *
 * - A value is used behind its node, in the same region or inside of it; results and parameters where their node says.
 * - Operands have the types that their operations take; both values of a result, and what a jump hands over, have its type.
 * - Jumps lead to what is open around them, and hand over as many values as that has results or parameters.
 */

import { accessType, binaryType, unaryType } from '../compiler/ir.ts';
import {
  type BlockNode,
  type Computed,
  ends,
  isComputed,
  type LoopNode,
  type Node,
  type OptimisedProgram,
  type Region,
  type SsaType,
  type Value,
} from './ssa.ts';

export function verifyProgram({ frames, body }: OptimisedProgram): string[] {
  const verifier = new Verifier();
  verifier.define(frames);
  verifier.region(body, []);
  return verifier.faults;
}

class Verifier {
  readonly faults: string[] = [];
  private readonly visible = new Set<Value>();

  define(value: Value): void {
    if (this.visible.has(value)) this.faults.push(`value ${value.id} is defined twice`);
    this.visible.add(value);
  }

  /** What is defined inside is not seen outside. */
  region(region: Region, open: readonly (BlockNode | LoopNode)[], defined: readonly Value[] = []): void {
    const inside: Value[] = [...defined];
    for (const value of defined) this.define(value);
    region.nodes.forEach((node, at) => {
      if (at > 0 && ends(region.nodes[at - 1])) this.faults.push(`${node.op} is never reached`);
      this.node(node, open);
      const made = isComputed(node) ? [node] : node.op === 'if' || node.op === 'block' ? node.results : [];
      for (const value of made) {
        this.define(value);
        inside.push(value);
      }
    });
    this.yields(region);
    for (const value of inside) this.visible.delete(value);
  }

  /** Values that an arm or a block gives are checked while its own are in sight. */
  private yields(region: Region): void {
    for (const { values, types } of this.pending.get(region) ?? []) this.all(values, types);
  }

  private readonly pending = new Map<
    Region,
    { readonly values: readonly Value[]; readonly types: readonly SsaType[] }[]
  >();

  private expect(region: Region, values: readonly Value[] | null, targets: readonly Value[]): void {
    if (values === null) {
      if (!ends(region.nodes[region.nodes.length - 1]))
        this.faults.push('the end of an arm is reached, but gives nothing');
      return;
    }
    const types = targets.map(({ type }) => type);
    this.pending.set(region, [...(this.pending.get(region) ?? []), { values, types }]);
  }

  private use(value: Value, type: SsaType): void {
    if (value.op !== 'const' && !this.visible.has(value)) this.faults.push(`${value.op} ${value.id} is not in sight`);
    if (value.type !== type) this.faults.push(`${value.op} ${value.id} is ${value.type}, not ${type}`);
  }

  private all(values: readonly Value[], types: readonly SsaType[]): void {
    if (values.length !== types.length) this.faults.push(`${values.length} values for ${types.length}`);
    for (const [n, value] of values.entries()) if (types[n]) this.use(value, types[n]);
  }

  private jump(
    target: BlockNode | LoopNode,
    targets: readonly Value[],
    values: readonly Value[],
    open: readonly unknown[],
  ): void {
    if (!open.includes(target)) this.faults.push(`a jump to a ${target.op} that is not open`);
    this.all(
      values,
      targets.map(({ type }) => type),
    );
  }

  private node(node: Node, open: readonly (BlockNode | LoopNode)[]): void {
    if (isComputed(node)) {
      this.computed(node);
      return;
    }
    switch (node.op) {
      case 'store':
        this.use(node.pointer, 'i32');
        this.use(node.value, accessType(node.access));
        return;
      case 'if':
        this.use(node.test, 'i32');
        this.expect(node.yes, node.yesValues, node.results);
        this.expect(node.no, node.noValues, node.results);
        this.region(node.yes, open);
        this.region(node.no, open);
        return;
      case 'block':
        if (node.values) this.expect(node.body, node.values, node.results);
        this.region(node.body, [...open, node]);
        return;
      case 'loop':
        this.all(
          node.initial,
          node.parameters.map(({ type }) => type),
        );
        this.region(node.body, [...open, node], node.parameters);
        return;
      case 'break':
        this.jump(node.target, node.target.results, node.values, open);
        return;
      case 'continue':
        this.jump(node.target, node.target.parameters, node.values, open);
        return;
      case 'trap':
        return;
    }
  }

  private computed(value: Computed): void {
    switch (value.op) {
      case 'unary':
        this.use(value.args[0], operandType(value.name));
        if (value.type !== unaryType(value.name)) this.faults.push(`${value.name} gives ${value.type}`);
        return;
      case 'binary': {
        const type = value.name.slice(0, 3) as SsaType;
        for (const arg of value.args) this.use(arg, type);
        if (value.type !== binaryType(value.name)) this.faults.push(`${value.name} gives ${value.type}`);
        return;
      }
      case 'select':
        this.use(value.args[0], 'i32');
        this.use(value.args[1], value.type);
        this.use(value.args[2], value.type);
        return;
      case 'load':
        this.use(value.args[0], 'i32');
        if (value.type !== accessType(value.access)) this.faults.push(`a load of ${value.access} gives ${value.type}`);
        return;
      case 'call':
        for (const arg of value.args) this.use(arg, arg.type);
        return;
      case 'lanes':
        for (const [n, arg] of value.args.entries()) this.use(arg, n === 1 && /\.sh/.test(value.name) ? 'i32' : 'v128');
        return;
      case 'pair':
        for (const arg of value.args) this.use(arg, value.of === 'mask' ? 'i32' : value.of);
        return;
      case 'extract':
        this.use(value.args[0], 'v128');
        return;
    }
  }
}

/** `f64.convert_s.i32` takes an i32, `f64.neg` an f64; those that change the bits' type have names of their own. */
function operandType(name: string): SsaType {
  switch (name) {
    case 'f64.promote':
      return 'f32';
    case 'f32.demote':
    case 'i64.reinterpret':
      return 'f64';
    case 'f64.reinterpret':
    case 'i32.wrap':
      return 'i64';
    case 'i64.extend_u':
      return 'i32';
    default:
      return (/^(?:f64|i32|i64|f32)\.\w+\.(f64|i32)$/.exec(name)?.[1] ?? name.slice(0, 3)) as SsaType;
  }
}
