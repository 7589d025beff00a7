/**
 * What the status line says and what is marked in the code. In: facts, from whoever finds them. Out: the model's problems
 * and message, and marks. Main thread.
 *
 * A fact stays until it is no longer true or a newer one of its kind takes its place, and a message is made of the facts
 * as they are now: so none hides a graver one, and none says that something sounds which has been stopped since.
 */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { HostDeclarations } from '../protocol/controls.ts';
import type { InputShown } from './listening.ts';
import { type Fact, type Failure, type Incident, messageOf, type Want } from './messages.ts';
import type { Message, PlayState, Problem } from './model.ts';
import type { ShownSound } from './sampleShelf.ts';

/** What a message depends on besides the fact itself. */
export interface StatusInputs {
  readonly state: ReadonlySignal<PlayState>;
  readonly generation: ReadonlySignal<number | null>;
  readonly dcOffset: ReadonlySignal<number>;
  /** What the patch that plays gets from outside, and what of it is there. */
  readonly host: ReadonlySignal<HostDeclarations>;
  readonly input: ReadonlySignal<InputShown>;
  readonly sounds: ReadonlySignal<readonly ShownSound[]>;
}

/** Where problems are marked. */
export interface Marks {
  showProblems(problems: readonly Problem[]): void;
}

export class Status {
  /** The line that stays until what it says is no longer true. */
  readonly message: ReadonlySignal<Message | null>;
  readonly #problems = signal<readonly Problem[]>([]);
  /** For good. */
  readonly #failure: Signal<Failure | null> = signal(null);
  /** What is said of the newest evaluation or undo, or of what plays. */
  readonly #fact: Signal<Fact | null> = signal(null);
  /** That something was put right again, until the next evaluation. */
  readonly #incident: Signal<Incident | null> = signal(null);
  /** Whether the constant that is taken out is worth a line: not any more when it had one before an evaluation. */
  readonly #isOffsetNew = signal(true);
  readonly #inputs: StatusInputs;
  #marks: Marks | null = null;

  constructor(inputs: StatusInputs) {
    this.#inputs = inputs;
    this.message = computed(() => {
      const { state, generation, dcOffset } = this.#inputs;
      const offset = dcOffset.value !== 0 && this.#isOffsetNew.value;
      const fact =
        this.#failure.value ??
        this.#fact.value ??
        this.#incident.value ??
        (offset ? ({ kind: 'offset', offset: dcOffset.value } as const) : this.#want());
      const isSounding = state.value !== 'stopped' && state.value !== 'loading';
      return fact && messageOf(fact, { isSounding, hasVersion: generation.value !== null });
    });
  }

  /** What the patch wants from outside and does not get, and which a click would give it. */
  #want(): Want | null {
    const { host, input, sounds } = this.#inputs;
    const namesIn = (state: ShownSound['state']) =>
      sounds.value.filter((sound) => sound.isUsed && sound.state === state).map(({ name }) => name);
    const { state } = input.value;
    if (host.value.hasInput && (state === 'off' || state === 'missing')) return { kind: 'no input', state };
    const [unasked, missing] = [namesIn('unasked'), namesIn('missing')];
    if (unasked.length > 0) return { kind: 'no consent', names: unasked };
    return missing.length > 0 ? { kind: 'no files', names: missing } : null;
  }

  get problems(): ReadonlySignal<readonly Problem[]> {
    return this.#problems;
  }

  attach(marks: Marks): void {
    this.#marks = marks;
  }

  /** An evaluation or an undo has its answer. `problems` are of the text in the editor; null: those that are known stay. */
  answered(fact: Fact | null, problems: readonly Problem[] | null): void {
    const hidesOffset = (this.#failure.value ?? this.#fact.value ?? this.#incident.value) !== null;
    if (!hidesOffset && this.#inputs.dcOffset.value !== 0) this.#isOffsetNew.value = false;
    this.#incident.value = null;
    this.#fact.value = fact;
    if (problems) this.#mark(problems);
  }

  /** What is wrong with the text in the editor, which nobody has evaluated. */
  checked(problems: readonly Problem[]): void {
    this.#mark(problems);
  }

  /** Something was found out about what plays, or played. What plays on must not hide what has stopped, or cannot begin. */
  found(fact: Fact, problem: Problem | null = null): void {
    const known = this.#fact.value?.kind;
    if (fact.kind !== 'trapped' && (known === 'trapped' || known === 'rejected')) return;
    this.#fact.value = fact;
    if (problem) this.#mark([problem]);
  }

  /** The sound has no constant offset any more: the next one is news. */
  offsetEnded(): void {
    this.#isOffsetNew.value = true;
  }

  handleEvent(incident: Incident): void {
    this.#incident.value = incident;
  }

  failed(failure: Failure): void {
    this.#failure.value ??= failure;
  }

  #mark(problems: readonly Problem[]): void {
    this.#problems.value = problems;
    this.#marks?.showProblems(problems);
  }
}
