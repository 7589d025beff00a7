const N: i32 = 32;
const bufs = new StaticArray<StaticArray<f32>>(N), len = new StaticArray<i32>(N), idx = new StaticArray<i32>(N);
let t: i32 = 0;
export function init(): void {
  seed = 0; t = 0;
  for (let i = 0; i < N; i++) {
    len[i] = <i32>(48000.0 / (82.41 * Math.pow(2.0, <f64>i / 12.0)));
    idx[i] = 0;
    bufs[i] = new StaticArray<f32>(len[i] + 1);
  }
}
export function process(): void {
  for (let n = 0; n < B; n++) {
    let acc: f32 = 0;
    const nz = noise(), tm = t % 24000;
    t++;
    for (let i = 0; i < N; i++) {
      const buf = unchecked(bufs[i]), l = unchecked(len[i]), a = unchecked(idx[i]), b = a + 1 > l ? 0 : a + 1;
      const y: f32 = (tm < l ? nz : 0) + <f32>0.498 * (unchecked(buf[a]) + unchecked(buf[b]));
      unchecked(buf[a] = y); unchecked(idx[i] = b);
      acc += y;
    }
    outL[n] = outR[n] = acc * <f32>(1.0 / 32.0);
  }
}
