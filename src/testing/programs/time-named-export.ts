// The default export may be a name.
const gain = 0.5
const play = (t) => gain * (t % 0.01)
export default play
