/** Bytebeat: integers, shifts, masks, and what the bitwise operators make of numbers that are no 32-bit integers. */
import { bytebeats } from '../patch.ts';

export const bits = bytebeats(
  'shifts and masks',
  `
    t * (t >> 9 & 7) | t >> 5
    (t * 5 & t >> 7) | (t * 2 & t >> 10)
    t & t >> 6
    (t ^ t >> 6) * 3
    t * (3 + (t >> 11 & 3)) >> (t >> 13 & 1)
    ~t >> 3 & t * 7
    t >> (t >> 10 & 5) ^ t * 2
    (t % 255 ^ t >> 5) + (t % 127 | t >> 7)
    t * 11 & ~(t >> 3) | t / 300 & t * 2
    -t & t >> 6
    t - (t >> 4 & t) * 3 ^ t >> 2
    t*t/256&t>>7
    (t*t*t>>16)+t
    (t & 4095) * (t >> 12) >> 5
    t ^ t << 1 ^ t >> 3
    (t >> 6 ^ t >> 8 | t >> 12 ^ t & 63) * t
    (1 << (t >> 7 & 7)) & t ? 200 : t >> 2
    t * (1 << (t >> 9 & 3))
    (t & 128) + (t * 3 & 64) + (t * 5 & 32)
    (t&t>>12)*(t>>4|t>>8)^t>>6
    t*(t^t+(t>>15|1)^(t-1280^t)>>10)
    ((t>>4)*(t>>7)|t*2)&127
    t>>5|(t>>2)*(t>>5)
    (t*2&t>>9)+(t*3&t>>8)+(t*7&t>>10)
  `,
);

export const integerEdges = bytebeats(
  'integers at their edges',
  `
    (t * 0x51f3 ^ t >> 3) >>> 7
    ~~(t / 3.7) ^ ~~(t / 5.1)
    (t / 2.5 | 0) * (t >> 10 & 3 | 1)
    (t * 1103515245 + 12345) >> 16
    (t * 65599 ^ t * 2654435761) >>> 24
    Math.imul(t, 2654435761) >>> 24
    t << 30 >> 22 ^ t
    // Counts of shifts are taken modulo 32.
    t << 33 | t >> 35
    t >> -28 ^ t << -30
    (2 ** 31 + t * 4096 | 0) >> 12
    (t * 1e6 ^ 4294967295) >>> 20
    (t + 4294967296) ^ t >> 3
    (t - 9007199254740991) & 127
    t * 0.5 & 0xff ^ t * 1.5
    (~-t & t >> 2) - (-~t & t >> 5)
    ~~-t * 3
    (-t | 0) % 7 * 30
    -t % 96 + 96
    t % -48 * 5
    (t * 1e300 * 1e300 | t) ^ t >> 3
    t * t * t * t * t >>> 3
    (t << 24) / 3e6
    (t << 16 >> 16) / (t & 7)
    -(t & 1023) >>> 2 ^ -(t & 63) >> 1
    ((t & 255) << 24 >> 25) + 64
    t / (t & 15) | t >> 4
    2147483647 + t >> 4
    -2147483648 - t >> 5
    (t >>> 0 === t) * 99 + (t & 31)
    ~(~t >>> 1) >> 2
  `,
  { clocks: ['local', 'counter', 'parameter', 'floored', 'seconds', 'later', 'fractional'] },
);
