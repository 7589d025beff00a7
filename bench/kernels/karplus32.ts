// Thirty-two strings, excited together by noise every half second.
function string(length: number) {
  const line = new Float64Array(length + 1);
  let at = 0;
  return (x: number) => {
    const next = at + 1 > length ? 0 : at + 1;
    const y = x + 0.498 * (line[at] + line[next]);
    line[at] = y;
    at = next;
    return y;
  };
}

const strings = Array.from({ length: 32 }, (_, i) => {
  const length = Math.floor(48000 / (82.41 * 2 ** (i / 12)));
  return { length, next: string(length) };
});
let seed = 0;

export default () => {
  seed = (Math.imul(seed, 1103515245) + 12345) | 0;
  const noise = seed / 2147483647;
  const time = currentFrame % 24000;
  let sum = 0;
  for (const { length, next } of strings) sum += next(time < length ? noise : 0);
  return sum / 32;
};
