/**
 * Goes through one function for rings.ts, its statements in the order in which they run, since what counts is whether a cursor
 * is stepped before or after the write. In: a specialisation that runs while the patch plays. Out: steps of cursors, writes
 * to elements and indices, handed to `Rings`.
 */

import type { Expression, FunctionNode, Statement, Target, Variable } from './ast.ts';
import { type Instance, objectOf, type RecordType } from './infer/types.ts';
import { LENGTH_OPERATIONS, type LengthShape } from './ringShape.ts';
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
import { assignedDown, useDownOf } from './ringStepsDown.ts';
import { isVariable, type Key, type ScanResults } from './ringUses.ts';
import { partsOfExpression, visitExpression } from './walk.ts';

/** Where an array and its cursor stand: the object that has them as fields, and the index at which both are elements. */
interface Holder {
  readonly object: Expression | null;
  readonly index: Expression | null;
}

const isSameOrNone = (a: Expression | null, b: Expression | null): boolean =>
  a === null ? b === null : b !== null && sameExpression(a, b);

const isSameHolder = (a: Holder, b: Holder): boolean =>
  isSameOrNone(a.object, b.object) && isSameOrNone(a.index, b.index);

/** Goes through one function. */
export class Scan {
  private readonly rings: ScanResults;
  private readonly instance: Instance;
  private readonly node: FunctionNode;
  /** Variables mean the same in all specialisations of a function. */
  private readonly isFirst: boolean;
  private order = 0;
  private readonly orders = new Map<Expression, number>();
  /** What constants of this function stand for. */
  private readonly constants = new Map<Variable, Expression>();
  private guards: readonly Guard[] = [];

  constructor(rings: ScanResults, instance: Instance, isFirst: boolean) {
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
      this.write(expression.target, { kind: 'advance', isDown: expression.step < 0 });
    } else if (expression.kind === 'assign') {
      const { target, operator, value } = expression;
      const place = this.placeOfTarget(target);
      const expanded = this.expanded(value);
      const step =
        place &&
        (assigned(place, operator, expanded, this.guards) ?? assignedDown(place, operator, expanded, this.guards));
      this.write(target, step);
    }
  }

  private placeOfTarget(target: Target): Place | null {
    const place = targetPlace(target);
    return place && this.named(place);
  }

  /** An element of what a constant stands for is one of that; `null`: it is one of nothing that has a name. */
  private named(place: Place): Place | null {
    if (place.kind !== 'element') return place;
    const object = this.inlined(place.object);
    const holder = placeOf(object);
    return holder && holder.kind !== 'element' ? { ...place, object, index: this.inlined(place.index) } : null;
  }

  private placeAt(expression: Expression): Place | null {
    const place = placeOf(expression);
    return place && this.named(place);
  }

  private holderOf(place: Place): Holder {
    if (place.kind === 'variable') return { object: null, index: null };
    if (place.kind === 'field') return { object: place.object, index: null };
    return { ...this.holderOf(placeOf(place.object)!), index: place.index };
  }

  private recordOf(place: Place): RecordType | null {
    const { object } = this.holderOf(place);
    const type = object && this.instance.types.get(object.id);
    const record = type ? objectOf(type) : null;
    return record?.kind === 'record' ? record : null;
  }

  private write(target: Target, step: Step | null): void {
    if (target.kind === 'index') this.element(target);
    const place = this.placeOfTarget(target);
    const key = place && this.keyOf(place);
    if (!place || !key || (isVariable(key) && !this.isFirst)) return;
    const length = step?.kind === 'bound' ? this.lengthOf(step.bound, this.holderOf(place)) : null;
    this.rings.addWrite(key, { node: this.node, order: this.order, step, length });
  }

  /** An element is read or written. */
  private index(object: Expression, index: Expression): void {
    const array = this.placeAt(this.inlined(object));
    const key = array && this.keyOf(array);
    if (!array || !key || (isVariable(key) && !this.isFirst) || this.node.unit?.home === 'kernel') return;
    const value = this.inlined(index);
    const isStepped = value.kind === 'update' || value.kind === 'assign';
    const direct = isStepped ? this.placeOfTarget(value.target) : this.placeAt(value);
    const places = direct ? [direct] : this.placesIn(value);
    const holder = this.holderOf(array);
    for (const place of places) {
      if (!isSameHolder(holder, this.holderOf(place)) || this.keyOf(place) === null || !this.isWritten(place)) continue;
      const names = { array: lastName(array), cell: lastName(place) };
      const [arrayName, cell] = [this.rings.nameOf(array), this.rings.nameOf(place)];
      const isEach = array.kind === 'element';
      const shape = {
        array: arrayName,
        cell,
        isEach,
        isDirect: direct !== null,
        names,
      };
      this.rings.addIndex(this.recordOf(array), shape, this.node, this.instance.site ?? index);
    }
  }

  private isWritten(place: Place): boolean {
    if (place.kind === 'variable') return place.variable.reassigned;
    const key = this.keyOf(place);
    if (key === null || isVariable(key)) return false;
    if ('record' in key) return key.record.fields.get(key.name)?.written === true;
    const { elementsOf } = key;
    return (elementsOf.kind === 'array' || elementsOf.kind === 'typedArray') && elementsOf.written;
  }

  /** An element is written. */
  private element(target: Target & { readonly kind: 'index' }): void {
    this.index(target.object, target.index);
    const array = this.placeAt(this.inlined(target.object));
    const key = array && this.keyOf(array);
    if (!array || !key || (isVariable(key) && !this.isFirst)) return;
    const holder = this.holderOf(array);
    const index = this.inlined(target.index);
    const taken = takenModulo(index);
    const length = taken ? this.lengthOf(taken.bound, holder) : undefined;
    const value = taken ? this.inlined(withoutRounding(taken.value)) : index;
    const order = this.orders.get(value) ?? this.order;
    const site = { node: this.node, array, record: this.recordOf(array), length };
    const isFixed = isFixedPlace(array);
    if (value.kind === 'patchGlobal' && value.name === 'currentFrame' && isFixed) {
      this.rings.addSite(key, { ...site, cursor: 'frame', length: length ?? null, order });
      return;
    }
    const isStepped = value.kind === 'update' || value.kind === 'assign';
    const place = isStepped ? this.placeOfTarget(value.target) : this.placeAt(value);
    const cell = place && this.keyOf(place);
    // The index is read on one side of the step that it makes itself.
    const isBefore = isStepped && place && (useOf(place, value) ?? useDownOf(place, value)) === 'before';
    const at = isStepped ? order + (isBefore ? -0.5 : 0.5) : order;
    const isTogether = place && isSameHolder(holder, this.holderOf(place));
    const cursor = cell && isTogether && isFixed ? { key: cell, place } : null;
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
    const object = type ? objectOf(type) : null;
    if (place.kind === 'field') return object?.kind === 'record' ? this.rings.fieldKey(object, place.name) : null;
    return object?.kind === 'array' || object?.kind === 'typedArray' ? this.rings.elementKey(object) : null;
  }

  /** `holder`: whose own fields, and elements at the same index, may be named. */
  private lengthOf({ expression, more, isMask }: Bound, holder: Holder): LengthShape | null {
    const length = this.length(expression, holder);
    if (length !== null && isMask) return { kind: 'operation', name: 'mask', args: [length] };
    if (length === null || more === 0) return length;
    return { kind: 'operation', name: '+', args: [length, { kind: 'number', value: more }] };
  }

  private length(expression: Expression, holder: Holder): LengthShape | null {
    switch (expression.kind) {
      case 'number':
        return { kind: 'number', value: expression.value };
      case 'patchGlobal':
        return expression.name === 'sampleRate' ? { kind: 'sampleRate' } : null;
      case 'variable': {
        const { variable } = expression;
        const value = this.constants.get(variable);
        if (value) return this.length(value, holder);
        if (variable.number !== null) return { kind: 'number', value: variable.number };
        if (variable.reassigned || variable.owner === this.node) return null;
        return { kind: 'cell', cell: this.rings.nameOf({ kind: 'variable', variable }) };
      }
      case 'member': {
        if (expression.optional) return null;
        const place = this.placeAt(this.inlined(expression.object));
        if (expression.name === 'length' && place && this.isKnown(place, holder)) {
          return { kind: place.kind === 'element' ? 'elementLength' : 'length', array: this.rings.nameOf(place) };
        }
        const own = this.placeAt(expression);
        const isOwn = own && holder.object && isSameOrNone(this.holderOf(own).object, holder.object);
        return isOwn ? { kind: 'cell', cell: this.rings.nameOf(own) } : null;
      }
      case 'index': {
        const place = this.placeAt(expression);
        const isKnown = place && this.isKnown(place, holder) && !this.isWritten(place);
        return isKnown ? { kind: 'element', array: this.rings.nameOf(place) } : null;
      }
      case 'binary':
        return this.operation(expression.operator, [expression.left, expression.right], holder);
      case 'builtin':
        return this.operation(
          expression.name,
          expression.args.map(({ value }) => value),
          holder,
        );
      default:
        return null;
    }
  }

  private isKnown(place: Place, holder: Holder): boolean {
    const own = this.holderOf(place);
    const isHeld =
      isSameOrNone(own.object, own.object && holder.object) && isSameOrNone(own.index, own.index && holder.index);
    if (!isHeld) return false;
    const variable = variableOf(place);
    return variable === null || (!variable.reassigned && variable.owner !== this.node);
  }

  private operation(name: string, parts: readonly Expression[], holder: Holder): LengthShape | null {
    if (!(LENGTH_OPERATIONS as readonly string[]).includes(name)) return null;
    const args: LengthShape[] = [];
    for (const part of parts) {
      const arg = this.length(part, holder);
      if (arg === null) return null;
      args.push(arg);
    }
    return { kind: 'operation', name, args };
  }

  /** Places that an expression is computed from. */
  private placesIn(expression: Expression): Place[] {
    const places: Place[] = [];
    visitExpression(expression, {
      expression: (part) => {
        const place = this.placeAt(part);
        if (place) places.push(place);
      },
    });
    return places;
  }
}

const asStatements = (expression: Expression): Statement[] => [
  { kind: 'expression', span: expression.span, expression },
];

/** The variable that leads to a place; `null`: a field does. */
function variableOf(place: Place): Variable | null {
  if (place.kind === 'variable') return place.variable;
  const holder = place.kind === 'element' ? placeOf(place.object) : null;
  return holder ? variableOf(holder) : null;
}

/** Whether no frame puts another array there, as far as a variable tells. */
const isFixedPlace = (place: Place): boolean => variableOf(place)?.reassigned !== true;

function lastName(place: Place): string {
  if (place.kind === 'variable') return place.variable.name;
  return place.kind === 'field' ? place.name : lastName(placeOf(place.object)!);
}
