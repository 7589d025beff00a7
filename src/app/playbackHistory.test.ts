/** Versions: what is one, how far back they reach, and what traps and restarts do to them. */
import { signal } from '@preact/signals';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generation } from '../protocol/units.ts';
import { MAX_VERSIONS, MOMENT_MS, PlaybackHistory } from './playbackHistory.ts';

const gain = (number: string) => `const gain = ${number}\nexport default () => gain`;

function setUp() {
  const playing = signal<number | null>(null);
  const history = new PlaybackHistory(playing);
  let last = 0;
  const type = (text: string, atMs: number) => history.evaluated(generation(++last), text, { byHand: false, atMs });
  const evaluate = (text: string) => history.evaluated(generation(++last), text, { byHand: true, atMs: 0 });
  /** All there is to go back to, from the newest on. */
  const past = () => {
    const texts: string[] = [];
    for (let version = history.before(); version; version = history.before(version)) texts.push(version.text);
    return texts;
  };
  return { history, playing, type, evaluate, past };
}

describe('a version', () => {
  it('is what a key has evaluated, whatever was edited', () => {
    const { evaluate, past } = setUp();
    for (const number of ['0.5', '0.25', '0.125']) evaluate(gain(number));
    expect(past()).toEqual([gain('0.25'), gain('0.5')]);
  });

  it('is all that was typed into one token, as long as typing continues there', () => {
    const { type, past, history } = setUp();
    type(gain('220'), 0);
    for (const [n, number] of ['1', '12', '123', '1234'].entries()) type(gain(number), 10_000 + n * MOMENT_MS);
    expect([history.text, past()]).toEqual([gain('1234'), [gain('220')]]);
    type(gain('12345'), 20_000 + 4 * MOMENT_MS);
    expect(past()).toEqual([gain('1234'), gain('220')]);
  });

  it('is another one when another token is typed, or more than one', () => {
    const { type, past } = setUp();
    const text = (a: string, b: string) => `const a = ${a}, b = ${b}`;
    for (const [n, [a, b]] of [
      ['1', '1'],
      ['11', '1'],
      ['11', '11'],
      ['12', '12'],
      ['123', '12'],
    ].entries()) {
      type(text(a, b), n);
    }
    expect(past()).toEqual([text('12', '12'), text('11', '11'), text('11', '1'), text('1', '1')]);
  });

  it('is finished by a key, and by an undo', () => {
    const { type, evaluate, past, history } = setUp();
    type(gain('1'), 0);
    type(gain('2'), 1);
    evaluate(gain('2'));
    type(gain('23'), 2);
    expect(past()).toEqual([gain('2'), gain('1')]);
    history.restored(history.before()!, generation(90), gain('23'));
    type(gain('24'), 3);
    expect(past()).toEqual([gain('2'), gain('1')]);
  });

  it('is none across pieces: what was opened is a version of its own, whatever its text', () => {
    const { type, past, history } = setUp();
    const open = (text: string, piece: number) =>
      history.evaluated(generation(70 + piece), text, { byHand: false, atMs: 1, piece });
    type(gain('1'), 0);
    type(gain('12'), 1);
    open(gain('123'), 1);
    open(gain('123'), 2);
    expect([past(), history.piece]).toEqual([[gain('123'), gain('12'), gain('1')], 2]);
    expect([history.before()?.piece, history.pieceOf(gain('12')), history.pieceOf('unknown')]).toEqual([1, 0, 2]);
    history.restored(history.before()!, generation(90), gain('123'));
    expect([history.piece, history.after()?.piece]).toEqual([1, 2]);
  });

  it('is not another one when the text only means the same, or starts afresh', () => {
    const { evaluate, past, history } = setUp();
    evaluate(gain('1'));
    history.evaluated(generation(1), `${gain('1')}// the same`, { byHand: true, atMs: 0 });
    evaluate(`${gain('1')}// the same`);
    expect([past(), history.text]).toEqual([[], `${gain('1')}// the same`]);
  });

  it('is one of fifty that are kept', () => {
    const { evaluate, past } = setUp();
    for (let n = 0; n < 2 * MAX_VERSIONS; n++) evaluate(gain(String(n)));
    expect(MAX_VERSIONS).toBe(50);
    expect(past()).toEqual(Array.from({ length: 49 }, (_, n) => gain(String(98 - n))));
  });

  it('is dropped earlier when texts are very long', () => {
    const { evaluate, past } = setUp();
    for (let n = 0; n < 20; n++) evaluate(`${n}`.padEnd(2 ** 20, ' '));
    // Eight million characters, of which one is what plays.
    expect(past()).toHaveLength(7);
  });
});

it('goes back and forth as a list does that loses its end when something is added in its middle', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('evaluate', 'undo', 'redo'), { maxLength: 60 }), (acts) => {
      const { evaluate, history } = setUp();
      let texts: string[] = [];
      let at = -1;
      let made = 1000;
      for (const [n, act] of acts.entries()) {
        if (act === 'evaluate') {
          evaluate(`text ${n}`);
          texts = [...texts.slice(0, at + 1), `text ${n}`];
          at++;
          if (texts.length > MAX_VERSIONS) {
            texts.shift();
            at--;
          }
        } else {
          const step = act === 'undo' ? -1 : 1;
          const version = act === 'undo' ? history.before() : history.after();
          expect(version?.text).toBe(texts[at + step]);
          if (!version) continue;
          at += step;
          history.restored(version, generation(++made), 'whatever');
        }
        expect([history.text, history.stepsBack]).toEqual([texts[at], texts.length - 1 - at]);
      }
    }),
  );
});

it('that is brought back although typing has taken its place meanwhile is there again, and the typing is undone', () => {
  const { type, history, past } = setUp();
  type(gain('5'), 0);
  type(gain('1'), 1);
  const wanted = history.playing!;
  type(gain('12'), 2);
  history.restored(wanted, generation(9), gain('12'));
  expect([history.text, past(), history.after()?.text]).toEqual([gain('1'), [gain('5')], gain('12')]);
});

describe('a trap', () => {
  it('takes its version away, and the one that plays instead is the newest', () => {
    const { evaluate, history, playing, past } = setUp();
    for (const text of ['one', 'two', 'three']) evaluate(text);
    history.rolledBack(generation(3), generation(2));
    expect([history.text, playing.value, past(), history.stepsBack]).toEqual(['two', 2, ['one'], 0]);
    expect(history.isTried('three')).toBe(true);
  });

  it('in what was being typed leaves the step before it', () => {
    const { type, history, past } = setUp();
    for (const [n, number] of ['5', '1', '12', '123'].entries()) type(gain(number), n);
    history.rolledBack(generation(4), generation(3));
    expect([history.text, past()]).toEqual([gain('12'), [gain('5')]]);
  });

  it('that leaves silence leaves the version before it to go back to', () => {
    const { evaluate, history, playing, past } = setUp();
    for (const text of ['one', 'two']) evaluate(text);
    history.rolledBack(generation(2), null);
    expect([history.text, playing.value, history.isTried('two')]).toEqual([null, null, false]);
    expect(past()).toEqual(['one']);
    history.restored(history.before()!, generation(3), 'two');
    expect([history.text, past()]).toEqual(['one', []]);
  });
});

describe('another worker', () => {
  it('has the version that plays under another number', () => {
    const { evaluate, history, past, playing } = setUp();
    for (const text of ['one', 'two', 'one']) evaluate(text);
    history.resumed(generation(9), 'one');
    expect([playing.value, history.playing?.generation, past()]).toEqual([9, 9, ['two', 'one']]);
    history.resumed(generation(10), 'never heard of');
    expect([history.text, past()]).toEqual(['never heard of', ['one', 'two', 'one']]);
  });
});
