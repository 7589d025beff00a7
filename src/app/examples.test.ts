/** How the menu lists the gallery and finds in it. */
import { describe, expect, it } from 'vitest';
import { entriesFrom, groupOf, groupsOf, headOf, matching } from './examples.ts';

const BELLS =
  '// Bells in a room\n//\n// Listen for the strike. Change `ratio` first.\n// Tags: bell, fm\n\nconst ratio = 2\n';
const ACID = '// Acid line\n//\n// Listen for a squelch. Change `cutoff` first.\n// Tags: bass, 303\n';
const entries = entriesFrom({
  '../patches/11-well-known/02-acid.ts': ACID,
  '../patches/03-fm/10-bells.ts': BELLS,
  '../patches/03-fm/02-plain.ts': '// Plain\nexport default () => 0\n',
});

it('reads the head of a patch', () => {
  expect(headOf(BELLS)).toEqual({
    title: 'Bells in a room',
    about: 'Listen for the strike. Change `ratio` first.',
    tags: ['bell', 'fm'],
  });
  expect(headOf('// Plain\nexport default () => 0\n')).toBeNull();
});

it('names a kind by its folder', () => {
  expect(groupOf('../../patches/11-well-known/02-acid.ts')).toBe('well known');
});

it('lists by the numbers of folders and files', () => {
  expect(entries.map(({ title, group }) => [group, title])).toEqual([
    ['fm', 'Plain'],
    ['fm', 'Bells in a room'],
    ['well known', 'Acid line'],
  ]);
  const groups = [...groupsOf(entries)].map(([group, members]) => [group, members.length]);
  expect(groups).toEqual([
    ['fm', 2],
    ['well known', 1],
  ]);
});

describe('finding', () => {
  it.each([
    ['', ['Plain', 'Bells in a room', 'Acid line']],
    ['ACID', ['Acid line']],
    ['303', ['Acid line']],
    ['strike', ['Bells in a room']],
    ['fm  room', ['Bells in a room']],
    ['known bass', ['Acid line']],
    ['acid bell', []],
  ])('%j', (sought, titles) => {
    expect(matching(entries, sought).map(({ title }) => title)).toEqual(titles);
  });
});
