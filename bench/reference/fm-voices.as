const N: i32 = 16;
const car = new StaticArray<f32>(N), mod = new StaticArray<f32>(N), cinc = new StaticArray<f32>(N), minc = new StaticArray<f32>(N);
const ind = new StaticArray<f32>(N);
export function init(): void {
  for (let i = 0; i < N; i++) {
    const hz = 110.0 * (1.0 + <f64>i / 7.0), ratio = 1.0 + <f64>(i % 5) / 2.0;
    cinc[i] = <f32>(hz / 48000.0); minc[i] = <f32>(hz * ratio / 48000.0); ind[i] = 0.5 + <f32>i / 8; car[i] = mod[i] = 0;
  }
}
export function process(): void {
  for (let n = 0; n < B; n++) {
    let acc: f32 = 0;
    for (let i = 0; i < N; i++) {
      const m = wrap(unchecked(mod[i]) + unchecked(minc[i])), c = wrap(unchecked(car[i]) + unchecked(cinc[i]));
      unchecked(mod[i] = m); unchecked(car[i] = c);
      acc += Mathf.sin(TAU * c + unchecked(ind[i]) * Mathf.sin(TAU * m));
    }
    outL[n] = outR[n] = acc * <f32>(1.0 / 16.0);
  }
}
