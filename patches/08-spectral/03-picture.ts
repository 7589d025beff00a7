// A picture in the spectrum
//
// Listen to a drawing: left to right is time, up is pitch. Change `picture` first, and look at the spectrogram.
// Tags: spectral, stft, drawing, pentatonic

const picture = [
  '.....................##.........',
  '....................#..#........',
  '...#................#..#........',
  '..###...............#..#....#...',
  '...#.....#.........#....#..###..',
  '........###........#....#...#...',
  '.........#.........#....#.......',
  '...#..............#......#......',
  '..#.#.............#......#.....#',
  '.#...#.......#...#........#...#.',
  '#.....#.....#.#..#........#..#..',
  '.......#...#...##..........##...',
  '........#.#.....................',
  '.........#......................',
]
const columnSeconds = 0.25
const scale = scaleNotes('majorPentatonic')
const lowest = 57 // MIDI, the bottom row
const width = 0.9 // bins: narrow whistles, wide breathes
const blur = 0.35 // columns that run into each other: 0 is sharp
const gain = 3.4

const size = 1024
const rows = picture.length
const columns = picture[0].length
const rowHz = picture.map((_, row) => mtof(degree(rows - 1 - row, scale, lowest)))
const cells = picture.map((row) =>
  Array.from({ length: columns }, (_, i) => (row[i] === '#' ? 1 : 0)),
)

// How much of each row reaches each bin: a bell curve around the row's pitch, as wide as `width`.
const reach = 3
const firstBin = rowHz.map((hz) => Math.max(1, Math.round((hz * size) / sampleRate) - reach))
const share = rowHz.map((hz, row) =>
  Array.from({ length: 2 * reach + 1 }, (_, i) => {
    const distance = firstBin[row] + i - (hz * size) / sampleRate
    return Math.exp((-distance * distance) / (width * width))
  }),
)

let column = 0
const mask = new Float64Array(size / 2 + 1)

// What is left of a spectrum of noise when the picture is laid over it.
function draw(re, im) {
  mask.fill(0)
  const first = Math.floor(column) % columns
  const next = (first + 1) % columns
  const into = smoothstep(column % 1, 1 - Math.max(blur, 0.01), 1)
  for (let row = 0; row < rows; row++) {
    const ink = lerp(cells[row][first], cells[row][next], into)
    if (ink === 0) continue
    for (let i = 0; i < share[row].length; i++) mask[firstBin[row] + i] += ink * share[row][i]
  }
  for (let k = 0; k < re.length; k++) {
    re[k] *= mask[k]
    im[k] *= mask[k]
  }
}

const noise = whiteNoise(1)
const drawn = stft(size, draw)
const widen = chorus()
const hall = fdnReverb(1.8)
const tick = impulse()
const drop = marimba()
const low = sine()

export default () => {
  column += 1 / (columnSeconds * sampleRate)
  if (column >= columns) column -= columns
  const [l, r] = widen(drawn(noise()), 0.3, 0.6, 0.5)
  const wet = hall([l, r], 4, 0.3)

  // A bar of wood counts the columns by eight; below, the root of the scale.
  const beat = drop(0.5 * tick(1 / (8 * columnSeconds)), mtof(lowest - 12), 0.3)
  const floor = 0.008 * low(mtof(lowest - 12))
  return [
    gain * (l + 0.6 * wet[0]) + 0.2 * beat + floor,
    gain * (r + 0.6 * wet[1]) + 0.2 * beat + floor,
  ]
}
