/**
 * Finds the role of every variable, field and array that frames write, by reading the code that runs while the patch sounds.
 * In: the typed tree, and which shape stands for what. Out: `Roles`. Nothing is done until the first of them is asked for.
 */

import type { Expression, Target, Variable } from './ast.ts';
import { drawnShapes, instancesAtTop, mayDraw } from './draws.ts';
import type { TypedPatch } from './infer/infer.ts';
import { type Instance, type ObjectType, objectOf, type RecordType } from './infer/types.ts';
import { isLive, type Program } from './lower/program.ts';
import { fixedIndex, NamelessPrinter, operation, ownerOf, type Place, type Printed, SELF } from './nameless.ts';
import type { Modulus, Role, Roles, Writer } from './role.ts';
import type { FieldShape, ObjectShape, RootShape } from './shape.ts';
import { forEachStatement, partsOfExpression } from './walk.ts';

/** What a shape stands for in the typed tree. */
export type ShapeSource =
  | { readonly kind: 'variable'; readonly owner: Instance | null; readonly variable: Variable }
  | { readonly kind: 'field'; readonly record: RecordType; readonly name: string }
  | { readonly kind: 'array'; readonly type: ObjectType };

export type AnyShape = RootShape | FieldShape | ObjectShape;

interface Open {
  readonly writers: Map<string, Writer>;
  readonly readers: Set<string>;
  readonly users: Set<Instance>;
  readonly moduli: Map<string, Modulus>;
  isIndex: boolean;
}

interface Found {
  readonly roles: ReadonlyMap<AnyShape, Role>;
  readonly users: ReadonlyMap<Instance, ReadonlySet<AnyShape>>;
}

/** Only the first ones of something that is written in very many ways. */
const MAX_WRITERS = 32;

/** `during`: runs what is asked for later while the tree is what it is now. */
export function lazyRoles(
  program: Program,
  typed: TypedPatch,
  sources: ReadonlyMap<AnyShape, ShapeSource>,
  during: <Result>(work: () => Result) => Result,
): Roles {
  const { text, libraryUnits } = typed.patch;
  const isWritten = (variable: Variable): boolean => typed.globalsWritten.has(variable);
  const found = once(() => during(() => new RoleFinder(program, isWritten).run(sources)));
  const texts = [text, ...new Set(libraryUnits.map((unit) => unit.text))];
  const drawn = texts.some(mayDraw)
    ? once(() => during(() => drawnShapes(instancesAtTop(typed.initialisers, program.instances), sources)))
    : null;
  return {
    of: (shape) => found().roles.get(shape) ?? null,
    usedBy(symbol) {
      const instance = program.instanceOf(symbol);
      return instance && (found().users.get(instance) ?? null);
    },
    drawnBy: (shape) => drawn?.().get(shape) ?? null,
  };
}

/** Computes when it is first asked, and forgets what it needed for that. */
function once<T>(compute: () => T): () => T {
  let todo: (() => T) | null = compute;
  let value: T | undefined;
  return () => {
    if (todo) {
      value = todo();
      todo = null;
    }
    return value as T;
  };
}

const isPlace = (expression: Expression): expression is Expression & Place =>
  expression.kind === 'variable' || expression.kind === 'member' || expression.kind === 'index';

class RoleFinder {
  private readonly program: Program;
  /** By what owns it (`null`: the top level; an array is its own owner), and by variable or name. */
  private readonly open = new Map<Instance | ObjectType | null, Map<Variable | string, Open>>();
  private readonly declared = new Map<Variable, Expression>();
  private readonly printer: NamelessPrinter;

  constructor(program: Program, isGlobalWritten: (variable: Variable) => boolean) {
    this.program = program;
    this.printer = new NamelessPrinter(program, isGlobalWritten, this.declared);
  }

  run(sources: ReadonlyMap<AnyShape, ShapeSource>): Found {
    const live = this.program.instances.filter(isLive);
    for (const { closure } of live) {
      forEachStatement(closure.node.body, (statement) => {
        if (statement.kind === 'declare' && statement.value) this.declared.set(statement.variable, statement.value);
      });
    }
    for (const instance of live) {
      forEachStatement(instance.closure.node.body, (statement, expressions) => {
        for (const expression of expressions) this.visit(instance, expression, statement.kind, false);
      });
    }
    const roles = new Map<AnyShape, Role>();
    const users = new Map<Instance, Set<AnyShape>>();
    for (const [shape, source] of sources) {
      const open = this.peek(source);
      if (!open) continue;
      const { writers, readers, isIndex, moduli } = open;
      const taken = moduli.size > 0 && { moduli: [...moduli.values()] };
      roles.set(shape, { writers: [...writers.values()], readers: [...readers].sort(), isIndex, ...taken });
      for (const instance of open.users) {
        const used = users.get(instance) ?? new Set();
        users.set(instance, used.add(shape));
      }
    }
    return { roles, users };
  }

  private peek(source: ShapeSource): Open | undefined {
    if (source.kind === 'variable') return this.open.get(source.owner)?.get(source.variable);
    return source.kind === 'field'
      ? this.open.get(source.record)?.get(source.name)
      : this.open.get(source.type)?.get('');
  }

  private at(owner: Instance | ObjectType | null, key: Variable | string): Open {
    let byKey = this.open.get(owner);
    if (!byKey) {
      byKey = new Map();
      this.open.set(owner, byKey);
    }
    let open = byKey.get(key);
    if (!open) {
      open = { writers: new Map(), readers: new Set(), users: new Set(), moduli: new Map(), isIndex: false };
      byKey.set(key, open);
    }
    return open;
  }

  private typeOf(instance: Instance, expression: Expression): ObjectType | null {
    const type = instance.types.get(expression.id);
    return type ? objectOf(type) : null;
  }

  private openAt(instance: Instance, place: Place): Open | null {
    const open = this.find(instance, place);
    open?.users.add(instance);
    return open;
  }

  private find(instance: Instance, place: Place): Open | null {
    if (place.kind === 'variable') {
      const { variable } = place;
      if (variable.owner === null) return this.at(null, variable);
      const owner = ownerOf(instance, variable);
      return owner && this.at(owner, variable);
    }
    const type = this.typeOf(instance, place.object);
    if (place.kind === 'member') return type?.kind === 'record' ? this.at(type, place.name) : null;
    if (type?.kind === 'record') {
      const at = fixedIndex(place.index);
      return at === null ? null : this.at(type, String(at));
    }
    return type?.kind === 'array' || type?.kind === 'typedArray' ? this.at(type, '') : null;
  }

  /** `context`: what takes the value. `inIndex`: it is a part of an index. */
  private visit(instance: Instance, expression: Expression, context: string, inIndex: boolean): void {
    const { kind } = expression;
    if (kind === 'variable' || kind === 'member' || kind === 'index') {
      const open = this.openAt(instance, expression);
      open?.readers.add(context);
      if (open && inIndex) open.isIndex = true;
      if (kind === 'variable' && inIndex) this.markSource(instance, expression.variable);
    }
    if (kind === 'assign') this.write(instance, expression.target, this.assigned(instance, expression));
    if (kind === 'update') {
      const step: Printed = this.printer.print(
        instance,
        { id: -1, span: expression.span, kind: 'number', value: expression.step },
        null,
      );
      this.write(instance, expression.target, operation('+', [SELF, step]));
      if (inIndex) this.markIndex(instance, expression.target);
    }
    if (kind === 'assign' && inIndex) this.markIndex(instance, expression.target);
    if (kind === 'binary' && expression.operator === '%') this.divide(instance, expression.left, expression.right);
    const operator = kind === 'binary' || kind === 'logical' || kind === 'unary' ? expression.operator : kind;
    const name = kind === 'builtin' ? expression.name : operator;
    const target = kind === 'assign' || kind === 'update' ? expression.target : null;
    for (const [n, part] of partsOfExpression(expression).entries()) {
      const isIndex =
        (kind === 'index' && n === 1) ||
        (target?.kind === 'index' && part === target.index) ||
        (inIndex && kind === 'binary');
      this.visit(instance, part, `${name} ${n}`, isIndex);
    }
    if (kind === 'let') {
      forEachStatement(expression.statements, (statement, parts) => {
        for (const part of parts) this.visit(instance, part, statement.kind, false);
      });
    }
  }

  private markIndex(instance: Instance, target: Target | Place): void {
    const open = this.openAt(instance, target);
    if (open) open.isIndex = true;
  }

  /** What a constant of the call is the remainder of, which is an index: it is one as well. */
  private markSource(instance: Instance, variable: Variable): void {
    const value = variable.reassigned ? undefined : this.declared.get(variable);
    if (value?.kind === 'binary' && value.operator === '%' && isPlace(value.left)) this.markIndex(instance, value.left);
  }

  private divide(instance: Instance, dividend: Expression, divisor: Expression): void {
    const open = isPlace(dividend) ? this.find(instance, dividend) : null;
    if (!open || open.moduli.size >= MAX_WRITERS) return;
    const { full, constants } = this.printer.print(instance, divisor, null);
    open.moduli.set(`${full} ${JSON.stringify(constants)}`, { full, constants });
  }

  private assigned(instance: Instance, { target, operator, value }: Expression & { kind: 'assign' }): Printed {
    const printed = this.printer.print(instance, value, target);
    return operator ? operation(operator, [SELF, printed]) : printed;
  }

  private write(instance: Instance, target: Target, printed: Printed): void {
    const open = this.openAt(instance, target);
    if (!open || open.writers.size >= MAX_WRITERS) return;
    const element = target.kind === 'index' ? fixedIndex(target.index) : null;
    const { spine, full, constants, isInteger } = printed;
    open.writers.set(`${element} ${full} ${JSON.stringify(constants)}`, { spine, full, constants, isInteger, element });
  }
}
