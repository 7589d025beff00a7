// A number is both channels.
export default (t) => t * 2 - 1
