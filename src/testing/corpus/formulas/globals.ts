/** Bytebeat: formulas that know the time themselves, wrapped with nothing around them. */
import { bytebeats } from '../patch.ts';

export const frames = bytebeats(
  'the globals of a patch',
  `
    currentFrame * (currentFrame >> 8 & 3)
    currentFrame >> 3 & currentFrame * 5
    (t => t * (t >> 7 & 5) | t >> 4)(currentFrame)
    (t => t & t >> 5)(Math.floor(currentFrame / 6))
    (t => t * 3 & t >> 2)(currentTime * 8000)
    (t => [3, 4, 5, 6][t >> 5 & 3] * t)(currentTime * 8000 | 0)
    ((t, r) => t * r)(currentFrame, [1, 2, 3][(currentFrame >> 7) % 3])
    (t => (f => f(f(t)))(x => x * 3 & 255))(currentFrame)
    currentTime * sampleRate & 255
    currentTime * 1e4 | currentTime * 2e4
    (() => { const t = currentFrame / 6 | 0; return t * 3 ^ t >> 2 })()
    (() => { const t = currentTime * 8e3; return t & 64 ? t * 2 : t * 3 })()
    (function (t) { return t & 255 })(currentFrame * 5)
    sampleRate / 375 + currentFrame * 3
    "13245"[(currentFrame >> 8) % 5] * currentFrame
    ((t = currentFrame, s = t >> 3) => t ^ s)()
    (({ t, n }) => t * n)({ t: currentFrame, n: 3 })
    [currentFrame].map(t => t * (t >> 6 & 7))[0]
    (t => t % 3 ? t : t * 2)(currentFrame) + (t => t >> 3)(currentFrame)
  `,
  { clocks: ['none'] },
);

export const counters = bytebeats(
  'formulas that count for themselves',
  `
    (t++, t * (t >> 7 & 3))
    t++ & t >> 3
    ++t * 3 ^ t >> 2
    t += 3
    (t += 5) & t >> 4
    t = t + 1, t * 5 & t >> 2
    (t = currentFrame, t * 3)
    (t = currentFrame * 8, a = t >> 4, b = t >> 7, t * (a & b & 3))
    ((t += 1), (a = "1234"[t >> 7 & 3]), a * t)
    (a = t++ & 255) ^ (b = a >> 2)
    t++ % 400 ? t * a : (a = a % 5 + 1, t)
    ++t % 300 < 1 && (a = (a + 3) % 7), t * (a + 1)
    (t = t + 1 & 4095) >> 2 ^ t
    step(), t * 3 & t >> 5
    step() * 5 & 127
    next() + next()
    (t => t * 3 & 127)(t++)
    [t++, t++, t++][a = ++a % 3]
    clock.tick() ^ clock.t >> 4
    (clock.t += 2, clock.t & clock.t >> 3)
    (q[0]++, q[0] * (q[0] >> 8 & 3 | 1))
    sum(4) & 255
  `,
  {
    clocks: ['none'],
    before: `
let t = 0, a = 1, b = 0
const q = [0]
const clock = { t: 0, tick() { return clock.t++ } }
function step() { return t++ }
const next = (() => { let n = 0; return () => (n = n * 5 + 3 & 255) })()
const sum = (n) => { let s = 0; while (n-- > 0) s += step(); return s }
`,
  },
);
