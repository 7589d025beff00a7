// A first sine
//
// Change a number while it plays: the tone carries on from where it is.

const pitch = 220 // Hz: try 165, 330, 440
const gain = 0.4 // how loud, 0 to 1
const drift = 0.4 // Hz between the left and the right ear
const breath = 0.12 // swells a second

// A factory: each call makes an oscillator with a phase of its own, counted in turns from 0 to 1.
function sine() {
  let phase = 0
  return (hz) => {
    phase += hz / sampleRate
    if (phase >= 1) phase -= 1
    return Math.sin(2 * Math.PI * phase)
  }
}

const left = sine()
const right = sine()
const swell = sine()

// Called once for every frame of sound, 48000 times a second or so. Returns [left, right].
export default () => {
  const level = gain * (0.7 + 0.3 * swell(breath))
  return [level * left(pitch), level * right(pitch + drift)]
}
