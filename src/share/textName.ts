/** Tells texts apart without holding them: two hashes after FNV-1a, with different primes, and the length. Pure. */
export function textName(text: string): string {
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (let n = 0; n < text.length; n++) {
    const unit = text.charCodeAt(n);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b);
    b ^= b >>> 13;
  }
  return `${text.length}.${(a >>> 0).toString(36)}.${(b >>> 0).toString(36)}`;
}
