// Talking chords
//
// Listen for words that are none, spoken by five saws. Change `phrase` first: vowels, s, t, and a dash for a rest.
// Tags: spectral, vocoder, voice, synth

const phrase = 'ae-i-sou-ta--iea-to-ui-sa-eo----' // a letter for each sixteenth
const bpm = 92
const voicePitch = 110 // Hz, of the speaker
const brightness = 0.35 // how much of the hiss comes through directly
const bands = 16
const chords = [
  [48, 60, 63, 67, 70],
  [44, 56, 63, 67, 72],
  [51, 58, 62, 65, 70],
  [46, 58, 62, 65, 69],
]

// For each step: which vowel, -1 for none, and whether it hisses or pops.
const letters = phrase.split('')
const vowels = letters.map((letter) => 'aeiou'.indexOf(letter))
const hisses = letters.map((letter) => (letter === 's' ? 1 : 0))
const pops = letters.map((letter) => (letter === 't' ? 1 : 0))
const kickRow = pattern('9......7..8.....')
const bassRow = pattern('9..8..9...7.....')

const clock = stepClock(4, 0.1)
const speaker = voiceTract()
const breath = whiteNoise(1)
const hissTone = highpass()
const vowelGate = asr()
const hissGate = asr()
const popGate = decayEnv()
const mouth = lag()
const melody = lag()
const carrier = chords[0].map((_, i) => saw(0.21 * i))
const speak = vocoder(bands, 120, 7500)
const widen = chorus()
const kick = kickDrum()
const hat = hiHat()
const snap = handClap()
const sub = triangle()
const subLevel = perc()
const duck = ducker()
const echoes = pingPong(2)
const room = plateReverb()

let place = 0
let vowel = 0
let chord = 0

export default () => {
  const step = clock(bpm)
  if (step >= 0) {
    place = step % letters.length
    chord = Math.floor(step / 16) % chords.length
    if (vowels[place] >= 0) vowel = vowels[place]
  }
  const at = (row) => (step < 0 ? 0 : row[step % row.length])

  // The speaker: a voice that nobody hears as it is.
  const level = vowelGate(vowels[place] >= 0 ? 1 : 0, 0.025, 0.25)
  const hiss = 0.5 * hissGate(hisses[place], 0.03, 0.12) + 0.7 * popGate(at(pops), 0.06)
  const pitch = melody(voicePitch * (1 + 0.06 * (vowel - 2)), 0.15)
  const air = breath()
  const noise = hiss * hissTone(air, 4500)
  const voice = 1.6 * level * speaker(pitch, mouth(vowel, 0.09), 0.1) + 0.6 * noise

  // What speaks: a chord, and some noise for the consonants.
  let saws = 0
  for (let i = 0; i < carrier.length; i++) saws += carrier[i](mtof(chords[chord][i]))
  const words = widen(8 * speak(0.4 * saws + 0.4 * air, voice, 0.05), 0.7, 0.4, 0.5)

  const k = kick(at(kickRow), 50, 0.35, 0.4)
  const h = hat(step >= 0 && step % 2 === 0 ? (step % 4 === 2 ? 0.8 : 0.4) : 0, 0.06, 0.6)
  const c = snap(step >= 0 && step % 8 === 4 ? 0.7 : 0, 0.22, 0.5)
  const bassHit = at(bassRow)
  const bass = duck(subLevel(bassHit, 0.006, 0.7) * sub(mtof(chords[chord][0] - 12)), k, 0.5)

  const far = echoes(words, (60 / bpm) * 0.75, 0.4)
  const wet = room([words[0] + 0.3 * c, words[1] + 0.3 * c], 0.7, 0.3)
  const hard = 0.48 * k + 0.32 * bass + 0.4 * c
  return [
    hard + 0.9 * words[0] + 0.3 * far[0] + 0.25 * wet[0] + 0.3 * h + 0.4 * brightness * noise,
    hard + 0.9 * words[1] + 0.3 * far[1] + 0.25 * wet[1] + 0.24 * h + 0.4 * brightness * noise,
  ]
}
