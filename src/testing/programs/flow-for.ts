// for loops, up and down, empty ones, without parts.
export default () => {
  const n = currentFrame % 9
  let s = 0
  for (let i = 0; i < n; i++) s += i * i
  for (let i = n; i-- > 0; ) s = s * 0.5 + i
  for (let i = 5; i < n; i += 2);
  let k = 0
  for (;;) {
    if (k > n) break
    k += 2
  }
  let outer
  for (outer = 0.25; outer < 3; outer *= 2) s += outer
  return [s, k + outer]
}
