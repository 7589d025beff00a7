/** Every fix that is offered makes a text of which nothing is wrong any more: applied, and compiled again. */
import { describe, expect, it } from 'vitest';
import { compileText } from '../testing/compileText.ts';
import { edited } from './fixes.ts';

/** All fixes of a text, one round after the other, as `segue check --fix` applies them. */
function fixed(text: string): {
  readonly text: string;
  readonly titles: readonly string[];
  readonly left: readonly string[];
} {
  const titles: string[] = [];
  let made = text;
  for (let round = 0; round < 10; round++) {
    const { diagnostics } = compileText(made);
    const fix = diagnostics.find((diagnostic) => diagnostic.fix)?.fix;
    if (!fix) return { text: made, titles, left: diagnostics.map(({ code }) => code) };
    titles.push(fix.title);
    made = edited(made, fix.edits);
  }
  throw new Error('the fixes of this text have no end');
}

const END = '\nexport default (t) => t\n';

describe('a fix', () => {
  it.each([
    [
      'a misspelt name',
      'const f = lowpas()\nexport default (t) => f(t, 1)\n',
      'const f = lowpass()\nexport default (t) => f(t, 1)\n',
    ],
    [
      'all uses of a misspelt name',
      'const cutoff = 9\nexport default (t) => cutof * t + cutof\n',
      'const cutoff = 9\nexport default (t) => cutoff * t + cutoff\n',
    ],
    ['a function of Math', 'export default (t) => sin(t)\n', 'export default (t) => Math.sin(t)\n'],
    ['a member of Math', 'export default (t) => Math.sine(t)\n', 'export default (t) => Math.sin(t)\n'],
    [
      'a member',
      'const o = { gain: 1 }\nexport default (t) => o.gian * t\n',
      'const o = { gain: 1 }\nexport default (t) => o.gain * t\n',
    ],
    [
      'a constant that is assigned to',
      'const n = 0\nexport default () => (n = n + 1)\n',
      'let n = 0\nexport default () => (n = n + 1)\n',
    ],
    [
      'a name that hides the library',
      'const chorus = chorus()\nexport default (t) => chorus(t)\n',
      'const myChorus = chorus()\nexport default (t) => myChorus(t)\n',
    ],
    [
      'the same where that name is taken',
      'let mySaw = 1\nconst saw = saw()\nexport default (t) => saw(9) * mySaw\n',
      'let mySaw = 1\nconst mySaw2 = saw()\nexport default (t) => mySaw2(9) * mySaw\n',
    ],
    [
      'state that is not declared',
      'export default (t) => { n = n + 1; return n * t }\n',
      'let n = 0\nexport default (t) => { n = n + 1; return n * t }\n',
    ],
    [
      'a typed array without new',
      'const b = Float32Array(4)\nexport default (t) => b[0]\n',
      'const b = new Float32Array(4)\nexport default (t) => b[0]\n',
    ],
    [
      'numbers sorted as text',
      'const xs = [3, 1].sort()\nexport default (t) => xs[0]\n',
      'const xs = [3, 1].sort((a, b) => a - b)\nexport default (t) => xs[0]\n',
    ],
    [
      'an array of holes',
      'const xs = Array(4).map((x) => 1)\nexport default (t) => xs[0]\n',
      'const xs = Array(4).fill(0).map((x) => 1)\nexport default (t) => xs[0]\n',
    ],
    [
      'a bracket',
      'const f = (x) => { return (x * 2 }\nexport default (t) => f(t)\n',
      'const f = (x) => { return (x * 2 )}\nexport default (t) => f(t)\n',
    ],
    ['a big integer', `const a = 10n${END}`, `const a = 10${END}`],
    ['debugger', `debugger;${END}`, END],
    [
      'a block of Markdown',
      `Here it is:\n\`\`\`ts\nexport default (t) => t\n\`\`\`\nHave fun!\n`,
      'export default (t) => t\n',
    ],
  ])('puts right %s', (_, text, wanted) => {
    const made = fixed(text);
    expect(made.text).toBe(wanted);
    expect(made.left).toEqual([]);
    expect(made.titles).toHaveLength(1);
  });

  it.each([
    [
      'a declared function of t',
      'function dsp(t) { return Math.sin(t) }\n',
      'export default function dsp(t) { return Math.sin(t) }\n',
    ],
    [
      'an arrow named process',
      'const process = (t) => Math.sin(t)\n',
      'const process = (t) => Math.sin(t)\n\nexport default process\n',
    ],
    [
      'a function of nothing',
      'let n = 0\nfunction tick() { return n++ % 2 }\n',
      'let n = 0\nexport default function tick() { return n++ % 2 }\n',
    ],
    [
      'a function of t and the rate',
      'function dsp(t, sampleRate) { return Math.sin(t * sampleRate) }\n',
      'function dsp(t, sampleRate) { return Math.sin(t * sampleRate) }\n\nexport default (t) => dsp(t, sampleRate)\n',
    ],
    [
      'an exported function',
      'export function main(t) { return t }\n',
      'export function main(t) { return t }\n\nexport default main\n',
    ],
    [
      'a bytebeat',
      't * (42 & t >> 10)\n',
      'export default () => {\n  const t = Math.floor((currentFrame * 8000) / sampleRate)\n  return ((t * (42 & t >> 10)) & 255) / 128 - 1\n}\n',
    ],
    [
      'a floatbeat with its rate',
      'const w = 6.28\nMath.sin(t / 44100 * 440 * w)\n',
      'const w = 6.28\nexport default () => {\n  const t = Math.floor((currentFrame * 44100) / sampleRate)\n  return Math.sin(t / 44100 * 440 * w)\n}\n',
    ],
    [
      'a floatbeat that is divided by its rate at the end',
      'Math.sin(t * 2 * Math.PI * 440 / 44100)\n',
      'export default () => {\n  const t = Math.floor((currentFrame * 44100) / sampleRate)\n  return Math.sin(t * 2 * Math.PI * 440 / 44100)\n}\n',
    ],
    [
      'a class with a process method',
      'class Osc { process(t) { return Math.sin(t) } }\n',
      'class Osc { process(t) { return Math.sin(t) } }\n\nconst osc = new Osc()\nexport default (t) => osc.process(t)\n',
    ],
    [
      'a class that takes the rate',
      'class Osc { constructor(sampleRate) { this.d = 440 / sampleRate; this.p = 0 } process() { return (this.p += this.d) % 1 } }\n',
      'class Osc { constructor(sampleRate) { this.d = 440 / sampleRate; this.p = 0 } process() { return (this.p += this.d) % 1 } }\n\nconst osc = new Osc(sampleRate)\nexport default () => osc.process()\n',
    ],
    [
      'a class that is the default export',
      'export default class Osc { process(t) { return Math.sin(t) } }\n',
      'class Osc { process(t) { return Math.sin(t) } }\n\nconst osc = new Osc()\nexport default (t) => osc.process(t)\n',
    ],
    [
      'a module of the other kind',
      'const f = (t) => Math.sin(t)\nmodule.exports = f\n',
      'const f = (t) => Math.sin(t)\nexport default f\n',
    ],
    [
      'an expression in seconds',
      'Math.sin(2 * Math.PI * 440 * t) * 0.2\n',
      'export default (t) => Math.sin(2 * Math.PI * 440 * t) * 0.2\n',
    ],
  ])('plays %s', (_, text, wanted) => {
    const made = fixed(text);
    expect(made.text).toBe(wanted);
    expect(made.left).toEqual([]);
  });

  it.each([
    ['an empty text', ''],
    ['what nobody can guess', `const a = zzzqqq${END}`],
    ['a function whose parameters say nothing', 'function f(a, b, c) { return a }\n'],
    ['a mistake inside the library', `const f = lowpass()\nexport default (t) => f('a', t)\n`],
  ])('is not offered for %s', (_, text) => {
    expect(fixed(text).titles).toEqual([]);
  });
});
