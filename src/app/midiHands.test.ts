/** Controllers are learned by moving them, move their controls from then on, and everything goes on to the patch as well. */
import { expect, it } from 'vitest';
import type { ControlKind, ControlState } from '../protocol/controls.ts';
import { MidiHands, type MidiState, readLearned } from './midiHands.ts';
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
