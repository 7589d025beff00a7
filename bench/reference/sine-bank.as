const N: i32 = 100;
const ph = new StaticArray<f32>(N), inc = new StaticArray<f32>(N);
export function init(): void { for (let i = 0; i < N; i++) { inc[i] = (55 + 31 * <f32>i) / SR; ph[i] = 0; } }
export function process(): void {
  for (let n = 0; n < B; n++) {
    let acc: f32 = 0;
    for (let i = 0; i < N; i++) {
      const p = wrap(unchecked(ph[i]) + unchecked(inc[i]));
      unchecked(ph[i] = p);
      acc += Mathf.sin(TAU * p);
    }
    outL[n] = outR[n] = acc * <f32>(1.0 / 100.0);
  }
}
