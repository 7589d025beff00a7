/**
 * Files of what is heard: a recording from one press to the next, and the last minute after the fact. In: samples of the
 * tape. Out: WAVE files for the browser to save, and how long the one under way is. Main thread.
 */

import type { Tape } from '../engine/tape.ts';
import type { Model } from './model.ts';
import type { Say } from './notes.ts';
import { maxWavFrames, type WavFormat, wavHeader, wavSamples } from './wav.ts';

export interface TakesParts {
  readonly model: Pick<Model, 'settings' | 'title' | 'takeSeconds'>;
  readonly sound: Promise<{ readonly tape: Pick<Tape, 'sampleRate' | 'listen' | 'cut' | 'lastMinute'> }>;
  readonly saveFile: (file: Blob, name: string) => void;
  readonly say: Say;
  readonly now: () => Date;
}

/** A recording under way. */
interface Take {
  readonly format: WavFormat;
  readonly sampleRate: number;
  /** Title of the piece, when it began. */
  readonly title: string;
  readonly beganAt: Date;
  /** Samples in the form of the file; browsers keep what is in a Blob out of the page's memory. */
  parts: BlobPart[];
  /** How many of `parts` came since the last Blob. */
  looseParts: number;
  frames: number;
  lostFrames: number;
  end: () => void;
}

const PARTS_PER_BLOB = 10;
const MAX_SILENT_SECONDS = 600;
/** Encoded at a time, so that the page is not held up. */
const PIECE_SECONDS = 1;

export class Takes {
  readonly #parts: TakesParts;
  #take: Take | null = null;
  /** Begins and ends happen one after the other. */
  #queue: Promise<void> = Promise.resolve();

  constructor(parts: TakesParts) {
    this.#parts = parts;
  }

  /** Begins a recording, or ends the one under way and saves it. Never rejects. */
  toggle(): Promise<void> {
    return this.#inTurn(() => (this.#take ? this.#finish() : this.#begin()));
  }

  /** Saves what was heard in the last minute. Never rejects. */
  keepLastMinute(): Promise<void> {
    return this.#inTurn(async () => {
      const { model, sound, now, say } = this.#parts;
      const [{ tape }, title, format, at] = [await sound, model.title.value, model.settings.value.wavFormat, now()];
      const { left, right, sampleRate } = await tape.lastMinute();
      if (left.length === 0) {
        say({ tone: 'note', text: 'Nothing has been played yet, so there is nothing to save.' });
        return;
      }
      const parts: BlobPart[] = [wavHeader(format, sampleRate, left.length)];
      const pieceFrames = PIECE_SECONDS * sampleRate;
      for (let start = 0; start < left.length; start += pieceFrames) {
        const end = start + pieceFrames;
        parts.push(wavSamples(format, left.subarray(start, end), right.subarray(start, end)));
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
      this.#save(parts, title, at, left.length / sampleRate);
    });
  }

  #inTurn(act: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(act).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      this.#parts.say({ tone: 'error', text: `Not recorded: ${reason}.` });
    });
    return this.#queue;
  }

  async #begin(): Promise<void> {
    const { model, sound, now } = this.#parts;
    const { tape } = await sound;
    await tape.cut();
    const take: Take = {
      ...{ format: model.settings.value.wavFormat, sampleRate: tape.sampleRate, title: model.title.value },
      ...{ beganAt: now(), parts: [], looseParts: 0, frames: 0, lostFrames: 0 },
      end: tape.listen({
        heard: (left, right) => this.#add(take, left, right),
        lost: (frames) => this.#lose(take, frames),
        restarted: (sampleRate) => {
          if (sampleRate !== take.sampleRate) void this.#endEarly(take, 'the audio output has another sample rate now');
        },
      }),
    };
    this.#take = take;
    model.takeSeconds.value = 0;
  }

  #add(take: Take, left: Float32Array, right: Float32Array): void {
    const frames = Math.min(left.length, maxWavFrames(take.format) - take.frames);
    take.parts.push(wavSamples(take.format, left.subarray(0, frames), right.subarray(0, frames)));
    take.frames += frames;
    if (++take.looseParts === PARTS_PER_BLOB) {
      const loose = take.parts.splice(take.parts.length - PARTS_PER_BLOB);
      take.parts.push(new Blob(loose));
      take.looseParts = 0;
    }
    this.#parts.model.takeSeconds.value = Math.floor(take.frames / take.sampleRate);
    if (take.frames === maxWavFrames(take.format)) void this.#endEarly(take, 'a WAV file cannot be longer');
  }

  /** Silence of that length, so that what follows is in time; of a page that slept for hours, not all of them. */
  #lose(take: Take, frames: number): void {
    take.lostFrames += frames;
    const silence = new Float32Array(take.sampleRate);
    for (let left = Math.min(frames, MAX_SILENT_SECONDS * take.sampleRate); left > 0; left -= silence.length) {
      const piece = silence.subarray(0, left);
      this.#add(take, piece, piece);
    }
  }

  #endEarly(take: Take, why: string): Promise<void> {
    take.end();
    return this.#inTurn(async () => {
      if (this.#take === take) this.#saveTake(take, why);
    });
  }

  async #finish(): Promise<void> {
    const take = this.#take;
    if (!take) return;
    await (await this.#parts.sound).tape.cut();
    take.end();
    if (this.#take === take) this.#saveTake(take);
  }

  #saveTake(take: Take, why?: string): void {
    const { model, say } = this.#parts;
    this.#take = null;
    model.takeSeconds.value = null;
    if (take.frames === 0) {
      say({ tone: 'note', text: 'Nothing was played meanwhile, so nothing was recorded.' });
      return;
    }
    const seconds = take.frames / take.sampleRate;
    const parts = [wavHeader(take.format, take.sampleRate, take.frames), ...take.parts];
    const lostSeconds = take.lostFrames / take.sampleRate;
    const lack = lostSeconds > 0 ? `${lostSeconds.toFixed(1)} s are missing, as the page was too busy` : why;
    this.#save(parts, take.title, take.beganAt, seconds, lack);
  }

  /** `lack`: why it is not all that it should be. */
  #save(parts: BlobPart[], title: string, at: Date, seconds: number, lack?: string): void {
    const name = takeName(title, at);
    this.#parts.saveFile(new Blob(parts, { type: 'audio/wav' }), name);
    const text = `Saved ${clockText(seconds)} as ${name}`;
    this.#parts.say(lack ? { tone: 'warning', text: `${text}: ${lack}.` } : { tone: 'note', text });
  }
}

const MAX_NAME_CHARS = 80;
/** What some system does not take in the name of a file. */
const UNFIT = /[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu;

/** Title and local time, as a name that every system takes. */
export function takeName(title: string, at: Date): string {
  const fit = title.replace(UNFIT, ' ').replace(/\s+/g, ' ').slice(0, MAX_NAME_CHARS);
  const name = fit.replace(/^[. ]+|[. ]+$/g, '') || 'untitled';
  const two = (number: number) => String(number).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${name} ${day} ${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}.wav`;
}

/** Minutes and seconds, and hours where there are any. */
export function clockText(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number: number) => String(number).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
