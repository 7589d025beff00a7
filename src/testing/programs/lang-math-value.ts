// `Math` passed on: an object of the functions that the text names.
const curve = ({ sqrt, ceil, PI: pi }) => ceil(sqrt(currentFrame)) * pi
const use = (m, x) => m.floor(x * m.SQRT2) + m.abs(-x)
const holder = { math: Math }

export default () => [curve(Math) + use(Math, currentFrame), holder.math.trunc(currentFrame / 3)]
