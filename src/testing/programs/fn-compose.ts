// Functions made of functions, before the sound starts.
const compose = (f, g) => (x) => f(g(x))
const add = (n) => (x) => x + n
const times = (n) => (x) => x * n
const line = compose(add(1), times(3))
const twice = compose(line, line)
let f = add(0)
for (let i = 1; i < 5; i++) f = compose(f, i % 2 ? add(i) : times(i))
export default () => [line(currentFrame), twice(currentFrame % 10) + f(currentFrame & 7)]
