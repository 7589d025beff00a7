/**
 * Where the values of a program are while it runs: which are computed where they are used, and which locals the others take,
 * each only for as long as it is needed. In: a program. Out: what the emitter asks.
 */

import {
  type Computed,
  isComputed,
  isSpeculable,
  type Node,
  type OptimisedProgram,
  operandsOf,
  type ParameterValue,
  type Region,
  regionsOf,
  type Value,
} from './ssa.ts';

/** Expressions are not nested deeper than this: engines read them recursively. */
const MAX_NESTING = 50;

interface Use {
  readonly region: Region;
  readonly position: number;
}

export class Placement {
  /** Computed where they are used, the one time. */
  private readonly inner = new Set<Value>();
  /** Values that are last used by the node at a position of a region. */
  private readonly endings = new Map<Region, Map<number, Value[]>>();
  private readonly uses = new Map<Value, Use[]>();
  private readonly places = new Map<Region, Use>();
  private readonly depths = new Map<Value, number>();

  constructor({ body }: OptimisedProgram) {
    this.collect(body);
    this.nest(body);
    this.findEnds(body);
  }

  isNested(value: Value): boolean {
    return this.inner.has(value);
  }

  endingAt(region: Region, position: number): readonly Value[] {
    return this.endings.get(region)?.get(position) ?? [];
  }

  private note(value: Value, region: Region, position: number): void {
    if (value.op === 'const') return;
    const known = this.uses.get(value);
    if (known) known.push({ region, position });
    else this.uses.set(value, [{ region, position }]);
  }

  private collect(region: Region): void {
    region.nodes.forEach((node, position) => {
      for (const value of operandsOf(node)) this.note(value, region, position);
      for (const inner of regionsOf(node)) {
        this.places.set(inner, { region, position });
        this.collect(inner);
      }
      // Handed over at the ends of the arms.
      if (node.op === 'if') {
        for (const value of node.yesValues ?? []) this.note(value, node.yes, node.yes.nodes.length);
        for (const value of node.noValues ?? []) this.note(value, node.no, node.no.nodes.length);
      } else if (node.op === 'block')
        for (const value of node.values ?? []) this.note(value, node.body, node.body.nodes.length);
    });
  }

  /** What is used once, in its own region, by what comes later, is computed there. */
  private nest(region: Region): void {
    for (const node of region.nodes) {
      for (const inner of regionsOf(node)) this.nest(inner);
      if (!isComputed(node) || !isSpeculable(node) || node.op === 'call') continue;
      const uses = this.uses.get(node);
      if (uses?.length !== 1 || uses[0]!.region !== region) continue;
      const depth = 1 + Math.max(0, ...node.args.map((arg) => (this.inner.has(arg) ? this.depths.get(arg)! : 0)));
      if (depth > MAX_NESTING) continue;
      this.inner.add(node);
      this.depths.set(node, depth);
    }
  }

  /** What a nested value uses is used where it ends up. */
  private findEnds(body: Region): void {
    const last = new Map<Value, number>();
    const defined = new Map<Value, Region>();
    const note = (value: Value, region: Region, position: number): void => {
      if (value.op === 'const') return;
      if (this.inner.has(value)) {
        for (const arg of (value as Computed).args) note(arg, region, position);
        return;
      }
      let at: Use | undefined = { region, position };
      while (at && at.region !== value.region) at = this.places.get(at.region);
      if (!at) return;
      defined.set(value, at.region);
      last.set(value, Math.max(last.get(value) ?? -1, at.position));
    };
    const visit = (region: Region): void => {
      region.nodes.forEach((node, position) => {
        if (isComputed(node) && this.inner.has(node)) return;
        for (const value of operandsOf(node)) note(value, region, position);
        for (const inner of regionsOf(node)) visit(inner);
        if (node.op === 'if') {
          for (const value of node.yesValues ?? []) note(value, node.yes, node.yes.nodes.length);
          for (const value of node.noValues ?? []) note(value, node.no, node.no.nodes.length);
        } else if (node.op === 'block')
          for (const value of node.values ?? []) note(value, node.body, node.body.nodes.length);
      });
    };
    visit(body);
    for (const [value, position] of last) {
      const region = defined.get(value)!;
      if (isLoopParameter(value, region)) continue;
      let byPosition = this.endings.get(region);
      if (!byPosition) {
        byPosition = new Map();
        this.endings.set(region, byPosition);
      }
      const known = byPosition.get(position);
      if (known) known.push(value);
      else byPosition.set(position, [value]);
    }
  }
}

/** They are needed to the end of the loop, and let go with it. */
const isLoopParameter = (value: Value, region: Region): value is ParameterValue =>
  value.op === 'parameter' &&
  !region.nodes.some((node: Node) => (node.op === 'if' || node.op === 'block') && node.results.includes(value));
