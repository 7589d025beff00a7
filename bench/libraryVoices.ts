/** Twenty functions of the library in a large patch: what a piece that grew has of it. In: the text of `largePatch`. Out: a text. */

/** Each by itself, so that the patch names twenty. */
const VOICES: readonly (readonly [name: string, made: string, played: string])[] = [
  ['sine', 'sine()', '(110)'],
  ['triangle', 'triangle()', '(165)'],
  ['square', 'square()', '(55)'],
  ['pulse', 'pulse()', '(82, 0.3)'],
  ['lfSaw', 'lfSaw()', '(2)'],
  ['lfTri', 'lfTri()', '(3)'],
  ['syncSaw', 'syncSaw()', '(110, 173)'],
  ['fmPair', 'fmPair()', '(220, 2, 1.5)'],
  ['dsfOsc', 'dsfOsc()', '(98)'],
  ['pinkNoise', 'pinkNoise()', '()'],
  ['brownNoise', 'brownNoise()', '()'],
  ['lfNoise1', 'lfNoise1()', '(4)'],
  ['highpass', 'highpass()', '(x, 300)'],
  ['bandpass', 'bandpass()', '(x, 900)'],
  ['notch', 'notch()', '(x, 1200)'],
  ['peaking', 'peaking()', '(x, 2000, 3)'],
  ['moogLadder', 'moogLadder()', '(x, 1500)'],
  ['dcBlock', 'dcBlock()', '(x)'],
  ['combFilter', 'combFilter(0.05)', '(x, 0.02, 0.4)'],
  ['overdrive', 'overdrive()', '(x, 2)'],
];
/** Lines that the text grows by. */
export const LIBRARY_LINES = VOICES.length + 3;

export function withLibrary(text: string): string {
  const declared = VOICES.map(([name, made]) => `const ${name}Voice = ${made}`);
  const sum = VOICES.map(([name, , played]) => `${name}Voice${played}`).join(' + ');
  const call = 'const send = echoes((left + right) * 0.3)';
  const entry = 'export default () => {';
  if (!text.includes(call) || !text.includes(entry)) throw new Error('libraryVoices: another patch was expected');
  const voices = [...declared, `const libraryVoices = (x) => (${sum}) / 40`, '', entry].join('\n');
  return text.replace(entry, voices).replace(call, `left += libraryVoices(right)\n  ${call}`);
}
