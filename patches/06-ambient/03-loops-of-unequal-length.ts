// Loops of unequal length
//
// Listen for chords that never come back. Change `vowel` first: 0 a, 1 e, 2 i, 3 o, 4 u.
// Tags: ambient, voices, loops

const vowel = 3.4
const breath = 0.12 // 0 clear, 1 whispered
const holdSeconds = 4.2
const room = 6 // seconds
const gain = 0.9

// Seven singers each sing one note and wait, every one for a different time (Brian Eno, Music for Airports, 1978).
const loops = [
  { note: 'F3', seconds: 12.3, pan: -0.6 },
  { note: 'Ab3', seconds: 9.7, pan: 0.4 },
  { note: 'C4', seconds: 15.1, pan: -0.2 },
  { note: 'Db4', seconds: 13.9, pan: 0.65 },
  { note: 'Eb4', seconds: 11.3, pan: 0.1 },
  { note: 'F4', seconds: 17.3, pan: -0.75 },
  { note: 'Ab4', seconds: 19.7, pan: 0.3 },
]

// One singer. Their breath, their vibrato and their vowel are never quite the same twice.
function singer(loop, i) {
  const hz = noteHz(loop.note)
  const tape = phasor(0.9 - 0.13 * i)
  const voice = voiceTract()
  const level = asr()
  const soften = lowpass1()
  const wander = lfNoise2(i + 1)
  const vibrato = sine(0.3 * i)
  const mouth = lfNoise2(i + 31)
  return () => {
    const place = tape(1 / loop.seconds) * loop.seconds
    const sings = level(place < holdSeconds ? 1 : 0, 1.6, 5)
    // The vibrato begins when the note has settled.
    const depth = 0.006 * smoothstep(place, 1, 3)
    const pitch = hz * (1 + depth * vibrato(5.1 + 0.2 * i) + 0.003 * wander(0.7))
    const colour = vowel + 0.5 * mouth(0.3) - 1.2 * (1 - smoothstep(place, 0, 2.5))
    return soften(sings * voice(pitch, clamp(colour, 0, 4), breath + 0.5 * (1 - sings)), 1800)
  }
}

const singers = loops.map(singer)
const hall = hallReverb()
const hum = sine()
const humFifth = sine()
const humLevel = sine(0.75)
const tapeHiss = pinkNoise(9)

export default () => {
  let left = 0
  let right = 0
  for (let i = 0; i < singers.length; i++) {
    const [l, r] = pan2(singers[i](), loops[i].pan)
    left += l
    right += r
  }
  const wet = hall([left, right], room, 0.45, 0.04)
  const low =
    0.022 * (0.6 + 0.4 * humLevel(0.031)) * (hum(noteHz('Db2')) + 0.5 * humFifth(noteHz('Ab2')))
  const hiss = 0.004 * tapeHiss()
  return [
    gain * (0.5 * left + 0.7 * wet[0] + low + hiss),
    gain * (0.5 * right + 0.7 * wet[1] + low - hiss),
  ]
}
