/** Bytebeat: songs and tables in strings, and characters where JavaScript makes numbers of them. */
import { bytebeats } from '../patch.ts';

export const digits = bytebeats(
  'digits of strings',
  `
    "4568"[t >> 9 & 3] * t
    '36364689'[t >> 10 & 7] * t >> 2
    "1020304"[(t >> 9) % 7] * t & 127
    t * "12343210"[t >> 9 & 7] / 2
    t*'1357'[t>>11&3]&t>>'4567'[t>>9&3]
    Number('1357'[t >> 9 & 3]) * t
    +'2468'[t >> 9 & 3] * t
    -'1234'[t >> 9 & 3] & t
    ~~'0a1b2c'[(t >> 9) % 6] * t + t
    ('90'[t >> 10 & 1] - 5) * t
    ("5 7 "[t >> 9 & 3] || 2) * t
    ('123'[t >> 9 & 3] ?? 4) * t
    "123"[t >> 9 & 7] * t
    '7351'[t >> 9 & 3] & t
    '1234'[t >> 8 & 3] << 5 ^ t
    t >> '4321'[t >> 9 & 3]
    t % '97531'[(t >> 9) % 5] * 25
    t ^ '13'[t >> 9 & 1] | t >> 4
    ['1324', '5768'][t >> 11 & 1][t >> 9 & 3] * t
    ['12', '345', '6789'][(t >> 11) % 3][t >> 9 & 3] * t
    t * 2 ** ('037a'[t >> 9 & 3] / 12 || 0)
    ('1234'[t >> 9 & 3] - '1') * t
    '1234'[t >> 9 & 3] * '2345'[t >> 10 & 3] * t
    t / '1234'[t >> 9 & 3] + '86'[t >> 11 & 1] * 9
    '0'[t >> 9 & 1] * 5 + t
    ~'1234'[t >> 9 & 3] & t
    Math.max('1234'[t >> 9 & 3], '3142'[t >> 8 & 3]) * t
    Math.pow('12'[t >> 9 & 1], 3) * t
    '1' + '2' - 5 + t ^ t >> 4
    "01"[t >> 9 & 1] == 1 ? t : t * 2
    ('0110'[t >> 9 & 3] == true) * t
    !+'0110'[t >> 9 & 3] * t
  `,
);

export const characters = bytebeats(
  'characters compared and counted',
  String.raw`
    'x..x..x.'[t >> 8 & 7] == 'x' ? t * 5 & 127 : 0
    ('x.x.xx..'[t >> 8 & 7] === 'x') * (t & 127)
    'HELLO'.charCodeAt((t >> 9) % 5) * t >> 5
    "segue".charCodeAt(t >> 8) & t
    t * ('CEGBDFA'.charCodeAt((t >> 10) % 7) - 62)
    t*("AFAC".charCodeAt(t>>10&3)-60)>>2
    'abcdef'[t >> 8 & 7] > 'c' ? t * 3 : t * 2
    ('abcdefgh'[t >> 8 & 7] < 'e') * t
    'ace'[(t >> 9) % 3] != 'c' && t * 3
    'a-b-'[t >> 9 & 3] !== '-' ? t : 0
    "00001111".split("")[t >> 8 & 7] == 1 ? t * 3 & 127 : t & 31
    ['x.x.', 'xx..'][t >> 12 & 1][t >> 9 & 3] === 'x' ? t & 127 : t >> 3 & 15
    isNaN('12c4'[t >> 9 & 3]) ? t >> 2 : t * 3
    'abcabd'.charCodeAt(t % 6) ^ t
    "\x01\x05\x0a\x80".charCodeAt(t >> 9 & 3) * t
    "\u0101\u0203".charCodeAt(t >> 9 & 1) * t >> 6
    'ab' < 'b' ? t * 3 : t
    'k.s.k.ss'[t >> 8 & 7] == 'k' ? 9999 / (t & 255) : 'k.s.k.ss'[t >> 8 & 7] == 's' ? t * t >> 3 & 63 : 0
    'xyz'[t >> 9 & 3] ? t : t * 2
    'x y '[t >> 9 & 3] === ' ' ? t >> 2 : t * 2
    'x y '[t >> 9 & 3] == 0 ? t >> 2 : t * 2
    'tom'.length * t
    't' == 't' && t * 3
    'aZ0'.charCodeAt(2) + 'aZ0'.charCodeAt(9) | t
    ('ab' + 'cd').charCodeAt(t >> 8 & 3) & t
    "x.x."["length"] * t
  `,
);

export const parsedStrings = bytebeats(
  'strings taken apart and parsed',
  `
    parseInt('a2c4e6g8'[t >> 9 & 7], 36) * t >> 3
    parseInt("05790579cc"[(t>>9)%10], 16) * t
    parseInt('101', 2) * t ^ parseInt('zz', 36)
    parseInt('12px') * t
    parseInt("f", 16) & t
    t*parseInt('579c'[t>>10&3],13)>>2
    parseFloat('2.5') * t
    Number('0b101') * t & Number('0xff')
    t * '1.5'
    t * Number('1e1') - Number('') + Number(' 12 ')
    '3' * t ^ '5' - t
    "1" * 2 * t + ("3" - 1)
    '12' / '4' * t
    '0x1f' * t & +'1e2'
    '1234'.split('')[t >> 9 & 3] * t
    '1234'.split('').map(Number)[t >> 9 & 3] * t
    '1234'.split('').map(x => x * t & 31).reduce((a, b) => a + b)
    '1234'.split('').map(x => parseInt(x, 36))[t >> 9 & 3] * t
    [...'1234'].map(Number)[t >> 9 & 3] * t
    [...'1234'][t >> 9 & 3] * t
    [...'135'].map(c => c * t & 127).reduce((a, b) => a + b)
    [...'acd'].map(c => c.charCodeAt(0) - 96)[(t >> 9) % 3] * t
    [...'1356'].reduce((a, c) => a ^ t * c, 0)
    [...'x..x.x..'].map(c => c === 'x')[t >> 8 & 7] * (t & 127)
    Array.from('1357', Number)[t >> 9 & 3] * t
    Array.from('1357')[t >> 9 & 3] * t
    ['1', '2', '4'].map(Number)[(t >> 9) % 3] * t
    [...'123'].map(x => +x * t & 63).reduce((a, b) => a + b)
    [...'8421'].map((x, i) => x * t >> i & 31).reduce((a, b) => a + b)
    (s => s[t >> 9 & 3] * t)('2345')
    ((s, d) => s[t >> d & 3] * t)('2345', 9) & ((s, d) => s[t >> d & 3] * t)('31', 10)
    (s => parseInt(s[(t >> 9) % s.length], 36) * t)('8ab9c') >> 3
    (([a, b]) => a * t ^ b * t)('37')
    !'0' * t + !'' * t
    '7' & t | '16' >> 2
    'length'.length * t
  `,
);

export const namedStrings = bytebeats(
  'strings declared before',
  `
    song[t >> 10 & 7] * t >> 1
    t * (song[(t >> 9) % song.length] - 1)
    beat[t >> 9 & 7] === 'k' ? t & 127 : beat[t >> 9 & 7] === 's' ? t * t & 63 : 0
    parts[t >> 12 & 1][t >> 10 & 3] * t
    parts.map(p => p[t >> 10 & 3] * t & 63).reduce((a, b) => a + b)
    notes[t >> 9 & 7] * t >> 3
    codes[(t >> 10) % 5] & t
    t * tune.charCodeAt(t >> 9 & 7) >> 6
    2 ** ((tune.charCodeAt(t >> 9 & 7) - 72) / 12) * t
    play(song, t >> 9) * t
    play(parts[t >> 13 & 1], t >> 9) * t
    at('0123', 2) * t + at(song, 9) * 2
    twice[t >> 9 & 15] * t
  `,
  {
    before: `
const song = '13561387'
const beat = 'k.s.kks.'
const parts = ['1235', '8642']
const notes = '8acf8acf'.split('').map((c) => parseInt(c, 16))
const codes = [...'tempo'].map((c) => c.charCodeAt(0))
const tune = 'CFHJMKHE'
const play = (text, i) => text[i & 3]
const at = (text, i) => text[i % text.length]
const twice = '1234' + '4321' + song
`,
  },
);

export const templates = bytebeats(
  'template literals',
  `
    t * \`1234\`[t >> 9 & 3]
    \`\${1 + 1}468\`[t >> 9 & 3] * t
    \`x.x.\`[t >> 9 & 3] == \`x\` ? t : 0
    \`ab\${"cd"}\`.charCodeAt(t >> 9 & 3) & t
    \`\\n1\\n3\`[t >> 9 & 3] * t
  `,
);
