/** Numbers read from texts that a frame puts together: in the second tier such a text is values, which nothing else can read. */
const bars = [1, 2, 35]
const names = ['4', '5.5']

export default () => {
  const joined = Number(bars.join('.').slice(0, 3))
  const spelt = parseFloat(`${names[0]}.5`) + parseInt([2, 3].join(''), 8)
  return joined + spelt / 100 + Number(String(12)) / 1000 + currentFrame
}
