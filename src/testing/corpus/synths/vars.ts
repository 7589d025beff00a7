/** Small synths in the JavaScript of before `let`: `var`, function expressions and `arguments`. */
import { complete } from '../patch.ts';

export const vars = complete('with var', {
  'globals in one line, and a function per voice': `
var tempo = 140, step, notes = [0, 3, 7, 10], base = 110
var saw = function (x) { return 2 * (x % 1) - 1 }
function lead(t) {
  var n = notes[step % notes.length], f = base * Math.pow(2, n / 12)
  return saw(t * f) * 0.3
}
function bass(t) {
  var f = step % 8 < 4 ? base / 2 : base / 3
  return Math.sin(2 * Math.PI * f * t) * 0.4
}
export default function dsp(t) {
  step = Math.floor(t * 40 * tempo / 60)
  return lead(t) + bass(t)
}
`,
  'a formula with its helpers in front': `
export default (t) => {
  t = t * 8000 | 0
  var a = t >> 4, b = a * 3 & 63, c = (t >> 6 & 3) + 1
  var d = [1, 2, 3, 4][c - 1], e = d > 2 ? t * d : t / d
  return ((a ^ b) + (e & 127)) / 255 - 0.5
}
`,
  'a filter with its state in variables of the top level': `
var low = 0, band = 0, cutoff = 900, q = 0.4
var phase = 0
function svf(input) {
  var f = 2 * Math.sin(Math.PI * cutoff / sampleRate)
  low += f * band
  var high = input - low - q * band
  band += f * high
  return low
}
export default function () {
  phase += 220 / sampleRate
  if (phase > 1) phase -= 1
  cutoff = 500 + 400 * Math.sin(currentFrame / 3000)
  return svf(phase * 2 - 1) * 0.5
}
`,
  'a delay line filled in a loop': `
var SIZE = 700
var line = []
for (var i = 0; i < SIZE; i++) line[i] = Math.sin(i / 20)
var at = 0
export default function (t) {
  var out = line[at]
  var next = (at + 1) % SIZE
  line[at] = (out + line[next]) * 0.498
  at = next
  return out
}
`,
  'voices made in a loop, with a factory around each': `
function Voice(freq) {
  var phase = 0, env = 1
  return {
    tick: function () {
      phase = (phase + freq / sampleRate) % 1
      env *= 0.9995
      return (phase < 0.5 ? 1 : -1) * env
    },
    strike: function () { env = 1 }
  }
}
var voices = [], chord = [220, 277.2, 329.6]
for (var i = 0; i < chord.length; i++) {
  var voice = Voice(chord[i])
  voices.push(voice)
}
var last = -1
export default function (t) {
  var beat = Math.floor(t * 100)
  if (beat != last) {
    last = beat
    voices[beat % voices.length].strike()
  }
  var sum = 0
  for (var i = 0; i < voices.length; i++) sum += voices[i].tick()
  for (var i = 0; i < 2; i++) sum *= 0.8
  return sum / 4
}
`,
  'a mixer of any number of channels': `
function mix() {
  var sum = 0
  for (var i = 0; i < arguments.length; i++) sum += arguments[i]
  return sum / arguments.length
}
function tone(f, shape) {
  if (shape === undefined) shape = 0
  var x = currentFrame * f / sampleRate % 1
  return shape > 0 ? (x < shape ? 1 : -1) : Math.sin(x * 2 * Math.PI)
}
export default () => mix(tone(220), tone(330, 0.3), mix(tone(440), tone(550)))
`,
  'a song in switch, with variables that each case sets': `
export default function (t) {
  var beat = Math.floor(t * 90)
  switch (beat % 4) {
    case 0:
      var freq = 110, gain = 0.5
      break
    case 1:
    case 2:
      freq = 165
      gain = 0.3
      break
    default:
      freq = 220
      gain = 0.2
  }
  for (var k = 1, sum = 0; k <= 4; k++) {
    var partial = Math.sin(2 * Math.PI * freq * k * t)
    sum += partial / k
  }
  return sum * gain / k
}
`,
  'an immediately called function that hides its variables': `
var play = (function () {
  var state = 12345, held = 0, count = 0
  function noise() {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 1073741824 - 1
  }
  return function (rate) {
    if (count++ % rate == 0) held = noise()
    return held
  }
})()
export default function (t) {
  var rate = t < 0.01 ? 3 : 7
  return play(rate) * 0.3
}
`,
});
