// Parts of strings that may be absent, and built-in functions that are passed on with any number of arguments.
const words = ['ab', 'cde', null]
const apply = (f, ...xs) => f(...xs)
const chosen = [Math.max, Math.min]

export default () => {
  const t = currentFrame
  const word = words[t % 5]
  const left = (word?.length ?? 9) + (word?.[1] === 'd' ? 100 : 0) + (word?.charAt(t % 3) === 'b' ? 1000 : 5)
  const code = 'abc'[t > 5]?.charCodeAt(0) ?? t
  const last = (word?.at(-1)?.charCodeAt() ?? 7) + (word?.indexOf('e') ?? 3) + (words[t & 1].includes('c') ? 1 : 2)
  return [left + code + last, apply(Math.hypot, 3, t, 4) + apply(Math.atan2, 3, t) + chosen[t & 1](t, 100)]
}
