/** The profile counts what the text does: held against counts that can be done by hand, and never against times. */

import { describe, expect, it } from 'vitest';
import { CARRY_LIMITS, type CarryLimits } from '../linker/limits.ts';
import { Player } from '../node/player.ts';
import { profileOf } from '../node/profilePatch.ts';
import { createSession } from '../node/session.ts';
import type { Profile } from '../protocol/profile.ts';

const SAMPLE_RATE = 8_000;

async function open(text: string, limits?: CarryLimits) {
  const how = { sampleRate: SAMPLE_RATE, fadeFrames: 0, postsModules: false, ...(limits && { limits }) };
  const session = await createSession(how);
  const player = new Player(session, { sampleRate: SAMPLE_RATE, raw: true });
  expect(player.offer(text)).toMatchObject({ kind: 'committed' });
  const play = (blocks: number) => {
    const [left, right] = [new Float64Array(128), new Float64Array(128)];
    for (let n = 0; n < blocks; n++) player.process(left, right, 128);
    return [...left];
  };
  const profile = async (): Promise<Profile> => {
    const told = await profileOf(session, player, text, SAMPLE_RATE);
    if ('none' in told) throw new Error(told.none);
    return told;
  };
  const lineOf = (part: string) => text.slice(0, text.indexOf(part)).split('\n').length;
  return { session, player, play, profile, lineOf };
}

const at = (profile: Profile, line: number) => profile.lines.find((one) => one.line === line) ?? { share: 0, runs: 0 };
const of = (profile: Profile, unit: string) => profile.units.find((one) => one.unit === unit);

const LOOPS = `
function work(turns: number) {
  let x = 0
  for (let n = 0; n < turns; n++) {
    x = x * 0.5 + n
  }
  return x
}
function short() {
  let y = 0
  for (let n = 0; n < 10; n++) {
    y = y * 0.5 + n
  }
  return y
}
function long() {
  let z = 0
  for (let n = 0; n < 1000; n++) {
    z = z * 0.5 + n
  }
  return z
}
export default () => (short() + long() + work(100)) * 1e-9
`;

describe('the profile', () => {
  it('has what loops a hundred times as much as a hundred times as dear, by unit and by line', async () => {
    const { profile, lineOf } = await open(LOOPS);
    const told = await profile();
    expect(told.frames).toBe(SAMPLE_RATE);
    expect(told.units.map(({ unit }) => unit)).toEqual(['long', 'work', 'short', 'default']);
    const [long, work, short] = ['long', 'work', 'short'].map((name) => of(told, name)!);
    expect(long!.share / short!.share).toBeGreaterThan(80);
    expect(long!.share / short!.share).toBeLessThan(101);
    expect(work!.share / short!.share).toBeGreaterThan(8);
    expect([long, work, short].map((unit) => unit!.calls)).toEqual([1, 1, 1]);
    // A line is as dear as it runs often: these do the same.
    const [inLong, inWork, inShort] = ['z = z', 'x = x', 'y = y'].map((part) => at(told, lineOf(part)));
    expect([inLong!.runs, inWork!.runs, inShort!.runs]).toEqual([1000, 100, 10]);
    expect(inLong!.share / inShort!.share).toBeCloseTo(100, 9);
    expect(inLong!.share / inWork!.share).toBeCloseTo(10, 9);
  });

  it('accounts for all there is: units come to 1, and so do lines with what is no line’s', async () => {
    const { profile } = await open(LOOPS);
    const { units, lines, outside } = await profile();
    const sum = (shares: readonly { readonly share: number }[]) => shares.reduce((all, { share }) => all + share, 0);
    expect(sum(units)).toBeCloseTo(1, 9);
    expect(sum(lines) + outside).toBeCloseTo(1, 9);
    expect(outside).toBeLessThan(0.05);
  });

  it('gives the work of the library to the lines that call it, each its own, also where it calls back', async () => {
    const { profile, lineOf } = await open(`
const many = Array.from({ length: 30 }, (_, n) => sine())
const one = sine()
const tones = [1, 2, 3]
const inner = (n) => Math.sin(n)
export default () => {
  let sum = 0
  for (const osc of many)
    sum += osc(220)
  sum += one(220)
  const back = tones.map((n) =>
    inner(n) + Math.sin(n))
  return sum * 0.01 + back[0] * 0
}
`);
    const told = await profile();
    const [bank, single] = [at(told, lineOf('sum += osc')), at(told, lineOf('sum += one'))];
    expect([bank.runs, single.runs]).toEqual([30, 1]);
    // Reading the element of the array costs something, too.
    expect(bank.share / single.share).toBeGreaterThan(29);
    expect(bank.share / single.share).toBeLessThan(45);
    // Its own sines, not those of the function it calls, which has three as well.
    const [outer, called] = [at(told, lineOf('inner(n) +')), at(told, lineOf('const inner'))];
    expect([outer.runs, called.runs]).toEqual([3, 3]);
    expect(called.share / outer.share).toBeGreaterThan(0.5);
    expect(called.share).toBeLessThan(outer.share);
    expect(told.units[0]!.unit.startsWith('std/')).toBe(true);
  });

  it('is of the state that is there: what the patch does from some frame on is in it', async () => {
    const text = `
let frame = 0
function rare() {
  let x = 0
  for (let n = 0; n < 500; n++) x = x * 0.5 + n
  return x
}
export default () => (++frame > 9000 ? rare() : 0) * 1e-9
`;
    const early = await open(text);
    const before = await early.profile();
    expect(of(before, 'rare')?.calls).toBe(0);
    const late = await open(text);
    late.play(80);
    const after = await late.profile();
    expect(of(after, 'rare')?.calls).toBe(1);
    expect(after.units[0]?.unit).toBe('rare');
  });

  it('is of the state that is there where arrays lie apart from the rest, too', async () => {
    const text = `
const line = new Float64Array(1000)
let at = 0
export default () => {
  line[at] = 3
  at = (at + 1) % 1000
  let x = 0
  for (let n = 0; n < line[500]; n++)
    x = x * 0.5 + n
  return x * 1e-9
}
`;
    const { session, player, play, lineOf } = await open(text, {
      ...CARRY_LIMITS,
      regionBytes: 64,
      copyBudgetBytes: 0,
    });
    play(8);
    const edited = text.replace('1e-9', '1e-8');
    expect(player.offer(edited)).toMatchObject({ kind: 'committed', report: { adoptedBytes: 8000 } });
    const told = await profileOf(session, player, edited, SAMPLE_RATE);
    if ('none' in told) throw new Error(told.none);
    // From the first frame on, and not only once this code has filled the line itself.
    expect(at(told, lineOf('x = x')).runs).toBe(3);
  });

  it('changes nothing of what plays', async () => {
    const text = 'let x = 0.5\nexport default () => (x = 3.9 * x * (1 - x)) * 0.1\n';
    const [plain, profiled] = [await open(text), await open(text)];
    plain.play(1);
    await profiled.profile();
    expect(profiled.player.currentFrame).toBe(plain.player.currentFrame);
    expect(profiled.play(20)).toEqual(plain.play(20));
  });

  it('comes in pieces, and ends where something else plays', async () => {
    const { session, player } = await open(LOOPS);
    const { ProfileService } = await import('./profileService.ts');
    const { emit } = await import('../compiler/emit/emit.ts');
    const told: unknown[] = [];
    let clockMs = 0;
    const service = new ProfileService(
      session.inspector,
      {
        toMain: (message) => told.push(message),
        toProcessor: (message) => message.kind === 'look' && player.look(message.look),
      },
      // Each reading of the clock takes a millisecond: so a piece may have four blocks.
      { sampleRate: SAMPLE_RATE, emit, now: () => clockMs++ },
    );
    const seen = () => {
      const [left, right] = [new Float64Array(128), new Float64Array(128)];
      player.process(left, right, 128);
      service.seen(player.takeSeen()!);
    };
    service.hear({ kind: 'profile', id: 4, text: LOOPS });
    expect(service.step()).toBe(false);
    seen();
    let pieces = 0;
    while (service.step()) pieces++;
    expect(pieces).toBeGreaterThan(60);
    expect(told).toMatchObject([{ kind: 'profiled', id: 4, profiled: { text: LOOPS } }]);
    service.hear({ kind: 'profile', id: 5, text: LOOPS });
    seen();
    service.step();
    player.offer(LOOPS.replace('1e-9', '1e-8'));
    while (service.step());
    expect(told[1]).toMatchObject({ id: 5, profiled: { none: expect.stringContaining('has changed since') } });
  });
});
