/** Moved values get into the text and are no longer moved; what has no place there stays as it is, and is named. */
import { expect, it } from 'vitest';
import type { ControlState } from '../protocol/controls.ts';
import { createHands } from './controlHands.ts';
import { createModel } from './model.ts';
import { settingsFrom } from './settings.ts';
import type { TextEdit } from './writeBack.ts';

const TEXT = "const a = slider('a', 1)\nconst b = slider('b', base)";

function control(name: string, call: string, value: string | null, isMoved = true): ControlState {
  const start = TEXT.indexOf(call);
  const at = value === null ? -1 : TEXT.indexOf(value, start);
  return {
    declaration: {
      ...{
        kind: 'slider',
        name,
        unit: '',
        options: [],
        defaultValue: 1,
        smooth: 0,
        min: 0,
        max: 10,
        step: 0,
        curve: 'linear',
      },
      span: { start, end: start + call.length },
      valueSpan: value === null ? null : { start: at, end: at + value.length },
      secondValueSpan: null,
    },
    value: 7,
    isMoved,
  };
}

function setUp(controls: readonly ControlState[]) {
  const model = createModel(settingsFrom({}), []);
  model.controls.value = controls;
  model.code.value = { rows: [], text: TEXT, beatsPerBar: null };
  const did: string[] = [];
  const hands = createHands({
    model,
    board: {
      move: (name, value) => did.push(`move ${name} ${String(value)}`) > 0,
      release: (name) => did.push(`release ${name}`) > 0,
      writtenBack: (name) => void did.push(`written ${name}`),
    },
    code: { text: TEXT, edit: (edits: readonly TextEdit[]) => void did.push(`edit ${edits.map(({ put }) => put)}`) },
    evaluate: () => void did.push('evaluate'),
    say: ({ text }) => void did.push(text),
  });
  return { model, hands, did };
}

const a = control('a', "slider('a', 1)", '1');
const b = control('b', "slider('b', base)", null);

it('writes what was moved, and evaluates as typing would', () => {
  const { hands, did, model } = setUp([a, b]);
  hands.writeBack(['a']);
  expect(did).toEqual(['edit 7', 'written a', 'evaluate']);
  model.settings.value = { ...model.settings.value, autoEvaluate: false };
  hands.writeBack(['a']);
  expect(did.slice(3)).toEqual(['edit 7', 'written a']);
});

it('writes all, and says which it cannot', () => {
  const { hands, did } = setUp([a, b]);
  hands.writeBack();
  expect(did).toEqual([expect.stringMatching(/^Not written: .* value of b,/), 'edit 7', 'written a', 'evaluate']);
});

it('leaves alone what nobody moved', () => {
  const { hands, did } = setUp([{ ...a, isMoved: false }]);
  hands.writeBack();
  hands.move('a', 3);
  hands.release('a');
  expect(did).toEqual(['move a 3', 'release a']);
});
