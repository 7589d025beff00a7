// A plate on a drone
//
// Listen for four strings that buzz, and for the metal plate behind them. Change `plate` first, then `buzz`.
// Tags: drone, tanpura, plate, reverb, plucked

const tonic = 130.81 // Hz: the middle strings
const pulseSeconds = 1.15 // from string to string
const buzz = slider('buzz', 0.6) // how much the bridge rattles
const plate = slider('plate', 0.93, { max: 0.98 }) // how long the metal rings
const wet = 0.8
const gain = 0.36

// The fifth, the tonic twice, and the tonic an octave below; then a rest.
const order = [0.75, 1.001, 0.999, 0.5, 0]

// A string over a flat bridge: it slaps the wood, and the bent wave feeds the overtones.
function buzzing(index) {
  const string = pluck(30)
  const grit = follow()
  const edge = highpass()
  const glassy = bandpass()
  const sweep = perc()
  return (trig, hz) => {
    const x = string(trig, hz, 9, 0.12, 0.09 + 0.01 * index)
    const level = grit(x, 0.002, 0.15) + 0.0001
    const slap = edge(sineFold(x / level, 1.5 + 2 * buzz()) * level, 500)
    // The brightness wanders up through the overtones after each stroke.
    const formant = hz * (4 + 9 * (1 - sweep(trig, 0.001, 6)))
    return x + buzz() * (0.35 * slap + 1.2 * glassy(slap, formant, 3))
  }
}

const strings = [buzzing(0), buzzing(1), buzzing(2), buzzing(3)]
const clock = stepClock(1)
const under = superSaw(5)
const underTone = lowpass()
const breath = sine()
const metal = plateReverb()
const wobble = [delayLine(0.02), delayLine(0.02)]
const slow = quadSine()

export default () => {
  const step = clock(60 / pulseSeconds)
  const at = step >= 0 ? step % order.length : order.length - 1
  const ratio = order[at]

  let sum = [0, 0]
  for (let i = 0; i < 4; i++) {
    const trig = i === at && ratio > 0 ? [0.8, 0.8, 0.7, 0.5][i] + 0.15 * Math.random() : 0
    sum = addStereo(sum, pan2(strings[i](trig, tonic * order[i]), i * 0.4 - 0.6))
  }
  const low = underTone(toMono(under(tonic / 2, 0.12, 0.6)), 160 + 90 * breath(0.07), 1)
  const dry = addStereo(sum, [0.35 * low, 0.35 * low])

  // The plate is never still: what goes into it sways a little.
  const [sin, cos] = slow(0.4)
  const left = wobble[0](dry[0], 0.008 + 0.0012 * sin)
  const right = wobble[1](dry[1], 0.008 + 0.0012 * cos)
  const sheet = metal([left, right], plate(), 0.15, 0.9)
  return gainStereo(addStereo(gainStereo(dry, 0.7), gainStereo(sheet, wet)), gain)
}
