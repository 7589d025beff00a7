let ph: f32 = 0, lfo: f32 = 0, p1: f32 = 0, p2: f32 = 0, p3: f32 = 0, p4: f32 = 0, t1: f32 = 0, t2: f32 = 0, t3: f32 = 0, t4: f32 = 0;
const dl = new StaticArray<f32>(18000);
let di: i32 = 0;
let left: Freeverb = new Freeverb(0), right: Freeverb = new Freeverb(23);
export function init(): void {}
export function process(): void {
  const inc: f32 = <f32>110 / SR;
  for (let n = 0; n < B; n++) {
    const x: f32 = 0.5 * (2 * ph - 1 - blep(ph, inc));
    ph = wrap(ph + inc);
    const fc: f32 = 1000 + 800 * Mathf.sin(TAU * lfo);
    lfo = wrap(lfo + <f32>0.5 / SR);
    const g: f32 = 1 - Mathf.exp(-TAU / SR * fc), tx = Mathf.tanh(x - 3.2 * p4);
    p1 += g * (tx - t1); t1 = Mathf.tanh(p1);
    p2 += g * (t1 - t2); t2 = Mathf.tanh(p2);
    p3 += g * (t2 - t3); t3 = Mathf.tanh(p3);
    p4 += g * (t3 - t4); t4 = Mathf.tanh(p4);
    const d = Mathf.tanh(2 * p4), e = unchecked(dl[di]);
    unchecked(dl[di] = d + 0.4 * e);
    if (++di >= 18000) di = 0;
    const m = d + 0.5 * e, input = m * 0.03;
    outL[n] = 0.7 * m + 0.3 * left.next(input);
    outR[n] = 0.7 * m + 0.3 * right.next(input);
  }
}
