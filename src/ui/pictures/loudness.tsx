/**
 * How loud it is in LUFS: momentary, short-term and integrated, and the highest true peak, all from every sample that is played
 * since the picture is shown or was reset.
 */

import { effect, signal, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { clockText } from '../../app/takes.ts';
import { LoudnessMeter } from '../meters/loudness.ts';
import { decibels } from '../meters/notes.ts';
import { TruePeakMeter } from '../meters/truePeakMeter.ts';
import type { Draw, Frame } from '../picture.tsx';
import type { Taps } from '../taps.ts';
import { BELOW_PX, label, vertical } from './drawing.ts';
import { type PanelProps, PicturePanel } from './picturePanel.tsx';

const LOW_LUFS = -54;
const NAME_PX = 74;
const FIGURE_PX = 44;
const BAR_PX = 8;
const STEPS: readonly number[] = [6, 12, 18];
const LABEL_PX = 30;
/** Above this converters and coders clip. */
const HIGHEST_DBTP = -1;

/** What is shown; one object that is written again. */
interface Readings {
  momentary: number;
  maxMomentary: number;
  shortTerm: number;
  maxShortTerm: number;
  integrated: number;
  peakDb: number;
}

const SILENCE: Readings = {
  ...{ momentary: -Infinity, maxMomentary: -Infinity, shortTerm: -Infinity, maxShortTerm: -Infinity },
  ...{ integrated: -Infinity, peakDb: -Infinity },
};

export function Loudness(props: PanelProps & { readonly isSeen: boolean }) {
  const { model, taps, isSeen } = props;
  const frozen = useSignal(false);
  const metering = useMemo(() => new Metering(), []);
  const draw = useMemo(() => drawing(props, metering), []);
  useEffect(() => {
    if (!isSeen) return;
    // Also while it is frozen or scrolled out of sight: what is integrated must not have holes.
    let end: () => void = () => undefined;
    const unfollow = effect(() => {
      end();
      const tapsNow = taps.value;
      end = tapsNow ? metering.begin(tapsNow) : () => undefined;
    });
    return () => {
      unfollow();
      end();
    };
  }, [isSeen]);
  return (
    <PicturePanel
      {...props}
      name="loudness"
      draw={draw}
      use={() => () => undefined}
      follows={() => metering.resets.value}
      frozen={frozen}
    >
      <Since metering={metering} isPlaying={model.state.value === 'playing'} />
      <button type="button" class="chip" title="reset integrated and peak" onClick={() => metering.reset()}>
        reset
      </button>
    </PicturePanel>
  );
}

const Since = ({ metering }: { readonly metering: Metering; readonly isPlaying: boolean }) => (
  <span class="figure">{metering.seconds.value === 0 ? '' : `over ${clockText(metering.seconds.value)}`}</span>
);

class Metering {
  /** Whole seconds that were measured. */
  readonly seconds = signal(0);
  readonly resets = signal(0);
  readonly readings: Readings = { ...SILENCE };
  #sampleRate = 0;
  #loudness = new LoudnessMeter(48_000);
  readonly #peaks = [new TruePeakMeter(), new TruePeakMeter()] as const;

  begin(taps: Taps): () => void {
    if (taps.sampleRate !== this.#sampleRate) {
      this.#sampleRate = taps.sampleRate;
      this.#loudness = new LoudnessMeter(taps.sampleRate);
      this.reset();
    }
    return taps.listen({ heard: (left, right) => this.#heard(left, right) });
  }

  reset(): void {
    this.#loudness.reset();
    for (const peak of this.#peaks) peak.reset();
    Object.assign(this.readings, SILENCE);
    this.seconds.value = 0;
    this.resets.value++;
  }

  #heard(left: Float32Array, right: Float32Array): void {
    const { readings } = this;
    const loudness = this.#loudness;
    loudness.add(left, right);
    this.#peaks[0].add(left);
    this.#peaks[1].add(right);
    readings.momentary = loudness.momentary;
    readings.maxMomentary = loudness.maxMomentary;
    readings.shortTerm = loudness.shortTerm;
    readings.maxShortTerm = loudness.maxShortTerm;
    readings.integrated = loudness.integrated;
    readings.peakDb = 20 * Math.log10(Math.max(this.#peaks[0].peak, this.#peaks[1].peak));
    this.seconds.value = Math.floor(loudness.seconds + 1e-6);
  }
}

function drawing({ model }: PanelProps, metering: Metering): Draw {
  const shown: Readings = { ...SILENCE };
  return (frame) => {
    if (!frame.isFrozen) Object.assign(shown, metering.readings);
    const area = { from: NAME_PX, to: frame.width - FIGURE_PX, bottom: frame.height - BELOW_PX };
    const xOf = (lufs: number) =>
      area.from + (1 - Math.max(LOW_LUFS, Math.min(0, lufs)) / LOW_LUFS) * (area.to - area.from);
    const { pointer } = frame;
    const pointed = pointer ? Math.floor((4 * pointer.y) / area.bottom) : -1;
    const isRead = pointer !== null && pointer.x >= area.from && pointer.x <= area.to;
    const readLevel = isRead ? LOW_LUFS * (1 - (pointer.x - area.from) / (area.to - area.from)) : 0;
    axis(frame, xOf, area.bottom, isRead ? `${decibels(readLevel)} ${pointed === 3 ? 'dBTP' : 'LUFS'}` : null);
    const row = (n: number) => ((n + 0.5) * area.bottom) / 4;
    const nameOf = (n: number, name: string, held: number) => (pointed === n ? `max ${decibels(held)}` : name);
    const { maxMomentary, maxShortTerm } = shown;
    bar(frame, nameOf(0, 'momentary', maxMomentary), shown.momentary, maxMomentary, row(0), xOf);
    bar(frame, nameOf(1, 'short-term', maxShortTerm), shown.shortTerm, maxShortTerm, row(1), xOf);
    bar(frame, 'integrated', shown.integrated, null, row(2), xOf);
    bar(frame, 'true peak', shown.peakDb, null, row(3), xOf, shown.peakDb > HIGHEST_DBTP + 0.05);
    if (isRead) {
      frame.context.fillStyle = frame.colours.text;
      frame.context.fillRect(Math.round(pointer.x), 0, 1, area.bottom);
    }
    return model.state.peek() === 'playing';
  };
}

type XOf = (lufs: number) => number;

/** `read`: what is read at the pointer, in the place of the units. */
function axis(frame: Frame, xOf: XOf, bottom: number, read: string | null): void {
  const perDb = (xOf(0) - xOf(LOW_LUFS)) / -LOW_LUFS;
  const step = STEPS.find((db) => db * perDb > LABEL_PX) ?? 18;
  for (let lufs = 0; lufs >= LOW_LUFS; lufs -= step) {
    vertical(frame, Math.min(xOf(lufs), xOf(0) - 1), 0, bottom);
    label(frame, decibels(lufs, 0), xOf(lufs), bottom + BELOW_PX / 2 + 1, { align: 'center' });
  }
  label(frame, read ?? 'LUFS, dBTP', 0, bottom + BELOW_PX / 2 + 1);
}

function bar(
  frame: Frame,
  name: string,
  level: number,
  held: number | null,
  y: number,
  xOf: XOf,
  isTooHigh = false,
): void {
  const { context, colours, width } = frame;
  label(frame, name, 0, y);
  const [from, to] = [xOf(LOW_LUFS), xOf(0)];
  context.fillStyle = colours.line;
  context.fillRect(from, y - BAR_PX / 2, to - from, BAR_PX);
  context.fillStyle = colours.accent;
  context.fillRect(from, y - BAR_PX / 2, xOf(level) - from, BAR_PX);
  if (held !== null && held > LOW_LUFS) {
    context.fillStyle = colours.text;
    context.fillRect(Math.min(xOf(held), to - 2), y - BAR_PX / 2, 2, BAR_PX);
  }
  context.fillStyle = isTooHigh ? colours.error : colours.text;
  context.font = colours.font;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillText(decibels(level), width, y);
}
