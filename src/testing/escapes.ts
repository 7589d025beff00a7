/** Texts with which somebody tried to get out of the arena (escape.test.ts), alone and after one another. Tests only. */

/** What has to become of it (see `Judgement`), and the text. */
export const TRIED: readonly (readonly [outcome: string, text: string])[] = [
  [
    'refused: refused',
    'const o = { set x(v) { throw v } }; export default () => { let s = 0; try { o.x = 3 } catch (e) { s = e } return s }',
  ],
  [
    'refused: refused',
    'class A { static get x() { throw 5 } } export default () => { let s = 0; try { s = A.x } catch (e) { s = e } return s }',
  ],
  ['plays', 'const f = () => { throw 5 }; let s = 0; try { throw f() } catch (e) { s = e } export default () => s'],
  [
    'plays',
    'const o = { get x() { throw 5 } }; let s = 0; try { const { x } = o; s = x } catch (e) { s = e } export default () => s',
  ],
  [
    'plays',
    "const o = { toString() { throw 5 } }; let s = 0; try { s = (o + '').length } catch (e) { s = e } export default () => s",
  ],
  [
    'plays',
    'let n = 0; const f = () => { try { throw 1 } finally { n++ } }; try { f() } catch (e) { n += e * 10 } export default () => n',
  ],
  [
    'plays',
    'let n = 0; const o = { get x() { return f() } }; const f = () => { throw 4 }; try { n = o.x } catch (e) { n += e * 10 } export default () => n',
  ],
  [
    'plays',
    "const o = { get x() { return 5 } }; export default () => { let s = 0; try { s = o.x; if (s > 4) throw new Error('abc') } catch (e) { s = e.message.length } return s }",
  ],
  [
    'plays',
    "const o = { x: 2 }; const f = (x) => { if (x > 100) throw new Error('no'); return x }; export default () => { let s = 0; try { s = o.x; if (s > 1) throw new RangeError('abc') } catch (e) { s = e.message.length } return s + f(1) }",
  ],
  [
    'plays',
    "let n = 0; const f = (x) => { try { try { if (x & 1) throw new Error('in'); n += 1 } finally { n += 10; if (x & 2) throw new Error('fin') } } catch (e) { n += e.message.length * 100 } return n }; export default () => f(currentFrame)",
  ],
  ['refused: refused', "const d = { a: 1, '__proto__': null }; export default () => Object.keys(d).length"],
  [
    'plays',
    'let a = [1,2,3]; const v = new Float64Array(8); const w = v.subarray(2, 6); export default () => { w.copyWithin(0, 2, 1e9); w.set([1,2], 2); return v[3] + w[1] + currentFrame }',
  ],
  [
    'plays',
    'const v = new Float64Array(8); const w = v.subarray(-3, 1e10); const q = w.subarray(-1e20, NaN) ; export default () => { w.fill(currentFrame, -1e300, 1e300); return v[7] + w.length + q.length }',
  ],
  [
    'plays',
    'const v = new Float64Array(8); export default () => { v.copyWithin(-0.5, NaN, Infinity); v.copyWithin(2**32, 0, 2**32+4); v.copyWithin(2**31, -(2**31), 2**33); v[1] = currentFrame; return v[1] + v[2] }',
  ],
  ['stopped: outside-array', 'const v = new Float64Array(8); export default () => { v.set([1,2,3], 6); return v[7] }'],
  ['stopped: outside-array', 'const v = new Float64Array(8); export default () => { v.set([1,2,3], -1); return v[7] }'],
  [
    'stopped: outside-array',
    'const v = new Float64Array(8); export default () => { v.set([1,2,3], 2**32 + 1); return v[1] }',
  ],
  [
    'stopped: outside-array',
    'const v = new Float64Array(8); export default () => { v.set([1,2,3], 1e300); return v[1] }',
  ],
  ['plays', 'const v = new Float64Array(8); export default () => { v.set([1,2,3], NaN); return v[1] }'],
  ['stopped: array-length', 'const a = new Array(2**32-1); export default () => a.length'],
  ['stopped: array-length', 'const a = new Uint8Array(-1); export default () => a.length'],
  ['plays', `const a = [...'abc', ...[1,2]]; export default () => a.length`],
  ['plays', 'const a = Array.from({length: -5}, () => 1); export default () => a.length'],
  [
    'plays',
    'const a = [[1],[2,3],[4]]; export default () => { let s = 0; for (const x of a) { s += x.length; a[2] = a[0] } return s }',
  ],
  [
    'plays',
    'const a = [1,2,3]; const b = a.slice(2**31, 2**32); const c = a.slice(-(2**32)); const d = a.slice(NaN, Infinity); export default () => b.length + c.length*10 + d.length*100',
  ],
  [
    'plays',
    `const s = 'hello world'; export default () => s.slice(-(2**32), 2**31).length + s.substring(NaN, 1e300).length*100 + (s.charCodeAt(2**32) || 7) + s.substr(-3, 2**33).length*10000`,
  ],
  [
    'plays',
    `const s = 'hello world'; export default () => s.charCodeAt(currentFrame) + s.slice(currentFrame).length + (s.at(-currentFrame - 1) === 'd' ? 1 : 0)`,
  ],
  [
    'plays',
    `const parts = ['ab', 'cde', 'f']; export default () => { let n = 0; for (const p of parts) { for (const c of p) n += c.charCodeAt(0); n += p.slice(1, currentFrame).length } return n }`,
  ],
  ['plays', 'const o = { f: (x) => x + 1, g: (x) => x.length }; export default () => o.f(1) + o.g([1,2])'],
  [
    'plays',
    'const o = { f: (x) => x + 1 }; const p = { f: (x) => x.a }; const pick = (q) => q; export default () => pick(o).f(1) + pick(p).f({a: 3})',
  ],
  [
    'plays',
    'const o = { f: (x) => x + 1, v: 1 }; const p = { f: (x) => x * 2, v: 2, w: 3 }; let q = o; export default () => { q = currentFrame % 2 ? o : p; return q.f(q.v) + (q.w ?? 100) }',
  ],
  [
    'plays',
    'const a = [{a:1}, {a:1, b:2}, {b: 3, a: 4, c: 5}]; export default () => { const x = a[currentFrame % 3]; x.b = 7; return (x.c ?? 1) + x.a }',
  ],
  [
    'plays',
    `const id = (x) => x; const a = [1,2]; const o = { k: 3 }; export default () => id(id)(id(a))[0] + id(o).k + id(1) + id('abc').length`,
  ],
  [
    'plays',
    'const swap = ([a, b]) => [b, a]; export default () => { const [x, y] = swap([1, [2, 3]]); const [p, q] = swap([{ z: 1 }, 2]); return x[1] + y + p + q.z }',
  ],
  [
    'plays',
    'const f = ({ a = [1], b = a } = {}) => b.length + a[0]; export default () => f() + f({ a: [2, 3] }) + f({ b: [4] })',
  ],
  [
    'plays',
    'const m = [[1, 2], [3]]; const flat = m.flat(); export default () => { m[0] = m[1]; m[0][0] += 1; return m[1][0] + flat.length }',
  ],
  ['plays', 'const a = [1, , 3]; export default () => (a[1] ?? 7) + a.length'],
  ['plays', 'const a = []; a[5] = 1; export default () => a.length'],
  [
    'stopped: array-gap',
    'const a = [1]; a[-1] = 5; a[0.5] = 6; a[2**32] = 7; export default () => a.length + (a[-1] ?? 100)',
  ],
  [
    'plays',
    'const a = new Float64Array(4); a[-1] = 5; a[0.5] = 6; a[2**32] = 7; a[NaN] = 8; a[2**32 + 1] = 3; a[-(2**32)] = 9; export default () => a[0] + a[1] + (a[-1] ?? 100)',
  ],
  [
    'plays',
    'let i = 2**31 - 1; const a = new Float64Array(4); export default () => { i = (i + 1) | 0; a[i] = 1; a[i >>> 0] = 2; a[i * 2] = 3; a[i - i + 1] = 4; return a[0] + a[1] }',
  ],
  [
    'plays',
    'let i = 0x20000000; const a = new Float64Array(4); export default () => { a[i] = 5; a[i * 8] = 5; a[(i << 3) | 0] = currentFrame; return a[0] + (a[i] ?? 1) }',
  ],
  [
    'plays',
    'const a = new Float64Array(4); const b = new Int8Array(4); export default () => { for (let i = -4; i < 8; i++) { a[i] = i; b[i] = i * 100 } return a[3] + b[3] }',
  ],
  [
    'plays',
    'const a = [1,2,3]; export default () => { let s = 0; for (let i = 0; i < a.length + 2; i++) s += a[i] ?? 10; return s }',
  ],
  [
    'plays',
    'const a = [1,2,3]; const n = { k: 0 }; export default () => { const i = n.k++ ; if (i < 3) a[i]++; return a[i % 3] + (a[i] ?? 0) }',
  ],
  [
    'plays',
    'let f = () => 1; const g = (x = 3) => x + 1; export default () => { const r = f(); f = currentFrame % 2 ? g : () => 2; return r }',
  ],
  [
    'plays',
    'const mk = (n) => n > 0 ? { next: mk(n - 1), v: n } : null; const l = mk(5); export default () => { let s = 0, p = l; while (p) { s += p.v; p = p.next } return s }',
  ],
  [
    'stopped: undefined-value',
    'const mk = (n) => n > 0 ? { next: mk(n - 1), v: n } : null; const l = mk(5); export default () => { let s = 0, p = l; for (let i = 0; i < currentFrame; i++) p = p.next; return p.v }',
  ],
  [
    'plays',
    'const t = { l: null, r: null, v: 0 }; t.l = { l: t, r: null, v: 1 }; t.r = t; export default () => { t.r.l.v++; return t.l.l.r.l.v }',
  ],
  ['plays', 'const o = { a: 1 }; o.b = [2]; o.c = o; export default () => o.c.c.b[0] + o.a'],
  [
    'plays',
    'let q; const set = (v) => { q = v }; set([1, 2]); export default () => { q = q.length > 5 ? q : q; return q[0] }',
  ],
  ['plays', 'let q; const o = {}; export default () => { if (currentFrame === 0) q = 1; return q ?? 5 }'],
  [
    'plays',
    'let q = [1]; const r = [[2], [3, 4]]; export default () => { [q, r[0]] = [r[1], q]; return q[0] * 10 + r[0][0] }',
  ],
  [
    'plays',
    'const a = [1, 2, 3]; const f = ([x, ...r], { length = 7 } = r) => x + r.length * 10 + length; export default () => f(a) + f([4]) + f([5], { length: 2 })',
  ],
  [
    'plays',
    `const f = (a, b = a.length, c = b + 1, ...d) => a.length + b + c + d.length; export default () => f([1]) + f([1, 2], 5) + f('abc', undefined, 3, 4, 5)`,
  ],
  [
    'plays',
    'const f = (x) => { if (x > 2) return [x]; return null }; export default () => (f(currentFrame % 5) ?? [9])[0]',
  ],
  [
    'stopped: undefined-value',
    'const f = (x) => { if (x > 2) return [x] }; export default () => f(currentFrame % 5)[0]',
  ],
  [
    'plays',
    'const f = (x) => { if (x > 2) return { a: x } }; let last = { a: 0 }; export default () => { const r = f(currentFrame % 5); return (r?.a ?? 1) + last.a }',
  ],
  ['plays', 'const f = (x) => { if (x > 2) return (y) => y * x }; export default () => f(currentFrame % 5)?.(2) ?? 0'],
  [
    'stopped: undefined-value',
    'const f = (x) => { if (x > 2) return (y) => y * x }; export default () => f(currentFrame % 5)(2)',
  ],
  [
    'plays',
    'const fs = []; for (let i = 0; i < 4; i++) fs.push((x) => x + i); const gs = fs.map((f, i) => (x) => f(x) * i); export default () => gs[currentFrame & 3](1) + fs[(currentFrame + 1) & 3](2)',
  ],
  [
    'stopped: undefined-value',
    'const fs = []; for (let i = 0; i < 4; i++) fs.push((x) => x + i); export default () => fs[currentFrame](1)',
  ],
  [
    'plays',
    'const fs = [(x) => x, null, (x) => x * 2, undefined]; export default () => fs[currentFrame & 3]?.(3) ?? 7',
  ],
  [
    'stopped: undefined-value',
    'const fs = [(x) => x, null, (x) => x * 2]; export default () => fs[currentFrame % 3](3)',
  ],
  [
    'plays',
    'const o = { f: null }; export default () => { const r = o.f ? o.f(2) : 0; o.f = o.f ? null : (x) => x + 1; return r }',
  ],
  ['plays', 'const a = [() => 1, () => 2]; export default () => { a[0] = a[1]; a[1] = () => 3; return a[0]() }'],
  [
    'plays',
    'const m = [[1, 2, 3], [4, 5], [6]]; export default () => { const [a, [b, c = 9] = [], d = m[0]] = m; return a[0] + b + c + d[0] }',
  ],
  [
    'plays',
    'const rec = { p: { q: { r: [1, { s: 5 }] } } }; const { p: { q: { r: [u, { s }] } } } = rec; export default () => u + s + rec.p.q.r[1].s',
  ],
  [
    'plays',
    'const f = (n) => n <= 0 ? [] : [n, ...f(n - 1)]; const l = f(5); export default () => l.length * 10 + l[4]',
  ],
  [
    'plays',
    'const f = (n) => n <= 0 ? 0 : g(n - 1) + 1; const g = (n) => n <= 0 ? [1].length : f(n - 1) + 2; export default () => f(currentFrame) + g(3)',
  ],
  [
    'plays',
    'const a = new Float64Array(4); const b = a; const c = a.subarray(1); export default () => { b[1]++; c[1] += 2; return a[1] * 100 + a[2] }',
  ],
  [
    'plays',
    'const a = [new Float64Array(2), new Float64Array(3)]; export default () => { const t = a[0]; a[0] = a[1]; a[1] = t; a[0][2] = 5; return a[0].length * 10 + (a[1][2] ?? 3) }',
  ],
  [
    'plays',
    'const a = new Uint8Array(4), b = new Float32Array(4); const l = [a, a]; export default () => { a.set([300, -1, 1.5]); b.set(a); b[3] = 0.1; a.set(b); return a[0] + a[1] * 2 + b[3] + a[3] }',
  ],
  [
    'plays',
    `const f = (x) => x.length; const a = new Uint8Array(4), b = new Float64Array(3), c = [1, 2], d = 'xyzzy'; export default () => f(a) + 10 * f(b) + 100 * f(c) + 1000 * f(d)`,
  ],
  [
    'plays',
    `const f = (x, i) => x[i]; const a = new Uint8Array([1, 2]), b = new Float32Array([0.1]), c = [[7]], d = 'xyz'; export default () => f(a, 1) + f(b, 0) + f(c, 0)[0] + f(d, currentFrame % 3).charCodeAt(0) + (f(a, 9) ?? 4)`,
  ],
  [
    'plays',
    `const s = ['abc', 'de', '']; let i = 0; export default () => { i = (i + 1) % 3; return s[i].length + (s[i] === 'de' ? 10 : 0) + (s[i][0] === 'a' ? 100 : 0) + (s[i] < 'b' ? 1000 : 0) }`,
  ],
  [
    'plays',
    `const s = '12.5e3abc'; export default () => parseFloat(s) + Number(s.slice(0, 4)) + parseInt(s.slice(3), 10) + (Number(s) || 1)`,
  ],
  [
    'plays',
    'const o = { a: [1], b: { c: 2 } }; const p = { ...o }; p.a[0] = 5; p.b = { c: 7 }; export default () => { o.b.c++; return o.a[0] + o.b.c + p.b.c }',
  ],
  [
    'plays',
    'const f = () => { let n = 0; const g = () => { n++; return h() }; const h = () => n > 3 ? n : g(); return g }; const g = f(); export default () => g()',
  ],
  [
    'plays',
    'const f = (c) => { let a = [1], b = 2; const g = () => { a = [b, ...a.slice(0, 1)]; b += a[0]; return a.length }; return c ? g : () => b }; export default () => f(1)() + f(0)()',
  ],
  [
    'plays',
    'let s = 0; const f = (a, b) => { s += a; return () => { s += b; return s } }; export default () => { const x = f(1, 2), y = f(3, 4); const r = x() + y() * 10; s = 0; return r }',
  ],
  [
    'plays',
    'export default () => { let s = 0; outer: for (let i = 0; i < 5; i++) { const a = [i]; const f = () => a[0]++; for (const x of [1, 2, 3]) { if (x === i) continue outer; if (i > 3) break outer; s += f() * x } s += 100 } return s }',
  ],
  [
    'plays',
    'export default () => { let a; for (let i = 0; i < 3; i++) { if (i > 0) a[0] += i; a = a ?? [i + 5] } return a[0] }',
  ],
  [
    'plays',
    'export default () => { let a; let s = 0; for (let i = 0; i < 4; i++) { s += a?.[0] ?? 1; if (i % 2) a = null; else a = [i + 1] } return s }',
  ],
  [
    'plays',
    'export default () => { let a = [1]; const f = () => a; a = [2]; const g = f(); a = [3]; return g[0] * 10 + f()[0] }',
  ],
  [
    'plays',
    'export default () => { let p = { n: 1 }; let q = p; L: { if (currentFrame & 1) break L; q = { n: 2 } } for (let i = 0; i < 3; i++) { q.n += p.n; [p, q] = [q, p] } return p.n * 100 + q.n }',
  ],
  [
    'plays',
    'const a = [1, 2]; export default () => { a[(a[0] = 5, 1)] += (a[1] = 7, 2); const r = a[1]; a[0] = 1; a[1] = 2; return r }',
  ],
  [
    'stopped: grows-per-frame',
    'let a = [1, 2]; const b = [9, 9, 9]; export default () => { const o = a; a[(a = b, 2)] = 1; const r = a[2] + (o[2] ?? 50); a = o; return r }',
  ],
  ['plays', 'const a = []; a.push(a.length); a.push(...a); export default () => a.length * 10 + a[1]'],
  [
    'plays',
    'const a = [[]]; a[0].push(1); a.push([2, 3]); const b = [...a, ...a]; export default () => { b[0][0]++; return b[2][0] + b.length }',
  ],
  [
    'plays',
    'const mk = (x) => { const {a,b} = x; return { f: () => { a.n += b; return a.n }, g: (y) => y.n } }; const A = { n: 1 }; const m = [mk({ a: A, b: 1 }), mk({ a: { n: 5 }, b: 2 })]; export default () => m[0].f() + m[1].f() * 100 + m[0].g(A)',
  ],
  ['plays', 'const h = (f) => f(f); const r = h((x) => x ? 3 : 4); export default () => r'],
  [
    'plays',
    `const k = (x) => (y) => x; const a = k(1)(2) + k([5])('a')[0] + k('zz')(null).length; export default () => a + k(currentFrame)([1])`,
  ],
  [
    'plays',
    'const comp = (...fs) => (x) => fs.reduce((v, f) => f(v), x); const c = comp((x) => x + 1, (x) => x * 3, Math.sqrt); export default () => c(currentFrame)',
  ],
  [
    'plays',
    'const a = [3, 1, 2]; export default () => { const b = a.map((x, i, l) => l[(i + 1) % 3]).filter((x) => x !== 2).flatMap((x) => [x, [x].length]); return b.length * 100 + b[0] * 10 + (b.find((x) => x > 50) ?? 7) }',
  ],
  [
    'plays',
    'const a = [1, 2, 3, 4]; let n = 0; export default () => { a.forEach((x, i) => { if (i === 0) { a.reverse(); a.sort((p, q) => p - q); a.copyWithin(0, 1); a.fill(n++ % 5, 3) } }); const r = a.indexOf(3); a[0] = 1; a[1] = 2; a[2] = 3; return r + a[3] }',
  ],
  [
    'plays',
    'const v = new Float64Array([4, 3, 2, 1]); const w = v.subarray(1, 3); export default () => { v.sort((a, b) => { w[0] = 9; return a - b }); w.reverse(); v.set(w, 1); v.set(v.subarray(0, 3), 1); const r = v[0] + v[1] * 10 + v[2] * 100 + v[3] * 1000; v.set([4, 3, 2, 1]); return r }',
  ],
  [
    'plays',
    'const v = new Float64Array(4); const r = v.map((x, i, a) => { a[3] = 8; return i + a[3] }); export default () => r[3] + v[3] + r.length',
  ],
  [
    'plays',
    'let d = 0; const f = (n) => { d++; if (n > 0) f(n - 1); return d }; export default () => { d = 0; return f(2000) }',
  ],
  [
    'plays',
    'export default () => { const o = { a: undefined, b: null }; const { a = [7], b = [8], c = [9] } = o; return a[0] + (b ?? [1])[0] + c[0] }',
  ],
  [
    'plays',
    'let n = 0; const next = () => n++ % 3; const mk = () => { const k = next(); return k === 0 ? [1, 2] : k === 1 ? null : [3] }; export default () => { const m = mk(); return m === null ? 0 : m.length + m[0] }',
  ],
  [
    'plays',
    'const u = [undefined, 1, null, true]; export default () => { const x = u[currentFrame & 3]; return x === undefined ? 1 : x === null ? 2 : x === true ? 3 : 4 }',
  ],
  [
    'plays',
    'const f = (a) => { a = a ?? [1]; if (a.length > 3) a = null; return a }; export default () => (f(null)?.[0] ?? 0) + (f([1, 2, 3, 4])?.[0] ?? 5)',
  ],
  ['plays', `const a = [0.5, 1.5]; export default () => a[true] + (a['1'] ?? 0)`],
  ['plays', 'const g = f; function f() { return h }; const h = [5]; export default () => g()[0]'],
  [
    'stopped: used-before-declared',
    'const r = f(); function f() { return h }; const h = [5]; export default () => r[0]',
  ],
  [
    'plays',
    'const o = { f() { return k[0] } }; let r = 0; if (currentFrame > 5) r = o.f(); const k = [3]; export default () => o.f() + r',
  ],
  [
    'plays',
    'const xs = Array(3); const ys = [...xs]; const zs = Array.from(xs, (x, i) => i); export default () => (ys[0] ?? 5) + zs[2]',
  ],
  ['plays', 'const a = [1,2,3]; for (const x of a) if (a.length < 10) a.push(x); export default () => a.length'],
  [
    'plays',
    'const l = [1, 2, 3]; const e = l.entries(); export default () => { let s = 0; for (const [i, v] of l.entries()) { s += i * v; if (i === 0) l[2] = currentFrame } return s }',
  ],
  [
    'plays',
    'const v = new Float64Array([4, 3, 2, 1]); export default () => { v.sort((a, b) => { v[1] = 9; return a - b }); const r = v[0] + v[1] * 10 + v[2] * 100 + v[3] * 1000; v.set([4, 3, 2, 1]); return r }',
  ],
  [
    'plays',
    'const v = new Float64Array([4, 3, 2, 1]); const w = v.subarray(1, 3); export default () => { v.sort((a, b) => { w[0] = 9; return a - b }); const r = v[0] + v[1] * 10 + v[2] * 100 + v[3] * 1000; v.set([4, 3, 2, 1]); return r }',
  ],
  [
    'plays',
    'const v = new Float64Array([4, 3, 2, 1]); const w = v.subarray(1, 3); export default () => { w.reverse(); const r = v[0] + v[1] * 10 + v[2] * 100 + v[3] * 1000; v.set([4, 3, 2, 1]); return r }',
  ],
  [
    'plays',
    'const v = new Float64Array([4, 3, 2, 1]); const w = v.subarray(1, 3); export default () => { v.set(w, 1); v.set(v.subarray(0, 3), 1); const r = v[0] + v[1] * 10 + v[2] * 100 + v[3] * 1000; v.set([4, 3, 2, 1]); return r }',
  ],
  [
    'plays',
    'const v = [4, 3, 2, 1]; export default () => { v.sort((a, b) => { v[1] = 9; return a - b }); const r = v[0] + v[1] * 10 + v[2] * 100 + v[3] * 1000; v[0]=4;v[1]=3;v[2]=2;v[3]=1; return r }',
  ],
  [
    'plays',
    "const d = {}; d['a'] = d; export default () => { let q = d; for (let n = 0; n < currentFrame % 5; n++) q = q['a']; return q === d ? 1 : 0 }",
  ],
  [
    'plays',
    "const d = {}; d['a'] = () => 1; d['b'] = () => 2; export default () => { const f = d[currentFrame % 3 ? 'a' : 'c']; return f ? f() : 5 }",
  ],
  [
    'plays',
    "const d = {}; for (let k = 0; k < 6; k++) d['k' + k] = k; export default () => { for (const k in d) { delete d[k] } return Object.keys(d).length }",
  ],
  [
    'plays',
    'const m = new Map(); for (let k = 0; k < 50; k++) m.set(k, [k]); export default () => { for (const [k, v] of m) { m.delete(k); if (v[0] > 3) break } return m.size }',
  ],
  [
    'plays',
    'const s = new Set([1, 2, 3]); export default () => { let n = 0; s.forEach((v) => { n += v; if (n < 40) { s.delete(v); s.add(v) } }); return n }',
  ],
  [
    'plays',
    "const m = new Map([['a', { n: 0 }]]); export default () => { const v = m.get('a'); m.clear(); m.set('a', v); v.n++; return v.n }",
  ],
  [
    'plays',
    'class A { #x = 1; get x() { return this.#x } set x(v) { this.#x = v; if (v < 50) this.x = v + 1 } } const a = new A(); export default () => { a.x = currentFrame; return a.x }',
  ],
  [
    'plays',
    'class A { constructor() { this.init() } init() { this.n = 1 } } class B extends A { buf = new Float64Array(8); init() { this.n = this.buf ? 2 : 3 } } const b = new B(); export default () => b.n + b.buf[7]',
  ],
  [
    'plays',
    'class A { get f() { return this.g } g = (n) => n + 1 } const a = new A(); const { f } = a; export default () => f(currentFrame)',
  ],
  [
    'plays',
    'const l = Array.from({ length: 4 }, () => ({ a: 0, b: 0 })); l[2] = l[1]; export default () => { for (const v of l) { v.a += 1; v.b += v.a } return l[1].b * 100 + l[3].b }',
  ],
  [
    'plays',
    "const o = { get a() { return d[k] }, set a(v) { d[k] = v } }; const d = { p: 1 }; let k = 'p'; export default () => { o.a = currentFrame; return o.a }",
  ],
];

/** Each name is something else in most of them. */
export const FOLLOWING: readonly string[] = [
  'let q = [1, 2, 3]; const r = [4]; export default () => { if (currentFrame % 7 === 0) q = r; q[0] += 1; return q[0] }',
  'let q = { a: 1, b: [2] }; const r = { a: 5, b: [6] }; export default () => { if (currentFrame % 7 === 0) q = r; q.b[0] += 1; return q.a + q.b[0] }',
  'let q = (x) => x + 1; const r = (x) => x * 2; export default () => { if (currentFrame % 7 === 0) q = r; return q(3) }',
  'let n = 0; const mk = (k) => () => { n += k; return n }; let q = mk(1); const r = mk(2); export default () => { if (currentFrame % 7 === 0) q = r; return q() }',
  'let n = 0; const mk = (k, l) => (x) => { n += k + x; l[0]++; return n + l[0] }; let q = mk(1, [2]); const r = mk(2, [3]); export default () => { if (currentFrame % 7 === 0) q = r; return q(1) }',
  'let q = new Float64Array(200); const r = new Float64Array(200); export default () => { if (currentFrame % 7 === 0) q = r; q[currentFrame % 200] += 1; return q[5] }',
  'let q = new Float32Array(400); const r = new Float32Array(5); export default () => { if (currentFrame % 7 === 0) q = r; q[1] += 1; return q[1] }',
  'let q = new Uint8Array(800); const r = q.subarray(100, 700); export default () => { if (currentFrame % 7 === 0) q = r; q[1] += 1; return q[1] + r[0] }',
  'let r = new Float64Array(200); const q = r.subarray(10, 190); export default () => { r[11] += 1; q[1] += 2; q.fill(3, 50); return q[1] + r[195] }',
  "let q = 'abc'; const r = 'defgh'; export default () => { if (currentFrame % 7 === 0) q = r; return q.length + q.charCodeAt(1) }",
  "let q = 'defgh'; const r = 'a longer text than before'; export default () => { if (currentFrame % 7 === 0) q = r; return q.length + q.charCodeAt(q.length - 1) }",
  'let q = null; const r = { a: 1 }; export default () => { q = currentFrame % 3 ? r : null; return q?.a ?? 7 }',
  'let q; const r = [1]; export default () => { q = currentFrame % 3 ? r : undefined; return q?.[0] ?? 7 }',
  'const q = [(x) => x, (x) => x + 1]; const r = [(x) => x * 2]; export default () => { if (currentFrame % 7 === 0) q[0] = r[0]; return q[currentFrame & 1](2) }',
  'const q = { f: (x) => x, g: [1] }; const r = { f: (x) => x * 2, g: [2, 3] }; export default () => { if (currentFrame % 7 === 0) { q.f = r.f; q.g = r.g } return q.f(2) + q.g[0] }',
  'const q = { g: (x) => x, f: [1] }; const r = { g: (x) => x * 2, f: [2, 3] }; export default () => { if (currentFrame % 7 === 0) { q.f = r.f; q.g = r.g } return q.g(2) + q.f[0] }',
  'const mk = () => { let p = [0]; const l = { a: 2 }; return { s: () => { p[0]++; l.a += p[0]; return l.a % 100 }, l } }; const q = [mk(), mk(), mk()]; let r = q[2]; export default () => { r = q[currentFrame % 3]; return r.s() + r.l.a }',
  'const q = Array.from({ length: 40 }, (_, n) => new Float64Array(90 + n)); let r = q[3]; export default () => { r = q[currentFrame % 40]; r[currentFrame % 90] += 1; r[r.length - 1] = 5; return r[0] }',
  'const q = Array.from({ length: 36 }, (_, n) => new Float64Array(90 + 3 * n)); let r = q[5]; export default () => { r = q[(currentFrame * 7) % 36]; r.copyWithin(0, 80); r.fill(2, 85); return r[0] }',
  'let q = [[1], [2]]; let r = q[1]; export default () => { r = q[currentFrame & 1]; q[0] = r; return r[0]++ }',
];
