/** The Fourier transform for tables that are made at the top level. Patch language; for the library's own use. */

/**
 * In place, X[k] = Σ x[n]·e^(−2πikn/size), for sizes that are powers of two (Cooley and Tukey).
 * @internal
 */
export function tableTransform(re: Float64Array, im: Float64Array): void {
  const size = re.length;
  let reversed = 0;
  for (let n = 1; n < size; n++) {
    let bit = size >> 1;
    while ((reversed & bit) !== 0) {
      reversed ^= bit;
      bit >>= 1;
    }
    reversed ^= bit;
    if (n < reversed) {
      const x = re[n];
      const y = im[n];
      re[n] = re[reversed];
      im[n] = im[reversed];
      re[reversed] = x;
      im[reversed] = y;
    }
  }
  for (let half = 1; half < size; half *= 2) {
    for (let k = 0; k < half; k++) {
      const angle = (Math.PI * k) / half;
      const c = Math.cos(angle);
      const s = -Math.sin(angle);
      for (let i = k; i < size; i += 2 * half) {
        const j = i + half;
        const x = re[j] * c - im[j] * s;
        const y = re[j] * s + im[j] * c;
        re[j] = re[i] - x;
        im[j] = im[i] - y;
        re[i] += x;
        im[i] += y;
      }
    }
  }
}
