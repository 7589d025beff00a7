// Characters at places and of codes that are not known while compiling.
const song = 'hello world'
const chr = String.fromCharCode

export default () => {
  const t = currentFrame
  const left = (song.charAt(t % 13) === 'o' ? 5 : 1) + (song.charAt(t % 13) === '' ? 100 : 0) + +'123'.charAt(t % 5)
  const back = (song.at(-(t % 14)) === 'h' ? 7 : 2) + (song.at(t % 30) === undefined ? 50 : 1)
  const right = chr(t & 127).charCodeAt(0) + (chr(65 + (t % 3)) === 'B' ? 1000 : 0)
  return [left + back, right + 'ABC'.indexOf(String.fromCharCode(65.5 + (t % 5))) + String.fromCharCode(65, 66, 67).length]
}
