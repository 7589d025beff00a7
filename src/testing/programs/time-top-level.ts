// The top level sees frame 0 and the sample rate; a function that it calls, too.
const read = () => currentFrame * 1000 + currentTime
const start = read()
const frames = Math.round(sampleRate * 0.001)
const line = new Float64Array(frames)
export default () => {
  const y = line[currentFrame % frames]
  line[currentFrame % frames] = read()
  return [start + y, frames]
}
