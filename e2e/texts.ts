/** Patches whose sound is known. */

/** A sine of `turns` turns a frame and the given peak, left and right alike. */
export const tone = (turns: number, gain: number): string => `// test tone
const turns = ${turns}
const gain = ${gain}

function sine() {
  let phase = 0
  return (step) => {
    phase += step
    if (phase >= 1) phase -= 1
    return Math.sin(2 * Math.PI * phase)
  }
}

const osc = sine()

export default () => gain * osc(turns)
`;
