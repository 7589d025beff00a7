/** Bytebeat: nested conditionals, `&&` and `||` as values, and what is true or false counted with. */
import { bytebeats } from '../patch.ts';

export const conditionals = bytebeats(
  'conditionals',
  `
    t & 4096 ? t * 2 : t * 3
    t >> 12 & 1 ? t >> 10 & 1 ? t * 5 : t * 4 : t >> 11 & 1 ? t * 3 : t * 2
    (t & 8192 ? t & 4096 ? 6 : 4 : t & 2048 ? 5 : 3) * t
    t % 2048 < 300 ? t * 7 & 127 : t & 63
    t&2048?0:t&1024?t*2:t&512?t*3:128
    (t & 64) > 32 ? 100 : -(t & 31)
    (t & 1024 ? Math.min : Math.max)(t & 255, t >> 3 & 255)
    (t & 1024 ? t : 0) ? t * 3 : t * 5
    (t>>7&1)==(t>>9&1)?t*2:t*3
    (t ^ t >> 1) & 64 ? t : ~t
    t / 0 == Infinity ? t * 3 : 0
    (t>>9)%3?(t>>9)%3>1?t*3:t*4:t*5
    t%512<t%700?t%300<100?t:t*2:t%40?t*3:0
    (t >> 10) % 4 < 2 ? t * (t & 2048 ? 2 : 3) : t / (t & 4096 ? 1.5 : 3)
    t < 3000 ? t * 2 & 127 : t < 9000 ? t * 3 & 127 : t < 20000 ? t * 4 & 127 : t * 5 & 127
    // Precedence as it is, not as it looks.
    t >> 9 & 1 == 1 ? t * 3 : t
    t & 1 + 2 ? t & 255 : t >> 2
    t + 1 & 7 == 0 | t >> 4
  `,
);

export const logicalValues = bytebeats(
  'and and or as values',
  `
    (t >> 9) % 3 == 0 ? t * 2 : (t >> 9) % 3 == 1 ? t * 3 : (t >> 9) % 3 === 2 && t * 4
    (t & 256) && t * 3
    (t & 512) && t * 2 || t >> 1
    t >> 8 & 3 || t
    (t >> 5 & 7 || 4) * (t & 31)
    (t & 96 && t & 12) * 3
    ~(t & 512 && 7) & t
    (t & 1 ? NaN : t) || 99
    (t>>6&1)!=(t>>8&1)&&(t*5&127)
    (t < 800 && t > 200 || t > 1000 && t % 3 == 0) * 100 + t % 50
    t & 1024 && t & 512 && t * 5 || t & 256 && t * 3 || t
    (t & 3 && t & 12 && t >> 4 || t >> 2 || 1) * 7
    (t > 1000 || t >> 2) * 3 ^ t
    (t & 2048 && [3, 4, 5][(t >> 9) % 3] || 2) * t
    (t & 511 || t >> 9) % 60 * 4
    t % 1024 < 512 && t * 3 | t % 768 < 384 && t * 4
    !(t & 1024) && t * 3 || !(t & 512) && t * 4
    (0 || t) ^ (1 && t >> 3) ^ ('' || 5) ^ (null || 9)
    (NaN || undefined || t) ?? 5
  `,
);

export const booleansAsNumbers = bytebeats(
  'booleans as numbers',
  `
    !(t >> 9 & 3) * t
    !!(t & 1024) * t * 3
    (t >> 10 & 1) * t + !(t >> 10 & 1) * t * 1.5
    (t % 1000 < 500) * 64 + (t % 600 > 300) * 32
    ((t & 127) > (t >> 4 & 127)) * 96
    t * (2 + (t >> 11 & 1) + (t % 3000 > 2000))
    (t > 900) + (t > 1800) + (t > 2500) << 5 | t & 31
    t * ((t >> 10) % 5 != 3)
    +(t % 90 > 44) * 120
    -(t % 90 > 44) & t
    (!t + !(t & 3) + !(t & 15)) * 60
    true + (t & 1024 ? true : false) << 5 ^ t
    true * t ^ false * t
    (t>>8)%4===0|(t>>7)%8===3?t*3&127:0
    (t & 255) > 100 & (t >> 4 & 15) < 9 ? 128 : t & 63
    ((t & 64) == 0) == ((t & 256) == 0) ? t : t * 2
    (t & 128 ? true : false) + t
    ~(t % 100 < 50) & t
    (t % 3 < 1) - (t % 5 < 1) - (t % 7 < 1) << 6
    (t & 32) / 32 == true ? t : t >> 3
    (t & 16) > 0 ^ (t & 64) > 0 ? 180 : 60
    ((t & 255) < 128) ** 2 * 100
    !(t & 256) % 2 * t
    (t&512)>0&&(t&256)>0||(t&64)>0?t*2:0
    Number(!(t & 256)) * t + +!!(t & 512) * 9
    (t % 64 <= 31) << 6 | (t % 96 >= 48) << 5 | (t % 40 < 20) << 4
    (t > 5) * (t < 40000) * t
    !t + !!t + !!!(t & 512) << 6
    1 - (t & 512 && true) ^ t
  `,
);

export const nothingAsNumber = bytebeats(
  'undefined and null counted with',
  `
    (t & 512 ? undefined : t) * 2
    (t & 512 ? null : t) * 2
    (t & 512 ? null : t) ?? t * 3
    (t & 512 ? undefined : t >> 2) ?? 77
    null + t ^ t >> 4
    (undefined + t | 0) + t
    (t & 256 ? null : 5) === null ? t : t * 3
    (t & 256 ? undefined : 5) == null ? t : t * 3
    (void 0 ?? t * 3) | (void t, t >> 4)
    t * (null ?? 3) + -null + ~undefined
    (void 0 || t) & 127
    (t > 700 ? null : undefined) ?? t & 63
    +null + t | +undefined
  `,
);
