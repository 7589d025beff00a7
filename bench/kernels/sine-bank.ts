// A hundred sines, each a closure with a phase of its own.
function oscillator(hz: number) {
  let phase = 0;
  const step = hz / sampleRate;
  return () => {
    phase += step;
    if (phase >= 1) phase -= 1;
    return Math.sin(2 * Math.PI * phase);
  };
}

const bank = Array.from({ length: 100 }, (_, i) => oscillator(55 + 31 * i));

export default () => {
  let sum = 0;
  for (const next of bank) sum += next();
  return sum / 100;
};
