// A generator as it is found in books: exact up to 2 ** 53, wrapped only where it says so.
let exact = 12345
let wrapped = 12345
let unsigned = 1
export default () => {
  exact = (exact * 1103515245 + 12345) % 2147483648
  wrapped = (wrapped * 1664525 + 1013904223) | 0
  unsigned = (unsigned * 69069 + 1) >>> 0
  return [exact / 2147483648 + (wrapped >> 16), unsigned / 4294967296 + (wrapped & 0xff)]
}
