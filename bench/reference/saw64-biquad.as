const N: i32 = 64;
const ph = new StaticArray<f32>(N), inc = new StaticArray<f32>(N), b0 = new StaticArray<f32>(N), b1 = new StaticArray<f32>(N);
const a1 = new StaticArray<f32>(N), a2 = new StaticArray<f32>(N), s1 = new StaticArray<f32>(N), s2 = new StaticArray<f32>(N);
export function init(): void {
  for (let i = 0; i < N; i++) {
    inc[i] = <f32>(55.0 * Math.pow(2.0, <f64>i / 12.0)) / SR; ph[i] = 0;
    const w = 2 * Math.PI * (500.0 + 50.0 * <f64>i) / 48000.0, al = Math.sin(w) / (2 * 0.707), c = Math.cos(w), a0 = 1 + al;
    b0[i] = <f32>((1 - c) / 2 / a0); b1[i] = <f32>((1 - c) / a0); a1[i] = <f32>(-2 * c / a0); a2[i] = <f32>((1 - al) / a0);
    s1[i] = s2[i] = 0;
  }
}
export function process(): void {
  for (let n = 0; n < B; n++) {
    let acc: f32 = 0;
    for (let i = 0; i < N; i++) {
      const p = unchecked(ph[i]), d = unchecked(inc[i]), x: f32 = p + p - 1 - blep(p, d);
      unchecked(ph[i] = wrap(p + d));
      const y = unchecked(b0[i]) * x + unchecked(s1[i]);
      unchecked(s1[i] = b1[i] * x - a1[i] * y + s2[i]);
      unchecked(s2[i] = b0[i] * x - a2[i] * y);
      acc += y;
    }
    outL[n] = outR[n] = acc * <f32>(1.0 / 64.0);
  }
}
