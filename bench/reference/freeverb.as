let left: Freeverb = new Freeverb(0), right: Freeverb = new Freeverb(23);
export function init(): void { seed = 0; }
export function process(): void {
  for (let n = 0; n < B; n++) {
    const x = noise() * 0.03;
    outL[n] = left.next(x);
    outR[n] = right.next(x);
  }
}
