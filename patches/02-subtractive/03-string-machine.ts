// String machine
//
// Listen for one bright wave that turns into an orchestra on its way through three choruses. Change `ensemble` first.
// Tags: strings, chorus, phaser, chords, slow

const ensemble = slider('ensemble', 0.8) // how much the choruses stir
const phaserHz = 0.12 // sweeps a second
const brightness = 4500 // Hz
const chordSeconds = 6
const gain = 0.36

const chords = ['Cm9', 'Abmaj9', 'Ebmaj9', 'Bbadd9', 'Fm9', 'Gm7', 'Abmaj9', 'G7sus4']
const notes = chords.map((name) => chordNotes(name, 3).slice(0, 4))
const roots = [36, 32, 39, 34, 41, 31, 32, 31]

// A key of the machine: a pulse that grows when its note comes and never quite stops.
function key(index) {
  const wave = pulse(index / 5)
  const octave = pulse(index / 7)
  const swell = lag()
  const wait = delayFrames(48_000)
  return (target) => {
    // Each key moves to the new chord a little later than the one below it.
    const hz = wait(target, Math.floor(0.06 * index * sampleRate))
    const level = swell(hz === target ? 1 : 0.6, 0.6)
    return level * (wave(hz, 0.35) + 0.4 * octave(hz * 2, 0.25))
  }
}

const keys = Array.from({ length: 4 }, (_, i) => key(i))
const bass = saw()
const bassSlide = glide()
const tone = lowpass()
const thin = highpass()
const phase = phaser(8)
const first = chorus()
const second = chorus()
const hall = hallReverb()

export default (t) => {
  const bar = Math.floor(t / chordSeconds) % chords.length
  let sum = 0
  for (let i = 0; i < 4; i++) sum += keys[i](mtof(notes[bar][i]))
  sum = 0.2 * sum + 0.25 * bass(bassSlide(mtof(roots[bar]), 0.08))

  const thinned = thin(tone(sum, brightness, 0.6), 90)
  const swept = phase(thinned, phaserHz, 0.8, 0.3)
  const slow = first(swept, 0.6, ensemble(), 0.6)
  const fast = second(swept, 5.4, 0.12 * ensemble(), 0.6)
  const dry = addStereo(slow, fast)
  return gainStereo(addStereo(dry, gainStereo(hall(dry, 3.5, 0.35), 0.4)), gain)
}
