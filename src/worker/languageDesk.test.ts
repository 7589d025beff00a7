/** Questions of the editor come behind swaps, and are answered once each: counted, with a real service and hands for its ports. */
import { describe, expect, it } from 'vitest';
import type { WorkerToMain } from '../protocol/compile.ts';
import type { Question } from '../protocol/language.ts';
import { Desk, text } from '../testing/serviceDesk.ts';
import { LanguageDesk, withRunning } from './languageDesk.ts';

class Turns {
  readonly told: WorkerToMain[] = [];
  readonly asked: string[] = [];
  busy = false;
  private waiting: (() => void)[] = [];
  readonly desk = new LanguageDesk({
    answer: (asked, { kind }) => {
      this.asked.push(`${kind} of ${asked}`);
      if (asked === 'bad') throw new Error('a mistake of ours');
      return null;
    },
    toMain: (message) => this.told.push(message),
    isBusy: () => this.busy,
    later: (call) => this.waiting.push(call),
  });

  ask(id: number, of: string, question: Question = { kind: 'hover', offset: 0 }): void {
    this.desk.hear({ kind: 'ask', id, text: of, question });
  }

  /** What was to be called later. Returns how much that was. */
  turn(): number {
    const now = this.waiting;
    this.waiting = [];
    for (const call of now) call();
    return now.length;
  }

  get answered(): number[] {
    return this.told.flatMap((message) => (message.kind === 'answer' ? [message.id] : []));
  }
}

describe('the desk', () => {
  it('answers nothing at once, and one question at a time', () => {
    const turns = new Turns();
    turns.ask(1, 'a');
    turns.ask(2, 'a', { kind: 'outline' });
    expect(turns.asked).toEqual([]);
    turns.turn();
    expect(turns.asked).toEqual(['hover of a']);
    turns.turn();
    expect(turns.answered).toEqual([1, 2]);
    expect(turns.turn()).toBe(0);
  });

  it('looks only at the newest of a kind, and says so', () => {
    const turns = new Turns();
    for (let id = 1; id <= 5; id++) turns.ask(id, `text ${id}`, { kind: 'complete', offset: id });
    while (turns.turn() > 0);
    expect(turns.asked).toEqual(['complete of text 5']);
    expect(turns.answered).toEqual([1, 2, 3, 4, 5]);
  });

  it('drops what is given up', () => {
    const turns = new Turns();
    turns.ask(1, 'a');
    turns.desk.hear({ kind: 'forget', id: 1 });
    turns.desk.hear({ kind: 'forget', id: 7 });
    while (turns.turn() > 0);
    expect(turns.asked).toEqual([]);
    expect(turns.answered).toEqual([1]);
  });

  it('waits for as long as a text waits to be compiled', () => {
    const turns = new Turns();
    turns.busy = true;
    turns.ask(1, 'a');
    for (let turn = 0; turn < 20; turn++) turns.turn();
    expect(turns.asked).toEqual([]);
    turns.busy = false;
    turns.turn();
    expect(turns.answered).toEqual([1]);
  });

  it('answers also where the service has a mistake, and goes on', () => {
    const turns = new Turns();
    turns.ask(1, 'bad');
    expect(() => turns.turn()).toThrow('a mistake of ours');
    turns.ask(2, 'good');
    turns.turn();
    expect(turns.answered).toEqual([1, 2]);
  });
});

it('lets every swap go first: a hundred questions between two texts do not come before the second', async () => {
  const player = await Desk.open();
  const order: string[] = [];
  const later: (() => void)[] = [];
  const desk = new LanguageDesk({
    answer: () => {
      order.push(`answer after ${player.batches.length} batches`);
      return null;
    },
    toMain: () => undefined,
    isBusy: () => player.service.isAsked,
    later: (call) => later.push(call),
  });
  const turn = () => {
    for (const call of later.splice(0)) call();
  };
  player.ask(text(1));
  // Not committed yet: this one has to wait for that.
  player.ask(text(2));
  for (let id = 0; id < 100; id++) {
    desk.hear({ kind: 'ask', id, text: text(2), question: { kind: 'describe', offset: 0, label: `${id}` } });
    turn();
  }
  expect(player.service.isAsked).toBe(true);
  expect(order).toEqual([]);
  player.refuse();
  expect(player.batches).toHaveLength(2);
  turn();
  expect(order).toEqual(['answer after 2 batches']);
});

it('says what runs of a unit', () => {
  const row = { unit: 'lp', version: 3, slots: [], codeBytes: 120, stateBytes: 16, tier: 2, span: null } as const;
  const hover = { code: 'const lp: number', text: '', span: { start: 0, end: 2 }, unit: 'lp' };
  expect(withRunning(hover, [row])?.text).toBe('Plays: version 3, tier 2, 16 bytes of state, 120 bytes of code.');
  expect(withRunning({ ...hover, unit: 'x' }, [row])?.text).toBe('');
  expect(withRunning(null, [row])).toBeNull();
});
