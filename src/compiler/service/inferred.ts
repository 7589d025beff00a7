/**
 * What the compiler has inferred, as the editor shows it. In: the types of a patch. Out: the type of a variable by the place
 * of its declaration, and of an expression by its span; all specialisations of a function taken together. Pure.
 */

import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, FunctionNode, Variable } from '../ast.ts';
import type { TypedPatch } from '../infer/infer.ts';
import {
  BOOLEAN as BOOLEAN_KIND,
  type Closure,
  type Instance,
  NULL as NULL_KIND,
  NUMBER as NUMBER_KIND,
  type ObjectType,
  objectsOf,
  STRING as STRING_KIND,
  type Type,
  UNDEFINED as UNDEFINED_KIND,
} from '../infer/types.ts';
import { visitStatements } from '../walk.ts';
import type { LibraryDocs } from './libraryDocs.ts';
import {
  BOOLEAN,
  type FunctionView,
  isVague,
  NUMBER,
  plain,
  resultOf,
  STRING,
  UNDEFINED,
  UNKNOWN,
  unionOf,
  type View,
  withoutUndefined,
} from './views.ts';

const MAX_DEPTH = 5;
const KINDS: readonly (readonly [mask: number, view: View])[] = [
  [NUMBER_KIND, NUMBER],
  [BOOLEAN_KIND, BOOLEAN],
  [STRING_KIND, STRING],
  [NULL_KIND, plain('null')],
  [UNDEFINED_KIND, UNDEFINED],
];

export class Inferred {
  private readonly docs: LibraryDocs;
  private readonly lastPass: number;
  /** Types of variables, by where their names are declared. */
  private readonly variables = new Map<number, Type[]>();
  private readonly instances = new Map<FunctionNode, Instance[]>();
  /** The specialisations in which expressions of the patch are, by their spans. */
  private readonly expressions = new Map<string, Type[]>();

  constructor(typed: TypedPatch, docs: LibraryDocs) {
    this.docs = docs;
    this.lastPass = typed.lastPass;
    for (const unit of typed.patch.units) {
      for (const variable of unit.variables) this.note(variable, typed.globals.get(variable));
    }
    const pending = typed.initialisers.filter(({ unit }) => !unit.isLibrary).map(({ instance }) => instance);
    const seen = new Set(pending);
    for (let instance = pending.pop(); instance; instance = pending.pop()) {
      this.read(instance);
      for (const closure of instance.closures.values()) {
        for (const next of this.instancesOf(closure)) if (!seen.has(next)) pending.push(next);
        for (const next of closure.instances.values()) seen.add(next);
      }
    }
  }

  /** The type of the variable whose name is declared at `start`. */
  variable(start: number): View {
    return unionOf((this.variables.get(start) ?? []).map((type) => this.viewOf(type)));
  }

  expression({ start, end }: Span): View {
    return unionOf((this.expressions.get(`${start}:${end}`) ?? []).map((type) => this.viewOf(type)));
  }

  private note(variable: Variable, type: Type | undefined): void {
    if (!type) return;
    const known = this.variables.get(variable.span.start);
    if (known) known.push(type);
    else this.variables.set(variable.span.start, [type]);
  }

  private read(instance: Instance): void {
    const { node } = instance.closure;
    const known = this.instances.get(node);
    if (known) known.push(instance);
    else this.instances.set(node, [instance]);
    for (const [variable, type] of instance.variables) if (variable.kind !== 'temporary') this.note(variable, type);
    visitStatements(node.body, { expression: (expression) => this.noteExpression(expression, instance) });
  }

  private noteExpression({ id, span }: Expression, instance: Instance): void {
    const type = instance.types.get(id);
    if (!type) return;
    const key = `${span.start}:${span.end}`;
    const known = this.expressions.get(key);
    if (known) known.push(type);
    else this.expressions.set(key, [type]);
  }

  private viewOf(type: Type, depth = 0): View {
    const views: View[] = objectsOf(type).map((object) => this.objectView(object, depth));
    for (const [mask, view] of KINDS) if ((type.mask & mask) !== 0) views.push(view);
    return unionOf(views);
  }

  private objectView(object: ObjectType, depth: number): View {
    if (depth > MAX_DEPTH) return plain('…');
    const inner = (type: Type): View => this.viewOf(type, depth + 1);
    switch (object.kind) {
      case 'typedArray':
        return { kind: 'typedArray', name: object.name };
      case 'array':
        return { kind: 'array', element: inner(object.element) };
      case 'record': {
        if (object.isTuple) {
          const elements = [...object.fields.values()].map((field) => ({ name: null, type: inner(field.type) }));
          return { kind: 'tuple', elements };
        }
        const members = [...object.fields].map(
          ([name, field]) => [name, { type: inner(field.type), isOptional: false }] as const,
        );
        return { kind: 'record', members: new Map(members) };
      }
      case 'function':
        return unionOf(object.members.slice(0, 2).map((closure) => this.closureView(closure, depth)));
      case 'mixed':
        return plain('…');
    }
  }

  private closureView(closure: Closure, depth: number): View {
    const { node } = closure;
    const { unit } = node;
    if (unit?.isLibrary) return this.libraryView(unit.name, node);
    const instances = this.instancesOf(closure);
    const view: FunctionView = {
      kind: 'function',
      parameters: node.parameters.map(({ variable, fallback, rest }, index) => {
        // With a default, what it is inside counts: callers may leave it out.
        const given = instances.map(({ parameters, variables }) =>
          fallback ? variables.get(variable) : parameters[index],
        );
        const type = unionOf(given.filter((one) => one !== undefined).map((one) => this.viewOf(one, depth + 1)));
        return {
          name: variable.kind === 'temporary' ? `p${index + 1}` : variable.name,
          type: fallback ? withoutUndefined(type) : type,
          isOptional: fallback !== null,
          isRest: rest,
        };
      }),
      result: unionOf(instances.map(({ result }) => this.viewOf(result, depth + 1))),
      entry: null,
    };
    return view;
  }

  /** A function of the library as it is written there. */
  private libraryView(unitName: string, node: FunctionNode): View {
    const view = this.docs.find(unitName)?.view;
    if (!view) return UNKNOWN;
    const parts = node.path.split('.').slice(1);
    if (parts.length === 0) return view;
    const made = resultOf(view);
    const member = made.kind === 'record' ? made.members.get(parts.at(-1) ?? '') : undefined;
    return member
      ? member.type
      : parts.length === 1 && !isVague(made)
        ? made
        : made.kind === 'function'
          ? made
          : UNKNOWN;
  }

  private instancesOf(closure: Closure): Instance[] {
    return [...closure.instances.values()].filter(({ pass }) => pass === this.lastPass);
  }
}
