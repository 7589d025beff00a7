/** Instructions on pairs in the binary format: WebAssembly Core Specification, section 5.4.10. */

import type { ByteWriter } from '../compiler/emit/byteWriter.ts';
import type { ExtractValue, LaneValue, PairValue } from './ssa.ts';

const PREFIX = 0xfd;

const CODES: Readonly<Record<LaneValue['name'], number>> = {
  'v128.not': 77,
  'v128.and': 78,
  'v128.or': 80,
  'v128.bitselect': 82,
  'f64x2.eq': 71,
  'f64x2.ne': 72,
  'f64x2.lt': 73,
  'f64x2.gt': 74,
  'f64x2.le': 75,
  'f64x2.ge': 76,
  'f64x2.ceil': 116,
  'f64x2.floor': 117,
  'f64x2.trunc': 122,
  'f64x2.nearest': 148,
  'f64x2.abs': 236,
  'f64x2.neg': 237,
  'f64x2.sqrt': 239,
  'f64x2.add': 240,
  'f64x2.sub': 241,
  'f64x2.mul': 242,
  'f64x2.div': 243,
  'f64x2.min': 244,
  'f64x2.max': 245,
};

const SPLAT = 20;
const EXTRACT = 33;
const REPLACE = 34;

/** The operands are on the stack. */
export function laneCode(out: ByteWriter, value: LaneValue | PairValue | ExtractValue): void {
  const op = (code: number): void => {
    out.byte(PREFIX);
    out.u32(code);
  };
  switch (value.op) {
    case 'lanes':
      op(CODES[value.name]);
      return;
    case 'extract':
      op(EXTRACT);
      out.byte(value.lane);
      return;
    case 'pair':
      throw new Error(`optimise: a pair is written by its parts (${SPLAT}, ${REPLACE})`);
  }
}
