/** What is refused after a test run: NaN or infinite samples, too much work for a block, more memory than there is. */

import { describe, expect, it } from 'vitest';
import { Player } from '../node/player.ts';
import { createSession } from '../node/session.ts';
import { TOO_SLOW } from '../protocol/audio.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import { generation } from '../protocol/units.ts';
import type { Session, SessionOptions } from './session.ts';

const OPTIONS = { sampleRate: 48_000, fadeFrames: 480, postsModules: false } as const;
const HEALTHY = 'let n = 0\nexport default () => (n = (n + 0.01) % 1)\n';

async function playing(options: Partial<SessionOptions> = {}): Promise<Session> {
  const session = await createSession({ ...OPTIONS, ...options });
  hear(session, HEALTHY);
  return session;
}

function hear(session: Session, text: string): readonly Diagnostic[] {
  const result = session.update(text);
  if (result.kind === 'batch') session.committed(result.batch.generation);
  return result.kind === 'rejected' ? result.diagnostics : [];
}

/** `code «text»: message` */
const say = (text: string, diagnostics: readonly Diagnostic[]) =>
  diagnostics.map(({ code, span, message }) => `${code} «${text.slice(span.start, span.end)}»: ${message}`);

describe('samples that are not finite', () => {
  it.each([
    ['from the start', 'let y = 1\nexport default () => { y = Math.sqrt(-y); return y }', 'Math.sqrt(-y)'],
    ['after some frames', 'let y = 1\nexport default () => { y = y * 1e8; return y - y }', 'y * 1e8'],
    ['in one channel', 'let z = 0\nexport default () => [0, 1 / z]', '1 / z'],
  ])('%s do not take the place of a sound', async (_, text, culprit) => {
    const session = await playing();
    expect(say(text, hear(session, text))).toEqual([expect.stringContaining(`not-finite «${culprit}»`)]);
    expect(hear(session, HEALTHY.replace('0.01', '0.02'))).toEqual([]);
  });

  it('that pass are no reason', async () => {
    const session = await playing();
    for (const text of [
      'export default (t) => 1 / t',
      'let n = 0\nexport default () => (n++ < 200 ? 0 / 0 : 1)',
      'let y = 0\nexport default () => { y = 0 / 0; return 1 }',
    ]) {
      expect(hear(session, text)).toEqual([]);
    }
  });

  it('are what JavaScript says where nothing sounds, or where they are allowed', async () => {
    const text = 'export default () => 0 / 0';
    expect(hear(await createSession(OPTIONS), text)).toEqual([]);
    expect(hear(await playing({ allowsNonFinite: true }), text)).toEqual([]);
  });

  it('are warned of in a first patch, with where they begin, and not in each edit after it', async () => {
    const warnings = (session: Session, text: string) => {
      const result = session.update(text);
      if (result.kind !== 'batch') throw new Error(result.kind);
      session.committed(result.batch.generation);
      return say(
        text,
        result.diagnostics.filter(({ severity }) => severity === 'warning'),
      );
    };
    // All samples; and the first one, at t = 0.
    for (const [text, culprit] of [
      ['const a = 0 / 0\nlet y = 0\nexport default () => {\n  y += a\n  return y\n}', '0 / 0'],
      ['export default (t) => 1 / t', '1 / t'],
    ]) {
      const session = await createSession(OPTIONS);
      expect(warnings(session, text)).toEqual([expect.stringContaining(`not-finite «${culprit}»`)]);
      expect(warnings(session, 'export default (t) => 2 / t')).toEqual([]);
      expect(warnings(await createSession({ ...OPTIONS, allowsNonFinite: true }), text)).toEqual([]);
      expect(warnings(await createSession(OPTIONS), HEALTHY)).toEqual([]);
    }
    // What the compiler has found already is told once.
    const known = 'const half = (x) => { x / 2 }\nexport default (t) => half(t) * 3';
    expect(warnings(await createSession(OPTIONS), known)).toEqual([expect.stringMatching(/^gives-nan «half\(t\)»/)]);
  });

  it('are found where they begin, also after seconds, and not where there are none', async () => {
    const session = await playing();
    const late = 'let y = 0\nexport default (t) => { if (t > 2) y = Math.log(-t); return y }';
    expect(say(late, [session.findNonFinite(late)!])).toEqual([
      expect.stringContaining('«Math.log(-t)»: `y` becomes NaN'),
    ]);
    // On a machine so busy that a block takes a second, in what begins early at least.
    let nowMs = 0;
    const busy = await createSession({ ...OPTIONS, now: () => (nowMs += 500) });
    const soon = late.replace('t > 2', 't > 0.6');
    expect(busy.findNonFinite(soon)?.code).toBe('not-finite');
    expect(busy.findNonFinite(late)).toBe(null);
    expect(session.findNonFinite(HEALTHY)).toBe(null);
    expect(session.findNonFinite('export default () => missing')).toBe(null);
  });
});

describe('time', () => {
  /** A clock on which every block takes `blockMs` to render. */
  const clock = (blockMs: number) => {
    let calls = 0;
    return () => Math.floor(++calls / 2) * blockMs;
  };

  it('that is more than there is for a block is a mistake of the text', async () => {
    const session = await createSession({ ...OPTIONS, now: clock(30) });
    const [problem] = say(HEALTHY, hear(session, HEALTHY));
    // 30 ms for a block of 128 frames, which is 2.67 ms long.
    expect(problem).toMatch(/^too-slow «.*»: .*1125 %/);
  });

  it('is judged by the best of many blocks, since a machine that is busy makes most of them look slow', async () => {
    let calls = 0;
    let nowMs = 0;
    const busy = () => {
      if (calls++ % 2 === 1) nowMs += calls === 10 ? 2 : 6;
      return nowMs;
    };
    expect(hear(await createSession({ ...OPTIONS, now: busy }), HEALTHY)).toEqual([]);
    expect(calls).toBe(10);
    // Not forever: after a quarter of a second it is believed.
    calls = 100;
    nowMs = 0;
    expect(hear(await createSession({ ...OPTIONS, now: busy }), HEALTHY)).toMatchObject([{ code: 'too-slow' }]);
    expect(nowMs).toBe(252);
    // What is nearly too slow is believed sooner.
    calls = 0;
    let spentMs = 0;
    const near = () => {
      if (calls++ % 2 === 1) spentMs += 2.5;
      return spentMs;
    };
    expect(hear(await createSession({ ...OPTIONS, now: near }), HEALTHY)).toEqual([]);
    expect(spentMs).toBe(42.5);
  });

  it('that is far less than there is is told to the audio thread', async () => {
    for (const [blockMs, hasHeadroom] of [
      [1, true],
      [2, undefined],
    ] as const) {
      const result = (await createSession({ ...OPTIONS, now: clock(blockMs) })).update(HEALTHY);
      expect(result.kind === 'batch' && result.batch.hasHeadroom).toBe(hasHeadroom);
    }
  });

  it('that a generation turns out not to have while it plays is a mistake of its text', async () => {
    const session = await playing();
    const text = HEALTHY.replace('0.01', '0.02');
    hear(session, text);
    const trap = { generation: generation(2), trapSymbol: 0, trapSite: 0, reason: TOO_SLOW, stack: '', load: 1.3 };
    const problem = 'too-slow «() => (n = (n + 0.02) % 1)»: The patch takes 130 %';
    expect(say(text, [session.describeTrap(trap)])).toEqual([expect.stringContaining(problem)]);
    expect(say(text, [session.explainSlow(generation(2), 1.3)!])).toEqual([expect.stringContaining(problem)]);
    session.retired(generation(2));
    expect(session.explainSlow(generation(2), 1.3)).toBeNull();
  });

  it('that is enough for one but not for two is a reason not to let both sound', async () => {
    // Blocks of 2.67 ms: both together take 0.4, 1.2, 2.3 times of that.
    for (const [blockMs, fadeMs, transition] of [
      [0.5, 10, 'fade'],
      [0.5, 10_000, 'fade'],
      [1.6, 10, 'fade'],
      [1.6, 100, 'offset'],
      [3, 10, 'offset'],
      [3, 1, 'fade'],
    ] as const) {
      const session = await createSession({ ...OPTIONS, now: clock(blockMs) });
      session.configure({ fadeMs, quantise: 'off' });
      expect(hear(session, HEALTHY)).toEqual([]);
      const result = session.update(HEALTHY.replace('0.01', '0.02'));
      expect(result.kind === 'batch' && result.batch.transition).toBe(transition);
    }
  });
});

describe('memory', () => {
  it('that is not there is asked for in vain, and what plays plays on', async () => {
    const session = await playing({ memoryBytes: 2 ** 20 });
    const text = `const line = new Float64Array(${2 ** 17})\nlet n = 0\nexport default () => (line[n++ % 9] = n)`;
    expect(say(text, hear(session, text))).toEqual([expect.stringMatching(/^no-room .*2 MB/)]);
    const smaller = text.replace(String(2 ** 17), '1000');
    expect(hear(session, smaller)).toEqual([]);
  });

  it('that is only kept makes room for what is to play', async () => {
    const line = (n: number) =>
      `const line = new Float64Array(${2 ** 16})\nlet n = ${n}\nexport default () => (line[n++ % 9] = n)`;
    // Room for three arenas of half a megabyte.
    const player = new Player(await createSession({ ...OPTIONS, memoryBytes: 1.7 * 2 ** 20 }), {
      sampleRate: 48_000,
      raw: true,
    });
    const [left, right] = [new Float64Array(1024), new Float64Array(1024)];
    for (let edit = 1; edit < 10; edit++) {
      expect(player.offer(line(edit))).toMatchObject({ kind: 'committed' });
      player.process(left, right, 1024);
    }
    expect(left.at(-1)).toBe(9 + 1024);
  });

  it('of the table is bounded as well', async () => {
    const session = await playing({ tableSlots: 20 });
    const functions = Array.from({ length: 30 }, (_, n) => `const f${n} = (x) => x + ${n}`);
    const text = `${functions.join('\n')}\nexport default () => ${functions.map((_, n) => `f${n}(1)`).join(' + ')}`;
    expect(hear(session, text)).toMatchObject([{ code: 'no-room' }]);
    expect(hear(session, HEALTHY.replace('0.01', '0.02'))).toEqual([]);
  });
});

describe('a restart from scratch', () => {
  it('resets all state, even where the text is the same, and still continues what plays', async () => {
    const session = await playing();
    expect(session.update(HEALTHY).kind).toBe('unchanged');
    const result = session.update(HEALTHY, { fresh: true });
    if (result.kind !== 'batch') throw new Error(result.kind);
    expect(result.batch.from).toBe(1);
    expect(result.batch.plan.copies).toHaveLength(0);
    expect(result.batch.transition).toBe('fade');
    expect(result.report).toMatchObject({
      stateKept: [],
      stateReset: [{ path: 'n', reason: 'restarted' }],
      changed: [],
    });
  });
});

describe('the code that runs', () => {
  it('is told by unit, with versions that count its codes', async () => {
    const session = await createSession(OPTIONS);
    const text = (rate: string, gain: string) =>
      `const gain = ${gain}\nconst osc = (hz) => { let phase = 0; return () => (phase = (phase + ${rate}) % 1) }\nconst a = osc(2)\nexport default () => gain * a()\n`;
    const rows = () => Object.fromEntries(session.rows().map((row) => [row.unit, row]));
    hear(session, text('hz / 100', '1'));
    const first = rows();
    expect(Object.values(first).map(({ unit, version }) => [unit, version])).toEqual(
      expect.arrayContaining([
        ['gain', 1],
        ['osc', 1],
        ['a', 1],
        ['default', 1],
      ]),
    );
    expect(first.a).toMatchObject({ stateBytes: 8, tier: 1, slots: [] });
    expect(first.osc.slots).toHaveLength(1);
    expect(first.osc.codeBytes).toBeGreaterThan(20);
    expect(first.gain).toMatchObject({ codeBytes: 0, slots: [], span: { start: 6, end: 14 } });

    hear(session, text('hz / 200', '1'));
    const second = rows();
    expect([second.osc.version, second.default.version]).toEqual([2, 1]);
    expect(second.default.slots).toEqual(first.default.slots);
    expect(second.osc.slots).not.toEqual(first.osc.slots);
    hear(session, text('hz / 100', '1'));
    expect(rows().osc).toMatchObject({ version: 1, slots: first.osc.slots });
    const events = session
      .takeEvents()
      .map(({ kind, generation, row }) => `${kind} ${row.unit} ${row.version} ${generation}`);
    expect(events).toEqual(
      expect.arrayContaining([
        'linked osc 1 1',
        'committed osc 1 1',
        'linked osc 2 2',
        'committed osc 2 2',
        'committed osc 1 3',
      ]),
    );
    expect(events).not.toContain('linked default 1 2');
    expect(session.takeEvents()).toEqual([]);
    session.retired(generation(2));
    expect(session.takeEvents()).toMatchObject([{ kind: 'retired', row: { unit: 'osc', version: 2 } }]);
  });
});
