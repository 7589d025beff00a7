/**
 * How inference reports mistakes: once for each place, in words that name what the user wrote, with the places where the
 * kinds of values came from. Mistakes in the library are reported at the call in the patch that led there.
 */

import {
  type DiagnosticCode,
  DiagnosticList,
  diagnose,
  type MESSAGES,
  type Place,
  type RelatedPlace,
  withinLibrary,
} from '../../language/diagnostics.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, Target, Variable, WrittenType } from '../ast.ts';
import {
  BROKEN,
  describeType,
  FUNCTION,
  type Instance,
  isMixed,
  LIST,
  type LibrarySite,
  NOTHING,
  type Origin,
  objectsOf,
  PRIMITIVES,
  type Type,
  UNDEFINED,
} from './types.ts';
import type { OnConflict } from './unify.ts';

/** Advice where two kinds meet in one place. */
export const ADVICE = {
  variable: 'use a separate variable for each',
  array: 'use a separate array for each',
  result: 'make it always return the same kind',
  argument: 'always pass the same kind',
} as const;

/** The first line of a function: the place for problems of the whole function. */
export function headOf(text: string, { start, end }: Span): Span {
  const line = text.indexOf('\n', start);
  return { start, end: line < 0 ? end : Math.min(line, end) };
}

/** For what the library does by itself. */
const NOWHERE: Span = { start: 0, end: 0 };

/** What a message may quote a part of. */
const MAX_READ = 400;

/** A test that tells the kinds of a type apart. */
function askFor(name: string, { mask }: Type): string {
  if ((mask & LIST) !== 0) return `if (Array.isArray(${name})) …`;
  if ((mask & FUNCTION) !== 0) return `if (typeof ${name} === 'function') …`;
  return `if (typeof ${name} === 'object') …`;
}

export abstract class Reports {
  readonly diagnostics = new DiagnosticList();
  readonly text: string;
  reporting = false;
  /** Whether a pass that reports would have found nothing so far: set before a pass that does not report. */
  isSilent = false;
  /** A mistake was reported: from now on broken values spread to what depends on them. */
  poisoning = false;
  /** The call in the patch through which the library is being analysed. */
  librarySite: LibrarySite | null = null;
  /** The specialisation that is being analysed. */
  current: Instance = undefined as never;
  private readonly reported = new Set<string>();
  /** Variables and kinds that have been reported. */
  private readonly reportedKinds = new Set<string>();
  /** Start offsets of the calls of endless recursions that have been reported. */
  readonly endlessCalls = new Set<number>();

  /** Calls that were followed to find those. */
  circleSteps = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Where the variables of the same owner got their first values. */
  protected abstract originsOf(variable: Variable): ReadonlyMap<Variable, Origin>;

  /** In the reporting pass: adds a mistake, unless there is one at this place. */
  report<Code extends DiagnosticCode>(place: Place, code: Code, ...details: Parameters<(typeof MESSAGES)[Code]>): void {
    if (this.reporting) this.note(place, code, ...details);
    else this.isSilent = false;
  }

  /** Called before code is analysed again with broken values: warnings caused by a mistake will not come back. */
  forgetWarnings(): void {
    this.diagnostics.forgetWarnings();
    for (const key of this.reported) if (key.startsWith('warning ')) this.reported.delete(key);
  }

  /** In any pass: a value broken by two kinds stays broken. */
  private note<Code extends DiagnosticCode>(
    place: Place,
    code: Code,
    ...details: Parameters<(typeof MESSAGES)[Code]>
  ): void {
    // Library code is not the user's: report the call that led there.
    const where = this.placeOf(place);
    if (this.diagnostics.isFull) return;
    const diagnostic = withinLibrary(
      diagnose(where, code, ...details),
      this.isInLibrary ? this.librarySite?.name : null,
    );
    const at = `${where.start}:${where.end}`;
    const key = `${diagnostic.severity} ${at}`;
    // A warning must not suppress an error.
    if (this.reported.has(key) || this.reported.has(`error ${at}`)) return;
    this.reported.add(key);
    this.diagnostics.add(diagnostic);
  }

  /**
   * Reports that a value is not of the required kind, and where its kind came from. Each variable is reported once,
   * however often it is misused.
   */
  reportKind<Code extends DiagnosticCode>(
    at: Expression | Target,
    type: Type,
    place: Span,
    code: Code,
    ...details: Parameters<(typeof MESSAGES)[Code]>
  ): void {
    if (!this.reporting) {
      this.isSilent = false;
      return;
    }
    if (isMixed(type)) {
      this.reportSeveral(at, type, place);
      return;
    }
    if (at.kind !== 'variable') {
      this.report(place, code, ...details);
      return;
    }
    const { variable } = at;
    const kind = describeType(type);
    const key = `${variable.id} ${kind}`;
    if (this.reportedKinds.has(key)) return;
    this.reportedKinds.add(key);
    const origin = this.originsOf(variable).get(variable);
    const isElsewhere = origin && (origin.span.start !== at.span.start || origin.span.end !== at.span.end);
    const tells = isElsewhere && describeType(origin.type) === kind && !this.isInLibrary;
    const related: RelatedPlace[] = tells
      ? [{ span: origin.span, message: this.becauseOf(variable, this.quote(at.span), kind) }]
      : [];
    this.report({ ...place, related }, code, ...details);
  }

  /** Reports a value that may be of several kinds, not all of which will do. */
  private reportSeveral(at: Expression | Target, type: Type, place: Span): void {
    const what = at.kind === 'variable' ? at.variable.name : 'x';
    const origin = at.kind === 'variable' ? (this.originsOf(at.variable).get(at.variable) ?? null) : null;
    const isElsewhere =
      origin && !this.isInLibrary && (origin.span.start !== at.span.start || origin.span.end !== at.span.end);
    const related = isElsewhere ? [{ span: origin.span, message: 'It gets its value here.' }] : [];
    const quoted = this.quote(at.span);
    this.report({ ...place, related }, 'several-kinds', quoted, describeType(type), askFor(what, type));
  }

  /** Why a variable is of a kind: for a parameter, which function is given what. */
  private becauseOf({ kind: declared, owner }: Variable, quoted: string, kind: string): string {
    const called = owner && !/λ\d+$/.test(owner.path) ? `\`${owner.path}\`` : 'The function';
    return declared === 'parameter'
      ? `${called} is given ${kind} here, for ${quoted}.`
      : `${quoted} is ${kind} because of this.`;
  }

  /** The type of a value after a mistake about it was reported. */
  get mistaken(): Type {
    return this.poisoning ? BROKEN : NOTHING;
  }

  /** Whether an expression is on one line and the bracket after it on another. */
  goesOn({ end }: Span): boolean {
    return !this.isInLibrary && /^[^([]*\n[^([]*[([]/.test(this.text.slice(end, end + 200));
  }

  /** Where the patch led to a place that may be of the library. */
  placeOf<At extends Place>(place: At): At | Span {
    return this.isInLibrary ? (this.librarySite?.span ?? NOWHERE) : place;
  }

  get isInLibrary(): boolean {
    return this.current.closure.node.unit?.isLibrary === true;
  }

  /**
   * For joining the types that meet in one place. `what` names it in a message; `origin` is what gave it its kind, and
   * `verb` how it has that kind.
   */
  conflictAt(
    span: Span,
    what: string | (() => string) = 'this',
    origin: Origin | null = null,
    advice: string = ADVICE.variable,
    verb = 'is',
  ): OnConflict {
    return (first, second, part) => {
      const related = [];
      if (origin && !this.isInLibrary) {
        const isWhole = part === '';
        const message = isWhole
          ? `Here it ${verb} ${describeType(origin.type)}.`
          : 'The first of the two comes from here.';
        related.push({ span: origin.span, message });
      }
      const subject = part + (this.isInLibrary ? 'this' : typeof what === 'string' ? what : what());
      this.note({ ...span, related }, 'two-kinds', subject, describeType(first), describeType(second), advice);
    };
  }

  /** For joining the values of two expressions, one of which is the result. */
  conflictBetween(span: Span, first: Expression, second: Expression): OnConflict {
    return (one, other, part) => {
      const kinds = [describeType(one), describeType(other)] as const;
      const related = [first, second].map((from, index) => ({
        span: from.span,
        message: `Here it is ${kinds[index]}.`,
      }));
      const place = part === '' && !this.isInLibrary ? { ...span, related } : span;
      this.note(place, 'two-kinds', `${part}this`, ...kinds, ADVICE.variable);
    };
  }

  /** What a message calls an expression: its text, if that is short. */
  quote(span: Span): string {
    if (this.isInLibrary) return 'This';
    const text = this.text.slice(span.start, Math.min(span.end, span.start + MAX_READ)).replace(/\s+/g, ' ');
    return text.length <= 32 ? `\`${text}\`` : `\`${text.slice(0, 30)}…\``;
  }

  /**
   * Checks a written type against the inferred one, and returns whether it fits. `undefined` is always allowed in
   * addition. `from`: what gives the value.
   */
  checkWritten(
    name: string,
    written: WrittenType | null,
    inferred: Type,
    from: Span | null,
    role: 'value' | 'result' = 'value',
  ): boolean {
    if (!written) return true;
    const primitives = inferred.mask & PRIMITIVES;
    const fits =
      (primitives & ~(written.mask | UNDEFINED)) === 0 &&
      objectsOf(inferred).every(({ kind }) => kind !== 'mixed' && written.objects.has(kind));
    if (!fits && !this.reporting) this.isSilent = false;
    if (fits || !this.reporting) return fits;
    const kind = describeType(inferred);
    const message = role === 'value' ? `It gets ${kind} here.` : `It returns ${kind} here.`;
    const related = from ? [{ span: from, message }] : [];
    this.report({ ...written.span, related }, 'annotation-mismatch', name, `\`${written.text}\``, kind, role);
    return false;
  }
}
