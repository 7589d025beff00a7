// A text that makes a map goes through arrays as they are by then, too, by their entries, keys and values.
const marks = [0, 0, 0, 'off'], sizes = new Map([['b', 1]])
const xs = [3, 1, 2], f = new Float32Array([1, 2, 3])
let s = 0
for (const [i, v] of xs.entries()) { if (i < 2) xs[i + 1] += v; s += i * v }
for (const i of xs.keys()) s += 100 * i
for (const v of xs.values()) s += 1000 * v
for (const [i, v] of f.entries()) { f[2] = 9; s += 1e5 * i * v }
for (const entry of xs.entries()) { xs[2] = 5; s += 1e7 * entry[0] * entry[1] }
for (const [, v] of sizes.entries()) s += 1e9 * v
let y = 0
function mark() { for (const [, v] of marks.entries()) marks[y & 3] = v; return 1 }
export default () => { y -= mark(); return [s / 1e10, typeof marks[0] === 'number' ? 0.25 : 0.5] }
