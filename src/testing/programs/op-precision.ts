// Sums that show how many bits there are.
let tenth = 0
let big = 9007199254740990
export default () => {
  tenth += 0.1
  big += 1
  const third = 1 / 3
  return [tenth - Math.floor(tenth) + third * 3 - 1, big - 9007199254740990 + (0.1 + 0.2 - 0.3)]
}
