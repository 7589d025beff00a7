// A default export that is one of several functions.
const loud = (t) => [t, 0.5]
const soft = (t) => [t / 2, 0.25]
export default sampleRate > 1000 ? soft : loud
