/** What is shown of controls, what is remembered, and what the processor is told. */
import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import type { ControlDeclaration, ControlState } from '../protocol/controls.ts';
import type { ControlEvent } from '../protocol/hostEvents.ts';
import { ControlBoard } from './controlBoard.ts';

const declared = (name: string, change: Partial<ControlDeclaration> = {}): ControlDeclaration => ({
  ...{ kind: 'slider', name, min: 0, max: 10, step: 0, curve: 'linear', unit: '', options: [], defaultValue: 1 },
  ...{ smooth: 0.01, span: { start: 0, end: 1 }, valueSpan: null, secondValueSpan: null },
  ...change,
});

function boardOf(...declarations: ControlDeclaration[]) {
  const controls = signal<readonly ControlState[]>([]);
  const sent: ControlEvent[] = [];
  const board = new ControlBoard({ controls, send: (event) => sent.push(event) });
  board.declare(declarations, 0);
  const shown = () => controls.value.map(({ declaration, value, isMoved }) => [declaration.name, value, isMoved]);
  return { board, sent, shown };
}

describe('a control', () => {
  it('is moved within its range, and told to the processor', () => {
    const { board, sent, shown } = boardOf(declared('a'), declared('b'));
    expect(board.move('b', 70)).toBe(true);
    expect(shown()).toEqual([
      ['a', 1, false],
      ['b', 10, true],
    ]);
    expect(sent).toEqual([{ kind: 'control', name: 'b', value: 10 }]);
    expect(board.move('c', 1)).toBe(false);
    expect(sent).toHaveLength(1);
  });

  it('keeps what it was moved to through edits, also those that drop its name for a while', () => {
    const { board, shown } = boardOf(declared('a'));
    board.move('a', 5);
    board.declare([declared('a', { defaultValue: 2 })], 0);
    expect(shown()).toEqual([['a', 5, true]]);
    board.declare([declared('aa')], 0);
    board.declare([declared('a', { max: 4 })], 0);
    expect(shown()).toEqual([['a', 4, true]]);
    board.declare([declared('a')], 0);
    expect(shown()).toEqual([['a', 5, true]]);
  });

  it('takes a new default when nobody moved it, and when it was released', () => {
    const { board, sent, shown } = boardOf(declared('a'));
    board.declare([declared('a', { defaultValue: 2 })], 0);
    expect(shown()).toEqual([['a', 2, false]]);
    board.move('a', 5);
    board.release('a');
    expect(shown()).toEqual([['a', 2, false]]);
    expect(sent.at(-1)).toEqual({ kind: 'release', name: 'a' });
  });

  it('stays where it is when it was written back, until the text says something else', () => {
    const { board, sent, shown } = boardOf(declared('a'), declared('b'));
    board.move('a', 5);
    board.writtenBack('a');
    expect(sent.at(-1)).toEqual({ kind: 'settle', name: 'a' });
    board.move('b', 3);
    expect(shown()).toEqual([
      ['a', 5, false],
      ['b', 3, true],
    ]);
    board.declare([declared('a', { defaultValue: 5 })], 0);
    expect(shown()).toEqual([['a', 5, false]]);
    board.declare([declared('a', { defaultValue: 7 })], 0);
    expect(shown()).toEqual([['a', 7, false]]);
  });

  it('is not moved by a button that is held', () => {
    const { board, shown } = boardOf(declared('go', { kind: 'button', max: 1, defaultValue: 0 }));
    board.move('go', 1);
    expect(shown()).toEqual([['go', 1, false]]);
    expect(board.moved(0)).toEqual([]);
    board.move('go', 0);
    expect(shown()).toEqual([['go', 0, false]]);
  });

  it('belongs to its piece', () => {
    const { board, sent, shown } = boardOf(declared('a'));
    board.move('a', 5);
    board.declare([declared('a')], 1);
    expect(shown()).toEqual([['a', 1, false]]);
    sent.length = 0;
    board.declare([declared('a')], 0);
    expect(shown()).toEqual([['a', 5, true]]);
    expect(sent).toEqual([{ kind: 'control', name: 'a', value: 5 }]);
    expect(board.moved(0)).toEqual([{ name: 'a', value: 5 }]);
    expect(board.moved(1)).toEqual([]);
  });
});

it('begins with the values that come with a text', () => {
  const { board, sent, shown } = boardOf(declared('a'), declared('b'));
  board.preset([{ name: 'b', value: 5 }], 0);
  expect(board.moved(0)).toEqual([{ name: 'b', value: 5 }]);
  board.preset([{ name: 'c', value: 1 }], 3);
  expect([board.moved(0).length, board.moved(3)]).toEqual([1, [{ name: 'c', value: 1 }]]);
  expect(sent).toEqual([{ kind: 'control', name: 'b', value: 5 }]);
  expect(shown()).toEqual([
    ['a', 1, false],
    ['b', 5, true],
  ]);
});
