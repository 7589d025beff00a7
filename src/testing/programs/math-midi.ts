// What music needs of pow, exp and log: pitches and decibels.
export default () => {
  const midi = (currentFrame % 1280) / 10
  const hz = 440 * Math.pow(2, (midi - 69) / 12)
  const db = (currentFrame % 120) - 100
  const back = 69 + 12 * Math.log2(hz / 440)
  return [hz + back, 10 ** (db / 20) + Math.exp(db * 0.1151292546497023) + Math.log10(1 + hz)]
}
