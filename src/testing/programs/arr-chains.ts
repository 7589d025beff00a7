// Methods in a row, callbacks that are named, captured, kept in arrays, and of several types.
const scale = [0, 2, 4, 5, 7, 9, 11]
const notes = [0, 1, 2, 3].map((octave) => scale.map((step) => step + 12 * octave)).flat().filter((n) => n % 3 !== 1).slice(2, -2).reverse()
const double = (x) => x * 2
const pipe = [double, (x) => x + 1, Math.sqrt]
const through = [1, 4, 9].map((x) => pipe.reduce((value, f) => f(value), x))
const histogram = notes.reduce((bins, n) => { bins[n % 4]++; return bins }, [0, 0, 0, 0])
const voices = Array.from({ length: 4 }, (_, i) => ({ f: 100 * (i + 1), phase: 0 }))
const delays = [new Float32Array(3), new Float32Array(5)]
const chosen = [[1, 2], [3]].map((row) => row.map(double))
const flags = [1, 0, 2].map(Boolean)
export default () => {
  const sum = voices.map((v) => (v.phase = (v.phase + v.f / sampleRate) % 1)).reduce((a, b) => a + b, 0)
  const echo = delays.map((d, i) => { const at = currentFrame % d.length; const old = d[at]; d[at] = sum + old * 0.5; return old })
  const i = currentFrame
  const best = voices.filter((v) => v.phase > 0.5).map((v) => v.f).sort((a, b) => b - a)[0] ?? -1
  return [sum + notes[i % notes.length] + through[i % 3] + best, echo[0] + echo[1] + histogram[i & 3] + chosen[0][i & 1] + (flags[i % 3] ? 1 : 0)]
}
