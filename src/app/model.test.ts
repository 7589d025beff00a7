/** Each signal of the model has one owner: nobody else writes it, or two parts would each undo what the other says. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createModel } from './model.ts';
import { settingsFrom } from './settings.ts';

const root = path.join(import.meta.dirname, '..');
/** Menus close by themselves, and keys open them. */
const SHARED = ['menu'];

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.') && /^(app|ui|main|automation)/.test(name))
  .map((name) => ({ name, text: readFileSync(path.join(root, name), 'utf8') }));

/** Files in which something of that name gets a value. */
const writersOf = (signal: string) =>
  sources
    .filter(({ text }) => new RegExp(`\\b${signal}\\.value\\s*(\\?\\?)?=[^=]`, 'i').test(text))
    .map(({ name }) => name);

it.each(Object.keys(createModel(settingsFrom({}), [])).filter((name) => !SHARED.includes(name)))(
  '%s is written by one file',
  (signal) => expect(writersOf(signal).length).toBeLessThanOrEqual(1),
);

it('finds who writes', () => {
  expect(writersOf('generation')).toEqual(['app/playbackHistory.ts']);
  expect(writersOf('problems')).toEqual(['app/status.ts']);
  expect(writersOf('load')).toEqual(['app/watch.ts']);
  expect(writersOf('menu').length).toBeGreaterThan(1);
});
