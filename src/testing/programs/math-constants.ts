// The constants, to the last bit.
const xs = [Math.PI, Math.E, Math.LN2, Math.LN10, Math.LOG2E, Math.LOG10E, Math.SQRT2, Math.SQRT1_2]
export default () => [xs[currentFrame & 7], Math.PI * (currentFrame & 7)]
