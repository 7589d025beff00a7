// Members by strings that are known while compiling, and by numbers.
const which = 'gain'
const voice = { [which]: 3, bright: 4, [`x${1}`]: 5, 0: 2, twice: (x) => x * 2 }
const steps = { 0: 3, 1: 5 }
const { 0: first, [which]: gain, ['ze' + 'ro']: zero = 9 } = voice
const { 1: second, ['len' + 'gth']: size } = [7, 8]

voice[which] += 2
steps['1'] = 6

export default () => {
  const t = currentFrame
  voice['x' + 1] = t
  const left = voice[which] * t + voice['br' + 'ight'] + voice.x1 + voice[0] + voice['twice'](t)
  return [left + Math['floor'](t / 3) * Math['P' + 'I'], steps[0] + steps[1] + [t]['0'] + [2, 3]['map']((x) => x * t)[1] + first + gain + zero + second * size]
}
