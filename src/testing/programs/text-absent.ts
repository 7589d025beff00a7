// A character past the end of a text is `undefined`, which is a word where a text is wanted.
const song = 'AC-DF'
export default () => {
  const i = currentFrame % 9
  const digit = parseInt(song[i], 36) + parseInt(song[i], 24) * 3 + (parseInt(song[i], 16) || 0)
  return [digit % 1000, ' 7 '.indexOf(song[i]) + song.indexOf('xD'[i]) * 2 + (song.includes(song[i]) ? 0.5 : 0)]
}
