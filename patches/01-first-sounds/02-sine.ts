// A sine that sings
//
// Listen for one pure tone that slides from note to note. Change `slide` or a number in `notes` first.
// Tags: sine, glide, vibrato

const notes = [220, 262, 330, 294, 247, 330, 392, 247] // Hz
const seconds = 1.6 // for each note
const slide = 6 // how fast it gets to the next note: 2 is lazy, 50 jumps
const trembling = 0.006 // vibrato, in parts of the pitch
const gain = 0.3

let hz = notes[0]
let phase = 0 // where the sine is, in turns
let vibrato = 0 // where the vibrato is

export default (t) => {
  const target = notes[Math.floor(t / seconds) % notes.length]
  hz += ((target - hz) * slide) / sampleRate

  // The voice trembles more the longer it has been on a note.
  vibrato += 5.2 / sampleRate
  const depth = trembling * ((t / seconds) % 1)

  // A sine of so many turns a second is a tone of so many Hz.
  phase += (hz * (1 + depth * Math.sin(2 * Math.PI * vibrato))) / sampleRate
  const tone = Math.sin(2 * Math.PI * phase)

  // A little of the octave warms it, and each note swells.
  const warm = tone + 0.15 * Math.sin(4 * Math.PI * phase)
  const swell = 0.6 + 0.4 * Math.sin((Math.PI * t) / seconds) ** 2
  return gain * swell * warm
}
