// Parts of strings that are not known while compiling: cut at the top level, and by frames that use them at once.
const texts = ['0123456789', 'a', '', ' 12 ', 'x,y,,z', ',', '  ', 'ab ab ab']
const places = [0, 1, 2, 3, -1, -2, 5, 100, -100, 1.7, NaN, Infinity, -Infinity]
const sum = (text) => [...text].reduce((total, c, i) => total + c.charCodeAt(0) * (i + 1), text.length * 1e4)
const cuts = texts.flatMap((text) =>
  places.flatMap((a) => places.flatMap((b) => [text.slice(a, b), text.substring(a, b), text.substr(a, b)].map(sum))),
)
const starts = texts.flatMap((text) => places.flatMap((a) => [text.slice(a), text.substring(a), text.substr(a)].map(sum)))
const parts = texts.flatMap((text) => [',', ' ', '', 'ab', 'b a', 'long'].map((by) => text.split(by)))
const lines = (song) => song.split('|').map((line) => line.trim().split(' ').map(Number))
const song = lines('1 2 3 | 40 50 | 6.5 -7 ')
const names = 'kick snare hat'.split(texts[7][2])
const find = (name) => names.indexOf(name) * 10 + (names.includes(name) ? 1 : 0)
const same = (a, b) => (a === b ? 1 : 0) + (a == b ? 2 : 0) + (a !== b ? 4 : 0) + (a < b ? 8 : 0) + (a > b ? 16 : 0)
const mixed = [names[0], 5, 'hat', names[2], '5', texts[0].slice(5, 6)]
const kind = (name) => {
  switch (name) {
    case 'kick':
      return 1
    case 'snare':
      return 2
    default:
      return 3
  }
}

export default () => {
  const n = currentFrame
  const hex = '0a1b2c3d4e5f'
  const at = n % 12
  const text = texts[n % 8]
  return [
    (cuts[n * 5] ?? 0) + (starts[n] ?? 0) + parts[n % 48].length * 1e3 + parts[n % 48].reduce((x, y) => x + sum(y), 0),
    parseInt(hex.substr(at, 2), 16) +
      Number(texts[0].slice(at, at + 3)) +
      (hex.slice(at, at + 1) === 'a' ? 1e3 : 0) +
      hex.substr(at, 1).charCodeAt(0) +
      (text.substring(1, n % 5) == 'b' ? 1 : 0) +
      text.slice(n % 3).length +
      +(text.startsWith('a') && 1) +
      +(text.endsWith(names[2].slice(2)) && 1) +
      text.lastIndexOf(' ') +
      song[n % 3][n % 3] +
      find(n & 1 ? 'snare' : names[n % 3]) +
      same(names[n % 3], n & 4 ? 'hat' : names[(n >> 1) % 3]) +
      same(mixed[n % 6], mixed[(n >> 2) % 6]) +
      kind(names[n % 3]) +
      '1,22,333'.slice(n % 4).split(',')[0] * 1 +
      (n & 8 ? texts[7] : texts[4]).split(' ').length,
  ]
}
