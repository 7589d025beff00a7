// Arrays of several kinds: what is where is known, as long as nobody writes to them.
const osc = () => { let p = 0; return (f) => (p = (p + f) % 1) }
const voices = [[osc(), 0.01, 'ab'], [osc(), 0.02, 'c']]
const song = [[1, 'x'], [2, 'yz'], [3, '']]
const pair = () => [currentFrame % 7, 'q']
const changed = [1, 'a', 2]
changed[2] = 'b'
export default () => {
  let sum = 0
  for (const [voice, step, name] of voices) sum += voice(step) * name.length
  for (let i = 0; i < song.length; i++) sum += song[i][0] * song[i][1].length
  const [n, letter] = pair()
  return [sum, n + (letter === 'q') + changed.length + (changed[2] === 'b')]
}
