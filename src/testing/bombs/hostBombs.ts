/** Programs with as many things of the outside as fit: each name has a module of the library's for itself. Tests only. */

import { MAX_CONTROLS } from '../../protocol/controls.ts';
import { type Bomb, numbered, SOUND, upTo } from './bomb.ts';

const manyAtTop = (name: string, line: (n: string) => string): Bomb => ({
  name: `very many ${name}`,
  text: numbered(SOUND, (n) => `${line(n.toString(36))}\n`) + SOUND,
});

/** As many as there may be, so that they play. */
const asManyAs = (what: string, line: (n: string) => string): Bomb => ({
  name: `as many ${what} as there may be`,
  text:
    upTo(MAX_CONTROLS)
      .map((n) => `${line(n.toString(36))}\n`)
      .join('') + SOUND,
});

export const hostBombs: readonly Bomb[] = [
  asManyAs('sliders', (n) => `slider('${n}')`),
  asManyAs('pads', (n) => `xy('${n}')`),
  asManyAs('probes', (n) => `probe(1,'${n}')`),
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
