/**
 * Small texts that ask for much: no more than 2 KB, as they fit into a link, each of one kind. What becomes of them is that
 * they are answered soon, whatever the answer. Used in Node (bombs.long.test.ts) and in the page (e2e). Tests only.
 */

import type { Bomb } from './bomb.ts';
import { hostBombs } from './hostBombs.ts';
import { memoryBombs } from './memoryBombs.ts';
import { parserBombs } from './parserBombs.ts';
import { textBombs } from './textBombs.ts';
import { typeBombs } from './typeBombs.ts';
import { workBombs } from './workBombs.ts';

export const bombs: readonly Bomb[] = [
  ...parserBombs,
  ...typeBombs,
  ...textBombs,
  ...workBombs,
  ...memoryBombs,
  ...hostBombs,
];
