// What is not a number stays so up to the output.
const none = [1, 2]
export default () => (currentFrame % 4 === 3 ? [none[7] + 1, 0 / 0] : [currentFrame % 4, -1])
