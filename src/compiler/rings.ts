/**
 * Finds the delay lines of a patch: arrays that frames write at a cursor and nowhere else, where the cursor is a variable or
 * a field of which every write is a step through a ring, or `currentFrame`. In: the functions that run while the patch
 * plays. Out: rings for the shapes of closures, of objects, and of the top level.
 *
 * A function's statements are gone through in the order in which they run, since what counts is whether the cursor is
 * stepped before or after the write.
 */

import type { Expression, FunctionNode, Statement, Target, Variable } from './ast.ts';
import { type Instance, objectOf, PER_FRAME, type RecordType } from './infer/types.ts';
import {
  type ArrayUses,
  type CellName,
  type CursorShape,
  type IndexShape,
  LENGTH_OPERATIONS,
  type LengthShape,
  type RingShape,
} from './ringShape.ts';
import {
  assigned,
  type Bound,
  type Guard,
  type Place,
  placeOf,
  type Step,
  sameExpression,
  takenModulo,
  targetPlace,
  useOf,
  withoutRounding,
} from './ringSteps.ts';
import { partsOfExpression, visitExpression } from './walk.ts';

/** Stands for one variable, or for one field of all objects of a type. */
type Key = Variable | FieldKey;

interface FieldKey {
  readonly record: RecordType;
  readonly name: string;
}

interface Write {
  readonly node: FunctionNode;
  /** When in its function it happens. */
  readonly order: number;
  readonly step: Step | null;
  readonly length: LengthShape | null;
}

/** A write to an element. */
interface Site {
  readonly node: FunctionNode;
  readonly array: Place;
  /** `null`: something else than a cursor. */
  readonly cursor: { readonly key: Key; readonly place: Place } | 'frame' | null;
  /** Of the cursor, where it is taken modulo a length. */
  readonly length: LengthShape | null | undefined;
  /** When the cursor is read. */
  readonly order: number;
}

export type SymbolOf = (variable: Variable) => string;

export class Rings {
  private readonly symbolOf: SymbolOf;
  private readonly writes = new Map<Key, Write[]>();
  private readonly sites = new Map<Key, Site[]>();
  private readonly fieldKeys = new Map<RecordType, Map<string, FieldKey>>();
  private readonly uses = new Map<FunctionNode | RecordType | string, { rings: RingShape[]; indices: IndexShape[] }>();

  /** `symbolOf`: of variables of the top level. */
  constructor(instances: Iterable<Instance>, symbolOf: SymbolOf) {
    this.symbolOf = symbolOf;
    const seen = new Set<FunctionNode>();
    for (const instance of instances) {
      const { node } = instance.closure;
      if ((instance.runs & PER_FRAME) === 0) continue;
      new Scan(this, instance, !seen.has(node)).run();
      seen.add(node);
    }
    for (const [key, sites] of this.sites) this.addRing(key, sites);
  }

  /** `of`: a function whose closures capture the arrays, a type of objects that have them, or the symbol of an array. */
  usesOf(of: FunctionNode | RecordType | string): ArrayUses | undefined {
    return this.uses.get(of);
  }

  /** Where to look for a use: whoever makes or calls a function has what that captures, too. */
  private placesOf(key: Key, array: CellName, isGlobal: boolean, nodes: readonly FunctionNode[]) {
    const places: (FunctionNode | RecordType | string)[] = [];
    if (!('id' in key)) places.push(key.record);
    else if (isGlobal && array.kind === 'global') places.push(array.symbol);
    else
      for (const start of nodes)
        for (let node: FunctionNode | null = start; node; node = node.parent) places.push(node);
    return [...new Set(places)].map((place) => {
      const known = this.uses.get(place) ?? { rings: [], indices: [] };
      this.uses.set(place, known);
      return known;
    });
  }

  addIndex(key: Key, index: IndexShape, node: FunctionNode): void {
    const isGlobal = index.array.kind === 'global' && index.cell.kind === 'global';
    for (const { indices } of this.placesOf(key, index.array, isGlobal, [node])) indices.push(index);
  }

  fieldKey(record: RecordType, name: string): FieldKey {
    const keys = this.fieldKeys.get(record) ?? new Map<string, FieldKey>();
    this.fieldKeys.set(record, keys);
    const key = keys.get(name) ?? { record, name };
    keys.set(name, key);
    return key;
  }

  addWrite(key: Key, write: Write): void {
    const known = this.writes.get(key);
    if (known) known.push(write);
    else this.writes.set(key, [write]);
  }

  addSite(key: Key, site: Site): void {
    const known = this.sites.get(key);
    if (known) known.push(site);
    else this.sites.set(key, [site]);
  }

  nameOf(place: Place): CellName {
    if (place.kind === 'field') return { kind: 'own', owner: '', name: place.name, order: null };
    const { owner, name, span } = place.variable;
    if (owner === null) return { kind: 'global', symbol: this.symbolOf(place.variable) };
    return { kind: 'own', owner: owner.path, name, order: span.start };
  }

  private addRing(arrayKey: Key, sites: readonly Site[]): void {
    const [first] = sites;
    if (!first?.cursor || (!('id' in arrayKey) && arrayKey.record.fields.get(arrayKey.name)?.written)) return;
    const { cursor } = first;
    const isCommon = sites.every(
      (site) =>
        site.cursor === cursor ||
        (site.cursor && site.cursor !== 'frame' && cursor !== 'frame' && site.cursor.key === cursor.key),
    );
    if (!isCommon) return;
    const lengths: LengthShape[] = [];
    for (const { length } of sites) {
      if (length === null) return;
      if (length) lengths.push(length);
    }
    let shape: CursorShape = { kind: 'frame' };
    let isNewestAtCursor = false;
    if (cursor !== 'frame') {
      const writes = this.writes.get(cursor.key) ?? [];
      const isBounded = writes.some(({ step }) => step?.kind === 'bound');
      for (const { step, length } of writes) {
        if (step === null || (step.kind === 'bound' && length === null)) return;
        if (length) lengths.push(length);
      }
      const isNewest = newestAtCursor(sites, writes);
      if (isNewest === null) return;
      isNewestAtCursor = isNewest;
      shape = { kind: isBounded ? 'wrapped' : 'counter', cell: this.nameOf(cursor.place) };
    }
    if (lengths.length === 0) return;
    const ring: RingShape = { array: this.nameOf(first.array), cursor: shape, lengths, isNewestAtCursor };
    const nodes = sites.map(({ node }) => node);
    for (const { rings } of this.placesOf(arrayKey, ring.array, isOfTopLevel(ring), nodes)) rings.push(ring);
  }
}

const isOfTopLevel = ({ array, cursor }: RingShape): boolean =>
  array.kind === 'global' && (cursor.kind === 'frame' || cursor.cell.kind === 'global');

/** Whether the cursor is stepped before the element is written. `null`: before some and after others. */
function newestAtCursor(sites: readonly Site[], writes: readonly Write[]): boolean | null {
  let found: boolean | null = null;
  for (const site of sites) {
    for (const { node, order, step } of writes) {
      if (node !== site.node || step === null || (step.kind === 'bound' && !step.advances)) continue;
      const isBefore = order < site.order;
      if (found !== null && found !== isBefore) return null;
      found = isBefore;
    }
  }
  return found ?? false;
}

/** Goes through one function. */
class Scan {
  private readonly rings: Rings;
  private readonly instance: Instance;
  private readonly node: FunctionNode;
  /** Variables mean the same in all specialisations of a function. */
  private readonly isFirst: boolean;
  private order = 0;
  private readonly orders = new Map<Expression, number>();
  /** What constants of this function stand for. */
  private readonly constants = new Map<Variable, Expression>();
  private guards: readonly Guard[] = [];

  constructor(rings: Rings, instance: Instance, isFirst: boolean) {
    this.rings = rings;
    this.instance = instance;
    this.node = instance.closure.node;
    this.isFirst = isFirst;
  }

  run(): void {
    this.statements(this.node.body);
  }

  private statements(list: readonly Statement[]): void {
    for (const statement of list) this.statement(statement);
  }

  private statement(statement: Statement): void {
    switch (statement.kind) {
      case 'declare':
        if (statement.value === null) return;
        this.expression(statement.value);
        if (!statement.variable.reassigned) this.constants.set(statement.variable, statement.value);
        return;
      case 'return':
        if (statement.value !== null) this.expression(statement.value);
        return;
      case 'expression':
        this.expression(statement.expression);
        return;
      case 'block':
        this.statements(statement.body);
        return;
      case 'if': {
        const { test, yes, no } = statement;
        this.expression(test);
        this.under({ test, holds: true, otherwise: no }, () => this.statements(yes));
        this.under({ test, holds: false, otherwise: yes }, () => this.statements(no));
        return;
      }
      case 'loop': {
        const { start, test, step, body, testLast } = statement;
        this.statements(start);
        if (test !== null) this.expression(test);
        if (test === null || testLast) this.statements(body);
        else this.under({ test, holds: true, otherwise: [] }, () => this.statements(body));
        if (step !== null) this.expression(step);
        return;
      }
      case 'switch':
        this.expression(statement.subject);
        for (const { test, body } of statement.cases) {
          if (test !== null) this.expression(test);
          this.statements(body);
        }
        return;
      case 'break':
      case 'continue':
        return;
    }
  }

  private under(guard: Guard, run: () => void): void {
    const before = this.guards;
    this.guards = [{ ...guard, test: this.expanded(guard.test) }, ...before];
    run();
    this.guards = before;
  }

  private expression(expression: Expression): void {
    if (expression.kind === 'conditional') {
      const { test, yes, no } = expression;
      this.expression(test);
      this.under({ test, holds: true, otherwise: asStatements(no) }, () => this.expression(yes));
      this.under({ test, holds: false, otherwise: asStatements(yes) }, () => this.expression(no));
    } else if (expression.kind === 'logical' && expression.operator !== '??') {
      const { left, right, operator } = expression;
      this.expression(left);
      this.under({ test: left, holds: operator === '&&', otherwise: [] }, () => this.expression(right));
    } else {
      if (expression.kind === 'let') this.statements(expression.statements);
      for (const part of partsOfExpression(expression)) this.expression(part);
    }
    this.orders.set(expression, ++this.order);
    if (expression.kind === 'index') this.index(expression.object, expression.index);
    if (expression.kind === 'update') {
      const place = targetPlace(expression.target);
      const step: Step | null = expression.step === 1 ? { kind: 'advance' } : null;
      if (place) this.write(place, step);
      else this.element(expression.target);
    } else if (expression.kind === 'assign') {
      const { target, operator, value } = expression;
      const place = targetPlace(target);
      if (place) this.write(place, assigned(place, operator, this.expanded(value), this.guards));
      else this.element(target);
    }
  }

  private write(place: Place, step: Step | null): void {
    const key = this.keyOf(place);
    if (key === null || ('id' in key && !this.isFirst)) return;
    const base = place.kind === 'field' ? place.object : null;
    const length = step?.kind === 'bound' ? this.lengthOf(step.bound, base) : null;
    this.rings.addWrite(key, { node: this.node, order: this.order, step, length });
  }

  /** An element is read or written. */
  private index(object: Expression, index: Expression): void {
    const array = placeOf(this.inlined(object));
    const key = array && this.keyOf(array);
    if (!array || !key || ('id' in key && !this.isFirst) || this.node.unit?.home === 'kernel') return;
    const base = array.kind === 'field' ? array.object : null;
    const value = this.inlined(index);
    const isStepped = value.kind === 'update' || value.kind === 'assign';
    const direct = isStepped ? targetPlace(value.target) : placeOf(value);
    const places = direct ? [direct] : placesIn(value);
    for (const place of places) {
      const isTogether =
        place.kind === 'variable' ? base === null : base !== null && sameExpression(place.object, base);
      if (!isTogether || this.keyOf(place) === null || !this.isWritten(place)) continue;
      const names = { array: lastName(array), cell: lastName(place) };
      const [arrayName, cell] = [this.rings.nameOf(array), this.rings.nameOf(place)];
      const shape = {
        array: arrayName,
        cell,
        isDirect: direct !== null,
        names,
        span: this.instance.site?.span ?? index.span,
      };
      this.rings.addIndex(key, shape, this.node);
    }
  }

  private isWritten(place: Place): boolean {
    if (place.kind === 'variable') return place.variable.reassigned;
    const key = this.keyOf(place);
    return key !== null && !('id' in key) && key.record.fields.get(key.name)?.written === true;
  }

  /** An element is written. */
  private element(target: Target): void {
    if (target.kind !== 'index') return;
    this.index(target.object, target.index);
    const array = placeOf(this.inlined(target.object));
    const key = array && this.keyOf(array);
    if (!array || !key || ('id' in key && !this.isFirst)) return;
    const base = array.kind === 'field' ? array.object : null;
    const index = this.inlined(target.index);
    const taken = takenModulo(index);
    const length = taken ? this.lengthOf(taken.bound, base) : undefined;
    const value = taken ? this.inlined(withoutRounding(taken.value)) : index;
    const order = this.orders.get(value) ?? this.order;
    const site = { node: this.node, array, length };
    if (
      value.kind === 'patchGlobal' &&
      value.name === 'currentFrame' &&
      !(array.kind === 'variable' && array.variable.reassigned)
    ) {
      this.rings.addSite(key, { ...site, cursor: 'frame', length: length ?? null, order });
      return;
    }
    const isStepped = value.kind === 'update' || value.kind === 'assign';
    const place = isStepped ? targetPlace(value.target) : placeOf(value);
    const cell = place && this.keyOf(place);
    // The index is read on one side of the step that it makes itself.
    const use = isStepped && place ? useOf(place, value) : 'cell';
    const at = isStepped ? order + (use === 'before' ? -0.5 : 0.5) : order;
    const isTogether =
      place &&
      (place.kind === 'variable' || (base !== null && sameExpression(place.object, base))) &&
      (place.kind === 'field') === (base !== null);
    const isFixed = array.kind === 'field' || !array.variable.reassigned;
    const cursor = place && cell && isTogether && isFixed ? { key: cell, place } : null;
    this.rings.addSite(key, { ...site, cursor, order: at });
  }

  /** What a constant of this function stands for. */
  private inlined(expression: Expression): Expression {
    const plain = withoutRounding(expression);
    if (plain.kind !== 'variable') return plain;
    const value = this.constants.get(plain.variable);
    return value ? this.inlined(value) : plain;
  }

  /** The same of all that is compared and computed with. */
  private expanded(expression: Expression): Expression {
    const plain = this.inlined(expression);
    switch (plain.kind) {
      case 'binary':
        return { ...plain, left: this.expanded(plain.left), right: this.expanded(plain.right) };
      case 'conditional':
        return {
          ...plain,
          test: this.expanded(plain.test),
          yes: this.expanded(plain.yes),
          no: this.expanded(plain.no),
        };
      default:
        return plain;
    }
  }

  private keyOf(place: Place): Key | null {
    if (place.kind === 'variable') {
      const { variable } = place;
      // What lives no longer than a call is no state.
      return variable.owner === this.node && variable.storage === 'local' ? null : variable;
    }
    const type = this.instance.types.get(place.object.id);
    const record = type ? objectOf(type) : null;
    return record?.kind === 'record' ? this.rings.fieldKey(record, place.name) : null;
  }

  /** `base`: the object whose own fields may be named. */
  private lengthOf({ expression, more, isMask }: Bound, base: Expression | null): LengthShape | null {
    const length = this.length(expression, base);
    if (length !== null && isMask) return { kind: 'operation', name: 'mask', args: [length] };
    if (length === null || more === 0) return length;
    return { kind: 'operation', name: '+', args: [length, { kind: 'number', value: more }] };
  }

  private length(expression: Expression, base: Expression | null): LengthShape | null {
    switch (expression.kind) {
      case 'number':
        return { kind: 'number', value: expression.value };
      case 'patchGlobal':
        return expression.name === 'sampleRate' ? { kind: 'sampleRate' } : null;
      case 'variable': {
        const { variable } = expression;
        const value = this.constants.get(variable);
        if (value) return this.length(value, base);
        if (variable.number !== null) return { kind: 'number', value: variable.number };
        if (variable.reassigned || variable.owner === this.node) return null;
        return { kind: 'cell', cell: this.rings.nameOf({ kind: 'variable', variable }) };
      }
      case 'member': {
        if (expression.optional) return null;
        const { object } = expression;
        const place = placeOf(this.inlined(object));
        if (expression.name === 'length' && place && this.isKnown(place, base)) {
          return { kind: 'length', array: this.rings.nameOf(place) };
        }
        const own: Place = { kind: 'field', object, name: expression.name };
        return base && sameExpression(object, base) ? { kind: 'cell', cell: this.rings.nameOf(own) } : null;
      }
      case 'binary':
        return this.operation(expression.operator, [expression.left, expression.right], base);
      case 'builtin':
        return this.operation(
          expression.name,
          expression.args.map(({ value }) => value),
          base,
        );
      default:
        return null;
    }
  }

  private isKnown(place: Place, base: Expression | null): boolean {
    if (place.kind === 'field') return base !== null && sameExpression(place.object, base);
    return !place.variable.reassigned && place.variable.owner !== this.node;
  }

  private operation(name: string, parts: readonly Expression[], base: Expression | null): LengthShape | null {
    if (!(LENGTH_OPERATIONS as readonly string[]).includes(name)) return null;
    const args: LengthShape[] = [];
    for (const part of parts) {
      const arg = this.length(part, base);
      if (arg === null) return null;
      args.push(arg);
    }
    return { kind: 'operation', name, args };
  }
}

const asStatements = (expression: Expression): Statement[] => [
  { kind: 'expression', span: expression.span, expression },
];

const lastName = (place: Place): string => (place.kind === 'variable' ? place.variable.name : place.name);

/** Variables and fields that an expression is computed from. */
function placesIn(expression: Expression): Place[] {
  const places: Place[] = [];
  visitExpression(expression, {
    expression: (part) => {
      const place = placeOf(part);
      if (place) places.push(place);
    },
  });
  return places;
}
