const N: i32 = 16;
const low = new StaticArray<f32>(N), band = new StaticArray<f32>(N), hz = new StaticArray<f32>(N), rate = new StaticArray<f32>(N);
let frame: i32 = 0;
export function init(): void {
  seed = 1; frame = 0;
  for (let i = 0; i < N; i++) { hz[i] = 200 + 150 * <f32>i; rate[i] = 0.3 + <f32>i / 10; low[i] = band[i] = 0; }
}
export function process(): void {
  for (let n = 0; n < B; n++) {
    seed = seed * 1664525 + 1013904223;
    const x = <f32>(<i32>seed) * <f32>(1.0 / 2147483648.0), t = <f32>(frame++) / SR;
    let acc: f32 = 0;
    for (let i = 0; i < N; i++) {
      const f = unchecked(hz[i]) * (1 + <f32>0.5 * Mathf.sin(TAU * unchecked(rate[i]) * t)), g = Mathf.tan(PI * f / SR), k: f32 = 0.25;
      const l = unchecked(low[i]), b = unchecked(band[i]);
      const high = (x - l - (g + k) * b) / (1 + g * (g + k)), v = b + g * high, y = l + g * v;
      unchecked(band[i] = v + g * high); unchecked(low[i] = y + g * v);
      acc += y;
    }
    outL[n] = outR[n] = acc * <f32>(1.0 / 16.0);
  }
}
