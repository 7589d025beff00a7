// A class may have keys and entries of its own, which a loop calls as any other method.
class Steps {
  constructor(pitches) { this.pitches = pitches }
  keys() { return this.pitches.map((pitch) => pitch * 2) }
  entries() { return this.pitches.map((pitch, n) => [pitch, n + 1]) }
}
const steps = new Steps([3, 4])
let sum = 0
for (const key of steps.keys()) sum += key
for (const [pitch, weight] of steps.entries()) sum += 10 * pitch * weight
for (const [n, pitch] of steps.pitches.entries()) sum += 1000 * n * pitch
export default (t) => sum * t
