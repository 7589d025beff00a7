// sin, cos and tan over the arguments that patches use.
export default () => {
  const x = (currentFrame - 1000) * 0.0317
  return currentFrame & 1 ? [Math.sin(x), Math.cos(x)] : [Math.tan(x), Math.sin(x * 1000.7)]
}
