/** What the lowering of one function keeps: its locals, frames, labels, trap sites, and what it refers to. */

import type { DiagnosticCode, NonFinite } from '../../language/diagnostics.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, JumpTarget, Scope, Variable } from '../ast.ts';
import { type Truth, truthOf } from '../infer/kindTests.ts';
import { type Instance, type LibrarySite, NOTHING, type Type } from '../infer/types.ts';
import { type IrExpression, type IrStatement, i32, load, local, set, store, type ValueType } from '../ir.ts';
import { lineMark } from '../lineMarks.ts';
import { type Capture, capturesOf, cellOffset, frameBytes, variableType } from './layout.ts';
import type { Program } from './program.ts';
import { representationOf, valueTypeOf } from './representation.ts';
import type { TrapSite } from './trapSite.ts';

/** Where the value of a variable is to be found. */
export type Location =
  | { readonly kind: 'local'; readonly index: number }
  | { readonly kind: 'memory'; readonly pointer: IrExpression; readonly offset: number };

const within = (site: LibrarySite | null) => site && { within: site.name, ...(site.others && { others: site.others }) };

/** The environment is local 0; parameters follow. */
export const ENVIRONMENT = 0;

export class FunctionContext {
  readonly program: Program;
  readonly instance: Instance;
  readonly sites: TrapSite[] = [];
  /** Whether the function makes arrays, objects or closures. */
  allocates = false;
  /** Types of the locals behind the environment and the parameters. */
  readonly locals: ValueType[] = [];
  /** The root's pair goes straight to the header instead of into an array. */
  readonly returnsPair: boolean;
  private readonly firstLocal: number;
  private readonly variableLocals = new Map<Variable, number>();
  private readonly frames = new Map<Scope, number>();
  /** Locals that hold the frame records which the closure carries, from the start of the function on. */
  private readonly capturedFrames = new Map<Capture, number>();
  private readonly captures: readonly Capture[];
  /** The ends of the `try` blocks around what is lowered, the innermost last. */
  readonly catchLabels: string[] = [];
  isInitialiser = false;
  /** Something in this initialiser jumps to where the patch stops, as nothing catches what was thrown. */
  leavesUncaught = false;
  private labelCount = 0;
  private readonly jumps = new Map<number, number>();

  constructor(program: Program, instance: Instance, parameterCount: number, returnsPair: boolean) {
    this.program = program;
    this.instance = instance;
    this.firstLocal = 1 + parameterCount;
    this.captures = capturesOf(instance.closure.node);
    this.returnsPair = returnsPair;
  }

  newLocal(type: ValueType): number {
    this.locals.push(type);
    return this.firstLocal + this.locals.length - 1;
  }

  /** The label of a jump target, numbered within the function: code must not depend on what stands elsewhere. */
  jumpLabel(name: string, target: JumpTarget): string {
    let count = this.jumps.get(target.id);
    if (count === undefined) {
      count = this.jumps.size + 1;
      this.jumps.set(target.id, count);
    }
    return `${name}${count}`;
  }

  newLabel(name: string): string {
    return `${name}${++this.labelCount}`;
  }

  /** Says where the text of what follows begins, where that is asked for; the library has no place in the text. */
  lineMark({ start }: Span): readonly IrStatement[] {
    return this.program.marksLines && this.instance.site === null ? [lineMark(start)] : [];
  }

  /** The number of a new trap site. */
  site(code: DiagnosticCode, span: Span, notFinite?: readonly [what: string, value: NonFinite]): number {
    const { site } = this.instance;
    this.sites.push({ code, span: site?.span ?? span, ...within(site), ...(notFinite && { notFinite }) });
    return this.sites.length - 1;
  }

  /** The site of a `throw`. */
  thrownSite(span: Span, message: string): number {
    const { site } = this.instance;
    this.sites.push({ code: 'thrown', span: site?.span ?? span, ...within(site), message });
    return this.sites.length - 1;
  }

  /** The site of a use of a variable whose declaration may not have run. */
  unsetSite(variable: Variable, span: Span): number {
    this.sites.push({
      code: 'used-before-declared',
      span: this.instance.site?.span ?? span,
      ...within(this.instance.site),
      variable: { name: variable.name, span: variable.span },
    });
    return this.sites.length - 1;
  }

  typeOf(expression: Expression): Type {
    return this.instance.types.get(expression.id) ?? NOTHING;
  }

  /** Whether a test of kinds is decided in this specialisation. */
  truthOf(test: Expression): Truth {
    return truthOf(test, (part) => this.typeOf(part));
  }

  variableType(variable: Variable): Type {
    return variableType(this.instance, this.program.globals, variable);
  }

  /** Counters of plain loops are held as i32. */
  isCounter(variable: Variable): boolean {
    return variable.counter !== null && variable.storage === 'local';
  }

  bindLocal(variable: Variable, index: number): void {
    this.variableLocals.set(variable, index);
  }

  location(variable: Variable): Location {
    if (variable.storage === 'global') {
      const pointer: IrExpression = { op: 'symbol', kind: 'variable', name: this.program.variableSymbol(variable) };
      return { kind: 'memory', pointer, offset: 0 };
    }
    if (variable.owner === this.instance.closure.node) {
      if (variable.storage === 'cell') {
        return { kind: 'memory', pointer: local('i32', this.frame(variable.scope)), offset: cellOffset(variable) };
      }
      let index = this.variableLocals.get(variable);
      if (index === undefined) {
        const type = this.isCounter(variable) ? 'i32' : valueTypeOf(representationOf(this.variableType(variable)));
        index = this.newLocal(type);
        this.variableLocals.set(variable, index);
      }
      return { kind: 'local', index };
    }
    const environment = local('i32', ENVIRONMENT);
    if (variable.storage === 'cell') {
      return { kind: 'memory', pointer: this.framePointer(variable.scope), offset: cellOffset(variable) };
    }
    const capture = this.captures.find((one) => one.kind === 'value' && one.variable === variable);
    return { kind: 'memory', pointer: environment, offset: capture!.offset };
  }

  // Frame records

  private frame(scope: Scope): number {
    let index = this.frames.get(scope);
    if (index === undefined) {
      index = this.newLocal('i32');
      this.frames.set(scope, index);
    }
    return index;
  }

  /** A pointer to the frame record of a scope, of this function or of one around it. */
  framePointer(scope: Scope): IrExpression {
    if (scope.owner === this.instance.closure.node) return local('i32', this.frame(scope));
    const capture = this.captures.find((one) => one.kind === 'frame' && one.scope === scope)!;
    let index = this.capturedFrames.get(capture);
    if (index === undefined) {
      index = this.newLocal('i32');
      this.capturedFrames.set(capture, index);
    }
    return local('i32', index);
  }

  /** What a function begins with: the frame records that it uses of those around it. */
  prologue(): IrStatement[] {
    return [...this.capturedFrames].map(([{ offset }, index]) =>
      set(index, load('i32', local('i32', ENVIRONMENT), offset)),
    );
  }

  /** Makes the frame record of a scope that is being entered. */
  enterScope(scope: Scope, span: Span, out: IrStatement[]): void {
    if (scope.cells.length === 0 || scope.parent === null) return;
    const frame = this.frame(scope);
    out.push(set(frame, this.allocate(i32(frameBytes(scope)), span)));
    const site = this.site('endless-loop', span);
    out.push({ op: 'clear', pointer: local('i32', frame), sizeBytes: i32(frameBytes(scope)), site });
  }

  /** Gives the next turn of a loop variables of its own, with the values of the last. */
  renewScope(scope: Scope, span: Span, out: IrStatement[]): void {
    if (scope.cells.length === 0) return;
    const frame = this.frame(scope);
    const old = this.newLocal('i32');
    out.push(set(old, local('i32', frame)));
    out.push(set(frame, this.allocate(i32(frameBytes(scope)), span)));
    for (const variable of scope.cells) {
      const offset = cellOffset(variable);
      out.push(store('f64', local('i32', frame), offset, load('f64', local('i32', old), offset)));
    }
  }

  allocate(sizeBytes: IrExpression, span: Span): IrExpression {
    this.allocates = true;
    return { op: 'allocate', sizeBytes, site: this.site('per-frame-memory', span) };
  }
}
