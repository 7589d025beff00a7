/**
 * Questions of the editor, in the compiler worker. In: questions about texts. Out: an answer to each. Behind everything that
 * has to do with the sound: a question is looked at when no text waits to be compiled, one at a time, so that what arrives
 * meanwhile comes first. Of two questions of one kind only the newer one is looked at.
 */

import type { CodeRow, MainToWorker, WorkerToMain } from '../protocol/compile.ts';
import type { Answers, AnswerTo, Question } from '../protocol/language.ts';

export type Asked = Extract<MainToWorker, { kind: 'ask' }>;

export interface DeskParts {
  answer(text: string, question: Question): AnswerTo<Question>;
  toMain(message: WorkerToMain): void;
  /** Whether a text is still to be compiled. */
  isBusy(): boolean;
  /** Calls after all messages that are there already. */
  later(call: () => void): void;
}

/** Questions of which each is asked for its own sake: all are answered. */
const KEPT: ReadonlySet<Question['kind']> = new Set<Question['kind']>(['describe', 'module', 'rename']);

export class LanguageDesk {
  private readonly parts: DeskParts;
  private waiting: Asked[] = [];
  private isStepping = false;

  constructor(parts: DeskParts) {
    this.parts = parts;
  }

  hear(message: Extract<MainToWorker, { kind: 'ask' | 'forget' }>): void {
    if (message.kind === 'forget') {
      this.giveUp(({ id }) => id === message.id);
      return;
    }
    const { kind } = message.question;
    if (!KEPT.has(kind)) this.giveUp(({ question }) => question.kind === kind);
    this.waiting.push(message);
    this.goOn();
  }

  private giveUp(isMeant: (asked: Asked) => boolean): void {
    for (const { id } of this.waiting.filter(isMeant)) this.parts.toMain({ kind: 'answer', id, answer: null });
    this.waiting = this.waiting.filter((asked) => !isMeant(asked));
  }

  private goOn(): void {
    if (this.isStepping || this.waiting.length === 0) return;
    this.isStepping = true;
    this.parts.later(() => {
      this.isStepping = false;
      if (!this.parts.isBusy()) this.step();
      this.goOn();
    });
  }

  private step(): void {
    const asked = this.waiting.shift();
    if (!asked) return;
    const { id, text, question } = asked;
    let answer: AnswerTo<Question> | null = null;
    try {
      answer = this.parts.answer(text, question);
    } finally {
      // A mistake of ours must not leave a question without an answer, nor end the worker.
      this.parts.toMain({ kind: 'answer', id, answer });
    }
  }
}

/** With what runs of a unit: its version, tier and state. */
export function withRunning(hover: Answers['hover'], rows: readonly CodeRow[]): Answers['hover'] {
  const row = hover?.unit == null ? undefined : rows.find(({ unit }) => unit === hover.unit);
  if (!hover || !row) return hover;
  const state = row.stateBytes > 0 ? [`${row.stateBytes} bytes of state`] : [];
  const stays = row.tierReason === undefined ? '' : ` (${row.tierReason})`;
  // What only the top level runs has no code of its own.
  const code = row.codeBytes > 0 ? [`tier ${row.tier}${stays}`, ...state, `${row.codeBytes} bytes of code`] : state;
  const facts = [`version ${row.version}`, ...code];
  return { ...hover, text: [hover.text, `Plays: ${facts.join(', ')}.`].filter(Boolean).join('\n\n') };
}
