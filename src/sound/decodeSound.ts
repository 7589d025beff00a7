/**
 * WAV and AIFF files to samples, to the bit and at their own rate. In: bytes, which anybody may have made. Out: channels as f32, or null
 * for what is neither. What is there of a file that was cut off is played. Pure; page, worker and Node.
 */

import type { LoadedSample } from '../protocol/samples.ts';

type Encoding = 'unsigned8' | 'signed8' | 'int16' | 'int24' | 'int32' | 'float32' | 'float64';

interface Layout {
  readonly encoding: Encoding;
  readonly isLittle: boolean;
  readonly channels: number;
  readonly rate: number;
  readonly start: number;
  readonly bytes: number;
}

const SIZES: Readonly<Record<Encoding, number>> = {
  ...{ unsigned8: 1, signed8: 1, int16: 2, int24: 3, int32: 4, float32: 4, float64: 8 },
};
const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
const MAX_CHANNELS = 64;

export function decodeSound(bytes: Uint8Array): LoadedSample | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const layout = readWav(view) ?? readAiff(view);
  if (!layout || !(layout.rate > 0) || layout.channels < 1 || layout.channels > MAX_CHANNELS) return null;
  const size = SIZES[layout.encoding];
  const available = Math.max(0, Math.min(layout.bytes, view.byteLength - layout.start));
  const frames = Math.floor(available / (size * layout.channels));
  if (frames === 0) return null;
  const channels = Array.from({ length: layout.channels }, () => new Float32Array(frames));
  const read = reader(view, layout);
  for (let frame = 0, at = layout.start; frame < frames; frame++) {
    for (const channel of channels) {
      channel[frame] = read(at);
      at += size;
    }
  }
  return { channels, rate: layout.rate };
}

const text = (view: DataView, at: number): string =>
  at + 4 <= view.byteLength ? String.fromCharCode(...[0, 1, 2, 3].map((n) => view.getUint8(at + n))) : '';

/** The chunks of a RIFF or an IFF file: name, start and size. */
function* chunks(view: DataView, isLittle: boolean): Generator<readonly [name: string, start: number, bytes: number]> {
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const bytes = view.getUint32(at + 4, isLittle);
    yield [text(view, at), at + 8, bytes];
    at += 8 + bytes + (bytes & 1);
  }
}

function readWav(view: DataView): Layout | null {
  if (text(view, 0) !== 'RIFF' || text(view, 8) !== 'WAVE') return null;
  let format: Pick<Layout, 'encoding' | 'channels' | 'rate'> | null = null;
  for (const [name, start, bytes] of chunks(view, true)) {
    if (name === 'fmt ' && start + 16 <= view.byteLength) {
      let code = view.getUint16(start, true);
      const bits = view.getUint16(start + 14, true);
      if (code === EXTENSIBLE && start + 26 <= view.byteLength) code = view.getUint16(start + 24, true);
      const encoding =
        code === FLOAT ? FLOATS[bits] : code === PCM ? (bits === 8 ? 'unsigned8' : INTEGERS[bits]) : undefined;
      if (!encoding) return null;
      format = { encoding, channels: view.getUint16(start + 2, true), rate: view.getUint32(start + 4, true) };
    }
    if (name === 'data' && format) return { ...format, isLittle: true, start, bytes };
  }
  return null;
}

const INTEGERS: Readonly<Record<number, Encoding>> = { 8: 'signed8', 16: 'int16', 24: 'int24', 32: 'int32' };
const FLOATS: Readonly<Record<number, Encoding>> = { 32: 'float32', 64: 'float64' };

function readAiff(view: DataView): Layout | null {
  const form = text(view, 8);
  if (text(view, 0) !== 'FORM' || (form !== 'AIFF' && form !== 'AIFC')) return null;
  let format: Pick<Layout, 'encoding' | 'channels' | 'rate' | 'isLittle'> | null = null;
  let place: Pick<Layout, 'start' | 'bytes'> | null = null;
  for (const [name, start, bytes] of chunks(view, false)) {
    if (name === 'COMM' && start + 18 <= view.byteLength) {
      const bits = Math.ceil(view.getUint16(start + 6) / 8) * 8;
      const kind = form === 'AIFC' ? text(view, start + 18) : 'NONE';
      const isFloat = /^fl(32|64)$/i.test(kind);
      if (!isFloat && !['NONE', 'twos', 'sowt'].includes(kind)) return null;
      const encoding = isFloat ? FLOATS[Number(kind.slice(2))] : INTEGERS[bits];
      if (!encoding) return null;
      const [channels, rate] = [view.getUint16(start), extended(view, start + 8)];
      format = { encoding, channels, rate, isLittle: kind === 'sowt' };
    }
    if (name === 'SSND' && start + 8 <= view.byteLength) {
      const offset = view.getUint32(start);
      place = { start: start + 8 + offset, bytes: bytes - 8 - offset };
    }
  }
  return format && place && { ...format, ...place };
}

/** An 80-bit float. */
function extended(view: DataView, at: number): number {
  const exponent = (view.getUint16(at) & 0x7fff) - 16383;
  return view.getUint32(at + 2) * 2 ** (exponent - 31) + view.getUint32(at + 6) * 2 ** (exponent - 63);
}

function reader(view: DataView, { encoding, isLittle }: Layout): (at: number) => number {
  switch (encoding) {
    case 'unsigned8':
      return (at) => (view.getUint8(at) - 128) / 2 ** 7;
    case 'signed8':
      return (at) => view.getInt8(at) / 2 ** 7;
    case 'int16':
      return (at) => view.getInt16(at, isLittle) / 2 ** 15;
    case 'int24':
      return isLittle
        ? (at) => (view.getInt16(at + 1, true) * 256 + view.getUint8(at)) / 2 ** 23
        : (at) => (view.getInt16(at) * 256 + view.getUint8(at + 2)) / 2 ** 23;
    case 'int32':
      return (at) => view.getInt32(at, isLittle) / 2 ** 31;
    case 'float32':
      return (at) => view.getFloat32(at, isLittle);
    case 'float64':
      return (at) => view.getFloat64(at, isLittle);
  }
}
