/** A profile is shown of what plays, until the text is another, and no answer comes too late. */

import { expect, it } from 'vitest';
import type { Profile, Profiled } from '../protocol/profile.ts';
import { createModel } from './model.ts';
import { Profiling } from './profiling.ts';
import { settingsFrom } from './settings.ts';

const TEXT = 'export default () => 0\n';
const PROFILE: Profile = { text: TEXT, frames: 100, units: [], lines: [], outside: 0 };

function setUp() {
  const model = createModel(settingsFrom({}), []);
  const said: string[] = [];
  const asked: { text: string; answer: (profiled: Profiled) => void }[] = [];
  const profiling = new Profiling({
    model,
    compiler: { profile: (text) => new Promise((answer) => asked.push({ text, answer })) },
    say: ({ text }) => said.push(text),
  });
  model.code.value = { rows: [], text: TEXT, beatsPerBar: null };
  return { model, said, asked, profiling };
}

it('needs something that plays', () => {
  const { model, said, asked, profiling } = setUp();
  void profiling.toggle();
  expect([asked, model.profile.value, said.length]).toEqual([[], null, 1]);
});

it('is counted, shown, and switched off', async () => {
  const { model, asked, profiling } = setUp();
  model.state.value = 'playing';
  const done = profiling.toggle();
  expect(model.profile.value).toBe('counting');
  asked[0]?.answer(PROFILE);
  await done;
  expect([asked[0]?.text, model.profile.value]).toEqual([TEXT, PROFILE]);
  await profiling.toggle();
  expect(model.profile.value).toBeNull();
});

it('goes with an edit and with a swap, and what is answered then is of no use', async () => {
  const { model, asked, profiling } = setUp();
  model.state.value = 'playing';
  const first = profiling.toggle();
  profiling.end();
  asked[0]?.answer(PROFILE);
  await first;
  expect(model.profile.value).toBeNull();
  const second = profiling.toggle();
  model.generation.value = 7;
  asked[1]?.answer(PROFILE);
  await second;
  expect(model.profile.value).toBeNull();
});

it('says why there is none', async () => {
  const { model, said, asked, profiling } = setUp();
  model.state.value = 'playing';
  const done = profiling.toggle();
  asked[0]?.answer({ none: 'It is too large.' });
  await done;
  expect([said, model.profile.value]).toEqual([['It is too large.'], null]);
});
