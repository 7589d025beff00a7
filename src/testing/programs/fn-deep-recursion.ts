// As deep as a patch may reasonably go.
const depth = (n) => (n <= 0 ? 0 : 1 + depth(n - 1))
export default () => depth(currentFrame % 300) + depth(0.5)
