/**
 * Finds which values the top level draws at random: from `Math.random`, or from a generator of the patch's own. In: the
 * typed tree, and which shape stands for what. Out: for each such variable, field or array the text of the expression that
 * made it. One more draw in front gives all of them other bytes, but edits none of them.
 */

import type { Expression, FunctionNode, Target, Variable } from './ast.ts';
import { AT_TOP, type Instance, type ObjectType, objectOf } from './infer/types.ts';
import type { Drawn } from './role.ts';
import type { AnyShape, ShapeSource } from './roles.ts';
import { forEachStatement, partsOfExpression } from './walk.ts';

/** What a generator does with its seed. Counters add. */
const SCRAMBLES: ReadonlySet<string> = new Set(['*', '%', '^', '<<', '>>', '>>>', '&', 'Math.imul', 'Math.sin']);

/** Whether a text may have something to draw from: a look at the characters, so that others need not be searched. */
export const mayDraw = (text: string): boolean => /random|imul|Math\.sin|>>|<<|\^|%/.test(text);

/** Enough for any chain of functions that people write. */
const MAX_PASSES = 12;

/** `instances`: all that run while the top level does. */
export function drawnShapes(
  instances: readonly Instance[],
  sources: ReadonlyMap<AnyShape, ShapeSource>,
): ReadonlyMap<AnyShape, Drawn> {
  const search = new DrawSearch(instances);
  const drawn = new Map<AnyShape, Drawn>();
  for (const [shape, source] of sources) {
    const maker = search.makerOf(source);
    if (maker) drawn.set(shape, { expression: maker.text, given: search.givenTo(maker.instance) });
  }
  return drawn;
}

type Place = Variable | ObjectType;
interface Maker {
  readonly text: string;
  readonly instance: Instance;
}
/** An array is one place, whichever element it is; a field has a name. */
const ANY = '';

class DrawSearch {
  /** What was drawn, and the expression that made it. */
  private readonly places = new Map<Place, Map<string, Maker>>();
  /** The calls by which specialisations are reached: who calls, and the text of the arguments, by the call's id. */
  private readonly callers = new Map<Instance, Map<string, { readonly by: Instance; readonly text: string }>>();
  private readonly results = new Set<Instance>();
  private hasChanged = true;

  constructor(instances: readonly Instance[]) {
    for (let pass = 0; this.hasChanged && pass < MAX_PASSES; pass++) {
      this.hasChanged = false;
      for (const instance of instances) this.body(instance);
    }
  }

  makerOf(source: ShapeSource): Maker | null {
    if (source.kind === 'variable') return this.places.get(source.variable)?.get(ANY) ?? null;
    if (source.kind === 'array') return this.places.get(source.type)?.get(ANY) ?? null;
    return this.places.get(source.record)?.get(source.name) ?? null;
  }

  /** The arguments of all calls that lead to a specialisation, as they are written. */
  givenTo(instance: Instance): readonly string[] {
    const given: string[] = [];
    const seen = new Set([instance]);
    for (const at of seen) {
      for (const { by, text } of this.callers.get(at)?.values() ?? []) {
        if (text !== '') given.push(text);
        seen.add(by);
      }
    }
    return given.sort();
  }

  private note(place: Place, name: string, instance: Instance, { span }: Expression): void {
    const known = this.places.get(place) ?? new Map<string, Maker>();
    if (known.has(name)) return;
    known.set(name, { text: textOf(instance, span.start, span.end), instance });
    this.places.set(place, known);
    this.hasChanged = true;
  }

  private body(instance: Instance): void {
    forEachStatement(instance.closure.node.body, (statement, expressions) => {
      for (const expression of expressions) this.visit(instance, expression);
      if (statement.kind === 'declare' && statement.value && this.isDrawn(instance, statement.value)) {
        this.note(statement.variable, ANY, instance, statement.value);
      }
      if (statement.kind !== 'return' || !statement.value || this.results.has(instance)) return;
      if (!this.isDrawn(instance, statement.value)) return;
      this.results.add(instance);
      this.hasChanged = true;
    });
  }

  private visit(instance: Instance, expression: Expression): void {
    for (const part of partsOfExpression(expression)) this.visit(instance, part);
    if (expression.kind === 'let') {
      forEachStatement(expression.statements, (statement, parts) => {
        for (const part of parts) this.visit(instance, part);
        if (statement.kind === 'declare' && statement.value && this.isDrawn(instance, statement.value)) {
          this.note(statement.variable, ANY, instance, statement.value);
        }
      });
    }
    if (expression.kind === 'assign') {
      const { target, value } = expression;
      if (this.isDrawn(instance, value) || isScrambled(instance.closure.node, target, expression)) {
        this.assign(instance, target, value);
      }
    }
    const made = expression.kind === 'array' || expression.kind === 'record' ? this.typeOf(instance, expression) : null;
    if (expression.kind === 'array' && made) {
      for (const [n, { value }] of expression.elements.entries()) {
        if (this.isDrawn(instance, value)) this.note(made, made.kind === 'record' ? String(n) : ANY, instance, value);
      }
    }
    if (expression.kind === 'record' && made) {
      for (const entry of expression.entries) {
        if (entry.kind === 'field' && this.isDrawn(instance, entry.value))
          this.note(made, entry.name, instance, entry.value);
      }
    }
    if (expression.kind === 'call' || expression.kind === 'method') this.arguments(instance, expression);
  }

  /** A drawn argument makes its parameter drawn. */
  private arguments(instance: Instance, expression: Expression & { kind: 'call' | 'method' }): void {
    const [first, last] = [expression.args[0], expression.args.at(-1)];
    const text = first && last ? textOf(instance, first.value.span.start, last.value.span.end) : '';
    for (const reached of this.reached(instance, expression.id)) {
      const { node } = reached.closure;
      const callers = this.callers.get(reached) ?? new Map();
      this.callers.set(reached, callers.set(`${instance.id} ${expression.id}`, { by: instance, text }));
      for (const [n, { value }] of expression.args.entries()) {
        const parameter = node.parameters[n];
        if (parameter && this.isDrawn(instance, value)) this.note(parameter.variable, ANY, instance, value);
      }
    }
  }

  private reached(instance: Instance, id: number): readonly Instance[] {
    const call = instance.calls.get(id);
    if (!call) return [];
    if (call.kind === 'direct') return [call.instance];
    return call.closureSet.members.flatMap(({ instances }) => [...instances.values()]);
  }

  private assign(instance: Instance, target: Target, maker: Expression): void {
    if (target.kind === 'variable') {
      this.note(target.variable, ANY, instance, maker);
      return;
    }
    const type = this.typeOf(instance, target.object);
    if (type) this.note(type, target.kind === 'member' ? target.name : ANY, instance, maker);
  }

  private typeOf(instance: Instance, expression: Expression): ObjectType | null {
    const type = instance.types.get(expression.id);
    return type ? objectOf(type) : null;
  }

  /** Whether a value is drawn, or computed from one that is. Objects are not: what is in them may be. */
  private isDrawn(instance: Instance, expression: Expression): boolean {
    const { kind } = expression;
    if (this.typeOf(instance, expression)) return false;
    if (kind === 'builtin' && expression.name === 'Math.random') return true;
    if (kind === 'variable') return this.places.get(expression.variable)?.has(ANY) ?? false;
    if (kind === 'assign' && expression.target.kind === 'variable') {
      if (this.places.get(expression.target.variable)?.has(ANY)) return true;
    }
    if (kind === 'member' || kind === 'index') {
      const type = this.typeOf(instance, expression.object);
      return type !== null && (this.places.get(type)?.has(kind === 'member' ? expression.name : ANY) ?? false);
    }
    if (kind === 'call' || kind === 'method') {
      return this.reached(instance, expression.id).some((one) => this.results.has(one));
    }
    return kind !== 'closure' && partsOfExpression(expression).some((part) => this.isDrawn(instance, part));
  }
}

const textOf = ({ closure }: Instance, start: number, end: number): string =>
  closure.node.unit?.text.slice(start, end) ?? '';

/** A function scrambles a number that lives outside of it: the seed of a generator. */
function isScrambled(node: FunctionNode, target: Target, expression: Expression & { kind: 'assign' }): boolean {
  if (target.kind !== 'variable' || node.parent === null || target.variable.owner === node) return false;
  const { variable } = target;
  const uses = (part: Expression): boolean =>
    (part.kind === 'variable' && part.variable === variable) || partsOfExpression(part).some(uses);
  const scrambles = (part: Expression): boolean =>
    (part.kind === 'binary' && SCRAMBLES.has(part.operator)) ||
    (part.kind === 'builtin' && SCRAMBLES.has(part.name)) ||
    partsOfExpression(part).some(scrambles);
  const isOwn = expression.operator !== null || uses(expression.value);
  return isOwn && (SCRAMBLES.has(expression.operator ?? '') || scrambles(expression.value));
}

/** All that the top level runs: what units do, and every specialisation that they reach. */
export function instancesAtTop(
  initialisers: readonly { readonly instance: Instance }[],
  compiled: readonly Instance[],
): Instance[] {
  return [
    ...initialisers.map(({ instance }) => instance),
    ...compiled.filter((instance) => (instance.runs & AT_TOP) !== 0),
  ];
}
