/** Classes: what an edit compiles of one, what state goes on through it, and what calls cost. */
import { describe, expect, it } from 'vitest';
import { printFunction } from '../compiler/printIr.ts';
import { expectSameRender } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { compileText } from './compileText.ts';
import { renderOracle } from './oracle.ts';

const STEP = 'this.phase = (this.phase + this.hz / sampleRate) % 1; return this.shape(this.phase)';
const PLAY = `const oscs = [new Osc(110), new Soft(220)]
export default () => oscs.reduce((sum, o) => sum + o.next(), 0) / 4`;

const classes = (step = STEP, extra = ''): string => `class Osc {
  constructor(hz) { this.hz = hz; this.phase = 0 }
  next() { ${step} }
  shape(p) { return p }
  ${extra}
}
class Soft extends Osc { shape(p) { return p * p } }
${PLAY}`;

const CLOSURES = `const osc = (hz, shape) => {
  let phase = 0
  return { next() { phase = (phase + hz / sampleRate) % 1; return shape(phase) } }
}
const oscs = [osc(110, (p) => p), osc(220, (p) => p * p)]
export default () => oscs.reduce((sum, o) => sum + o.next(), 0) / 4`;

const PROTOTYPES = `function Osc(hz) { this.hz = hz; this.phase = 0 }
Osc.prototype.next = function () { ${STEP} }
Osc.prototype.shape = function (p) { return p }
function Soft(hz) { Osc.call(this, hz) }
Soft.prototype = Object.create(Osc.prototype)
Soft.prototype.shape = function (p) { return p * p }
${PLAY}`;

const ring = (size: number): string => `class Ring {
  constructor(size) { this.buffer = new Float32Array(size); this.at = 0 }
  push(x) { this.buffer[this.at] = x; this.at = (this.at + 1) % this.buffer.length }
  read(back) { const { length } = this.buffer; return this.buffer[(this.at - back + length) % length] }
}
const line = new Ring(${size})
export default (t) => { line.push(Math.sin(t * 1000)); return line.read(20) + line.read(1) }`;

const S = 512;
const FRAMES = 1024;
const FADE_FRAMES = 32;

async function swapped(before: string, after: string) {
  const options = { frames: FRAMES, fadeFrames: FADE_FRAMES, blockFrames: 32 };
  const render = await renderCompiled({ text: before, ...options, swaps: [{ frame: S, text: after }] });
  const [swap] = render.swaps;
  if (swap?.kind !== 'committed') throw new Error(swap?.kind);
  return { render, report: swap.report };
}

const PHASES = ['oscs[0].phase', 'oscs[1].phase'];

describe('an edit of a class', () => {
  it.each([
    {
      name: 'of one method compiles that method',
      before: classes(),
      after: classes(`${STEP} * 2`),
      self: classes(`${STEP} * (currentFrame >= ${S} ? 2 : 1)`),
      changed: ['Osc.prototype.next'],
      kept: PHASES,
    },
    {
      name: 'that adds a method compiles nothing else',
      before: classes(),
      after: classes(STEP, 'other() { return 3 }'),
      self: classes(),
      changed: ['Osc.prototype.other'],
      kept: PHASES,
    },
    {
      name: 'that adds a class and an instance of it compiles those',
      before: classes(),
      after: classes()
        .replace('const oscs', 'class Hard extends Osc { shape() { return 0 } }\nconst oscs')
        .replace('(220)]', '(220), new Hard(0)]'),
      self: classes(),
      changed: ['Hard', 'Hard.prototype.shape', 'oscs'],
      kept: PHASES,
    },
    {
      name: 'that adds a field keeps the others',
      before: classes(),
      after: classes(`this.n ??= 1; ${STEP}`),
      self: classes(),
      kept: PHASES,
    },
    { name: 'by which closures become a class', before: CLOSURES, after: classes(), self: classes(), kept: PHASES },
    { name: 'by which a class becomes closures', before: classes(), after: CLOSURES, self: classes(), kept: [] },
    {
      name: 'by which a class becomes a function with a prototype',
      before: classes(),
      after: PROTOTYPES,
      self: classes(),
      kept: PHASES,
    },
    {
      name: 'that resizes a ring buffer keeps what is in it',
      before: ring(50),
      after: ring(70),
      self: ring(50),
      kept: ['line.at', 'line.buffer'],
    },
  ])('$name', async ({ before, after, self, changed, kept }) => {
    const { render, report } = await swapped(before, after);
    const expected = renderOracle(self, { frames: FRAMES });
    expectSameRender('across the edit', render, expected, { tolerance: 1e-12, toFrame: S });
    expectSameRender('after the fade', render, expected, { tolerance: 1e-12, fromFrame: S + FADE_FRAMES });
    if (changed) expect(report.changed).toEqual(changed);
    expect(report.stateKept).toEqual(expect.arrayContaining(kept));
    expect(report.stateReset).toEqual([]);
  });
});

const printed = (text: string): string => {
  const { lowered, diagnostics } = compileText(text);
  if (!lowered) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return lowered.units.flatMap(({ functions }) => functions.map(({ ir }) => printFunction(ir))).join('\n');
};

describe('a method', () => {
  const known = 'class A { f() { return 1 } }\nclass B extends A { f() { return 2 } }\n';

  it('is called directly where the class is known, and takes no place in its objects', () => {
    const text = `${known}const a = new A(), b = new B()\nexport default () => a.f() + b.f()`;
    expect(printed(text)).not.toContain('callIndirect');
    expect(printed(text)).toMatch(/allocate i32:8 /);
  });

  it('is called through the object where several classes meet', () => {
    expect(printed(`${known}const all = [new A(), new B()]\nexport default () => all[0].f()`)).toContain(
      'callIndirect',
    );
  });

  it('that no class overrides is called directly', () => {
    const text = 'class A { f() { return 1 } }\nclass B extends A {}\nconst all = [new A(), new B()]\n';
    expect(printed(`${text}export default () => all[0].f()`)).not.toContain('callIndirect');
  });
});

describe('a field', () => {
  it.each([
    ['that the constructor sets', 'constructor() { this.x = 1 }'],
    ['that a method of the constructor sets', 'constructor() { this.reset() } reset() { this.x = 1 }'],
    ['that both branches set', 'constructor(n) { if (n) this.x = 1; else this.x = 2 }'],
    ['that is declared with a value', 'x = 1;'],
  ])('%s is a plain number', (_, body) => {
    const text = `class A { ${body} get y() { return this.x * 2 } }\nconst a = new A()\nexport default () => (a.x += a.y)`;
    expect(compileText(text).diagnostics).toEqual([]);
    expect(printed(text)).toContain('{ x: number }');
  });

  it.each([
    ['that is read first', 'constructor() { this.y = this.x === undefined ? 5 : 6; this.x = 1 }'],
    ['that one branch sets', 'constructor(n) { this.y = 0; if (n) this.x = 1 }'],
    ['that is set after the object got out', 'constructor() { peek(this); this.x = 1 }'],
    ['that a closure reads before', 'constructor() { const f = () => { this.y = this.x ?? 7 }; f(); this.x = 1 }'],
  ])('%s begins as undefined', async (_, body) => {
    const text = `const peek = (a) => { a.y = a.x === undefined ? 3 : 4 }
class A { ${body} }
const a = new A(0)
export default () => (a.y ?? 0) * 10 + (a.x === undefined ? 1 : 2) + (currentFrame % 2)`;
    const render = await renderCompiled({ text, frames: 8 });
    expectSameRender(text, render, renderOracle(text, { frames: 8 }), { tolerance: 0 });
  });
});
