// break and continue belong to the innermost loop.
export default () => {
  const n = currentFrame % 13
  let s = 0
  let seen = 0
  for (let i = 0; i < 8; i++) {
    if (i === n) continue
    for (let j = i; j < 8; j++) {
      if (j === 6) break
      if ((i + j) % 3 === 0) continue
      let k = 0
      while (true) {
        if (++k > j) break
        if (k % 2) continue
        s += i * k
      }
      seen++
    }
    if (i > n + 3) break
  }
  return [s, seen]
}
