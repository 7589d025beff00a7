// Phase music
//
// Listen for two players of one figure who drift apart and lock again. Change `drift` first.
// Tags: phase, minimal, piano, marimba, process

const bpm = 132
const drift = 0.01 // by how much the second player is faster while it moves on
const holdSeconds = 9 // together
const moveSeconds = 60 / bpm / 4 / drift // until the second player is one step ahead
const gain = 0.36

// Twelve notes, which two hands share: low ones and high ones in turn.
const figure = [64, 71, 66, 73, 69, 76, 66, 71, 64, 74, 69, 73]

// A struck string with a hammer of felt.
function keys() {
  const body = fmPair()
  const string = fmPair()
  const thump = perc()
  const ring = perc()
  let hz = 330
  return (trig, note) => {
    if (trig > 0) hz = mtof(note)
    const knock = thump(trig, 0.001, 0.25)
    const loud = ring(trig, 0.002, 1.1 * Math.sqrt(330 / hz))
    return loud * (0.7 * body(hz, 1, 0.9 * knock + 0.15) + 0.3 * string(hz * 1.002, 3, 0.5 * knock))
  }
}

// Two hands, so that a note may ring on while the next is played.
function player() {
  const hands = [keys(), keys(), keys()]
  const notes = [64, 64, 64]
  const clock = stepClock(4)
  return (tempo) => {
    const step = clock(tempo)
    let hand = -1
    if (step >= 0) {
      hand = step % 3
      notes[hand] = figure[step % figure.length]
    }
    let x = 0
    for (let i = 0; i < 3; i++) {
      x += hands[i](i === hand ? (step % 6 === 0 ? 0.9 : 0.65) : 0, notes[i])
    }
    return x
  }
}

const first = player()
const second = player()
const wood = marimba()
const slowClock = stepClock(1)
const room = plateReverb()

let low = 40

export default (t) => {
  // Hold, then run ahead, and so on.
  const cycle = t % (holdSeconds + moveSeconds)
  const ahead = cycle < holdSeconds ? 0 : drift
  const a = first(bpm)
  const b = second(bpm * (1 + ahead))

  // A low note every three beats, to walk on.
  const beat = slowClock(bpm)
  const walks = beat >= 0 && beat % 3 === 0
  if (walks) low = [40, 40, 45, 47, 40, 38, 45, 42][Math.floor(beat / 12) % 8]
  const bass = wood(walks ? 0.7 : 0, mtof(low), 0.2)

  const dry = addStereo(pan2(a, -0.65), pan2(b, 0.65), pan2(0.8 * bass, 0))
  return gainStereo(addStereo(dry, gainStereo(room(dry, 0.5, 0.3), 0.2)), gain)
}
