/** Bytebeat: functions made and called in one expression. */
import { bytebeats } from '../patch.ts';

export const arrows = bytebeats(
  'arrow functions called where they are made',
  `
    (f => f(3) + f(5))(x => t * x & 63)
    (x => x ^ x >> 4)(t * 3)
    ((a, b) => a & b | a >> 3)(t * 5, t >> 4)
    (f => f(f(f(t))))(x => x * 3 + 7 & 255)
    ((f, g) => f(g(t)))(x => x >> 2, x => x * 5)
    (n => t * n ^ t >> n)(t >> 10 & 7)
    (() => t * 3 & t >> 5)()
    (x => y => x * y)(t)(3)
    (x => y => z => x * y ^ z)(t)(3)(t >> 4)
    ((f) => (g => g(t))(f(3)))(n => x => x * n)
    (compose => compose(x => x + 1, x => x * 3)(t))((f, g) => x => f(g(x)))
    (s => s(t, 2) | s(t, 3))((x, k) => x * k & 127)
    (p => t * p(t >> 11))(n => [2, 3, 4, 6][n & 3])
    ((t, k) => t * k & 127)(t >> 1, 5)
    (t => t * 3 ^ t >> 4)(t * 1.5 | 0)
    (x => x < 128 ? x : 255 - x)(t & 255)
    ((k, s) => k & 1 ? s(t) : s(t >> 1))(t >> 9, x => x * 6)
    (x => (x = x * 3, x ^= x >> 4, x))(t)
    (a => (a.f = a.f + 1, a.f * t))({ f: 2 })
    (m => m(t & 255, 128) + m(t >> 3 & 255, 90))((x, y) => x < y ? x : y)
    (s=>(s(2)+s(3)+s(4.5))/3)(f=>t*f&255)
    (n=>t*2**(n/12)&127)([0,3,7,10][t>>11&3])
    ((a,b,c)=>a?b:c)(t&512,t*2,t*3)
    (k => k + k)(t * 3 & 63) ^ (k => k * k)(t & 15)
    (f => [1, 2, 3].map(f)[(t >> 9) % 3])(x => x * t)
    ((a, f) => a.map(f).reduce((x, y) => x + y))([3, 4, 5], n => t * n & 63)
    (_ => t * 3)() ^ (_ => _)(t)
  `,
);

export const parameters = bytebeats(
  'parameters with defaults, rests and patterns',
  `
    ((a, b = 4) => a * b)(t)
    ((a, b = a >> 4) => a ^ b)(t * 2)
    ((a, b = 3, c = a * b) => c & a)(t, undefined)
    ((...n) => n[t >> 9 & 3] * t)(1, 2, 3, 5)
    ((a, ...n) => n.reduce((s, x) => s ^ a * x, 0))(t, 3, 5, 7)
    (({ f, n = 3 }) => f(t) * n)({ f: x => x & 63 })
    (([a, [b, c]]) => a * t & b | c)([3, [127, t >> 5]])
    (([a, b, c]) => a * t & b | c)([3, 127, t >> 6])
    (([, a, , b]) => a * t ^ b)([1, 2, 3, t >> 4])
    (([a, ...r]) => r[t >> 9 & 1] * t + a)([9, 2, 3])
    ((o) => o.f * t ^ o.n)({ f: 2, n: t >> 4 })
    (({ a: { b } }, [c]) => t * b >> c)({ a: { b: 5 } }, [2])
    ((v, o) => v * o)(...[t & 63, 3])
    ((f, x = t) => f(x) + f(x * 2))(v => v & 63)
    ((f, ...a) => f(...a))((x, y) => x * y, t, 3)
    ((...a) => Math.max(...a))(t & 63, t >> 3 & 63)
    ((f, g) => (...a) => f(g(...a)))(x => x & 127, (x, y) => x * y)(t, 5)
    (({ a = 1, b: { c = 2 } = {} }) => t * a * c)({ a: 3 })
    (({ a = 1, b = a * 2 }) => t * a ^ b)({ a: 3, b: t >> 4 })
    (({ a = 1, b: { c = 2 } = {} }) => t * a * c)({ b: { c: 5 } })
    ((a, f = x => x * a) => f(t))(3)
    (function (a, b) { return a * (b ?? 2) })(t)
    ((a) => a * 3)(t, 5, 6)
    ((a, b) => b === undefined ? a * 3 : b)(t)
    (({ lo, hi } = { lo: 3, hi: 5 }) => t * lo ^ t * hi)()
    ((n, { wet = .5, dry = 1 - wet } = {}) => n * wet + (n >> 2) * dry)(t)
  `,
);

export const recursion = bytebeats(
  'functions that call themselves',
  `
    (function f(n) { return n < 1 ? 0 : f(n - 1) + (t >> n & 1) * 17 })(8)
    (function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) })(t >> 8 & 7) * t
    (f => f(f, 6))((self, n) => n ? self(self, n - 1) ^ t * n : 0)
    (function f(a, b) { return b ? f(b, a % b) : a })(t, 720) * 5
    (function f(x, n) { return n ? f(x ^ x >> n, n - 1) : x })(t, 5)
    (() => { const f = (n) => n > 0 ? (t >> n) + f(n - 2) : 0; return f(9) })()
    (() => { const even = (n) => n === 0 || odd(n - 1); const odd = (n) => n !== 0 && even(n - 1); return even(t & 15) * 99 + t })()
    (function s(n) { if (n === 0) return t & 31; return s(n - 1) + (t * n & 31) })(4)
    (f => (x => x(x))(x => f(n => x(x)(n))))(f => n => n ? f(n - 1) ^ t * n : 0)(4)
    down(t >> 6 & 15) * t
    a(t & 7) * (t >> 3)
    tree(t, 4) & 255
    gcd(t, 840) * 9 + collatz(t & 31, 0)
  `,
  {
    before: `
const down = (n) => (n <= 1 ? 1 : down(n >> 1) + (n & 1))
function a(n) { return n ? n + b(n - 1) : 0 }
function b(n) { return n ? 2 * a(n - 1) : 1 }
const tree = (x, depth) => depth ? tree(x >> 1, depth - 1) + tree(x * 3 & 255, depth - 1) : x & 7
const gcd = (x, y) => (y ? gcd(y, x % y) : x)
const collatz = (n, steps) => n < 2 ? steps : collatz(n % 2 ? n * 3 + 1 : n / 2, steps + 1)
`,
  },
);

export const bodies = bytebeats(
  'functions with statements in them',
  `
    (function () { return t * 2 & t >> 4 })()
    (() => { let s = 0, n = t; while (n) { s += n & 1; n >>>= 1 } return s * 24 })()
    (() => { switch (t >> 9 & 3) { case 0: return t * 2; case 1: return t * 3; default: return t >> 1 } })()
    (() => { let s = 0; switch (t >> 9 & 3) { case 0: s += t & 31; case 1: s += t & 63; break; case 2: s = 99; default: s ^= t } return s })()
    (() => { if (t & 512) return t * 3; return t * 5 })()
    ((f, n) => { let s = 0; for (let i = 0; i < n; i++) s += f(i); return s })(i => t * (i + 1) & 31, 6)
    (function () { const { floor: fl, max } = Math; return max(fl(t / 3) & 127, t >> 4 & 127) })()
    (() => { let s = 0; for (const n of [3, 4, 5]) s += t * n & 63; return s })()
    (() => { let s = 0; for (const c of '357') s ^= t * c; return s })()
    (() => { let s = 0; for (const [c, n] of [['a', 1], ['b', 2]]) s += c === 'a' ? n * t : n; return s })()
    (() => { let s = 0; for (const [n, d] of [[3, 1], [5, 2]]) s += t * n >> d & 63; return s })()
    (() => { let s = 0; for (const [i, n] of [3, 5, 7].entries()) s += t * n >> i & 63; return s })()
    (() => { let n = t & 255, k = 0; do { n = n * 3 + 1 & 255; k++ } while (n > 99 && k < 20); return n })()
    (() => { let s = 0; outer: for (let i = 0; i < 8; i++) { for (let j = 0; j < 8; j++) { if (i * j > (t >> 6 & 31)) continue outer; if (i + j > 9) break outer; s++ } } return s * 4 })()
    (() => { const fs = [x => x, x => x, x => x]; for (let i = 0; i < 3; i++) fs[i] = () => (i + 1) * t & 63; return fs[0]() + fs[1]() + fs[2]() })()
    (() => { let x = t; { let x = 3; x++ } return x * 3 })()
    (() => { function up(x) { return x << 1 } return up(up(t)) })()
    (() => { return f(t); function f(x) { return x * 5 & 127 } })()
    (() => { const k = [1, 2, 3].map(i => t * i); return k[0] ^ k[1] ^ k[2] })()
    (() => { let a = 1, b = 1; for (let i = t >> 8 & 15; i--;) [a, b] = [b, a + b]; return a * t })()
    (() => { for (let i = 7; i >= 0; i--) if (t >> i & 1) return i * 30; return 0 })()
    (() => { let y = 0; for (let i = 1, j = 8; i < j; i += 2, j -= 1) y += t * i & j; return y * 4 })()
    (() => { for (let i = 0; ; i++) if (i * i > (t & 1023)) return i * 7 })()
    (() => { let s = t; for (const k of new Uint8Array([3, 5, 7])) { if (k === 5) continue; s ^= t * k } return s })()
    (() => { const o = { n: t, get twice() { return o.n * 2 } }; return o.twice })()
    (() => { ; ; return t * 3; })()
    (() => { let r; if (t & 256) r = t * 2; else if (t & 128) r = t * 3; else r = t * 5; return r })()
    (() => { const [x, y = 3] = [t & 63], { z } = { z: t >> 3 & 31 }; return x * y + z })()
  `,
);

export const closures = bytebeats(
  'closures in arrays and records',
  `
    [a => a, a => a * 2][t >> 9 & 1](t)
    [x => x * 2, x => x ^ 85, x => ~x >> 1][(t >> 9) % 3](t & 255)
    [Math.sin, Math.cos][t >> 9 & 1](t / 20) * 60 + 128
    ({ f: x => x * 3 }).f(t)
    ({ f(x) { return x * 3 & 63 }, g: x => x >> 3 & 31 }).f(t)
    (o => o.f(t) + o.g(t))({ f: x => x * 3 & 127, g: x => x >> 4 & 63 })
    ({ get x() { return t * 5 & 127 } }).x
    [() => t * 2, () => t * 3, () => t >> 1][t >> 9 & 3]?.() ?? 0
    [[x => x, x => x >> 1], [x => x * 2, x => x * 3]][t >> 10 & 1][t >> 9 & 1](t)
    [1, 2, 3].map(n => x => x * n & 63).map(f => f(t)).reduce((a, b) => a + b)
    [2, 3, 5].map(n => () => t * n)[(t >> 9) % 3]()
    [x => x + 1, x => x * 3, x => x ^ x >> 3].reduce((v, f) => f(v), t)
    [saw, square, noise][(t >> 10) % 3](t)
    kit.kick(t & 1023) + kit.hat(t & 255)
    (t & 1024 ? saw : square)(t * 2)
    make(3)(t) ^ make(5)(t)
    threes(t) + fives(t) & 255
    [kit.kick, kit.hat].map(f => f(t & 511)).reduce((a, b) => a + b)
    count() * (t & 3)
    twice(saw)(t) + twice(x => x + 5)(t)
    pairs[t >> 9 & 1](t, pairs[0])
  `,
  {
    before: `
const saw = (x) => x & 127
const square = (x) => (x & 64 ? 120 : 0)
const noise = (x) => (x * x * 31 >> 3) & 63
const kit = { kick: (x) => 5000 / (x + 1) & 127, hat(x) { return noise(x) >> 2 } }
const make = (n) => (x) => x * n >> 1 & 127
const threes = make(3), fives = make(5)
const count = (() => { let n = 0; return () => n++ })()
const twice = (f) => (x) => f(f(x))
const pairs = [(x) => x * 3 & 127, (x, f) => f(x) >> 1]
`,
  },
);
