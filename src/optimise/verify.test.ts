/** The verifier finds what is wrong with programs made by hand, and nothing in one that is right. */
import { describe, expect, it } from 'vitest';
import { Builder } from './builder.ts';
import type { BlockNode, OptimisedProgram, Value } from './ssa.ts';
import { verifyProgram } from './verify.ts';

function program(make: (builder: Builder, frames: Value) => void): OptimisedProgram {
  const builder = new Builder();
  const body = builder.region;
  const frames = builder.parameter('i32');
  make(builder, frames);
  return { frames, body, wholes: [], calls: new Set() };
}

const PLACE = { from: 0, to: 8 };

it('lets pass what is right', () => {
  const right = program((builder, frames) => {
    const sum = builder.binary('i32.add', frames, builder.i32(1));
    builder.append({ op: 'store', access: 'i32', pointer: builder.i32(0), offset: 0, value: sum, place: PLACE });
  });
  expect(verifyProgram(right)).toEqual([]);
});

describe('finds', () => {
  it.each<[string, (builder: Builder, frames: Value) => void, RegExp]>([
    [
      'a value of another type',
      (builder, frames) =>
        builder.append({ op: 'store', access: 'f64', pointer: builder.i32(0), offset: 0, value: frames, place: PLACE }),
      /is i32, not f64/,
    ],
    [
      'a value of an arm that is used behind it',
      (builder, frames) => {
        const yes = builder.open(false);
        const inside = builder.load('i32', frames, 0, false, null, PLACE);
        builder.close(yes);
        const no = builder.empty();
        builder.append({ op: 'if', test: frames, yes, no, results: [], yesValues: [], noValues: [] });
        builder.append({ op: 'store', access: 'i32', pointer: builder.i32(0), offset: 0, value: inside, place: PLACE });
      },
      /is not in sight/,
    ],
    [
      'a jump to what is not open',
      (builder) => {
        const target: BlockNode = { op: 'block', body: builder.empty(), results: [], values: [] };
        builder.append({ op: 'break', target, values: [] });
      },
      /not open/,
    ],
    [
      'a jump that hands over too little',
      (builder) => {
        const body = builder.open(true);
        const target: BlockNode = { op: 'block', body, results: [builder.parameter('f64')], values: null };
        builder.append({ op: 'break', target, values: [] });
        builder.close(body);
        builder.append(target);
      },
      /0 values for 1/,
    ],
    [
      'what is never reached',
      (builder, frames) => {
        builder.append({ op: 'trap', symbol: 'f', site: 0 });
        builder.append({ op: 'store', access: 'i32', pointer: builder.i32(0), offset: 0, value: frames, place: PLACE });
      },
      /never reached/,
    ],
    [
      'an arm that gives nothing',
      (builder, frames) => {
        const [yes, no] = [builder.empty(), builder.empty()];
        builder.append({
          op: 'if',
          test: frames,
          yes,
          no,
          results: [builder.parameter('f64')],
          yesValues: null,
          noValues: null,
        });
      },
      /gives nothing/,
    ],
  ])('%s', (_, make, fault) => {
    expect(verifyProgram(program(make)).join('\n')).toMatch(fault);
  });
});
