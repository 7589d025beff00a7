// Sixty-four saws with rounded corners, each through a low-pass of its own.
function saw(hz: number) {
  let phase = 0;
  const step = hz / sampleRate;
  return () => {
    let y = 2 * phase - 1;
    if (phase < step) {
      const x = phase / step;
      y -= x + x - x * x - 1;
    } else if (phase > 1 - step) {
      const x = (phase - 1) / step;
      y -= x * x + x + x + 1;
    }
    phase += step;
    if (phase >= 1) phase -= 1;
    return y;
  };
}

function lowpass(hz: number, q: number) {
  const w = (2 * Math.PI * hz) / sampleRate;
  const alpha = Math.sin(w) / (2 * q);
  const a0 = 1 + alpha;
  const b1 = (1 - Math.cos(w)) / a0;
  const b0 = b1 / 2;
  const a1 = (-2 * Math.cos(w)) / a0;
  const a2 = (1 - alpha) / a0;
  let s1 = 0;
  let s2 = 0;
  return (x: number) => {
    const y = b0 * x + s1;
    s1 = b1 * x - a1 * y + s2;
    s2 = b0 * x - a2 * y;
    return y;
  };
}

const voices = Array.from({ length: 64 }, (_, i) => ({
  osc: saw(55 * 2 ** (i / 12)),
  filter: lowpass(500 + 50 * i, 0.707),
}));

export default () => {
  let sum = 0;
  for (const { osc, filter } of voices) sum += filter(osc());
  return sum / 64;
};
