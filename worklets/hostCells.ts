/**
 * The cells of an arena that the host writes, checked when its batch is taken. In: what the batch lists. Out: the same without what
 * does not lie in the arena, and values that fit. Audio thread and Node.
 */

import { MAX_BLOCK_FRAMES, SYMBOLS_START } from '../src/protocol/arena.ts';
import { valueInRange } from '../src/protocol/controlRange.ts';
import {
  type ControlInput,
  type HostInputs,
  MIDI_ROOM,
  MIDI_WORDS,
  type MidiInput,
  NO_HOST_INPUTS,
  type ProbeCells,
  type SoundInputCells,
} from '../src/protocol/hostInputs.ts';
import { MAX_PRINT_SITES, PRINT_WORDS, type PrintCells } from '../src/protocol/printed.ts';

const F64_BYTES = 8;

/** Behind the header, within the arena, and where an f64 may lie. */
const isInside = (offset: number, bytes: number, sizeBytes: number): boolean =>
  Number.isInteger(offset) && offset % F64_BYTES === 0 && offset >= SYMBOLS_START && offset + bytes <= sizeBytes;

export function checkedInputs(inputs: HostInputs | undefined, sizeBytes: number): HostInputs {
  if (!inputs) return NO_HOST_INPUTS;
  const isMidi = ({ arrivedOffset, inboxOffset }: MidiInput): boolean =>
    isInside(arrivedOffset, F64_BYTES, sizeBytes) &&
    isInside(inboxOffset, F64_BYTES * MIDI_WORDS * MIDI_ROOM, sizeBytes);
  const isSound = ({ startOffset, leftOffset, rightOffset }: SoundInputCells): boolean =>
    isInside(startOffset, F64_BYTES, sizeBytes) &&
    [leftOffset, rightOffset].every((offset) => isInside(offset, F64_BYTES * MAX_BLOCK_FRAMES, sizeBytes));
  const isProbe = ({ lastOffset, leastOffset, mostOffset }: ProbeCells): boolean =>
    [lastOffset, leastOffset, mostOffset].every((offset) => isInside(offset, F64_BYTES, sizeBytes));
  const isPrint = ({ usedOffset, roomOffset, wordsOffset, countsOffset }: PrintCells): boolean =>
    [usedOffset, roomOffset].every((offset) => isInside(offset, F64_BYTES, sizeBytes)) &&
    isInside(wordsOffset, F64_BYTES * PRINT_WORDS, sizeBytes) &&
    isInside(countsOffset, F64_BYTES * MAX_PRINT_SITES, sizeBytes);
  const isCell = (offset: number | null): boolean => offset === null || isInside(offset, F64_BYTES, sizeBytes);
  return {
    ...inputs,
    midi: inputs.midi && isMidi(inputs.midi) ? inputs.midi : null,
    sound: inputs.sound && isSound(inputs.sound) ? inputs.sound : null,
    print: inputs.print && isPrint(inputs.print) ? inputs.print : null,
    // All or none: they are told by their numbers.
    probes: inputs.probes.every(isProbe) ? inputs.probes : [],
    controls: inputs.controls.filter(({ offset, secondOffset }) => isCell(offset) && isCell(secondOffset)),
  };
}

/** What a control may have of what somebody asks for. */
export function fitting(input: ControlInput, value: number, instead: number): number {
  if (input.kind === 'toggle' || input.kind === 'button') return value > 0 ? 1 : 0;
  return valueInRange(value, input, instead);
}
