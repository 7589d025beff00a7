// What a list holds when it is called is not all that it will ever hold.
const fs = [() => 1, () => 2]
const early = fs[0]() + fs[1]() * 10
const later = 5
fs[1] = () => later + currentFrame
export default () => early * 100 + fs[currentFrame % 2]()
