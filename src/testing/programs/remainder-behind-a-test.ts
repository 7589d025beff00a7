// A remainder by what a test has found not to be 0 is not asked for where the test says otherwise.
let rest = 5
let count = 0
export default () => {
  skip: {
    if (rest < 1) break skip
    rest %= rest
    count++
  }
  return [rest / 8 + 0.125, count / 4]
}
