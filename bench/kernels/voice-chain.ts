// One voice and its effects: a saw, a ladder whose cutoff sways, a drive, an echo, and Freeverb.
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

function lfo(hz: number) {
  let phase = 0;
  return () => {
    const y = Math.sin(2 * Math.PI * phase);
    phase += hz / sampleRate;
    if (phase >= 1) phase -= 1;
    return y;
  };
}

function ladder(resonance: number) {
  const poles = Array.from({ length: 4 }, () => ({ y: 0, bent: 0 }));
  return (x: number, cutoffHz: number) => {
    const g = 1 - Math.exp((-2 * Math.PI * cutoffHz) / sampleRate);
    let input = Math.tanh(x - resonance * poles[3].y);
    for (const pole of poles) {
      pole.y += g * (input - pole.bent);
      pole.bent = Math.tanh(pole.y);
      input = pole.bent;
    }
    return poles[3].y;
  };
}

function echo(length: number, feedback: number) {
  const line = new Float64Array(length);
  let at = 0;
  return (x: number) => {
    const y = line[at];
    line[at] = x + feedback * y;
    if (++at >= length) at = 0;
    return y;
  };
}

function comb(length: number) {
  const line = new Float64Array(length);
  let at = 0;
  let damped = 0;
  return (x: number) => {
    const y = line[at];
    damped = y * 0.8 + damped * 0.2;
    line[at] = x + damped * 0.84;
    if (++at >= length) at = 0;
    return y;
  };
}

function allpass(length: number) {
  const line = new Float64Array(length);
  let at = 0;
  return (x: number) => {
    const y = line[at];
    line[at] = x + y * 0.5;
    if (++at >= length) at = 0;
    return y - x;
  };
}

function reverb(spread: number) {
  const combs = [1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617].map((length) => comb(length + spread));
  const allpasses = [556, 441, 341, 225].map((length) => allpass(length + spread));
  return (x: number) => {
    let y = 0;
    for (const next of combs) y += next(x);
    for (const next of allpasses) y = next(y);
    return y;
  };
}

const tone = saw(110);
const sway = lfo(0.5);
const filter = ladder(3.2);
const delay = echo(18000, 0.4);
const left = reverb(0);
const right = reverb(23);

export default () => {
  const driven = Math.tanh(2 * filter(0.5 * tone(), 1000 + 800 * sway()));
  const mixed = driven + 0.5 * delay(driven);
  return [0.7 * mixed + 0.3 * left(mixed * 0.03), 0.7 * mixed + 0.3 * right(mixed * 0.03)];
};
