// What an object does not have is undefined to a pattern, so that a default takes its place.
const product = ({ a, b = 2 }) => a * b
const nested = ({ a = 1, b: { c = 3, d } = {} } = { a: 5 }) => a * c + (d ?? 0.5)
const mix = ({ wet = 0.5, dry = 1 - wet } = {}) => wet * 3 + dry

const voice = { hz: 4 }
const { hz, gain = 0.5, pan } = voice
const { f, n = 3 } = { f: (x) => x & 63 }

let left = 0
let right = 0

export default () => {
  const t = currentFrame
  ;({ left, right = left / 2 } = { left: t & 31 })
  let sum = hz * gain + (pan === undefined ? t : 0)
  for (const { x, y = x * 2 } of [{ x: t }, { x: 1 }]) sum += x - y
  sum += product({ a: t }) + product({ a: t, b: 3 })
  sum += nested() + nested({ a: t }) + nested({ b: { c: t } }) + nested({ b: { d: 2 } })
  return [sum + mix() + mix({ wet: 0.25 }) + mix({ dry: t }), left * right + f(t) * n]
}
