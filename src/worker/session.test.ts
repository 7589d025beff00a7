/**
 * The compile side without threads: the result of an update, what it leaves unchanged, and where it says a patch stops.
 */

import { describe, expect, it } from 'vitest';
import { createSession } from '../node/session.ts';
import { type Generation, generation } from '../protocol/units.ts';
import { describeProblems } from '../testing/compileText.ts';
import { LivePatch } from '../testing/live.ts';
import { patches } from '../testing/texts.ts';
import type { Session, UpdateResult } from './session.ts';

const newSession = (): Promise<Session> => createSession({ sampleRate: 48_000, fadeFrames: 480, postsModules: false });

/** Updates, and acknowledges as the audio thread would that has finished fading. */
class Audience {
  readonly session: Session;
  playing: Generation | null = null;

  constructor(session: Session) {
    this.session = session;
  }

  hear(text: string): UpdateResult {
    const result = this.session.update(text);
    if (result.kind === 'batch') {
      this.session.committed(result.batch.generation);
      if (this.playing !== null) this.session.retired(this.playing);
      this.playing = result.batch.generation;
    }
    return result;
  }
}

/** All that an edit could leave behind in the session, as JSON. */
function inside(session: Session): string {
  const ids = new Map<object, number>();
  return JSON.stringify(session, (key, value: unknown) => {
    // What is only there to be quicker next time, and lists of what is free, which remember what once was used; versions
    // of units, which count on.
    if (['compiler', 'nextGeneration', 'code'].includes(key)) return undefined;
    if (['free', 'freeEnds', 'next', 'peak'].includes(key)) return undefined;
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof WebAssembly.Module || ArrayBuffer.isView(value)) return 'bytes';
    const known = ids.get(value);
    if (known !== undefined) return `#${known}`;
    ids.set(value, ids.size);
    if (value instanceof Map) return [...value];
    return value instanceof Set ? [...value] : value;
  });
}

const A = 'let n = 0\nconst step = (by) => { n += by; return n }\nexport default () => step(2)\n';

describe('an update', () => {
  it('with mistakes is rejected, and leaves everything as it was', async () => {
    const audience = new Audience(await newSession());
    audience.hear(A);
    const before = inside(audience.session);
    for (const text of [
      '',
      ')',
      'export default () => missing',
      'class A {}',
      A.replace('step(2)', 'step(2).x'),
      A.replace('by;', 'by'),
    ]) {
      const result = audience.hear(text);
      expect(result.kind === 'rejected' && result.diagnostics.length > 0, text).toBe(true);
      expect(inside(audience.session)).toBe(before);
    }
    expect(audience.hear(`${A}// the same`).kind).toBe('unchanged');
  });

  it('that traps is rejected, and leaves everything as it was', async () => {
    const audience = new Audience(await newSession());
    audience.hear(A);
    const before = inside(audience.session);
    const names = Array.from({ length: 30 }, (_, n) => n);
    const much = names.map((n) => `let v${n} = ${n}\nconst f${n} = (x) => x + v${n}++`).join('\n');
    const sum = names.map((n) => `f${n}(1)`).join(' + ');
    for (const trap of ['const a = [[1]]\nconst b = a[5][0]', 'for (;;) {}', 'const a = new Float64Array(-1)']) {
      expect(audience.hear(`${much}\n${trap}\nexport default () => ${sum}`).kind).toBe('rejected');
      expect(inside(audience.session)).toBe(before);
    }
    expect(audience.hear(`const a = [[1]]\n${much}\nexport default () => ${sum} + a[currentFrame + 5][0]`).kind).toBe(
      'rejected',
    );
    expect(inside(audience.session)).toBe(before);
    expect(audience.hear(`${A}// the same`).kind).toBe('unchanged');
  });

  it('that means the same makes no generation', async () => {
    for (const { text } of patches()) {
      const audience = new Audience(await newSession());
      expect(audience.hear(text).kind).toBe('batch');
      const before = inside(audience.session);
      const same = audience.hear(`// before\n${text.replaceAll('\n', '  \n')}\n/* behind */`);
      expect(same.kind).toBe('unchanged');
      expect(same.kind === 'unchanged' && [same.report.changed, same.report.stateReset]).toEqual([[], []]);
      // Places are of the newest text; that is all there is of it.
      expect(audience.hear(text).kind).toBe('unchanged');
      expect(inside(audience.session) === before, text).toBe(true);
    }
  });

  it('that the audio thread refuses leaves everything as it was, and can be made again', async () => {
    const audience = new Audience(await newSession());
    audience.hear(A);
    const before = inside(audience.session);
    const edited = A.replace('step(2)', 'step(2) + step(1)');
    const sent: string[] = [];
    for (let attempt = 0; attempt < 3; attempt++) {
      const result = audience.session.update(edited);
      if (result.kind !== 'batch') throw new Error(result.kind);
      sent.push(
        result.batch.modules.flatMap(({ exports }) => exports.map(({ name, slot }) => `${name} in ${slot}`)).join(),
      );
      audience.session.refused(result.batch.generation);
      expect(inside(audience.session)).toBe(before);
    }
    expect(new Set(sent).size).toBe(1);
    expect(audience.hear(edited).kind).toBe('batch');
  });

  it('tells what it changed, kept and removed', async () => {
    const audience = new Audience(await newSession());
    const text = (gain: string, more: string) =>
      `const gain = () => ${gain}\n${more}\nconst osc = () => { let phase = 0; return () => (phase = (phase + 0.01) % 1) }\nconst o = osc()\nexport default () => gain() * o()\n`;
    const first = audience.hear(text('0.5', ''));
    expect(first.kind === 'batch' && first.report.stateNew).toEqual(['o.phase']);
    const second = audience.hear(text('0.25', 'let extra = 1'));
    expect(second.kind === 'batch' && second.report).toMatchObject({
      changed: expect.arrayContaining(['gain', 'extra']),
      kept: expect.arrayContaining(['osc', 'o', 'default']),
      removed: [],
      stateKept: ['o.phase'],
      stateReset: [],
    });
    const third = audience.hear(text('0.25', ''));
    expect(third.kind === 'batch' && third.report).toMatchObject({ changed: [], removed: ['extra'] });
  });
});

describe('a patch that stops', () => {
  /** What the session says, and about which characters. */
  async function stops(text: string): Promise<[problem: string, message: string]> {
    const result = (await newSession()).update(text);
    if (result.kind !== 'rejected') throw new Error(`it does not: ${result.kind}`);
    expect(result.diagnostics).toHaveLength(1);
    return [describeProblems(text, result.diagnostics)[0], result.diagnostics[0].message];
  }

  it.each([
    [
      'a loop without an end, at the top level',
      'let a = 1\nconst f = () => { while (a > 0) { a += 0 } }\nf()\nexport default () => a',
      'endless-loop «while (a > 0) { a += 0 }»',
      '`f`',
    ],
    [
      'a loop without an end, while it sounds',
      'let a = 1\nexport default () => { for (;;) a = 1 - a; return a }',
      'endless-loop «for (;;) a = 1 - a;»',
      'The default export',
    ],
    [
      'a loop without an end in a closure',
      'const f = (k) => () => { do k++; while (k) }\nconst g = f(1)\nexport default () => { g(); return 1 }',
      'endless-loop «do k++; while (k)»',
      'A function in `f`',
    ],
    [
      'recursion without an end, at the top level',
      'const f = (n) => (n < 0 ? 0 : f(n + 1) + 1)\nconst a = f(1)\nexport default () => a',
      'stack-overflow «(n) => (n < 0 ? 0 : f(n + 1) + 1)»',
      '`f`',
    ],
    [
      'recursion without an end, while it sounds',
      'const f = (n) => (n < 0 ? 0 : f(n + 1) + 1)\nexport default () => f(currentFrame)',
      'stack-overflow «(n) => (n < 0 ? 0 : f(n + 1) + 1)»',
      '`f`',
    ],
    [
      'a member of undefined, at the top level',
      'const a = [{ x: 1 }]\nconst b = a[3].x\nexport default () => b',
      'undefined-value «a[3]»',
      'undefined',
    ],
    [
      'a member of undefined, while it sounds',
      'const a = [{ x: 1 }]\nexport default () => a[currentFrame % 2].x',
      'undefined-value «a[currentFrame % 2]»',
      'undefined',
    ],
    [
      'an element of undefined',
      'const a = [[1, 2]]\nexport default () => a[currentFrame % 3][0]',
      'undefined-value «a[currentFrame % 3]»',
      'undefined',
    ],
    [
      'a call of undefined',
      'const a = [() => 1]\nexport default () => a[currentFrame % 2]()',
      'undefined-value «a[currentFrame % 2]»',
      'undefined',
    ],
    [
      'an array of a length that is none',
      'const n = -1\nconst a = new Float64Array(n)\nexport default () => a[0]',
      'array-length «new Float64Array(n)»',
      'whole number',
    ],
    [
      'more memory than there is, in many pieces',
      'const a = Array.from({ length: 9000 }, () => new Float64Array(10000))\nexport default () => a[0][0]',
      'out-of-memory «new Float64Array(10000)»',
      '128 MB',
    ],
    [
      'more memory than there is, in one piece',
      'const a = new Float64Array(100000000)\nexport default () => a[0]',
      'out-of-memory «new Float64Array(100000000)»',
      '128 MB',
    ],
    [
      'more made in one frame than fits',
      'const keep = (list) => list[0]\nexport default () => { let s = 0; for (let i = 0; i < 20000; i++) s += keep([i, s]); return s }',
      'per-frame-memory «[i, s]»',
      'top level',
    ],
  ])('by %s: says what and where', async (_, text, problem, word) => {
    const [found, message] = await stops(text);
    expect(found).toBe(problem);
    expect(message).toContain(word);
  });

  it('by a mistake asks for no more memory than before', async () => {
    const session = await newSession();
    const { shadow } = (session as unknown as { compiler: { shadow: { memory: WebAssembly.Memory } } }).compiler;
    session.update('const a = new Float64Array(10)\nexport default () => a[0]');
    const before = shadow.memory.buffer.byteLength;
    session.update('const a = [[1]]\nconst b = a[2][0]\nexport default () => b');
    session.update('for (;;) {}\nexport default () => 1');
    expect(shadow.memory.buffer.byteLength).toBe(before);
  });

  it('may need much memory and have it', async () => {
    const count = 4_000_000;
    const live = await LivePatch.create(
      `const a = new Float64Array(${count})\na[${count - 1}] = 5\nexport default () => a[currentFrame > 2 ? ${count - 1} : 0]`,
    );
    expect([...live.render(5).left]).toEqual([0, 0, 0, 5, 5]);
  });

  it('while it is played is described from where its code lies', async () => {
    const session = await newSession();
    // Later than the test run before playing.
    const text =
      'const a = [[1]]\nconst read = (n) => a[n][0]\nexport default () => (currentFrame < 1e6 ? 1 : read(7))';
    const result = session.update(text);
    if (result.kind !== 'batch') throw new Error(result.kind);
    session.committed(result.batch.generation);
    const table = result.batch.modules.flatMap(({ symbols }) => Object.entries(symbols));
    const [, offset] = table.find(([name]) => name.startsWith('function:read('))!;
    const { generation } = result.batch;
    const reason = 'unreachable';
    const sites = [0, 1, 2].map((trapSite) =>
      session.describeTrap({ generation, trapSymbol: offset, trapSite, reason, stack: '' }),
    );
    expect(describeProblems(text, sites)).toContain('undefined-value «a[n]»');
  });
});

describe('an acknowledgement', () => {
  it('of nothing, or of something long ago, changes nothing', async () => {
    const audience = new Audience(await newSession());
    audience.hear(A);
    const first = audience.playing!;
    audience.hear(A.replace('+= by', '-= by'));
    const before = inside(audience.session);
    for (const number of [generation(0), first, generation(99), generation(-1)]) {
      audience.session.committed(number);
      expect(audience.session.retired(number)).toEqual([]);
      audience.session.refused(number);
      audience.session.trapped(number, null);
      expect(inside(audience.session)).toBe(before);
    }
    audience.session.committed(audience.playing!);
    audience.session.refused(audience.playing!);
    expect(inside(audience.session)).toBe(before);
  });

  it('that what plays has trapped lets edits continue from what plays instead', async () => {
    const audience = new Audience(await newSession());
    audience.hear(A);
    const first = audience.playing!;
    const second = audience.session.update(A.replace('2)', '3)'));
    if (second.kind !== 'batch') throw new Error(second.kind);
    audience.session.committed(second.batch.generation);
    audience.session.trapped(second.batch.generation, first);
    audience.session.retired(second.batch.generation);
    const third = audience.session.update(A.replace('2)', '4)'));
    expect(third.kind === 'batch' && third.batch.from).toBe(first);
  });

  it('that what plays has trapped while a batch waits lets edits continue from silence', async () => {
    const audience = new Audience(await newSession());
    audience.hear(A);
    const waiting = audience.session.update(A.replace('2)', '3)'));
    if (waiting.kind !== 'batch') throw new Error(waiting.kind);
    audience.session.trapped(audience.playing!, null);
    audience.session.retired(audience.playing!);
    audience.session.refused(waiting.batch.generation);
    const next = audience.session.update(A);
    expect(next.kind === 'batch' && next.batch.from).toBeNull();
  });
});

it('300 edits, of which some are rejected, refused or the same, leave what there is in use flat', async () => {
  const audience = new Audience(await newSession());
  const { session } = audience;
  const text = (n: number) =>
    `const gain = (x) => x * ${n % 11}\nlet count = ${n % 3}\n${n % 5 === 0 ? 'const line = new Float32Array(500)\nline[0] = 1\n' : ''}const o = ((k) => () => (k += 1))(${n % 2})\nexport default () => gain(o() + count++)\n`;
  const used = () => ({ ...session.memory(), inside: inside(session).length });
  const run = (from: number, to: number) => {
    for (let n = from; n < to; n++) {
      if (n % 7 === 1) audience.hear(`const broken = (\n${text(n)}`);
      if (n % 7 === 3) audience.hear(`${text(n)}[[1]][currentFrame + 4][0]`);
      if (n % 7 === 5) {
        const result = session.update(text(n + 1));
        if (result.kind === 'batch') session.refused(result.batch.generation);
      }
      audience.hear(text(n));
      if (n % 7 === 6) expect(audience.hear(`${text(n)}// the same`).kind).toBe('unchanged');
    }
  };
  // The cycle of all that changes is 2310 long; it is cut at the same text.
  run(0, 30);
  audience.hear(text(0));
  const before = used();
  run(30, 330);
  audience.hear(text(0));
  const after = used();
  expect({ ...after, inside: 0 }).toEqual({ ...before, inside: 0 });
  expect(after.inside).toBeLessThan(before.inside * 1.2);
});
