// The output may be a boolean.
export default () => [currentFrame % 3 === 0, !(currentFrame % 5 < 2)]
