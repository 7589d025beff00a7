// The three globals and t, each frame.
export default (t) => {
  const same = t === currentTime && t === currentFrame / sampleRate
  return [t * 1000 + currentFrame, same ? sampleRate : currentTime]
}
