/**
 * Patches that mean harm, or that somebody makes by mistake at the worst moment, and what has to become of each. Used in
 * Node and in the browser; tests only.
 */

export interface HostilePatch {
  readonly name: string;
  readonly text: string;
  /**
   * `refused`: never heard, with an error. `muted`: refused where something sounds; alone it may play, as silence, and
   * the page says why. `trapped`: compiles, and stops while it plays, at the latest when its time has come. `lost`: the
   * same by numbers that are not finite; alone it may play on, as silence. `tamed`: plays, and the output chain makes
   * something of it that hurts nobody.
   */
  readonly fate: 'refused' | 'muted' | 'trapped' | 'lost' | 'tamed';
  /** The line, from 1, at which the message has to point; absent where any line of the text is right. */
  readonly line?: number;
}

/** `evilSeconds`: how long the patches that wait for their moment play first. */
export function hostilePatches(evilSeconds: number): readonly HostilePatch[] {
  const when = `age > ${evilSeconds} * sampleRate`;
  return [
    {
      name: 'an endless loop at the top level',
      fate: 'refused',
      line: 2,
      text: 'let n = 0\nwhile (true) n += 1\nexport default () => n',
    },
    {
      name: 'a loop at the top level that waits for the impossible',
      fate: 'refused',
      line: 3,
      text: 'function find() {\n  let x = 0\n  do x = Math.random()\n  while (x < 2)\n  return x\n}\nconst found = find()\nexport default () => found',
    },
    {
      name: 'an endless recursion at the top level',
      fate: 'refused',
      line: 1,
      text: 'const down = (n) => (n < 0 ? 0 : down(n + 1) + 1)\nconst depth = down(0)\nexport default () => depth',
    },
    {
      name: 'an endless loop in each frame',
      fate: 'refused',
      line: 3,
      text: 'let n = 0\nexport default () => {\n  for (;;) n += 1\n  return n\n}',
    },
    {
      name: 'an endless recursion in each frame',
      fate: 'refused',
      line: 1,
      text: 'const even = (n) => n === 0.5 || odd(n - 1)\nconst odd = (n) => even(n - 1)\nexport default () => (even(10) ? 1 : 0)',
    },
    {
      name: 'an endless loop that waits for its moment',
      fate: 'trapped',
      line: 4,
      text: `let age = 0\nexport default () => {\n  age += 1\n  while (${when}) age += 1\n  return 0.1 * Math.sin(age / 10)\n}`,
    },
    {
      name: 'an endless recursion that waits for its moment',
      fate: 'trapped',
      line: 2,
      text: `let age = 0\nconst down = (n) => (n < 0 ? 0 : down(n + 1) + 1)\nexport default () => {\n  age += 1\n  return ${when} ? down(0) : 0.1 * Math.sin(age / 10)\n}`,
    },
    {
      name: 'gigabytes at the top level, at once',
      fate: 'refused',
      line: 1,
      text: 'const line = new Float64Array(2 ** 28)\nexport default () => line[0]',
    },
    {
      name: 'gigabytes at the top level, bit by bit',
      fate: 'refused',
      line: 2,
      text: 'const lines = []\nfor (let i = 0; i < 5000; i++) lines.push(new Float64Array(100_000))\nexport default () => lines[0][0]',
    },
    {
      name: 'an array that grows forever at the top level',
      fate: 'refused',
      line: 2,
      text: 'const all = [0]\nwhile (true) all.push(1)\nexport default () => all[0]',
    },
    {
      name: 'memory made in each frame',
      fate: 'refused',
      line: 2,
      text: 'let last = [0]\nexport default () => { last = [last[0] + 1]\n  return last[0] }',
    },
    {
      name: 'a number that is none, at once',
      fate: 'muted',
      line: 2,
      text: 'let y = 0\nexport default () => { y = (y - y) / y\n  return y }',
    },
    {
      name: 'a filter that explodes',
      fate: 'lost',
      line: 7,
      text: `const filter = () => {
  let low = 0
  let band = 0
  return (x) => {
    const high = x - low + 0.4 * band
    band += 0.9 * high
    low += 0.9 * band
    return low
  }
}
const f = filter()
let n = 0
export default () => {
  n += 1
  return f(n % 100 === 0 ? 1 : 0)
}`,
    },
    {
      name: 'full-scale noise',
      fate: 'tamed',
      text: 'export default () => 2 * Math.random() - 1',
    },
    {
      name: 'noise of a million times full scale',
      fate: 'tamed',
      text: 'export default () => 1e6 * (2 * Math.random() - 1)',
    },
    { name: 'full-scale DC', fate: 'tamed', text: 'export default () => 1' },
    {
      name: 'a hundred thousand closures, all called',
      fate: 'refused',
      line: 11,
      text: `const tone = (hz) => {
  let phase = 0
  return () => {
    phase = (phase + hz / sampleRate) % 1
    return phase
  }
}
const tones = Array.from({ length: 100_000 }, (_, i) => tone(20 + i / 100))
export default () => {
  let sum = 0
  for (const next of tones) sum += next()
  return sum / 100_000
}`,
    },
    {
      name: 'a million closures',
      fate: 'refused',
      line: 9,
      text: `const tone = (hz) => {
  let phase = 0
  return () => { phase = (phase + hz / sampleRate) % 1
    return phase }
}
const tones = Array.from({ length: 1_000_000 }, (_, i) => tone(20 + i / 100))
export default () => {
  let sum = 0
  for (const next of tones) sum += next()
  return sum / 1_000_000
}`,
    },
    {
      name: 'an index that runs away, reading',
      fate: 'muted',
      line: 5,
      text: 'const line = new Float64Array(8)\nlet at = 0\nexport default () => {\n  at += 1_000_003\n  return line[at]\n}',
    },
    {
      name: 'an index that runs away, writing',
      fate: 'tamed',
      text: 'const line = new Float64Array(8)\nlet at = 2\nexport default () => {\n  at = at * 3 + 1\n  line[at] = 1e9\n  line[-at] = 1e9\n  return line[0]\n}',
    },
    {
      name: 'an index that runs away, growing',
      fate: 'refused',
      line: 4,
      text: 'const line = [0]\nlet at = 0\nexport default () => {\n  line[at++] = 1\n  return line[0]\n}',
    },
    {
      name: 'megabytes of comments',
      fate: 'refused',
      text: `${'// nothing\n'.repeat(300_000)}export default () => 0`,
    },
    {
      name: 'megabytes of code',
      fate: 'refused',
      text: `${Array.from({ length: 100_000 }, (_, i) => `const a${i} = () => ${i} * Math.random()\n`).join('')}export default () => a1()`,
    },
    {
      name: 'much code',
      fate: 'tamed',
      text: `${Array.from({ length: 5000 }, (_, i) => `const a${i} = ${i}\n`).join('')}export default () => a1 * 0`,
    },
    {
      name: 'a megabyte on one line',
      fate: 'refused',
      text: `export default () => 0${' + Math.sin(1e-9)'.repeat(60_000)}`,
    },
    ...nested('parentheses', '(', '1', ')'),
    ...nested('arrays', '[', '1', ']', '[0]'),
    ...nested('conditions', 'true ? ', '1', ' : 0'),
    ...nested('calls', 'Math.sin(', '1', ')'),
    ...nested('functions', '(() => ', '1', ')()'),
    {
      name: 'blocks nested a thousand deep',
      fate: 'refused',
      text: `export default () => {\n${'if (currentFrame >= 0) {\n'.repeat(2000)}return 0.5\n${'}\n'.repeat(2000)}return 0 }`,
    },
  ];
}

function nested(what: string, before: string, middle: string, behind: string, after = ''): HostilePatch[] {
  return [2000, 100_000].map((depth) => ({
    name: `${what} nested ${depth} deep`,
    fate: 'refused',
    text: `const x = ${before.repeat(depth)}${middle}${behind.repeat(depth)}\nexport default () => x${after}`,
  }));
}
