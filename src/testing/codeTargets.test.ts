/**
 * What variables and lists call after edits that add, remove, rename and change functions, with few slots and many: it is
 * always a function of the text that plays, never one that is gone, and slots that have run out refuse the text and nothing
 * else. Which function it is shows in the sample, by arithmetic.
 */
import { describe, expect, it } from 'vitest';
import { createSession } from '../node/session.ts';
import { Seeded } from './random/seeded.ts';
import { GuardedPatch } from './swaps/guardedPatch.ts';
import { limitsOf } from './swaps/limits.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

interface Program {
  readonly text: string;
  /** What its functions return. */
  readonly values: ReadonlySet<number>;
}

/** Some functions, one after the other called by a variable, a field, an element and a closure that captures one. */
function program(source: Seeded, serial: number): Program {
  const random = (): number => source.next();
  const names = NAMES.filter(() => random() < 0.6);
  while (names.length < 2) names.push(`n${names.length}`);
  names.sort(() => random() - 0.5);
  const values = new Set<number>();
  const functions = names.map((name, n) => {
    // Half of them are as they were in other programs.
    const value = random() < 0.5 ? NAMES.indexOf(name) + 2 : 100 * serial + n + 10;
    values.add(value);
    return `const ${name} = ${random() < 0.3 ? `((k) => () => k)(${value})` : `() => ${value}`}`;
  });
  const pick = (): string => names[Math.floor(random() * names.length)]!;
  const list = names.filter(() => random() < 0.7);
  if (list.length === 0) list.push(names[0]!);
  return {
    text: `${functions.join('\n')}
let q = ${pick()}
const list = [${list.join()}]
const o = { f: ${pick()} }
const wrap = (f) => () => f()
let w = wrap(${pick()})
export default () => {
  if (currentFrame % 3 === 0) q = list[currentFrame % ${list.length}]
  if (currentFrame % 5 === 0) { const old = o.f; o.f = q; q = old }
  if (currentFrame % 7 === 0) list[currentFrame % ${list.length}] = o.f
  const turn = currentFrame % 4
  return turn === 0 ? q() : turn === 1 ? o.f() : turn === 2 ? list[currentFrame % ${list.length}]() : w()
}`,
    values,
  };
}

it('is what the text that plays has', { timeout: 300_000 }, async () => {
  let undos = 0;
  let edits = 0;
  for (let seed = 1; seed <= 12; seed++) {
    const source = new Seeded(seed);
    const played: Program[] = [program(source, 1)];
    const patch = await GuardedPatch.create(played[0]!.text, 0, undefined, limitsOf(seed));
    patch.render(64);
    for (let n = 2; n < 18; n++) {
      let now: Program;
      if (source.next() < 0.25 && played.length > 1 && patch.undo()) {
        played.pop();
        now = played.at(-1)!;
        undos++;
      } else {
        now = program(source, n);
        patch.swap(now.text);
        played.push(now);
        edits++;
      }
      let left: Float64Array;
      try {
        ({ left } = patch.render(96));
      } catch (thrown) {
        throw new Error(
          `seed ${seed}, edit ${n}: ${String(thrown)}\n${played
            .slice(-2)
            .map(({ text }) => text)
            .join('\n\n')}`,
        );
      }
      const strange = left.find((sample) => !now.values.has(sample));
      expect(strange, `seed ${seed}, edit ${n}:\n${now.text}`).toBeUndefined();
    }
  }
  expect(edits).toBeGreaterThan(100);
  expect(undos).toBeGreaterThan(10);
});

describe('slots', () => {
  const many = (count: number, serial: number): string => {
    const functions = Array.from({ length: count }, (_, n) => `const f${n} = (x) => x + ${n} * ${serial}`);
    return `${functions.join('\n')}\nexport default () => ${Array.from({ length: count }, (_, n) => `f${n}(1)`).join(' + ')}`;
  };
  it.each([60, 300])('that run out among %i refuse what does not fit, and nothing else', async (tableSlots) => {
    const session = await createSession({ ...{ sampleRate: 48_000, fadeFrames: 0, postsModules: false }, tableSlots });
    const source = new Seeded(tableSlots);
    const first = session.update(many(2, 1));
    if (first.kind !== 'batch') throw new Error(first.kind);
    let playing: number = first.batch.generation;
    session.committed(first.batch.generation);
    let refused = 0;
    let given = 0;
    const offer = (text: string) => {
      const result = session.update(text);
      if (result.kind !== 'crowded') return result;
      given += result.kept.length;
      for (const generation of result.kept) session.retired(generation);
      return session.update(text);
    };
    for (let n = 1; n < 25; n++) {
      const count = 1 + Math.floor(source.next() * tableSlots * 1.2);
      const result = offer(many(count, n));
      if (result.kind === 'batch') {
        session.committed(result.batch.generation);
        playing = result.batch.generation;
        const slots = result.batch.modules.flatMap(({ exports }) => exports.map(({ slot }): number => slot));
        expect(new Set(slots).size).toBe(slots.length);
        expect(Math.max(...slots)).toBeLessThan(tableSlots);
        expect(result.batch.tableSlots).toBeLessThanOrEqual(tableSlots);
      } else {
        expect(result.kind === 'rejected' && result.diagnostics.map(({ code }) => code)).toEqual(['no-room']);
        refused++;
      }
      expect(session.memory().slots).toBeLessThan(tableSlots);
      expect(session.generations()).toContain(playing);
    }
    expect(refused).toBeGreaterThan(2);
    expect(given).toBeGreaterThan(0);
    // What is small plays, whatever was tried before it.
    expect(offer(many(3, 7)).kind).toBe('batch');
  });
});
