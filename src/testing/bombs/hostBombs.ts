/** Programs with as many things of the outside as fit: each name has a module of the library's for itself. Tests only. */

import { type Bomb, numbered, SOUND } from './bomb.ts';

const manyAtTop = (name: string, line: (n: string) => string): Bomb => ({
  name: `very many ${name}`,
  text: numbered(SOUND, (n) => `${line(n.toString(36))}\n`) + SOUND,
});

export const hostBombs: readonly Bomb[] = [
  manyAtTop('sliders', (n) => `slider('${n}',1)`),
  manyAtTop('pads', (n) => `xy('${n}')`),
  manyAtTop('sound files', (n) => `sample('${n}')`),
  manyAtTop('players', (n) => `samplePlayer('${n}')`),
  manyAtTop('events', (n) => `after(0x${n.length},()=>0)`),
  manyAtTop('lines that print', (n) => `console.log('${n}')`),
  {
    name: 'very many probes',
    text: `export default () => {\n${numbered(SOUND, (n) => `probe(1,'${n.toString(36)}')\n`)}return 0.1 }`,
  },
];
