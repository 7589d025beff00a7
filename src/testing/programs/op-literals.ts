// All the ways to write a number.
const xs = [0xff, 0b1011, 0o17, 1_000_000, .5, 5., 1e3, 1E-3, 0xFFFFFFFF, 1e-320, 123456789012345680000, 0.1e-6, 9007199254740993]
export default () => [xs[currentFrame % xs.length], -xs[(currentFrame * 5) % 13]]
