// The default export may be a function declaration, with a name and without a parameter.
let n = 0
export default function play() {
  n += 0.25
  return n % 3
}
