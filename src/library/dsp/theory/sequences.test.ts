/** Sequences, and chance against statistics. */
import { describe, expect, it } from 'vitest';
import { arpeggio, chance, choose, sequence, shuffled } from './sequences.ts';

const SEED = 41;
/** A trigger in every other frame, three frames long at the first. */
const triggers = [0, 0, 1, 1, 0.5, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0];
const counts = [0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7];

describe('steps', () => {
  it('sequence goes one further at each trigger after the first', () => {
    const values = [10, 20, 30];
    const next = sequence(values);
    expect(triggers.map((trig) => next(trig))).toEqual(counts.map((count) => values[Math.max(count - 1, 0) % 3]));
  });

  it('sequence starts over at a trigger of reset', () => {
    const next = sequence([1, 2, 3]);
    const resets = [0, 0, 0, 1, 1, 1, 1, 0, 1, 0];
    const trigs = [1, 0, 1, 0, 1, 0, 1, 0, 1, 0];
    expect(trigs.map((trig, i) => next(trig, resets[i]))).toEqual([1, 1, 2, 1, 1, 1, 2, 2, 1, 1]);
  });

  it.each([
    ['up', 1, [1, 2, 3]],
    ['down', 1, [3, 2, 1]],
    ['upDown', 1, [1, 2, 3, 2]],
    ['up', 2, [1, 2, 3, 13, 14, 15]],
    ['upDown', 2, [1, 2, 3, 13, 14, 15, 14, 13, 3, 2]],
  ])('arpeggio goes %s over %i octaves', (mode, octaves, order) => {
    const notes = arpeggio([1, 2, 3], mode, octaves);
    const heard = triggers.map((trig) => notes(trig));
    expect(heard).toEqual(counts.map((count) => order[Math.max(count - 1, 0) % order.length]));
  });

  it('arpeggio of one or two notes goes on', () => {
    expect([1, 0, 1, 0, 1].map(arpeggio([5], 'upDown'))).toEqual([5, 5, 5, 5, 5]);
    expect([1, 0, 1, 0, 1].map(arpeggio([5, 7], 'upDown'))).toEqual([5, 5, 7, 7, 5]);
  });

  it('a random arpeggio plays all its notes and no others', () => {
    const notes = arpeggio([1, 2, 3], 'random', 2);
    const heard = new Set(Array.from({ length: 400 }, (_, i) => notes(i & 1)));
    expect([...heard].sort((a, b) => a - b)).toEqual([1, 2, 3, 13, 14, 15]);
  });
});

describe(`chance, seed ${SEED}`, () => {
  const COUNT = 3000;
  /** How many of `count` draws of probability p may be hits, to within 3σ. */
  const expectShare = (hits: number, count: number, p: number): void =>
    expect(Math.abs(hits - count * p)).toBeLessThan(3 * Math.sqrt(count * p * (1 - p)));

  it('choose draws all values equally often, and the same for a seed', () => {
    const next = choose([4, 5, 6, 7], SEED);
    const again = choose([4, 5, 6, 7], SEED);
    const other = choose([4, 5, 6, 7], SEED + 1);
    expect(next(0)).toBe(4);
    again(0);
    other(0);
    const draws = Array.from({ length: COUNT }, () => {
      const value = next(1);
      expect(next(0)).toBe(value);
      expect(again(1)).toBe(value);
      again(0);
      return value;
    });
    for (const value of [4, 5, 6, 7]) expectShare(draws.filter((x) => x === value).length, COUNT, 0.25);
    const differs = draws.filter((value) => {
      const drawn = other(1);
      other(0);
      return drawn !== value;
    });
    expect(differs.length).toBeGreaterThan(COUNT / 2);
  });

  it('shuffled gives every order equally often and keeps the array', () => {
    const values = [1, 2, 3];
    const orders = new Map<string, number>();
    for (let seed = 1; seed <= COUNT; seed++) {
      const order = shuffled(values, seed);
      expect([...order].sort()).toEqual(values);
      orders.set(order.join(), (orders.get(order.join()) ?? 0) + 1);
    }
    expect(orders.size).toBe(6);
    for (const count of orders.values()) expectShare(count, COUNT, 1 / 6);
    expect(values).toEqual([1, 2, 3]);
    expect(shuffled([1, 2, 3, 4, 5, 6], SEED)).toEqual(shuffled([1, 2, 3, 4, 5, 6], SEED));
  });

  it('chance lets the share through that it is asked for, with the strength, one draw a trigger', () => {
    for (const probability of [0, 0.25, 0.8, 1]) {
      const gate = chance(SEED);
      const held = chance(SEED);
      let passed = 0;
      for (let i = 0; i < COUNT; i++) {
        const strength = gate(0.5, probability);
        expect(strength === 0 || strength === 0.5).toBe(true);
        expect(gate(0, probability)).toBe(0);
        // The same triggers, held for three frames: the same draws.
        expect(held(0.5, probability)).toBe(strength);
        expect(held(0.5, probability)).toBe(0);
        held(0, probability);
        passed += strength > 0 ? 1 : 0;
      }
      if (probability === 0 || probability === 1) expect(passed).toBe(probability * COUNT);
      else expectShare(passed, COUNT, probability);
    }
  });

  it('seed 0 takes one from Math.random', () => {
    const random = Math.random;
    let calls = 0;
    Math.random = () => ++calls / 10;
    try {
      expect(shuffled([1, 2, 3, 4, 5, 6, 7, 8])).not.toEqual(shuffled([1, 2, 3, 4, 5, 6, 7, 8]));
      expect(calls).toBe(2);
    } finally {
      Math.random = random;
    }
  });
});
