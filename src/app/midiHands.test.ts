/** Controllers are learned by moving them, move their controls from then on, and everything goes on to the patch as well. */
import { expect, it } from 'vitest';
import type { ControlKind, ControlState } from '../protocol/controls.ts';
import { controlled, controllerText, learnedBy, MidiHands, type MidiState, readLearned } from './midiHands.ts';
import { createModel } from './model.ts';
import { settingsFrom } from './settings.ts';

const control = (name: string, kind: ControlKind, max = 1): ControlState => ({
  declaration: {
    ...{ kind, name, unit: '', options: [], defaultValue: 0, smooth: 0, min: 0, max, step: kind === 'select' ? 1 : 0 },
    ...{ curve: 'linear', span: { start: 0, end: 0 }, valueSpan: null, secondValueSpan: null },
  },
  value: 0,
  isMoved: false,
});

function setUp(learned: MidiState['learned'] = {}) {
  const model = createModel(settingsFrom({}), []);
  model.controls.value = [control('cutoff', 'slider', 254), control('on', 'toggle'), control('pick', 'select', 2)];
  const did: string[] = [];
  const midi = new MidiHands(
    {
      model,
      input: {
        ...{ state: 'on', devices: [{ id: '1', name: 'keys' }], chosen: null },
        open: async () => void did.push('open'),
        choose: (id) => void did.push(`choose ${id}`),
      },
      board: {
        move: (name, value) => did.push(`${name} ${String(value)}`) > 0,
        release: () => true,
      },
      send: (event, timeStampMs) => void did.push(`${event.kind} ${timeStampMs}`),
      keep: (kept) => void did.push(`keep ${JSON.stringify(kept)}`),
    },
    learned,
  );
  const cc = (number: number, value: number, channel = 1) => midi.play({ kind: 'cc', number, value, channel }, 5);
  return { model, midi, did, cc };
}

it('learns the next controller, and lets it move the control', () => {
  const { midi, did, cc, model } = setUp();
  midi.learn('cutoff');
  expect([model.midi.value.learning, did.splice(0)]).toEqual(['cutoff', ['open']]);
  midi.play({ kind: 'note', note: 60, velocity: 1 });
  expect(model.midi.value.learning).toBe('cutoff');
  cc(74, 127);
  expect(did.splice(1)).toEqual(['keep {"cutoff":{"number":74,"channel":1}}', 'cutoff 254', 'cc 5']);
  cc(74, 0);
  cc(74, 64, 2);
  cc(75, 64);
  expect(did.splice(1)).toEqual(['cutoff 0', 'cc 5', 'cc 5', 'cc 5']);
  midi.forget('cutoff');
  cc(74, 64);
  expect(did.splice(1)).toEqual(['keep {}', 'cc 5']);
});

it('learns nothing for a control that an edit has taken away', () => {
  const { midi, did, cc, model } = setUp();
  midi.learn('cutoff');
  model.controls.value = [];
  cc(74, 127);
  expect([model.midi.value.learning, model.midi.value.learned, did.splice(0)]).toEqual([null, {}, ['open', 'cc 5']]);
});

it('takes no name for one that has learned, whatever every object has', () => {
  expect(learnedBy({}, 'constructor')).toBeUndefined();
  const { midi, cc, model } = setUp();
  model.controls.value = [control('__proto__', 'slider')];
  midi.learn('__proto__');
  cc(74, 127);
  expect(learnedBy(model.midi.value.learned, '__proto__')).toEqual({ number: 74, channel: 1 });
});

it('switches what can be on or off, and goes through what can be one of several', () => {
  const { did, cc } = setUp({ on: { number: 1, channel: 1 }, pick: { number: 2, channel: 1 } });
  for (const value of [63, 64]) cc(1, value);
  for (const value of [0, 63, 127]) cc(2, value);
  expect(did.filter((what) => !what.startsWith('cc'))).toEqual(['on 0', 'on 1', 'pick 0', 'pick 1', 'pick 2']);
});

it('shows devices, and takes of what was kept only what makes sense', () => {
  const { midi, model } = setUp();
  midi.changed();
  expect(model.midi.value).toMatchObject({ access: 'on', devices: [{ name: 'keys' }], chosen: null });
  const kept = {
    a: { number: 1, channel: 1 },
    b: { number: 200, channel: 1 },
    c: null,
    d: 5,
    e: { number: '1', channel: 1 },
  };
  expect(readLearned(kept)).toEqual({ a: { number: 1, channel: 1 } });
  expect([readLearned(null), readLearned('x')]).toEqual([{}, {}]);
});

it('learns a stick or a button of a gamepad, once it is moved on purpose', () => {
  const { midi, did, model } = setUp();
  const axis = (number: number, position: number, isMeant = true, pad = 0) =>
    midi.pad({ pad, kind: 'axis', number }, position, isMeant);
  midi.learn('cutoff');
  axis(1, 0.51, false);
  expect([model.midi.value.learning, did.splice(1)]).toEqual(['cutoff', []]);
  axis(1, 0.75);
  axis(1, 0);
  axis(1, 1, true, 1);
  midi.pad({ pad: 0, kind: 'button', number: 1 }, 1, true);
  midi.play({ kind: 'cc', number: 1, value: 127, channel: 0 });
  expect(did.splice(1).filter((what) => !what.startsWith('cc'))).toEqual([
    ...['keep {"cutoff":{"number":1,"channel":0,"of":"axis"}}', 'cutoff 190.5', 'cutoff 0'],
  ]);
  expect(controllerText({ number: 1, channel: 0, of: 'axis' })).toBe('axis 2 of gamepad 1');
});

it('moves both of an xy by a stick, x alone by a controller, and switches with each press of a button', () => {
  const state = (kind: ControlKind, value: ControlState['value']): ControlState => ({ ...control('it', kind), value });
  const [x, y] = [2, 3].map((number) => ({ number, channel: 0, of: 'axis' as const }));
  expect(controlled(state('xy', [0.25, 0.5]), x, x, 1)).toEqual([1, 0.5]);
  expect(controlled(state('xy', [0.25, 0.5]), x, y, 1)).toEqual([0.25, 1]);
  expect(controlled(state('xy', [0.25, 0.5]), x, { ...x, number: 1 }, 1)).toBeNull();
  const cc = { number: 3, channel: 1 };
  expect(controlled(state('xy', [0.25, 0.5]), cc, cc, 1)).toEqual([1, 0.5]);
  const button = { number: 3, channel: 0, of: 'button' as const };
  expect([1, 0].map((position) => controlled(state('toggle', 1), button, button, position))).toEqual([0, null]);
  expect([1, 0].map((position) => controlled(state('button', 0), button, button, position))).toEqual([1, 0]);
});

it('keeps what is of a gamepad', () => {
  const kept = { a: { number: 0, channel: 0, of: 'axis' }, b: { number: 1, channel: 1, of: 'other' } };
  expect(readLearned(kept)).toEqual({ a: kept.a, b: { number: 1, channel: 1 } });
});
