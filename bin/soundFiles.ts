/**
 * Samples to files: `.wav` (32-bit float, 44-byte header) and `.f32` (nothing but samples), both interleaved stereo,
 * little-endian. A file appears under its name when it is complete, or not at all.
 */

import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { UsageError } from './command.ts';
import { isDirectory, systemReason } from './patchFiles.ts';
import { beginFile, endFile } from './unfinished.ts';

export type SoundFormat = 'wav' | 'f32';

const FRAME_BYTES = 8;
const WAV_HEADER_BYTES = 44;
/** The sizes in a WAV header are unsigned 32-bit numbers. */
export const MAX_WAV_FRAMES = Math.floor((2 ** 32 - 1 - WAV_HEADER_BYTES) / FRAME_BYTES);

/** The format that the name of a file stands for. */
export function soundFormat(file: string): SoundFormat {
  const extension = path.extname(file).toLowerCase();
  if (extension === '.wav') return 'wav';
  if (extension === '.f32') return 'f32';
  throw new UsageError(`${file} must end in .wav (32-bit float) or .f32 (raw interleaved stereo float32)`);
}

/** Throws if it is already clear that no file can be written there. */
export function checkWritable(name: string, folder: string): void {
  if (!isDirectory(path.dirname(name), folder)) {
    throw new UsageError(`cannot write ${name}: its directory does not exist`);
  }
  if (isDirectory(name, folder)) throw new UsageError(`${name} is a directory`);
}

export interface SoundFileOptions {
  readonly format: SoundFormat;
  readonly sampleRate: number;
  /** Frames that will be written. */
  readonly frames: number;
}

const BUFFER_FRAMES = 8192;

export class SoundFile {
  readonly #name: string;
  readonly #path: string;
  readonly #partPath: string;
  readonly #descriptor: number;
  readonly #buffer = new DataView(new ArrayBuffer(BUFFER_FRAMES * FRAME_BYTES));
  #bufferedFrames = 0;
  #isOpen = true;

  /** `name` is relative to `folder`. */
  constructor(name: string, folder: string, options: SoundFileOptions) {
    this.#name = name;
    this.#path = path.resolve(folder, name);
    this.#partPath = `${this.#path}.${process.pid}.part`;
    beginFile(this.#partPath);
    this.#descriptor = this.#try(() => openSync(this.#partPath, 'w'));
    if (options.format === 'wav') this.#write(wavHeader(options));
  }

  /** Appends the first `frames` samples of both channels. */
  append(left: Float64Array, right: Float64Array, frames: number): void {
    for (let n = 0; n < frames; n++) {
      const offset = this.#bufferedFrames * FRAME_BYTES;
      this.#buffer.setFloat32(offset, left[n], true);
      this.#buffer.setFloat32(offset + 4, right[n], true);
      if (++this.#bufferedFrames === BUFFER_FRAMES) this.#flush();
    }
  }

  /** The file is complete. */
  finish(): void {
    this.#flush();
    this.#close();
    this.#try(() => renameSync(this.#partPath, this.#path));
    endFile(this.#partPath);
  }

  /** Leaves nothing behind. */
  discard(): void {
    this.#close();
    this.#remove();
  }

  #remove(): void {
    rmSync(this.#partPath, { force: true });
    endFile(this.#partPath);
  }

  #close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#try(() => closeSync(this.#descriptor));
  }

  #flush(): void {
    this.#write(new Uint8Array(this.#buffer.buffer, 0, this.#bufferedFrames * FRAME_BYTES));
    this.#bufferedFrames = 0;
  }

  #write(bytes: Uint8Array): void {
    this.#try(() => {
      for (let written = 0; written < bytes.length; ) {
        written += writeSync(this.#descriptor, bytes, written, bytes.length - written);
      }
    });
  }

  #try<Result>(action: () => Result): Result {
    try {
      return action();
    } catch (error) {
      this.#remove();
      throw new UsageError(`cannot write ${this.#name}: ${systemReason(error)}`);
    }
  }
}

/** RIFF header of a WAVE file with two channels of IEEE float samples. */
function wavHeader({ sampleRate, frames }: SoundFileOptions): Uint8Array {
  const FORMAT_IEEE_FLOAT = 3;
  const dataBytes = frames * FRAME_BYTES;
  const view = new DataView(new ArrayBuffer(WAV_HEADER_BYTES));
  const tag = (offset: number, text: string) => {
    for (let n = 0; n < text.length; n++) view.setUint8(offset + n, text.charCodeAt(n));
  };
  tag(0, 'RIFF');
  view.setUint32(4, WAV_HEADER_BYTES - 8 + dataBytes, true);
  tag(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, FORMAT_IEEE_FLOAT, true);
  view.setUint16(22, 2, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * FRAME_BYTES, true);
  view.setUint16(32, FRAME_BYTES, true);
  view.setUint16(34, 32, true);
  tag(36, 'data');
  view.setUint32(40, dataBytes, true);
  return new Uint8Array(view.buffer);
}
