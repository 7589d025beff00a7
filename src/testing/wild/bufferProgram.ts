/**
 * Patches with arrays of megabytes, which an edit leaves where they are: written and read at rolling places, at their ends
 * and beyond, through views and by copies within. In: a seed. Out: a text that JavaScript plays to the end. Tests only.
 */

import type { Seeded } from '../random/seeded.ts';

const TYPED = ['Float64Array', 'Float32Array', 'Int16Array', 'Uint8Array'];
const BYTES: Readonly<Record<string, number>> = { Float64Array: 8, Float32Array: 4, Int16Array: 2, Uint8Array: 1 };
const FAR = [
  '-1',
  'NaN',
  '2 ** 28',
  '2 ** 29',
  '2 ** 31',
  '2 ** 32',
  '1e9',
  '0.5',
  '-(2 ** 31)',
  'Infinity',
  '2 ** 30 + 1',
];

export function bufferProgram(random: Seeded): string {
  const buffers = Array.from({ length: random.between(1, 3) }, (_, n) => {
    const name = random.pick(TYPED);
    // More than an edit copies, so that it is left where it is.
    const sizeBytes = n === 0 ? random.between(2_200_000, 3_000_000) : random.between(60_000, 600_000);
    const length = Math.floor(sizeBytes / (BYTES[name] ?? 1));
    return { name: `buffer${n}`, text: `const buffer${n} = new ${name}(${length});`, length };
  });
  const one = (): string => random.pick(buffers).name;
  const at = (name: string): string =>
    random.pick([
      `(currentFrame * 7919) % ${name}.length`,
      `${name}.length - 1`,
      `${name}.length - 1 - currentFrame`,
      `${name}.length`,
      'currentFrame',
      'n & 1023',
      random.pick(FAR),
    ]);
  const act = (): string => {
    const [a, b] = [one(), one()];
    return random.pick([
      `${a}[${at(a)}] = currentFrame % 100;`,
      `${a}[${at(a)}] += 1;`,
      `${a}.fill(currentFrame % 7, ${a}.length - 9);`,
      `${a}.copyWithin(${a}.length - 40, currentFrame, currentFrame + 40);`,
      `${a}.subarray(${a}.length - 8)[currentFrame % 10] = 5;`,
      `n = (n * 5 + 1) % 65536;`,
      `heard += ${b}[${at(b)}] ?? 0.25;`,
      `heard += ${b}[${b}.length - 1 - currentFrame % 9] + window${random.below(2)}[${at(a)}];`,
      `window${random.below(2)}[${random.pick(['0', '7', 'currentFrame', '-1', '2 ** 29'])}] = 3 + n % 5;`,
    ]);
  };
  const view = (n: number): string => {
    const { name, length } = random.pick(buffers);
    const from = random.below(length);
    return `const window${n} = ${name}.subarray(${from}, ${from + random.between(1, 5000)});`;
  };
  const parts = [...buffers.map(({ text }) => text), view(0), view(1), 'const small = [1, 2, 3];', 'let n = 1;'];
  const body = Array.from({ length: random.between(3, 7) }, act).join('\n');
  return `${parts.join('\n')}
const keep = (x) => (x === x && x < 1e9 && x > -1e9 ? x : 0.5);
export default () => {
let heard = 0;
${body}
small[currentFrame % 3] = keep(heard);
return [keep(heard), small[(currentFrame + 1) % 3] + n]
}
`;
}
