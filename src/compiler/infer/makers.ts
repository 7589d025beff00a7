/**
 * Finds what created a value: in a frame, for one that is kept; at the top level, for one that grows. Types cannot
 * tell: all values that share a variable have one type. So this follows a value backwards, from where it is used
 * through variables, arguments and results, to the literals and calls that create it.
 *
 * In: an expression, and the function it stands in. Out: its makers, and whether that is all of them. What it cannot
 * follow (elements and members of objects) makes the result incomplete, never wrong. Runs only where there is a mistake
 * to explain.
 */

import type { Span } from '../../protocol/diagnostic.ts';
import type { Argument, Expression, FunctionNode, Statement, Variable } from '../ast.ts';
import { visitExpression, visitStatements } from '../walk.ts';
import type { Phase } from './analysis.ts';
import { returnedBy } from './statements.ts';
import { AT_TOP, find, type Instance, type ObjectType, PER_FRAME } from './types.ts';

export interface Maker {
  /** What the user has to change: a literal, or the call of a function that the top level also calls. */
  readonly span: Span;
  /** For a call: the literal in the function that it calls. */
  readonly literal: Span | null;
}

export interface Makers {
  readonly found: readonly Maker[];
  readonly isSure: boolean;
}

/** How the walk entered a function: the call, and the state of the walk there. */
interface Entry {
  readonly call: Expression;
  readonly callee: FunctionNode;
  readonly args: readonly Argument[];
  readonly caller: FunctionNode;
  readonly phases: number;
  readonly site: Span | null;
  readonly outer: Entry | null;
}

/** A function that an activation belongs to, and when it may run. */
interface Place {
  readonly node: FunctionNode;
  /** AT_TOP, PER_FRAME, or both. */
  readonly phases: number;
  /** The call by which a frame enters a function that the top level calls too. */
  readonly site: Span | null;
  readonly entry: Entry | null;
}

interface CallSite {
  readonly args: readonly Argument[];
  readonly span: Span;
  readonly caller: FunctionNode;
}

/** More than any realistic value needs. */
const MAX_STEPS = 2000;
const MAX_DEPTH = 12;

/** Methods of arrays that make an array, and those that return the one they are called on. */
const MAKING = new Set(
  'concat entries filter flat flatMap keys map slice splice split subarray toReversed toSorted values with'.split(' '),
);
const RETURNING_SELF = new Set('copyWithin fill reverse sort'.split(' '));

const MAKING_BUILTIN = /^\w*Array\b(?!\.isArray)/;
const NUMERIC_BUILTIN = /^(?:Math\.|Number\b|Boolean|String\.|parse|is[NF]|Array\.isArray)/;

/** The expressions whose value an expression may return unchanged. */
function passedOnBy(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'logical':
      // An object is never falsy.
      return expression.operator === '&&' ? [expression.right] : [expression.left, expression.right];
    case 'conditional':
      return [expression.yes, expression.no];
    case 'sequence':
    case 'let':
    case 'assign':
      return [expression.value];
    case 'default':
      return [expression.value, expression.fallback];
    default:
      return [];
  }
}

const isOfLibrary = ({ unit }: FunctionNode): boolean => unit === null || unit.isLibrary;

export class MakerSearch {
  private readonly instances = new Map<FunctionNode, Instance[]>();
  private readonly assignments = new Map<
    Variable,
    { readonly value: Expression | null; readonly node: FunctionNode }[]
  >();
  private readonly callers = new Map<FunctionNode, CallSite[]>();
  private found = new Map<string, Maker>();
  private seen = new Set<string>();
  private isSure = true;
  /** The phase that is searched for: the top level, or frames. */
  private phase = PER_FRAME;
  private readonly ids = new Map<Expression, number>();

  constructor(instances: Iterable<Instance>) {
    for (const instance of instances) {
      const { node } = instance.closure;
      const known = this.instances.get(node);
      if (known) known.push(instance);
      else this.instances.set(node, [instance]);
    }
    for (const node of this.instances.keys()) this.readFunction(node);
  }

  /** What creates, in a phase, the value that an expression in `node` has in a frame. */
  makersOf(expression: Expression, node: FunctionNode, phase: Phase): Makers {
    this.phase = phase;
    this.found = new Map();
    this.seen = new Set();
    this.isSure = true;
    this.follow(expression, { node, phases: PER_FRAME, site: null, entry: null });
    return { found: [...this.found.values()], isSure: this.isSure };
  }

  /** All expressions of the patch that create objects of a type in a phase, wherever those end up. */
  literalsOf(object: ObjectType, phase: Phase): Span[] {
    const spans = new Map<number, Span>();
    for (const [node, instances] of this.instances) {
      const ids = new Set(
        instances
          .filter(({ runs }) => (runs & phase) !== 0)
          .flatMap(({ made }) => [...made].filter(([, type]) => find(type) === find(object)).map(([id]) => id)),
      );
      if (ids.size === 0 || isOfLibrary(node)) continue;
      const note = (id: number, span: Span): unknown => ids.has(id) && spans.set(span.start, span);
      const expression = (at: Expression): unknown => note(at.kind === 'closure' ? at.node.id : at.id, at.span);
      visitStatements(node.body, { expression });
    }
    return [...spans.values()].sort((a, b) => a.start - b.start);
  }

  private runsOf(node: FunctionNode): number {
    return (this.instances.get(node) ?? []).reduce((runs, instance) => runs | instance.runs, 0);
  }

  private readFunction(node: FunctionNode): void {
    const assign = (variable: Variable, value: Expression | null): void => {
      const known = this.assignments.get(variable);
      if (known) known.push({ value, node });
      else this.assignments.set(variable, [{ value, node }]);
    };
    const statement = (at: Statement): void => {
      if (at.kind === 'declare' && at.value) assign(at.variable, at.value);
    };
    const expression = (at: Expression): void => {
      if (at.kind === 'assign' && at.target.kind === 'variable') assign(at.target.variable, at.value);
      const isCall = at.kind === 'call' || at.kind === 'method' || at.kind === 'builtin' || at.kind === 'member';
      if (!isCall) return;
      // Array methods and getters pass arguments that are not written out.
      const args = at.kind === 'call' || at.kind === 'method' ? at.args : [];
      for (const callee of this.calleesOf(at, node)) {
        if (isOfLibrary(callee)) continue;
        const site = { args, span: at.span, caller: node };
        const known = this.callers.get(callee);
        if (known) known.push(site);
        else this.callers.set(callee, [site]);
      }
    };
    const visitor = { statement, expression };
    visitStatements(node.body, visitor);
    for (const { fallback, variable } of node.parameters) {
      if (!fallback) continue;
      visitExpression(fallback, visitor);
      assign(variable, fallback);
    }
  }

  /** The functions that an expression calls, in any specialisation. */
  private calleesOf(expression: Expression, node: FunctionNode): Set<FunctionNode> {
    const callees = new Set<FunctionNode>();
    for (const instance of this.instances.get(node) ?? []) {
      const call = instance.calls.get(expression.id);
      if (call?.kind === 'direct') callees.add(call.instance.closure.node);
      if (call?.kind === 'indirect') for (const member of call.closureSet.members) callees.add(member.node);
    }
    return callees;
  }

  /** Separate numbers, because the trees of the library also count from 1. */
  private idOf(expression: Expression): number {
    const id = this.ids.get(expression) ?? this.ids.size;
    this.ids.set(expression, id);
    return id;
  }

  private isNew(expression: Expression, { phases, entry }: Place): boolean {
    let key = `${this.idOf(expression)} ${phases}`;
    let depth = 0;
    for (let at = entry; at; at = at.outer, depth++) key += ` ${this.idOf(at.call)}`;
    if (this.seen.has(key)) return false;
    this.seen.add(key);
    if (depth <= MAX_DEPTH && this.seen.size < MAX_STEPS) return true;
    this.isSure = false;
    return false;
  }

  private make(literal: Span, { node, phases, site }: Place): void {
    if ((phases & this.phase) === 0) return;
    if (isOfLibrary(node)) {
      this.isSure = false;
      return;
    }
    const span = site ?? literal;
    const key = `${span.start}:${span.end}`;
    if (!this.found.has(key)) this.found.set(key, { span, literal: site ? literal : null });
  }

  private follow(expression: Expression, place: Place): void {
    if (!this.isNew(expression, place)) return;
    for (const part of passedOnBy(expression)) this.follow(part, place);
    switch (expression.kind) {
      case 'variable':
        this.followVariable(expression.variable, place);
        break;
      case 'assign':
        if (expression.operator === null) break;
        if (expression.target.kind === 'variable') this.followVariable(expression.target.variable, place);
        else this.isSure = false;
        break;
      case 'call':
      case 'method':
        this.followCall(expression, place);
        break;
      case 'builtin':
        if (MAKING_BUILTIN.test(expression.name)) this.make(expression.span, place);
        else if (!NUMERIC_BUILTIN.test(expression.name)) this.isSure = false;
        break;
      case 'array':
      case 'record':
      case 'newTypedArray':
        this.make(expression.span, place);
        break;
      case 'closure':
        // Without captures there is one record, made once.
        if (expression.node.captures.size > 0) this.make(expression.node.span, place);
        break;
      case 'member':
      case 'index':
        // What stored it is not known.
        this.isSure = false;
        break;
    }
  }

  private followVariable(variable: Variable, place: Place): void {
    const { owner } = variable;
    const isOwn = owner === place.node;
    if (variable.kind === 'function' && variable.holds && owner && variable.holds.captures.size > 0) {
      this.make(variable.holds.span, isOwn ? place : this.anywhere(owner));
    }
    for (const { value, node } of this.assignments.get(variable) ?? []) {
      // In the same activation the call is still known.
      if (value) this.follow(value, isOwn && node === owner ? place : this.anywhere(node));
    }
    if (variable.kind === 'parameter' && owner) this.followParameter(variable, owner, isOwn ? place.entry : null);
  }

  private anywhere(node: FunctionNode): Place {
    return { node, phases: this.runsOf(node), site: null, entry: null };
  }

  private followParameter(variable: Variable, owner: FunctionNode, entry: Entry | null): void {
    if (isOfLibrary(owner)) {
      this.isSure = false;
      return;
    }
    const index = owner.parameters.findIndex((parameter) => parameter.variable === variable);
    const isPlain = index >= 0 && !owner.parameters[index]!.rest;
    const followGiven = (args: readonly Argument[], at: Place): void => {
      if (!isPlain || args.some(({ spread }) => spread)) this.isSure = false;
      else if (args[index]) this.follow(args[index].value, at);
    };
    if (entry?.callee === owner) {
      const { args, caller, phases, site, outer } = entry;
      followGiven(args, { node: caller, phases, site, entry: outer });
      return;
    }
    const callers = this.callers.get(owner) ?? [];
    for (const { args, caller } of callers) followGiven(args, this.anywhere(caller));
    // The default export is called from outside, with a number.
    if (callers.length === 0 && owner.parent !== null) this.isSure = false;
  }

  private followCall(expression: Expression & { readonly kind: 'call' | 'method' }, place: Place): void {
    const callees = this.calleesOf(expression, place.node);
    if (callees.size === 0) this.followUnknownCall(expression, place);
    for (const callee of callees) {
      if (isOfLibrary(callee)) {
        this.followUnknownCall(expression, place);
        continue;
      }
      const entersShared =
        this.phase === PER_FRAME && (place.phases & AT_TOP) === 0 && (this.runsOf(callee) & AT_TOP) !== 0;
      const { args, span } = expression;
      const { node: caller, phases, site: outerSite, entry: outer } = place;
      const entry: Entry = { call: expression, callee, args, caller, phases, site: outerSite, outer };
      const site = place.site ?? (entersShared ? span : null);
      const inside: Place = { node: callee, phases: place.phases, site, entry };
      for (const value of returnedBy(callee.body)) this.follow(value, inside);
    }
  }

  /** An array method, or an unknown function. */
  private followUnknownCall(expression: Expression & { readonly kind: 'call' | 'method' }, place: Place): void {
    if (expression.kind === 'method' && MAKING.has(expression.name)) this.make(expression.span, place);
    else if (expression.kind === 'method' && RETURNING_SELF.has(expression.name)) this.follow(expression.object, place);
    else this.isSure = false;
  }
}
