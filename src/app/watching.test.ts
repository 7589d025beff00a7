/** The variable at the cursor is asked for where the text that plays has it, and shown as long as that is so. */

import { expect, it } from 'vitest';
import type { Watched } from '../protocol/watch.ts';
import { createModel } from './model.ts';
import { settingsFrom } from './settings.ts';
import { Watching } from './watching.ts';

const TEXT = 'let phase = 0\nconst gain = 0.5\nexport default () => (phase += gain)\n';

function setUp() {
  const model = createModel(settingsFrom({}), []);
  const asked: (readonly [text: string, offset: number | null])[] = [];
  const said: string[] = [];
  const page = { text: TEXT };
  let waiting: (() => void) | null = null;
  const watching = new Watching({
    model,
    compiler: { watch: (text, offset) => asked.push([text, offset]) },
    readText: () => page.text,
    say: ({ text }) => said.push(text),
    later: (call) => {
      waiting = call;
      return () => {
        waiting = null;
      };
    },
  });
  const rest = () => {
    const call = waiting;
    waiting = null;
    call?.();
  };
  const play = (text = page.text) => {
    model.state.value = 'playing';
    model.code.value = { rows: [], text, beatsPerBar: null };
  };
  const move = (offset: number) => {
    watching.cursorMoved(offset);
    rest();
  };
  return { model, asked, said, page, watching, rest, play, move };
}

const values = (name: string, value: number, range: { low: number; high: number } | null = null): Watched => ({
  ...{ kind: 'values', name, places: [{ path: name, value }], isMore: false, range },
});

it('asks for the name under the cursor once that rests, and for nothing else', () => {
  const { model, asked, watching, rest, play, move } = setUp();
  move(5);
  expect(asked).toEqual([]);
  play();
  rest();
  expect(asked).toEqual([[TEXT, 4]]);
  watching.cursorMoved(20);
  watching.cursorMoved(TEXT.indexOf('gain') + 4);
  rest();
  expect(asked.slice(1)).toEqual([[TEXT, TEXT.indexOf('gain')]]);
  // Numbers and gaps are no names.
  move(TEXT.indexOf('0.5') + 1);
  expect(asked.slice(2)).toEqual([['', null]]);
  expect(model.watched.value).toBeNull();
});

it('shows what is told of it, with a trace, and nothing of another one', () => {
  const { model, watching, play, move } = setUp();
  play();
  move(4);
  watching.told(values('gain', 1));
  expect(model.watched.value).toMatchObject({ name: 'phase', seen: null });
  watching.told(values('phase', 3, { low: 1, high: 3 }));
  watching.told(values('phase', 6, { low: 3, high: 6 }));
  expect(model.watched.value).toMatchObject({ trace: [1, 3, 3, 6], seen: { places: [{ value: 6 }] } });
  for (let n = 0; n < 200; n++) watching.told(values('phase', n, { low: n, high: n }));
  expect(model.watched.value?.trace).toHaveLength(128);
});

it('finds it again after a swap, and keeps the trace', () => {
  const { model, asked, page, watching, play, move } = setUp();
  play();
  move(4);
  watching.told(values('phase', 3, { low: 1, high: 3 }));
  page.text = `// a line\n${TEXT.replace('0.5', '0.25')}`;
  play();
  expect(asked.at(-1)).toEqual([page.text, page.text.indexOf('phase')]);
  expect(model.watched.value).toMatchObject({ trace: [1, 3] });
  // Where its line was edited, it is looked for near by.
  page.text = page.text.replace('let phase = 0', 'let phase = 0.125');
  play();
  expect(asked.at(-1)).toEqual([page.text, page.text.indexOf('phase')]);
  page.text = page.text.replaceAll('phase', 'angle');
  play();
  expect([asked.at(-1), model.watched.value]).toEqual([['', null], null]);
});

it('is none that does not sound yet', () => {
  const { asked, page, play, move } = setUp();
  play();
  page.text = TEXT.replaceAll('gain', 'louder');
  move(page.text.indexOf('louder'));
  expect(asked).toEqual([]);
  move(page.text.indexOf('phase'));
  expect(asked).toEqual([[TEXT, TEXT.indexOf('phase')]]);
});

it('ends with the sound, and comes back with it', () => {
  const { model, asked, rest, watching, play, move } = setUp();
  play();
  move(4);
  watching.told(values('phase', 3));
  model.state.value = 'stopped';
  expect([asked.at(-1), model.watched.value]).toEqual([['', null], null]);
  play();
  rest();
  expect(asked.at(-1)).toEqual([TEXT, 4]);
});

it('stays when it is kept, until it is pressed again', () => {
  const { model, asked, watching, play, move } = setUp();
  play();
  move(4);
  watching.told(values('phase', 3));
  watching.toggle();
  const { length } = asked;
  move(TEXT.indexOf('gain'));
  expect(asked).toHaveLength(length);
  expect(model.watched.value).toMatchObject({ name: 'phase', isKept: true });
  watching.toggle();
  expect(model.watched.value).toMatchObject({ name: 'gain', isKept: false });
});

it('says why there is nothing to see only where somebody asks for it', () => {
  const { model, said, watching, play, move } = setUp();
  play();
  move(4);
  watching.told({ kind: 'none', name: 'phase', reason: 'It is nowhere.' });
  expect([said, model.watched.value]).toEqual([[], null]);
  watching.toggle();
  watching.told({ kind: 'none', name: 'phase', reason: 'It is nowhere.' });
  expect(said).toEqual(['It is nowhere.']);
  move(TEXT.indexOf('0.5'));
  watching.toggle();
  expect(said[1]).toContain('put the cursor on one in the code that is playing');
});
