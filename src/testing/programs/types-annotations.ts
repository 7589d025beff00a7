// Annotations say what is so anyway: they change nothing.
type Voice = { f: number; on: boolean }
interface Osc {
  (hz: number): number
}
const saw = (start: number): Osc => {
  let phase: number = start
  return (hz: number): number => {
    phase = (phase + hz / sampleRate) % 1
    return phase
  }
}
const voices: Voice[] = [{ f: 100, on: true }, { f: 200, on: false }]
const oscs: readonly Osc[] = voices.map((v) => saw(v.f / 1000))
const first = oscs[0] as Osc
const list: Array<number> = [1, 2, 3]
export default (t: number): [number, number] => [first(voices[0]!.f), oscs[1](300) + list[currentFrame % 3] + (t as number)]
