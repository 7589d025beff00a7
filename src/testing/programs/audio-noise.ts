// Noise in three ways, all without Math.random.
let lcg = 1
let xor = 0x12345678
let fib = 1
let last = 0
export default () => {
  lcg = (Math.imul(lcg, 1664525) + 1013904223) | 0
  xor ^= xor << 13
  xor ^= xor >>> 17
  xor ^= xor << 5
  fib = (fib * 16807) % 2147483647
  last += (xor / 2147483648 - last) * 0.1
  return [lcg / 2147483648 + last, fib / 2147483647]
}
