/** The input on the page: a warning of feedback once, when it first opens. */
import { expect, it } from 'vitest';
import type { InputState } from '../engine/soundInput.ts';
import { Listening } from './listening.ts';
import { createModel } from './model.ts';
import { settingsFrom } from './settings.ts';

it('warns of feedback once, and only where something is heard', async () => {
  const model = createModel(settingsFrom({}), []);
  const said: string[] = [];
  const opened: (string | undefined)[] = [];
  const input = {
    ...{ state: 'off' as InputState, devices: [{ id: 'a', name: 'A' }], chosen: null, trouble: 'no' },
    open: async (id?: string) => void opened.push(id),
    close: () => undefined,
  };
  const listening = new Listening({
    model,
    sound: Promise.resolve({ input }),
    say: ({ text }) => void said.push(text),
  });
  listening.open();
  await expect.poll(() => opened.length).toBe(1);
  expect(said).toEqual([]);
  input.state = 'on';
  listening.open('a');
  await expect.poll(() => said.length).toBe(1);
  expect(said[0]).toMatch(/feed back/);
  listening.open();
  await expect.poll(() => opened).toEqual([undefined, 'a', undefined]);
  expect(said.length).toBe(1);
  listening.changed(input);
  expect(model.input.value).toEqual({ state: 'on', devices: input.devices, chosen: null, trouble: 'no' });
});
