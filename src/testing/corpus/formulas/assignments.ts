/** Bytebeat: assignments and commas inside one expression, with variables that were declared before. */
import { bytebeats } from '../patch.ts';

const numbers = 'let a = 0, b = 0, c = 0';

export const assignments = bytebeats(
  'assignments inside',
  `
    a = t >> 4, b = a * 3, a ^ b
    (a = t * 3 & 127) + (b = t * 5 & 127)
    a = t & 127, a * (t >> 9 & 3)
    (a = t >> 8 & 7, b = [1, 3, 2, 5][a & 3], t * b)
    a = b = t & 63, a + b * 2
    a = (b = t >> 5) & 15, b * a
    t*((a=t>>10&3)?a:2)^(a<<5)
    ((a = t % 100), (b = t % 150), a < b ? a : b)
    (a = t >> 9 & 1) ? b = t * 2 : b = t * 3
    (a=t,b=a>>3,c=b>>3,a^b^c)
    a = t * 2, a &= a >> 8, a
    (a = t), (a >>= 2), a ^ t
    void (a = t & 31), a * 5
    [a = t >> 3, b = t >> 5, a ^ b][2]
    [1, 2, 3, 4][a = t >> 9 & 3] * t + a * 9
    (a = [2, 3, 5][(t >> 9) % 3]) * t ^ a * t >> 1
    ((a = t * 2) & 128 ? a : (b = t * 3) & 64 ? b : a + b)
    (b = (a = t >> 6) + 1) && (c = a * b) % 200
    Math.max(a = t & 127, b = t >> 2 & 127) - Math.min(a, b)
    (x => (a = x, b = x >> 1, a ^ b))(t * 3)
    "1357"[a = t >> 9 & 3] * t + a
    (a = t * 5, a & 64) && a
    a = t % 2 ? t * 3 : t * 5, b = a > 99, c = b ? a : 99, c
    [a, b] = [t & 127, t >> 3 & 63], a ^ b
    [a, b = 5] = [t >> 2 & 31], a * b
    [a, [b, c]] = [3, [t & 63, t >> 5]], a * b ^ c
    ({ x: a, y: b } = { x: t & 63, y: t >> 4 & 7 }), a * b
    ({ a, b = 3 } = { a: t & 63 }), a * b
    (a = t & 255, b = t >> 4 & 255, [a, b] = [b, a], a - b)
  `,
  { before: numbers },
);

export const memories = bytebeats(
  'variables that remember',
  `
    a += t & 3
    a = a * 5 + t & 255
    a ^= t >> 3
    (a = (a + t) & 1023) >> 2
    a++ ^ b--
    ++a * (t & 7)
    a++ + ++a & t
    b = a, a = t & 255, a - b
    (c = a + b & 255, a = b, b = c || 1)
    t & 511 ? a : a = t >> 3 & 127
    t & 60 || (a = t & 255), a
    (t & 1023) == 0 && (a += 5), t * (a & 7)
    a += (t & 255) > 128 ? 3 : -2, a >>> 1
    a -= (a - (t * 3 & 255)) * .1
    a += ((t * 3 & 255) - a) / 8, b += (a - b) / 4, b
    a = (a ** 2 + t) % 251
    a <<= 1, a ^= t, a &= 0xffff, a >> 4
    a ||= t & 3, a * t
    a &&= a - 1, a ||= 200
    a >>>= 1, a |= (t & 1) << 7
    a %= 200, a += t % 7, a
    a /= 1.01, a += t & 1 ? 3 : 1, a * 4
    a **= .5, a += t & 63, a
    a = a * 1103515245 + 12345 & 0x7fffffff, a >> 16 & t >> 4
    a ^= a << 13, a ^= a >>> 17, a ^= a << 5, a = a || 1, a >>> 24
    (a = a * .99 + (t & 31), a)
    [a, b] = [b + 1, a ^ t], a
    (b = !b, b ? t : a), (a += b ? 2 : 3)
    a = t > 5 && a + 1, a * 3
    t % 200 < 100 ? a++ : a--, a * 3
    (a += .37) > 5 ? a -= 5 : a, a * 40
    (a=a+1&63,b=b+(a==0)&7,t*(b+1)&a*4)
    (c += (a - c) * .25, a = t * 2 & 128, c)
  `,
  { before: numbers, clocks: ['local', 'counter', 'parameter', 'floored', 'called', 'later', 'fractional'] },
);

export const undeclaredKinds = bytebeats(
  'variables declared without a value',
  `
    a = t >> 4, b = a * 3, a ^ b
    a ??= 7, a * t
    (a = a || t & 63, a--)
    a = [1, 2, 3][t >> 9 & 3] ?? b ?? 5, b = a, a * t
    a === undefined ? a = 3 : a += t & 1, a * 3
    f = x => x * 3 ^ x >> 2, f(t)
    f = (x, y) => x * y & 127, f(t, 3) + f(t, 5)
    (f = n => n < 1 ? 0 : f(n - 1) + t & 63, f(5))
    s = '1358', s[t >> 9 & 3] * t
    s = t & 4096 ? '1358' : '2469', s[t >> 9 & 3] * t
    a = t & 512 ? null : t, (a ?? 9) * 2
    b = t, (() => { a = b >> 2; b = a ^ t })(), b
    f ??= x => x & 63, f(t) * 3
  `,
  { before: 'let a, b, f, s' },
);

export const places = bytebeats(
  'members and elements assigned to',
  `
    r.x = r.x + 3 & 255, r.x ^ t
    r.x += t & 3, r.y ^= r.x, r.y
    q[t & 3] = t >> 4, q[0] ^ q[1] ^ q[2] ^ q[3]
    q[0]++, q[1] += q[0] & 3, q[1]
    ++r.x + r.y-- & t
    (q[t & 3] ^= t) + (q[t >> 2 & 3] += 3)
    r.n.k = t & 7, t * r.n.k + r.n.k++
    [q[0], q[1]] = [q[1] + 1, q[0] ^ t], q[0]
    ({ x: r.x, y: r.y } = { x: r.y + 1, y: t & 255 }), r.x
    q[r.x = t >> 5 & 3] = t & 127, q[2] + q[3] + r.x
    r['x'] = t & 31, r['x'] * 7
    q[q.length - 1] = t & 255, q[3] - q[2]
    r.x ||= t, r.y &&= 3, r.x--
    r.f(t) + (r.f === r.f) * r.x
  `,
  {
    before: `
const r = { x: 1, y: 100, n: { k: 2 }, f: (v) => v * 3 & 63 }
const q = [0, 0, 0, 0]
`,
  },
);
