// Sixteen state variable filters on noise, whose cutoffs move.
function svf() {
  let low = 0;
  let band = 0;
  return (x: number, hz: number, q: number) => {
    const g = Math.tan((Math.PI * hz) / sampleRate);
    const k = 1 / q;
    const high = (x - low - (g + k) * band) / (1 + g * (g + k));
    const v = band + g * high;
    const y = low + g * v;
    band = v + g * high;
    low = y + g * v;
    return y;
  };
}

const filters = Array.from({ length: 16 }, (_, i) => ({ next: svf(), hz: 200 + 150 * i, rate: 0.3 + i / 10 }));
let seed = 1;

export default (t: number) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
  const noise = seed / 2 ** 31;
  let sum = 0;
  for (const f of filters) sum += f.next(noise, f.hz * (1 + 0.5 * Math.sin(2 * Math.PI * f.rate * t)), 4);
  return sum / 16;
};
