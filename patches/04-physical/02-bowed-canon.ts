// Canon for three bows
//
// Listen for one melody that follows itself, over an open string. Change `press` first, then `behind`.
// Tags: bowed, violin, cello, canon, slow

const bpm = 54
const press = 0.55 // how hard the bow presses: 0.2 whispers, 0.9 scratches
const behind = 4 // beats until the next player begins the same
const vibrato = 0.12 // semitones
const gain = 0.4

// A line in D minor that fits to itself four beats later. Two notes to a beat; 0 holds the note before.
const melody = [
  74, 0, 0, 72, 70, 0, 69, 0, 65, 0, 67, 69, 70, 0, 0, 69, 67, 0, 69, 0, 65, 0, 64, 0, 62, 0, 64,
  65, 69, 0, 0, 0,
]

function player(index) {
  const string = bowedString()
  const arm = lag()
  const finger = glide()
  const shake = sine(index / 3)
  const tremble = lfNoise2(index + 3)
  const deepen = lag()
  let note = 62
  let held = 0 // seconds on this note
  return (beats, octave) => {
    const place = Math.floor(beats * 2)
    const row = melody[mod(place, melody.length)]
    const isNew = row > 0 && row + octave !== note
    if (isNew) {
      note = row + octave
      held = 0
    }
    held += 1 / sampleRate
    const depth = deepen(held > 0.25 ? vibrato : 0, 0.8)
    const hz = mtof(ftom(finger(mtof(note), 0.06)) + depth * shake(5.3) + 0.03 * tremble(3))
    // Nobody plays before it is their turn, and each bow swells a little with the beat.
    const playing = beats >= 0 ? 1 : 0
    const swell = 0.8 + 0.2 * Math.sin(Math.PI * mod(beats / 2, 1))
    return string(arm(playing * press * swell, 0.4), hz, 0.45 + 0.1 * swell, 0.12)
  }
}

const violin = player(0)
const viola = player(1)
const cello = player(2)
const open = bowedString()
const openArm = lag()
const hall = hallReverb()

export default () => {
  const a = violin(currentBeat, 0)
  const b = viola(currentBeat - behind, -12)
  const c = cello(currentBeat - 2 * behind, -24)
  const drone = open(openArm(0.35, 3), mtof(38), 0.4, 0.14)

  const sides = [0.6 * a + 0.45 * b + 0.25 * c, 0.25 * a + 0.45 * b + 0.6 * c]
  const dry = [sides[0] + 0.25 * drone, sides[1] + 0.25 * drone]
  const wet = hall(dry, 3, 0.35)
  return gainStereo(addStereo(dry, gainStereo(wet, 0.4)), gain)
}
