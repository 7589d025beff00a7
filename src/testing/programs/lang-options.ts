/** Options that may lack what is asked for, the rest of objects, and texts of objects with a method for them. */
const options = (o) => [o.hz ?? 440, o.gain || 0.5, o.pan !== undefined ? o.pan : 0.25, o.shape ? o.shape(2) : 1, o.env?.attack ?? 3]
class Tone {
  constructor(given) {
    given = given || {}
    const { name = 'tone', ...rest } = given
    this.name = name
    this.count = rest.octave ?? 1
    this.level = typeof rest.level === 'number' ? rest.level : -1
    if (!rest.muted) this.count += 10
  }
  toString() {
    return `${this.name}:${this.count}`
  }
}
const all = [{}, { hz: 220, gain: 2 }, { pan: 1, shape: (x) => x * 3 }, { env: { attack: 9 } }]
const values = [...options(all[0]), ...options({ hz: 220, gain: 2 }), ...options({ shape: (x) => x * 3, pan: 1 }), ...options({ env: { attack: 9 } })]
const tones = [new Tone(), new Tone({ name: 'lead', level: 0.5, octave: 3 }), new Tone({ muted: true })]
const text = `${tones[0]} ${tones[1]} ` + tones[2]
const lengths = [text.length, text.indexOf('lead:13'), tones.join('').length, text === 'tone:11 lead:13 tone:1' ? 1 : 0]
const given = { a: 1, b: 2, c: 3 }

export default () => {
  given.b = currentFrame
  const { a, ...others } = given
  const { ...copy } = others
  copy.c++
  const n = currentFrame % values.length
  return [values[n] + tones[n % 3].level, others.b + others.c + copy.c * 10 + lengths[n % 4] + a]
}
