// Places that only the program itself knows to be there: searching, filtering and events, whose queues are not asked.
const xs = [5, 3, 8, 1, 9, 2]
const notes = [60, 62, 67]
let level = 0
let seen = 0
every(0.001, (time, count) => { level = notes[count % notes.length] + count })
after(0.0005, function again(time, value) {
  seen += value
  after(0.0007, again, value + 1)
}, 1)
export default () => {
  const i = currentFrame % 6
  const large = xs.filter((x) => x > i)
  return [level + seen / 8, large.length * 10 + xs.indexOf(i) + (xs.includes(i + 4) ? 0.5 : 0) + large[0]]
}
