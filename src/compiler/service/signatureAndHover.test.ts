/** What the language service shows beside a call and over a name: texts with `¦` where the cursor is in, signatures and words out. */
import { describe, expect, it } from 'vitest';
import { MATH_CONSTANTS, MATH_FUNCTIONS } from '../../language/intrinsics.ts';
import { ask, MARK, newService } from '../../testing/languageDesk.ts';
import { builtinDoc } from './builtinDocs.ts';

const service = newService();
const VOICES = 'const vs = [110, 220].map((f) => ({ f, osc: saw(), filter: svf() }))\n';
const END = '\nexport default (t) => t\n';

describe('signature help', () => {
  const LP = 'const lp = lowpass()\n';
  const shown = (marked: string): string => {
    const help = ask('signature', marked, service);
    if (!help) return 'nothing';
    const active = help.parameters[help.active];
    return `${help.label} → ${active ? help.label.slice(active.start, active.end) : help.active}`;
  };

  it.each([
    [
      'a closure of the library',
      `${LP}export default (t) => lp(${MARK}`,
      'lp(x: number, hz: number, q?: number): number → x: number',
    ],
    [
      'its second argument',
      `${LP}export default (t) => lp(t, ${MARK})`,
      'lp(x: number, hz: number, q?: number): number → hz: number',
    ],
    [
      'its third argument, behind a call',
      `${LP}export default (t) => lp(sine(1, 2), [3, 4].length, ${MARK}`,
      'lp(x: number, hz: number, q?: number): number → q?: number',
    ],
    [
      'in the middle of a text',
      `${LP}export default (t) => {\n  const x = lp(t, ${MARK}\n  return x\n}\n`,
      'lp(x: number, hz: number, q?: number): number → hz: number',
    ],
    [
      'an instance in a function that nobody calls',
      `function voice() { const lp = lowpass(); return (x) => lp(x, ${MARK} }`,
      'lp(x: number, hz: number, q?: number): number → hz: number',
    ],
    [
      'a factory',
      `const a = echo(${MARK})${END}`,
      'echo(maxSeconds: number): (x: number, seconds: number, feedback?: number, damp?: number) => number → maxSeconds: number',
    ],
    [
      'a factory that is called at once',
      `export default (t) => lowpass()(${MARK})`,
      'lowpass()(x: number, hz: number, q?: number): number → x: number',
    ],
    [
      'a member of an element',
      `${VOICES}export default () => vs[0].osc(${MARK}`,
      'vs[0].osc(hz: number): number → hz: number',
    ],
    [
      'a function of Math',
      `const a = Math.atan2(1, ${MARK}${END}`,
      'Math.atan2(y: number, x: number): number → x: number',
    ],
    [
      'any number of arguments',
      `const a = Math.max(1, 2, 3, ${MARK})${END}`,
      'Math.max(...values: number[]): number → ...values: number[]',
    ],
    [
      'an own function',
      `function mix(a: number, b = 1) { return a + b }\nconst x = mix(1, ${MARK})${END}`,
      'mix(a: number, b?: number): number → b?: number',
    ],
    [
      'an own arrow',
      `const f = (a, b) => a * b\nexport default (t) => f(t, 1) + f(${MARK})`,
      'f(a: number, b: number): number → a: number',
    ],
    [
      'a method',
      `const xs = [1, 2]\nconst y = xs.fill(${MARK})${END}`,
      'xs.fill(value: number, start?: number, end?: number): number[] → value: number',
    ],
    [
      'outside of an array in it',
      `${LP}export default (t) => lp([1, 2, ${MARK}`,
      'lp(x: number, hz: number, q?: number): number → x: number',
    ],
  ])('shows %s', (_, marked, wanted) => {
    expect(shown(marked)).toBe(wanted);
  });

  it.each([
    ['outside of brackets', `${LP}const a = ${MARK}lp(1)${END}`],
    ['behind a call', `const a = Math.sin(1)${MARK}${END}`],
    ['in a condition', `if (${MARK}) {}${END}`],
    ['in the parameters of a declaration', `function f(${MARK}) {}${END}`],
    ['in the body of a function that is an argument', `const xs = [1].map((x) => {\n  ${MARK}\n  return x\n})${END}`],
    ['for what is not known', `const a = nobody(${MARK})${END}`],
  ])('is silent %s', (_, marked) => {
    expect(shown(marked)).toBe('nothing');
  });

  it('says what the parameters are, with their units', () => {
    const help = ask('signature', `${LP}export default (t) => lp(${MARK}`, service);
    expect(help?.parameters.map(({ text }) => text)[1]).toBe('cutoff in Hz, 1…0.49·sampleRate');
    expect(help?.text).toMatch(/^Lets what is below a frequency pass/);
  });
});

describe('hover', () => {
  it.each([
    [
      'a function of the library',
      `const lp = low${MARK}pass()${END}`,
      'function lowpass(): (x: number, hz: number, q?: number) => number',
    ],
    ['what it makes', `const l${MARK}p = lowpass()${END}`, 'const lp: (x: number, hz: number, q?: number) => number'],
    [
      'a use of it',
      `const lp = lowpass()\nexport default (t) => l${MARK}p(t, 1)`,
      'const lp: (x: number, hz: number, q?: number) => number',
    ],
    ['a number', `let ph${MARK}ase = 0${END}`, 'let phase: number'],
    [
      'a number that is found by use',
      `function f(depth) { return dep${MARK}th * 2 }\nconst a = f(1)${END}`,
      '(parameter) depth: number',
    ],
    ['an object', `const no${MARK}te = { pitch: 60, on: true }${END}`, 'const note: { pitch: number; on: boolean }'],
    [
      'an array of objects',
      `${VOICES.replace('vs', `v${MARK}s`)}${END}`,
      'const vs: { f: number; osc: (hz: number) => number; filter: (x: number, hz: number, q?: number) => { low: number; band: number; high: number; notch: number; peak: number } }[]',
    ],
    [
      'an array that is filled later',
      `const x${MARK}s = []\nfor (let i = 0; i < 4; i++) xs.push(i)${END}`,
      'const xs: number[]',
    ],
    [
      'what begins as null',
      `let last = null\nexport default (t) => { last = [t]; return la${MARK}st[0] }`,
      'let last: number[]',
    ],
    [
      'an own function',
      `function m${MARK}ix(a, b = 1) { return a + b }\nexport default (t) => mix(t)`,
      'function mix(a: number, b?: number): number',
    ],
    [
      'a closure',
      `function tone(hz) { const o = sine(); return (g) => g * o(hz) }\nconst a${MARK} = tone(220)\nexport default (t) => a(0.5)`,
      'const a: (g: number) => number',
    ],
    ['the parameter of the default export', `export default (t${MARK}) => t`, '(parameter) t: number'],
    ['a member', `const o = { gain: 1 }\nconst a = o.ga${MARK}in${END}`, '(member) gain: number'],
    ['a member of Math', `const a = Math.si${MARK}n(1)${END}`, 'Math.sin(radians: number): number'],
    ['a global', `export default () => sample${MARK}Rate`, 'const sampleRate: number'],
    ['a typed array', `const bu${MARK}f = new Float32Array(8)${END}`, 'const buf: Float32Array'],
    [
      'what is taken apart',
      `const f = svf()\nexport default (t) => { const { low } = f(t, 1); return lo${MARK}w }`,
      'const low: number',
    ],
    [
      'a name in a text that is broken elsewhere',
      `const gain = 1\nconst a = (\nexport default (t) => ga${MARK}in * t`,
      'const gain: number',
    ],
    ['a string', `const na${MARK}me = 'a'${END}`, 'const name: string'],
    ['a class', `class Os${MARK}c { next() { return 1 } }${END}`, 'class Osc'],
  ])('tells of %s', (_, marked, wanted) => {
    expect(ask('hover', marked, service)?.code).toBe(wanted);
  });

  it('has the comment above, and that of the library', () => {
    expect(ask('hover', `/** Mixes two. */\nfunction mi${MARK}x(a, b) { return a + b }${END}`, service)?.text).toBe(
      'Mixes two.',
    );
    expect(ask('hover', `// Bright.\nconst l${MARK}p = lowpass()${END}`, service)?.text).toMatch(
      /^Bright\.\n\nMade by `lowpass`: lets what/,
    );
    const told = ask('hover', `const a = low${MARK}pass()${END}`, service)?.text ?? '';
    expect(told).toMatch(/- `hz`: cutoff in Hz/);
    expect(told).toMatch(/```ts\nconst tone = saw\(\)/);
  });

  it('lets no comment of a patch make links, pictures or HTML', () => {
    const comment = '// ![x](https://a.b/c.png) <img src=x> www.a.b';
    const told = ask('hover', `${comment}\nconst a${MARK} = 1${END}`, service)?.text;
    expect(told).toBe('\\!\\[x\\](https\\://a.b/c.png) \\<img src=x\\> www\\.a.b');
  });

  it('is silent where there is no name', () => {
    expect(ask('hover', `const a = 1 ${MARK} + 2${END}`, service)).toBeNull();
    expect(ask('hover', `// lowp${MARK}ass${END}`, service)).toBeNull();
  });

  it('knows every function and constant of Math that a patch has', () => {
    const missing = [...Object.keys(MATH_FUNCTIONS), ...Object.keys(MATH_CONSTANTS)].filter(
      (name) => !builtinDoc('Math', name),
    );
    expect(missing).toEqual([]);
  });
});
