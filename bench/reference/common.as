// What all kernels in AssemblyScript begin with; see kernels.c.
const SR: f32 = 48000, B: i32 = 128, PI: f32 = 3.14159265358979, TAU: f32 = 6.28318530717959;
const outL = new StaticArray<f32>(B), outR = new StaticArray<f32>(B);
export function outl(): usize { return changetype<usize>(outL); }
export function outr(): usize { return changetype<usize>(outR); }
// @ts-ignore: decorator
@inline function wrap(p: f32): f32 { return p >= 1 ? p - 1 : p; }
// @ts-ignore: decorator
@inline function blep(t: f32, dt: f32): f32 {
  if (t < dt) { t /= dt; return t + t - t * t - 1; }
  if (t > 1 - dt) { t = (t - 1) / dt; return t * t + t + t + 1; }
  return 0;
}
let seed: u32 = 0;
// @ts-ignore: decorator
@inline function noise(): f32 { seed = seed * 1103515245 + 12345; return <f32>(<i32>seed) * <f32>(1.0 / 2147483647.0); }
class Comb {
  buf: StaticArray<f32>; at: i32 = 0; fs: f32 = 0; n: i32;
  constructor(n: i32) { this.n = n; this.buf = new StaticArray<f32>(n); }
  // @ts-ignore: decorator
  @inline next(x: f32): f32 {
    const i = this.at, y = unchecked(this.buf[i]);
    this.fs = y * 0.8 + this.fs * 0.2;
    unchecked(this.buf[i] = x + this.fs * 0.84);
    this.at = i + 1 >= this.n ? 0 : i + 1;
    return y;
  }
}
class Allpass {
  buf: StaticArray<f32>; at: i32 = 0; n: i32;
  constructor(n: i32) { this.n = n; this.buf = new StaticArray<f32>(n); }
  // @ts-ignore: decorator
  @inline next(x: f32): f32 {
    const i = this.at, y = unchecked(this.buf[i]);
    unchecked(this.buf[i] = x + y * 0.5);
    this.at = i + 1 >= this.n ? 0 : i + 1;
    return y - x;
  }
}
class Freeverb {
  combs: StaticArray<Comb>; aps: StaticArray<Allpass>;
  constructor(spread: i32) {
    const c: StaticArray<i32> = [1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617], a: StaticArray<i32> = [556, 441, 341, 225];
    this.combs = new StaticArray<Comb>(8); this.aps = new StaticArray<Allpass>(4);
    for (let k = 0; k < 8; k++) this.combs[k] = new Comb(c[k] + spread);
    for (let k = 0; k < 4; k++) this.aps[k] = new Allpass(a[k] + spread);
  }
  // @ts-ignore: decorator
  @inline next(x: f32): f32 {
    let y: f32 = 0;
    for (let k = 0; k < 8; k++) y += unchecked(this.combs[k]).next(x);
    for (let k = 0; k < 4; k++) y = unchecked(this.aps[k]).next(y);
    return y;
  }
}
