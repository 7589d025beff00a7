// The top level runs once and can compute what it likes.
let primes = 0
let sum = 0
const sieve = new Uint8Array(200)
for (let i = 2; i < 200; i++) {
  if (sieve[i]) continue
  primes++
  sum += i
  for (let j = i * i; j < 200; j += i) sieve[j] = 1
}
if (primes > 40) {
  const extra = 0.5
  sum += extra
}
const sorted = [5, 2, 9, 1, 7, 3]
for (let i = 0; i < sorted.length; i++)
  for (let j = i + 1; j < sorted.length; j++)
    if (sorted[j] < sorted[i]) {
      const swap = sorted[i]
      sorted[i] = sorted[j]
      sorted[j] = swap
    }
export default () => [primes + sieve[currentFrame % 200], sum + sorted[currentFrame % 6]]
