// Every assignment with an operator.
let a = 1.5
let b = 77
let c = -3
export default () => {
  a += 3.25
  a -= 1
  a *= 1.5
  a /= 1.25
  a %= 1000.5
  b <<= 3
  b ^= 0x5a5a
  b >>= 1
  b |= 9
  b &= 0xffffff
  c -= 12345.5
  c >>>= 2
  c = c % 7777
  return [a, b + c / 16384]
}
