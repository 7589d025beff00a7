// Freeverb on noise: eight combs side by side and four allpasses in a row, for each of two channels.
function comb(length: number) {
  const line = new Float64Array(length);
  let at = 0;
  let damped = 0;
  return (x: number) => {
    const y = line[at];
    damped = y * 0.8 + damped * 0.2;
    line[at] = x + damped * 0.84;
    if (++at >= length) at = 0;
    return y;
  };
}

function allpass(length: number) {
  const line = new Float64Array(length);
  let at = 0;
  return (x: number) => {
    const y = line[at];
    line[at] = x + y * 0.5;
    if (++at >= length) at = 0;
    return y - x;
  };
}

function channel(spread: number) {
  const combs = [1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617].map((length) => comb(length + spread));
  const allpasses = [556, 441, 341, 225].map((length) => allpass(length + spread));
  return (x: number) => {
    let y = 0;
    for (const next of combs) y += next(x);
    for (const next of allpasses) y = next(y);
    return y;
  };
}

const left = channel(0);
const right = channel(23);
let seed = 0;

export default () => {
  seed = (Math.imul(seed, 1103515245) + 12345) | 0;
  const x = (seed / 2147483647) * 0.03;
  return [left(x), right(x)];
};
