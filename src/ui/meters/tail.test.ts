import { expect, it } from 'vitest';
import { Tail } from './tail.ts';

it('has the last frames, the newest at its end, however they come', () => {
  const tail = new Tail(10);
  let frame = 0;
  const heard: number[] = Array<number>(10).fill(0);
  for (const frames of [1, 3, 10, 0, 25, 4, 9]) {
    const left = Float32Array.from({ length: frames }, () => ++frame);
    heard.push(...left);
    tail.add(
      left,
      left.map((sample) => -sample),
    );
    expect([...tail.left]).toEqual(heard.slice(-10));
    expect([...tail.right].map((sample) => 0 - sample)).toEqual(heard.slice(-10));
  }
  tail.clear();
  expect([...tail.left]).toEqual(Array<number>(10).fill(0));
});
