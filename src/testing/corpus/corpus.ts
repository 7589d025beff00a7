/** All of the corpus: formulas of the bytebeat and floatbeat scene, and small synths, all written for these tests. */
import * as arrays from './formulas/arrays.ts';
import * as assignments from './formulas/assignments.ts';
import * as bits from './formulas/bits.ts';
import * as floats from './formulas/floats.ts';
import * as functions from './formulas/functions.ts';
import * as globals from './formulas/globals.ts';
import * as idioms from './formulas/idioms.ts';
import * as numbers from './formulas/numbers.ts';
import * as players from './formulas/players.ts';
import * as strings from './formulas/strings.ts';
import * as tables from './formulas/tables.ts';
import * as values from './formulas/values.ts';
import type { CorpusGroup } from './patch.ts';
import * as classes from './published/classes.ts';
import * as dictionaries from './published/dictionaries.ts';
import * as engines from './published/engines.ts';
import * as errors from './published/errors.ts';
import * as instruments from './published/instruments.ts';
import * as keys from './published/keys.ts';
import * as kinds from './published/kinds.ts';
import * as machines from './published/machines.ts';
import * as maps from './published/maps.ts';
import * as melodies from './published/melodies.ts';
import * as pieces from './published/pieces.ts';
import * as several from './published/several.ts';
import * as songs from './published/songs.ts';
import * as texts from './published/texts.ts';
import * as envelopes from './synths/envelopes.ts';
import * as lines from './synths/lines.ts';
import * as oscillators from './synths/oscillators.ts';
import * as sequencers from './synths/sequencers.ts';
import * as styles from './synths/styles.ts';
import * as typed from './synths/typed.ts';
import * as vars from './synths/vars.ts';

const groupsOf = (modules: readonly Readonly<Record<string, CorpusGroup>>[]): CorpusGroup[] =>
  modules.flatMap((module) => Object.values(module));

export const formulas: readonly CorpusGroup[] = groupsOf([
  bits,
  values,
  tables,
  strings,
  assignments,
  functions,
  arrays,
  numbers,
  globals,
  idioms,
  floats,
  players,
]);

/** Programs with classes, values of several kinds, and keys that are known only when it runs. */
export const published: readonly CorpusGroup[] = groupsOf([
  classes,
  dictionaries,
  engines,
  errors,
  instruments,
  keys,
  kinds,
  machines,
  maps,
  melodies,
  pieces,
  several,
  songs,
  texts,
]);

export const synths: readonly CorpusGroup[] = [
  ...groupsOf([envelopes, oscillators, lines, sequencers, typed, styles, vars]),
  ...published,
];
