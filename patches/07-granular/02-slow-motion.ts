// Slow motion
//
// Listen to two bars of music box, then to the same two bars at a tenth of the speed. Change `speed` first.
// Tags: granular, time stretch, music box

const speed = 0.1 // 1 as it was, 0 stands still, -1 backwards
const pitch = 1 // of what is stretched: 2 an octave up, 0.5 an octave down
const grainSeconds = 0.16
const jitter = 0.012 // seconds by which each grain misses its place: none sounds metallic
const overlap = 4 // grains that sound at once, on each side
const tune = [76, 71, 79, 76, 83, 79, 78, 74, 76, 71, 67, 71, 74, 69, 66, 69]
const noteSeconds = 0.25

// A tape, as long as the tune.
const tapeSeconds = tune.length * noteSeconds
const tape = new Float32Array(Math.round(tapeSeconds * sampleRate))
const readTape = (frame) => {
  const whole = Math.floor(frame)
  const a = tape[mod(whole, tape.length)]
  const b = tape[mod(whole + 1, tape.length)]
  return lerp(a, b, frame - whole)
}

// A grain: a short piece of the tape under a bell curve. It chooses its place when it begins.
function grain(i, seed) {
  const life = phasor(i / overlap)
  const chance = lfNoise0(seed)
  let before = 2
  let start = 0
  return (place) => {
    const x = life(1 / grainSeconds)
    const miss = chance(200)
    if (x < before) start = place + miss * jitter * sampleRate
    before = x
    const age = x * grainSeconds * sampleRate
    return (0.5 - 0.5 * Math.cos(TAU * x)) * readTape(start + age * pitch)
  }
}

const left = Array.from({ length: overlap }, (_, i) => grain(i, i + 1))
const right = Array.from({ length: overlap }, (_, i) => grain(i + 0.5, i + 31))
const tines = [0, 1, 2, 3].map(() =>
  modal([1, 2.01, 5.4, 9.1], [1, 0.3, 0.22, 0.1], [1.4, 0.9, 0.3, 0.12]),
)
const bass = modal([1, 2.01, 3.03], [1, 0.2, 0.1], [2.6, 1.2, 0.5])
const strike = edge()
const hall = fdnReverb(1.6)

let frame = 0 // since the beginning
let place = 0 // on the tape

export default () => {
  const seconds = frame / sampleRate
  const recording = seconds < tapeSeconds

  // First the music box plays, and is recorded.
  const step = Math.floor(seconds / noteSeconds) % tune.length
  const trig = strike(recording && seconds % noteSeconds < 0.01 ? 1 : 0)
  let high = 0
  for (let i = 0; i < 4; i++) {
    // Each tine plays every fourth note and rings on in between.
    const last = step - mod(step - i, 4)
    high += tines[i](step % 4 === i ? 0.45 * trig : 0, mtof(tune[mod(last, tune.length)]))
  }
  const low = bass(step % 4 === 0 ? 0.3 * trig : 0, mtof(tune[step] - 31))
  const live = high + low
  if (recording) tape[frame] = live * Math.min(1, (tapeSeconds - seconds) / 0.05)
  frame += 1

  // Then the grains walk over the tape at their own speed, the right ones a little behind.
  let l = 0
  let r = 0
  if (!recording) {
    place += speed
    for (let i = 0; i < overlap; i++) {
      l += left[i](place)
      r += right[i](place - 0.02 * sampleRate)
    }
  }

  const near = recording ? live : 0
  const wet = hall([0.5 * near + 0.5 * l, 0.5 * near + 0.5 * r], 3.5, 0.35)
  return [0.6 * near + 0.42 * l + 0.45 * wet[0], 0.6 * near + 0.42 * r + 0.45 * wet[1]]
}
