// A remainder by what a test has found not to be 0 is not asked for where the test says otherwise.
let rest = 5
let count = 0
export default () => {
  skip: {
    if (rest < 1) break skip
    rest %= rest
    count++
  }
  if (currentFrame % 3 === 2) rest = 5
  return [rest / 8, count / 64]
}
