/**
 * Plays a patch from frame 0, with edits along the way. In: a session, and texts with their times. Out: samples, block
 * by block, and a report of what happened. Node only.
 */

import { METERS_PER_SECOND } from '../protocol/audio.ts';
import type { HostDeclarations } from '../protocol/controls.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import type { PrintedWords } from '../protocol/printed.ts';
import type { LoadedSample } from '../protocol/samples.ts';
import type { ControlSetting, FailedSetting } from './controlSettings.ts';
import { Outside } from './outside.ts';
import { type CompileSide, type Notice, type OfferOutcome, Player, type Trap } from './player.ts';
import type { ScriptEvent } from './scriptHost.ts';

/** An edit, committed at the first block boundary at or after `frame` at which no other edit is still fading in. */
export interface TextSwap {
  readonly frame: number;
  readonly text: string;
}

export interface PlayRequest {
  readonly text: string;
  /** Total length, at least 1. */
  readonly frames: number;
  /** Frames per second; 48000 by default. */
  readonly sampleRate?: number;
  /** Frames rendered at a time, at least 1; 128 by default. */
  readonly blockFrames?: number;
  /** Length of each crossfade; 10 ms by default. */
  readonly fadeFrames?: number;
  /** The seed of `Math.random`, 32 bits; 1 by default. */
  readonly seed?: number;
  /** Leaves out the safety chain of the output; false by default. */
  readonly raw?: boolean;
  /** 2: what plays alone is brought to tier 2 before the next block. The samples are the same; 1 by default. */
  readonly tier?: 1 | 2;
  /** In any order; those for the same frame are applied in the order given. */
  readonly swaps?: readonly TextSwap[];
  /** Controls that are moved, in any order. */
  readonly settings?: readonly ControlSetting[];
  /** What else happens outside, in any order, in frames from the beginning. */
  readonly events?: readonly ScriptEvent[];
  /** The sound that comes in, from frame 0 on, at the sample rate: one channel or two. */
  readonly input?: readonly Float32Array[];
  /** Hears what is printed, while it plays. */
  readonly print?: (printed: PrintedAt) => void;
  /** Sound files by name. */
  readonly samples?: ReadonlyMap<string, LoadedSample>;
}

/** What a patch prints. `index`: the swap whose text printed it, -1 for the text itself. */
export interface PrintedAt {
  readonly index: number;
  readonly sites: HostDeclarations['printSites'];
  readonly words: PrintedWords;
}

/** The settings that the session was created with. */
export type CompletePlayRequest = PlayRequest & { readonly sampleRate: number; readonly fadeFrames: number };

export interface PlayOutcome {
  /** Whether the text compiled, so that there is sound. */
  readonly played: boolean;
  readonly sampleRate: number;
  readonly fadeFrames: number;
  /** Diagnostics of the text itself, not of the swaps. */
  readonly diagnostics: readonly Diagnostic[];
  /** One for each swap whose time came, by time. `index`: which of the request's swaps it was. */
  readonly swaps: readonly (OfferOutcome & { readonly index: number })[];
  /** `index`: the swap whose text trapped, -1 for the text itself. */
  readonly traps: readonly (Trap & { readonly index: number })[];
  /** The same for warnings that only come while it plays. */
  readonly notices: readonly (Notice & { readonly index: number })[];
  /** Samples that were not finite, both channels together; replaced by 0 unless `raw`. */
  readonly nonFinite: number;
  /** The largest reduction by the limiter, in dB, and the largest constant offset that was taken out; 0 if `raw`. */
  readonly reductionDb: number;
  readonly dcOffset: number;
  /** Settings that came to nothing. */
  readonly failedSettings: readonly FailedSetting[];
  readonly memory: ReturnType<CompileSide['memory']>;
  /** The tier of the code that played last. `tierReason`: why that stayed in tier 1; `null`: it did not, or was not tried. */
  readonly tier: 1 | 2;
  readonly tierReason: string | null;
}

/**
 * Receives each block as it is rendered: the first `frames` samples of both arrays, which are reused for the next. The
 * first sample of all is that of frame 0, whatever the delay of the output chain.
 */
export type BlockSink = (left: Float64Array, right: Float64Array, frames: number) => void;

export const DEFAULT_SAMPLE_RATE = 48_000;
export const DEFAULT_BLOCK_FRAMES = 128;
export const DEFAULT_FADE_MS = 10;

/** `session` has not played anything yet and has no other use. */
export function playThrough(session: CompileSide, request: CompletePlayRequest, sink: BlockSink): PlayOutcome {
  const playing = playInSteps(session, request, sink);
  for (;;) {
    const step = playing.next();
    if (step.done) return step.value;
  }
}

/** The same, resting after each block for whoever has something else to do. */
export function* playInSteps(
  session: CompileSide,
  request: CompletePlayRequest,
  sink: BlockSink,
): Generator<void, PlayOutcome, void> {
  const { sampleRate, fadeFrames, frames, blockFrames = DEFAULT_BLOCK_FRAMES, raw = false, tier = 1 } = request;
  const outside = new Outside(request.settings ?? [], request.events ?? []);
  const player = new Player(session, { sampleRate, raw, eventRoom: outside.room, input: request.input ?? [] });
  for (const [name, sample] of request.samples ?? []) session.setSample?.(name, sample);
  const schedule = (request.swaps ?? [])
    .map((swap, index) => ({ ...swap, index }))
    .sort((a, b) => a.frame - b.frame || a.index - b.index);
  const swaps: (OfferOutcome & { index: number })[] = [];
  /** Which swap became which generation. */
  const origins = new Map<number, number>();

  const offer = (text: string, index: number): OfferOutcome => {
    const outcome = player.offer(text);
    if (outcome.kind !== 'committed' || player.generation === null) return outcome;
    origins.set(player.generation, index);
    const { printSites: sites, printed: words } = player.printing;
    if (words) request.print?.({ index, sites, words });
    return outcome;
  };

  const hearPrinted = (): void => {
    const words = player.readPrinted();
    const { printSites: sites } = player.printing;
    if (words) request.print?.({ index: origins.get(player.generation ?? -1) ?? -1, sites, words });
  };

  const first = offer(request.text, -1);
  if (first.kind === 'refused') throw new Error(`player: the first batch was refused: ${first.reason}`);
  const played = first.kind !== 'rejected';
  const { diagnostics } = first;
  if (played) {
    const left = new Float64Array(blockFrames);
    const right = new Float64Array(blockFrames);
    // The output is delayed: that many frames are dropped at the beginning and fetched at the end.
    let late = player.latencyFrames;
    const give = (length: number): void => {
      const skipped = Math.min(late, length);
      late -= skipped;
      if (skipped < length) sink(left.subarray(skipped), right.subarray(skipped), length - skipped);
    };
    let next = 0;
    let nextPrint = sampleRate / METERS_PER_SECOND;
    for (let frame = 0; frame < frames; ) {
      for (; next < schedule.length && schedule[next].frame <= frame; next++) {
        const { text, index } = schedule[next];
        hearPrinted();
        swaps.push({ ...offer(text, index), index });
      }
      if (tier === 2 && player.isReady) player.promote();
      const length = Math.min(blockFrames, frames - frame);
      outside.post(player, frame + length);
      player.process(left, right, length);
      give(length);
      frame += length;
      if (frame >= nextPrint || frame >= frames) {
        hearPrinted();
        nextPrint += sampleRate / METERS_PER_SECOND;
      }
      yield;
    }
    for (let rest = player.latencyFrames; rest > 0; ) {
      const length = Math.min(blockFrames, rest);
      player.flush(left, right, length);
      give(length);
      rest -= length;
    }
  }
  const withOrigin = <Happened extends { readonly generation: number }>(handleEvent: Happened) => ({
    ...handleEvent,
    index: origins.get(handleEvent.generation) ?? -1,
  });
  const [traps, notices] = [player.traps.map(withOrigin), player.notices.map(withOrigin)];
  const { nonFinite } = player;
  const [reductionDb, dcOffset] = [player.takeReductionDb(), player.takeDcOffset()];
  return {
    ...{ played, sampleRate, fadeFrames, diagnostics, swaps, traps, notices, nonFinite, reductionDb, dcOffset },
    failedSettings: outside.failed,
    ...{ memory: session.memory(), tier: player.tier, tierReason: player.tierReason },
  };
}
