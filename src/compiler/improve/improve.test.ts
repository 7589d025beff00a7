/** What the first tier reads once is what JavaScript reads each time, and it is read once. The programs try to make the two differ. */

import { describe, expect, it } from 'vitest';
import { expectLikeJavaScript } from '../../testing/bothTiers.ts';
import { compileText } from '../../testing/compileText.ts';
import { keepsFuel } from '../emit/keepsFuel.ts';
import { forEachOperandOf, forEachPartOf, type Visitor } from '../forEachOperand.ts';
import type { IrExpression, IrFunction, IrStatement } from '../ir.ts';
import { forFirstTier } from './improve.ts';

const sum = 'const sum = (a) => { let s = 0; for (let i = 0; i < a.length; i++) s = s * 0.5 + a[i]; return s; };';

describe('plays as JavaScript does', () => {
  it.each<[what: string, text: string]>([
    [
      'an array replaced in the loop',
      `let y = new Float64Array(8), z = new Float64Array(4); ${sum}
      export default () => { for (let i = 0; i < 8; i++) { y[i] = i + y[i]; if (i === 3) { const t = y; y = z; z = t; } } return sum(y) + 3 * sum(z); };`,
    ],
    [
      'an array replaced by a call in the loop',
      `let y = new Float64Array(8), z = new Float64Array(4); ${sum}
      const swap = (i) => { if (i % 3 === 1) { const t = y; y = z; z = t; } return i; };
      export default () => { for (let i = 0; i < 8; i++) { y[i] = 1 + y[i] + swap(i) + y[i]; } return sum(y) + 3 * sum(z); };`,
    ],
    [
      'an array in a captured variable replaced by a call',
      `${sum}
      const make = () => { let a = new Float64Array(6), b = new Float64Array(3); let n = 0;
        const swap = () => { n++; if (n % 2) { const t = a; a = b; b = t; } return n; };
        return () => { for (let i = 0; i < 6; i++) a[i] = a[i] + swap() * 0.25; return sum(a) - sum(b) + n; }; };
      const f = make(); export default () => f();`,
    ],
    [
      'an index that runs out',
      `const y = new Float64Array(5);
      export default () => { let s = 0; for (let i = 0; i < 9; i++) { y[i] = 1 + i; const v = y[i]; s = s * 2 + (v === v ? v : 100); } return s; };`,
    ],
    [
      'a negative index, a fraction and NaN',
      `const y = Float64Array.from([1, 2, 3, 4]);
      export default () => { let s = 0; for (let i = -2; i < 9; i++) { const at = i === 8 ? NaN : i * 0.5; y[at] = i; const v = y[at]; s = s * 2 + (v === v ? v : 9); } return s + y[-0]; };`,
    ],
    [
      'numbers far beyond',
      `const y = Float64Array.from([1, 2, 3, 4]); const far = [4294967296, 2147483648, -4294967295, 6755399441055745, 1e300, Infinity, 0.9999999999999999, 1, 4503599627370497];
      export default () => { let s = 0; for (const at of far) { y[at] = 7; const v = y[at]; s = s * 2 + (v === v ? v : 9); } return s; };`,
    ],
    [
      'a loop without turns',
      `const none = new Float64Array(0); let n = 0;
      export default () => { let s = 0; for (let i = 0; i < n; i++) s += none[i]; n = (n + 1) % 2; return s === s ? s : -1; };`,
    ],
    [
      'two names for one array',
      `const a = new Float64Array(6); const b = a; const c = a.subarray(2);
      export default () => { for (let i = 0; i < 5; i++) { a[i] += 1; b[i + 1] = a[i] * 0.5 + b[i]; c[i] = a[i] + c[0]; } return a[5] + c[3]; };`,
    ],
    [
      'a variable stored and read in branches',
      `let x = 1; let n = 0;
      export default () => { for (let i = 0; i < 7; i++) { if (i % 2) x = x * 0.5 + i; else if (i === 4) { x = 3; continue; } n += x; if (n > 50) break; x -= 0.25; } if (n > 60) n = 0; return n + x; };`,
    ],
    [
      'a captured variable changed by a call',
      `const make = () => { let x = 1; const up = (d) => { x = x * 0.5 + d; return x; };
        return () => { let s = x; for (let i = 0; i < 4; i++) { s += x; up(i); s = s * 0.5 + x; x += 0.125; s += up(x); } return s + x; }; };
      const f = make(), g = make(); export default () => f() + g() * f();`,
    ],
    [
      'fields through two names',
      `const p = { a: 1, b: 2 }; const q = { a: 5, b: 6 }; let r = p;
      export default () => { let s = 0; for (let i = 0; i < 6; i++) { r.a = r.a * 0.5 + p.b; p.b = q.a - r.a; s += r.a + p.a + q.b; r = i % 2 ? p : q; r.b = p.a; s += q.b; } return s; };`,
    ],
    [
      'loops within loops, left from within',
      `const m = [new Float64Array(4), new Float64Array(3), new Float64Array(5)];
      export default () => { let s = 0; outer: for (let k = 0; k < 3; k++) { const row = m[k]; for (let i = 0; i < 5; i++) { row[i] += k + i; s = s * 0.5 + (row[i] === row[i] ? row[i] : 2); if (s > 40) continue outer; if (s < -1) break outer; } } return s; };`,
    ],
    [
      'an array that grows while the loop reads it',
      `export default () => { const a = [1, 2]; let s = 0; for (let i = 0; i < a.length; i++) { if (a.length < 9) a.push(a[i] + a[i + 1]); s = s * 0.5 + a[i]; } a[a.length] = 4; return s + a.length + a[a.length - 1]; };`,
    ],
    [
      'an array that grows by an element',
      `export default () => { const a = [1]; for (let i = 1; i < 8; i++) { a[i] = a[i - 1] * 2; a[0] += a[i]; } return a[0] + a.length; };`,
    ],
    [
      'an index that the side of the branch changes',
      `const y = Float64Array.from([1, 2, 3, 4]);
      export default () => { let i = 0, s = 0; while (i < 4) { y[i] += (i += 1) + y[3]; s += y[i - 1]; } return s + y[0]; };`,
    ],
    [
      'bytes and words',
      `const b = new Uint8Array(9), w = new Int16Array(9), f = new Float32Array(9), u = new Uint32Array(9);
      export default () => { let s = 0; for (let i = 0; i < 9; i++) { b[i] += 37 * i; w[i] = w[i] * 3 - b[i]; f[i] = f[i] * 0.3 + w[i]; u[i] = u[i] + w[i]; s += b[i] + w[i] + f[i] + u[i] / 65536; } return s; };`,
    ],
    [
      'a delay line of which one place is read and written',
      `const make = (n) => { const line = new Float64Array(n); let at = 0; return (x) => { const y = line[at]; line[at] = x + line[at] * 0.5 + y * 0.25; if (++at >= n) at = 0; return y; }; };
      const a = make(3), b = make(7); let n = 0; export default () => a(b(n++ % 5));`,
    ],
    [
      'a return out of a loop',
      `const y = Float64Array.from([3, 1, 4, 1, 5]); const find = (x) => { for (let i = 0; i < 5; i++) { if (y[i] === x) return i; y[i] += 0; } return -1; };
      let n = 0; export default () => { n = (n + 1) % 7; return find(n); };`,
    ],
  ])('%s', (_, text) => {
    expectLikeJavaScript(text);
  });
});

/** What one function of the first tier does in its loops. */
function inLoops(fn: IrFunction): { loads: number; guards: number; stores: number; elements: number; metered: number } {
  const counts = { loads: 0, guards: 0, stores: 0, elements: 0, metered: 0 };
  let depth = 0;
  const visitor: Visitor = {
    expression(expression: IrExpression) {
      if (depth > 0) {
        if (expression.op === 'load') counts.loads++;
        if (expression.op === 'guard') counts.guards++;
        if (expression.op === 'element') counts.elements++;
      }
      forEachOperandOf(expression, visitor);
    },
    statement(statement: IrStatement) {
      if (depth > 0 && statement.op === 'store') counts.stores++;
      if (statement.op === 'loop') {
        depth++;
        if (keepsFuel(statement)) counts.metered++;
      }
      forEachPartOf(statement, visitor);
      if (statement.op === 'loop') depth--;
    },
  };
  for (const statement of fn.body) visitor.statement(statement);
  return counts;
}

function functionOf(text: string, start: string): IrFunction {
  const { lowered } = compileText(text);
  const found = lowered?.units.flatMap(({ functions }) => functions).find(({ ir }) => ir.symbol.startsWith(start));
  if (!found) throw new Error(`no function ${start}`);
  return forFirstTier(found);
}

describe('in a loop', () => {
  it('an element that is read and written is one load and one store', () => {
    const text =
      'const y = new Float64Array(512);\nexport default () => { for (let i = 0; i < 512; i++) y[i] = 0.5 + 0.9 * y[i]; return y[0]; };';
    expect(inLoops(functionOf(text, 'default('))).toEqual({ loads: 1, guards: 0, stores: 1, elements: 2, metered: 1 });
  });

  it('a variable is stored and not read', () => {
    const text = 'let x = 1;\nexport default () => { for (let i = 0; i < 9; i++) x = x * 0.5 + i; return x; };';
    expect(inLoops(functionOf(text, 'default('))).toEqual({ loads: 0, guards: 0, stores: 1, elements: 0, metered: 1 });
  });

  it('what a call may replace is read again', () => {
    const text =
      'let x = 1;\nconst up = () => { x += 1; return x > 3; };\nexport default () => { let s = 0; for (let i = 0; i < 9; i++) { if (up()) s += x; } return s; };';
    expect(inLoops(functionOf(text, 'default('))).toEqual({ loads: 1, guards: 0, stores: 0, elements: 0, metered: 0 });
  });
});

it('reads a delay line once a call', () => {
  const text = `const make = (n) => { const line = new Float64Array(n); let at = 0; return (x) => { const y = line[at]; line[at] = x + y * 0.5; if (++at >= n) at = 0; return y; }; };
    const f = make(7); export default () => f(1);`;
  const { body } = functionOf(text, 'make.λ1');
  let loads = 0;
  const visitor: Visitor = {
    expression(expression) {
      if (expression.op === 'load') loads++;
      forEachOperandOf(expression, visitor);
    },
    statement: (statement) => forEachPartOf(statement, visitor),
  };
  for (const statement of body) visitor.statement(statement);
  // The frame's record, the line, its length, its data on either way, the place, the number of places, and the sample.
  expect(loads).toBe(8);
});
