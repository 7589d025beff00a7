// An envelope as a machine of states.
const attack = 0
const decay = 1
const hold = 2
const release = 3
let state = release
let level = 0
export default () => {
  if (currentFrame % 600 === 10) state = attack
  if (currentFrame % 600 === 400) state = release
  if (state === attack) {
    level += 0.01
    if (level >= 1) {
      level = 1
      state = decay
    }
  } else if (state === decay) {
    level *= 0.995
    if (level < 0.6) state = hold
  } else if (state === release) level = level > 1e-4 ? level * 0.98 : 0
  return [level, state]
}
