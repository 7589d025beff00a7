// The bits of a counter as a sound.
export default (t) => {
  const n = Math.floor(t * 8000)
  const a = (n * ((n >> 5) | (n >> 3))) & 255
  const b = ((n * 5) & (n >> 3)) | ((n * 3) & (n >> 6))
  return [a / 128 - 1, (b & 255) / 128 - 1]
}
