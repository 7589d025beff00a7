/**
 * Controls in the whole of the engine, without a browser: moved while a patch plays, through edits, undo, both tiers and all sizes of
 * blocks. Right is what the contract's formulas say, and what the text run as JavaScript gives with the same events.
 */
import { describe, expect, it } from 'vitest';
import { Player } from '../../node/player.ts';
import { renderPatch } from '../../node/renderPatch.ts';
import type { ScriptEvent } from '../../node/scriptHost.ts';
import { createSession } from '../../node/session.ts';
import { type ControlValue, MAX_OPTIONS } from '../../protocol/controls.ts';
import { expectSameRender } from '../compare.ts';
import { renderOracle } from '../oracle.ts';

const RATE = 48_000;
const OPTIONS = { sampleRate: RATE, fadeFrames: 480, postsModules: true, allowsNonFinite: true };

const move = (frame: number, name: string, value: ControlValue): ScriptEvent => ({
  frame,
  event: { kind: 'control', name, value },
});

async function playing(text: string) {
  const player = new Player(await createSession(OPTIONS), { sampleRate: RATE, raw: true });
  const offered = player.offer(text);
  expect(offered.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const offer = (other: string) => {
    const outcome = player.offer(other);
    expect(outcome.kind).toBe('committed');
    return outcome.kind === 'committed' ? outcome.report : null;
  };
  const play = (frames: number): number[] => {
    const [left, right] = [new Float64Array(frames), new Float64Array(frames)];
    player.process(left, right, frames);
    return [...left];
  };
  const set = (name: string, value: ControlValue) => player.post({ kind: 'control', name, value }, 0);
  return { player, offer, play, set };
}

/** y from frame to frame, as the contract has it, from a start towards a target. */
function smoothed(from: number, to: number, frames: number, { smooth = 0.01, min = 0, max = 1 } = {}): number[] {
  let y = from;
  return Array.from({ length: frames }, () => {
    y += (to - y) * (1 - Math.exp(-1 / (smooth * RATE)));
    if (Math.abs(to - y) <= 1e-6 * (max - min)) y = to;
    return y;
  });
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  const furthest = Math.max(...actual.map((value, n) => Math.abs(value - expected[n])));
  expect(furthest).toBeLessThan(1e-9 * 1000);
}

const MANY = `
const cutoff = slider('cutoff', 900, { min: 50, max: 8000, curve: 'log', unit: 'Hz' })
const steps = knob('steps', 0.52, { step: 0.25 })
const slow = knob('slow', 0.5, { smooth: 0.2 })
const on = toggle('on')
const hit = button('hit')
const wave = select('wave', ['sine', 'saw', 'square'], 1)
const pad = xy('pad', 0.25, 0.75)
const cutoffAgain = slider('cutoff', 3, { max: 5 })
let hits = 0
export default () => {
  hits += hit()
  const [x, y] = pad()
  return [cutoff() + 10000 * steps() + cutoffAgain() / 7, on() + 2 * wave() + x / 3 + y / 5 + hits / 100 + slow() * 1000]
}`;

const EVENTS = [
  move(0, 'pad', [1, 0]),
  move(1, 'cutoff', 2000),
  move(63, 'hit', 1),
  move(63, 'hit', 0),
  move(64, 'hit', 1),
  move(127, 'on', 1),
  move(128, 'wave', 2),
  move(200, 'steps', 0.9),
  move(201, 'cutoff', 1e9),
  move(201, 'slow', Number.NaN),
  move(300, 'hit', 0),
  move(511, 'pad', [Number.NaN, 7]),
  move(700, 'wave', 0.6),
  move(701, 'nobody', 3),
  { frame: 900, event: { kind: 'release', name: 'cutoff' } },
] as const satisfies readonly ScriptEvent[];

describe('alone', () => {
  it('gives what the text says', async () => {
    const { play } = await playing(MANY);
    const expected = 900 + 10_000 * 0.5 + 900 / 7;
    for (const value of play(300)) expect(value).toBeCloseTo(expected, 9);
  });

  it.each([
    ["slider('a', 7, { min: 1, max: 5 })", 5],
    ["slider('a', -7, { min: 1, max: 5 })", 1],
    ["slider('a', 0 / 0, { min: 1, max: 5 })", 3],
    ["slider('a', 0.6, { step: 0.25 })", 0.5],
    ["slider('a')", 0.5],
    ["knob('a', 12, { max: 20 })", 12],
    ["toggle('a', true)", 1],
    ["toggle('a')", 0],
    ["button('a')", 0],
    ["select('a', ['x', 'y'], 1)", 1],
    ["select('a', ['x', 'y'], 9)", 1],
  ])('%s is %d', async (call, value) => {
    const { play } = await playing(`const a = ${call}\nexport default () => a()`);
    expect(play(3)).toEqual([value, value, value]);
  });

  it('says it to the top level as well', async () => {
    const { play } = await playing("const a = slider('a', 0.25)\nconst b = a() * 2\nexport default () => b + a()");
    expect(play(2)).toEqual([0.75, 0.75]);
  });
});

describe('a move', () => {
  it('follows the formula to its end, and stays there', async () => {
    const { play, set } = await playing(
      "const a = slider('a', 100, { min: 0, max: 1000, smooth: 0.005 })\nexport default () => a()",
    );
    play(100);
    set('a', 600);
    const expected = smoothed(100, 600, 6000, { smooth: 0.005, max: 1000 });
    const heard = play(6000);
    expectClose(heard, expected);
    expect(Math.abs(heard[Math.ceil(7 * 0.005 * RATE)] - 600)).toBeLessThan(0.5);
    expect(heard.at(-1)).toBe(600);
  });

  it('is one step a frame, however often it is read, before what is due', async () => {
    const { play, set } = await playing(`
      const a = slider('a', 0)
      let seen = 0
      every(1 / sampleRate, () => { seen = a() })
      export default () => seen === a() && a() === a() ? a() : -1`);
    play(10);
    set('a', 1);
    expectClose(play(500), smoothed(0, 1, 500));
  });

  it('presses a button for a frame at least, each time', async () => {
    const { play, player } = await playing("const b = button('b')\nexport default () => b()");
    play(4);
    for (const value of [1, 0, 1, 0]) player.post({ kind: 'control', name: 'b', value }, 6);
    expect(play(8)).toEqual([0, 0, 1, 0, 1, 0, 0, 0]);
  });

  it.each([1, 32, 127, 128, 1000])('gives the bits of JavaScript, in blocks of %d', async (blockFrames) => {
    const expected = renderOracle(MANY, { frames: 1500, events: EVENTS });
    const settled = { text: MANY, frames: 1500, blockFrames, raw: true, events: EVENTS };
    expectSameRender('tier 1', await renderPatch(settled), expected, { tolerance: 0 });
    const second = await renderPatch({ ...settled, tier: 2 });
    expect(second.tier).toBe(2);
    expectSameRender('tier 2', second, expected, { tolerance: 0 });
  });
});

const PLAIN = (value: number, more = '') => `${more}\nconst a = slider('a', ${value})\nexport default () => a()`;

describe('an edit', () => {
  it('keeps what was moved, on its way, whatever the text says now', async () => {
    const { play, set, offer } = await playing(PLAIN(0));
    play(10);
    set('a', 1);
    const way = smoothed(0, 1, 900);
    expectClose(play(100), way.slice(0, 100));
    offer(PLAIN(0.75, "const b = knob('b')"));
    expectClose(play(800), way.slice(100));
  });

  it('takes another default where nobody moved it', async () => {
    const { play, offer } = await playing(PLAIN(0));
    play(10);
    offer(PLAIN(0.75));
    expect(play(9000).at(-1)).toBe(0.75);
  });

  it('takes another default where it was written back, and keeps the value until then', async () => {
    const { play, player, set, offer } = await playing(PLAIN(0));
    set('a', 0.5);
    play(9000);
    player.post({ kind: 'settle', name: 'a' }, 0);
    expect(play(9000).at(-1)).toBe(0.5);
    offer(PLAIN(0, 'const other = 1'.concat('\nconst more = () => other')));
    expect(play(9000).at(-1)).toBe(0.5);
    offer(PLAIN(0.5));
    expect(new Set(play(900))).toEqual(new Set([0.5]));
    offer(PLAIN(0.25));
    expect(play(9000).at(-1)).toBe(0.25);
  });

  it('clamps to another range', async () => {
    const { play, set, offer } = await playing(PLAIN(0));
    set('a', 1);
    play(9000);
    offer("const a = slider('a', 0, { max: 0.5 })\nexport default () => a()");
    expect(play(9000).at(-1)).toBe(0.5);
    offer(PLAIN(0));
    expect(play(9000).at(-1)).toBe(1);
  });

  it('is undone without the control', async () => {
    const { play, set, offer, player } = await playing(PLAIN(0));
    play(10);
    offer(PLAIN(0.75, 'let n = 0; const f = () => n++'));
    play(9000);
    set('a', 0.3);
    play(9000);
    expect(player.undo()?.kind).toBe('committed');
    expect(new Set(play(9000))).toEqual(new Set([0.3]));
  });

  it('is heard in what fades out and in what fades in', async () => {
    const session = await createSession({ ...OPTIONS, fadeFrames: 4800 });
    const player = new Player(session, { sampleRate: RATE, raw: true });
    const text = (sign: string) =>
      `const a = toggle('a')\nconst sign = ${sign}1\nexport default () => [a(), sign * a()]`;
    player.offer(text(''));
    const [left, right] = [new Float64Array(10), new Float64Array(10)];
    player.process(left, right, 10);
    player.offer(text('-'));
    player.process(left, right, 10);
    player.post({ kind: 'control', name: 'a', value: 1 }, 0);
    player.process(left, right, 10);
    // Both give 1 on the left, and a mix of 1 and -1 on the right.
    expect(new Set(left)).toEqual(new Set([1]));
    expect(right[0]).toBeCloseTo(1 - (2 * 11) / 4800, 9);
  });

  it('does not reach what falls back after a trap', async () => {
    const { play, set, offer, player } = await playing(PLAIN(0));
    play(10);
    offer(`${PLAIN(0).replace('a()', 'a() + [1, 2, 3].with(a() > 0.9 ? 7 : 0, 1)[0] - 1')}`);
    play(1000);
    set('a', 1);
    const heard = play(9000);
    expect(player.traps).toHaveLength(1);
    expect(heard.at(-1)).toBe(1);
  });

  it('of another piece begins with its own values, and finds the old ones when it comes back', async () => {
    const session = await createSession(OPTIONS);
    const first = session.update(PLAIN(0), { piece: 0 });
    if (first.kind !== 'batch') throw new Error('no batch');
    expect(first.batch.inputs?.piece).toBe(0);
    session.setMoved(1, [{ name: 'a', value: 0.4 }]);
    session.committed(first.batch.generation);
    const second = session.update(PLAIN(0.5), { piece: 1 });
    if (second.kind !== 'batch') throw new Error('no batch');
    expect(second.batch.inputs).toMatchObject({ piece: 1, moved: [{ name: 'a', value: 0.4 }] });
  });
});

describe('what the patch declares', () => {
  it('is told with ranges, texts and places', async () => {
    const session = await createSession(OPTIONS);
    const text = `const k = slider('cut/off "1"', 900, { min: 50, max: 8000, curve: 'log', unit: 'Hz' })
const names = ['a', 'long name', 'ö']
const s = select('s', names, 1)
const p = xy('p', 0.25)
const gone = () => slider('never', 1)
const curved = knob('curved', -3, { min: -10, max: 10, curve: 2, smooth: 0 })
export default () => k() + s() + p()[0] + curved()`;
    const result = session.update(text);
    expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const { controls } = session.outside().host;
    const shown = controls.map(({ span, valueSpan, secondValueSpan, ...rest }) => ({
      ...rest,
      text: text.slice(span.start, span.end).slice(0, 8),
      value: valueSpan && text.slice(valueSpan.start, valueSpan.end),
      second: secondValueSpan && text.slice(secondValueSpan.start, secondValueSpan.end),
    }));
    const plain = { curve: 'linear', unit: '', options: [], step: 0, min: 0, max: 1, smooth: 0.01, second: null };
    expect(shown).toEqual([
      {
        ...plain,
        kind: 'slider',
        name: 'cut/off "1"',
        min: 50,
        max: 8000,
        curve: 'log',
        unit: 'Hz',
        defaultValue: 900,
        text: "slider('",
        value: '900',
      },
      {
        ...plain,
        kind: 'select',
        name: 's',
        max: 2,
        step: 1,
        smooth: 0,
        options: ['a', 'long name', 'ö'],
        defaultValue: 1,
        text: "select('",
        value: '1',
      },
      { ...plain, kind: 'xy', name: 'p', defaultValue: [0.25, 0.5], text: "xy('p', ", value: '0.25' },
      {
        ...plain,
        kind: 'knob',
        name: 'curved',
        min: -10,
        max: 10,
        curve: 2,
        smooth: 0,
        defaultValue: -3,
        text: "knob('cu",
        value: '-3',
      },
    ]);
  });

  it.each([
    ["const n = 'a' + currentFrame\nconst k = slider(n)\nexport default () => k()", 'name-not-given'],
    ["const s = slider\nexport default () => s('a')()", 'name-not-given'],
    ["const k = slider('')\nexport default () => k()", 'unusable-name'],
    [`const k = slider('${'x'.repeat(65)}')\nexport default () => k()`, 'unusable-name'],
    ["const k = slider('a')\nconst t = toggle('a')\nexport default () => k() + t()", 'control-kinds'],
    ["export default () => slider('a')()", 'needs-top-level'],
  ])('is refused: %s', async (text, code) => {
    const session = await createSession(OPTIONS);
    const result = session.update(text);
    expect(result.kind).toBe('rejected');
    expect(result.diagnostics.map((found) => found.code)).toContain(code);
  });

  it.each([
    // Each pair is written alike where the number of a character is only put in front of what follows it.
    ['/a', '\u02fa'],
    ['!92', '\u2192'],
    ['a\\b', 'a\\5c\\b'],
    ['.', '\\2e\\'],
  ])('is known by its name alone: %j and %j', async (one, other) => {
    const [a, b] = [one, other].map((name) => JSON.stringify(name));
    const text = `const a = slider(${a}, 0.25), b = slider(${b}, 0.75)\nexport default () => [a(), b()]`;
    const { left, right } = await renderPatch({ text, frames: 1, raw: true });
    expect([left[0], right[0]]).toEqual([0.25, 0.75]);
  });

  it('is shown with so many options that the page can list them, of all lists together', async () => {
    const session = await createSession(OPTIONS);
    const names = Array.from({ length: 3 }, (_, n) => `select('${n}', words, 1999)()`);
    const text = `const words = Array.from({ length: 2000 }, (_, n) => 'option' + n)\nconst sum = ${names.join(' + ')}\n`;
    const result = session.update(`${text}export default () => sum`);
    expect(result.kind).toBe('batch');
    const { controls } = session.outside().host;
    expect(controls.map(({ options, max }) => [options.length, max])).toEqual([
      [2000, 1999],
      [MAX_OPTIONS - 2000, 1999],
      [0, 1999],
    ]);
    expect(controls[0]?.options[1999]).toBe('option1999');
  });

  it('is one of at most 128', async () => {
    const text = (count: number): string =>
      `${Array.from({ length: count }, (_, n) => `slider('${n}')`).join('\n')}\nexport default () => 0.1`;
    const session = await createSession(OPTIONS);
    expect(session.update(text(129))).toMatchObject({
      kind: 'rejected',
      diagnostics: [{ code: 'too-large', message: 'The list of controls exceeds the limit (128 names).' }],
    });
    expect(session.update(text(128)).kind).toBe('batch');
    expect(session.outside().host.controls.length).toBe(128);
  });

  it('may be its own', async () => {
    const { play } = await playing("const slider = (name: string) => 3\nexport default () => slider('x')");
    expect(play(1)).toEqual([3]);
  });
});
