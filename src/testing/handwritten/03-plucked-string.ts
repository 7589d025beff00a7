// Plucked strings: six delay lines that ring like a guitar
//
// A burst of noise runs round a loop as long as one period of the note. Each round loses a little of
// its treble, as a string does (Karplus and Strong, 1983).

const bpm = 96
const ring = 3.5 // seconds until a string has faded by 60 dB
const damping = 0.4 // treble lost in each round: 0 is steel, 0.5 is nylon
const pick = 0.22 // where the string is plucked: 0.5 is the middle, hollow; 0.05 near the bridge, thin
const echo = 0.32 // loudness of the echoes
const gain = 1.5

// One chord a bar, one note for each string, in MIDI numbers: Dadd9, Bm11, Gmaj9, Asus4.
const chords = [
  [38, 45, 50, 57, 64, 66],
  [35, 47, 50, 57, 64, 66],
  [43, 47, 50, 57, 62, 66],
  [45, 52, 57, 59, 62, 64],
]

// Which string each eighth note plucks, and how hard.
const pattern = [0, 3, 2, 4, 1, 5, 3, 4, 0, 4, 2, 5, 1, 3, 4, 2]
const force = [1, 0.5, 0.6, 0.7, 0.8, 0.9, 0.5, 0.6, 0.9, 0.6, 0.6, 0.8, 0.8, 0.5, 0.7, 0.5]

const hz = (midi) => 440 * Math.pow(2, (midi - 69) / 12)

// Numbers from -1 to 1 without order, the same ones each time.
function noise(seed) {
  let x = seed
  return () => {
    x = (Math.imul(x, 1664525) + 1013904223) | 0
    return x / 2147483648
  }
}

// One string. Call it once a frame; a force above 0 plucks it, and only then it takes the new pitch.
function string(seed) {
  const line = new Float64Array(4096)
  const hiss = noise(seed)
  let f = 110
  let loss = 0
  let at = 0 // where the line is written next
  let burst = 0 // frames of noise still to come
  let strength = 0
  let soft = 0 // the noise with its edge taken off,
  let softer = 0 // twice
  let tuned = 0 // the allpass filter's last output,
  let before = 0 // and its last input
  return (pitch, pluck) => {
    if (pluck > 0) {
      f = pitch
      loss = Math.pow(0.001, 1 / (f * ring))
      burst = Math.floor(sampleRate / f)
      strength = pluck
    }
    const period = sampleRate / f - damping
    const whole = Math.floor(period - 0.4)
    // The rest of the period, between 0.4 and 1.4 frames, is made by an allpass filter.
    const rest = period - whole
    const a = (1 - rest) / (1 + rest)

    // The harder it is plucked, the brighter it is.
    const edge = 0.06 + 0.2 * strength * strength
    let force = 0
    if (burst > 0) {
      burst -= 1
      force = strength * hiss()
    }
    soft += (force - soft) * edge
    softer += (soft - softer) * edge

    const arriving = line[(at - whole) & 4095]
    const last = tuned
    tuned = a * (arriving - tuned) + before
    before = arriving
    const y = softer + loss * ((1 - damping) * tuned + damping * last)
    line[at] = y
    // Plucking at a point silences the overtones that stand still there.
    const mirrored = line[(at - Math.floor(whole * pick)) & 4095]
    at = (at + 1) & 4095
    return y - mirrored
  }
}

// Echoes that go from side to side.
function pingPong(frames) {
  const left = new Float64Array(frames)
  const right = new Float64Array(frames)
  const out = { left: 0, right: 0 }
  let at = 0
  return (l, r) => {
    out.left = left[at]
    out.right = right[at]
    left[at] = 0.6 * l + 0.45 * out.right
    right[at] = 0.6 * r + 0.45 * out.left
    at = (at + 1) % frames
    return out
  }
}

const strings = Array.from({ length: 6 }, (_, i) => string(i * 7919 + 17))
const stepFrames = Math.round((sampleRate * 60) / bpm / 2)
const echoes = pingPong(stepFrames * 3)

let last = -1 // the eighth note of the frame before

export default () => {
  // currentBeat follows bpm, and continues from where it is when you change that.
  const step = Math.floor(currentBeat * 2)
  const struck = step === last ? -1 : pattern[step % 16]
  last = step
  const chord = chords[Math.floor(step / 8) % 4]
  let left = 0
  let right = 0
  for (let i = 0; i < 6; i++) {
    const y = strings[i](hz(chord[i]), i === struck ? force[step % 16] : 0)
    const pan = 0.5 + (i % 2 === 0 ? -0.06 : 0.06) * i // the lowest string in the middle
    left += y * (1 - pan)
    right += y * pan
  }
  const far = echoes(left, right)
  return [gain * (left + echo * far.left), gain * (right + echo * far.right)]
}
