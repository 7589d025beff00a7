/**
 * What stands beside the lines of the code, and who fills it: the value that was asked for, and controls in the lines that
 * declare them. Main thread.
 */

import { computed, effect } from '@preact/signals';
import { type ComponentChildren, render } from 'preact';
import { carryThroughLines } from '../app/carryThroughLines.ts';
import type { Model, Peeked } from '../app/model.ts';
import { heatIn, runsText, shareText } from '../app/shares.ts';
import type { ControlHands } from './controls/hands.ts';
import { InlineControl, inlineWidthOf } from './controls/inlineControl.tsx';
import { PeekedValue, widthOf } from './peeked.tsx';
import { PROBE_PX, ProbeValue } from './probeValue.tsx';
import { WatchedValue, watchedPx } from './watchedValue.tsx';

const SHARE_PX = 52;

/** As src/editor/lineItems.ts takes it. */
export interface ItemBeside {
  readonly key: string;
  readonly offset: number;
  readonly widthPx: number;
  readonly mount: (host: HTMLElement) => () => void;
}

export interface ItemSources {
  readonly model: Model;
  readonly hands: ControlHands;
  readonly readText: () => string;
  readonly closePeeked: () => void;
  readonly toggleWatched: () => void;
}

/** Calls whenever other things are to stand there. What has only moved or has another value is not told again. */
export function followLineItems(sources: ItemSources, show: (items: readonly ItemBeside[]) => void): void {
  const { model, readText } = sources;
  /** Which controls there are and where, whatever they stand at. */
  const places = computed(() => {
    if (!model.settings.value.inlineControls) return '';
    return model.controls.value
      .map(({ declaration: { name, kind, span } }) => `${span.start} ${kind} ${name}`)
      .join('\n');
  });
  /** Which variable is watched, as soon as there is something to show, whatever that is. */
  const watched = computed(() => {
    const { name, place, seen } = model.watched.value ?? { name: '', place: null, seen: null };
    return seen && place && `${place.start} ${name} ${seen.places.length}`;
  });
  effect(() => {
    void places.value;
    void watched.value;
    const { text } = model.code.value;
    const peeked = model.peeked.value;
    const items = [
      ...probeItems(sources, text, readText()),
      ...controlItems(sources, text, readText()),
      ...watchedItems(sources, text, readText()),
      ...shareItems(sources, readText()),
    ];
    show([...items, ...(peeked ? [peekedItem(sources, peeked)] : [])]);
  });
}

function probeItems({ model }: ItemSources, declaredIn: string, text: string): readonly ItemBeside[] {
  return model.host.value.probes.flatMap(({ name, span }, place) => {
    const carried = carryThroughLines(declaredIn, text, span);
    if (!carried) return [];
    const fill = () => <ProbeValue name={name} place={place} probes={model.probes} />;
    return [{ key: `probe ${place} ${name}`, offset: carried.start, widthPx: PROBE_PX, mount: mounted(fill) }];
  });
}

function controlItems({ model, hands }: ItemSources, declaredIn: string, text: string): readonly ItemBeside[] {
  if (!model.settings.peek().inlineControls) return [];
  return model.controls.peek().flatMap(({ declaration }) => {
    const { name, kind, span } = declaration;
    const place = carryThroughLines(declaredIn, text, span);
    if (!place) return [];
    const fill = () => <InlineControl name={name} controls={model.controls} hands={hands} />;
    return [{ key: `${kind} ${name}`, offset: place.start, widthPx: inlineWidthOf(declaration), mount: mounted(fill) }];
  });
}

function watchedItems({ model, toggleWatched }: ItemSources, declaredIn: string, text: string): readonly ItemBeside[] {
  const reading = model.watched.peek();
  const place = reading?.seen ? carryThroughLines(declaredIn, text, reading.place) : null;
  if (!reading || !place) return [];
  const fill = () => <WatchedValue watched={model.watched} toggle={toggleWatched} />;
  const { length } = reading.seen?.places ?? [];
  return [
    {
      key: `watched ${reading.name} ${length}`,
      offset: place.start,
      widthPx: watchedPx(reading),
      mount: mounted(fill),
    },
  ];
}

/** What the margin tells by the width of a bar. */
function shareItems({ model }: ItemSources, text: string): readonly ItemBeside[] {
  const profile = model.profile.value;
  if (profile === null || profile === 'counting') return [];
  return heatIn(profile, text).map(({ line, span, share, runs }) => {
    const fill = () => (
      <output class="line-share" title={`runs ${runsText(runs)} in a frame`} aria-label={`share of line ${line}`}>
        {shareText(share)}
      </output>
    );
    return { key: `share ${line}`, offset: span.start, widthPx: SHARE_PX, mount: mounted(fill) };
  });
}

const peekedItem = ({ closePeeked }: ItemSources, peeked: Peeked): ItemBeside => ({
  key: `peeked ${peeked.serial}`,
  offset: peeked.offset,
  widthPx: widthOf(peeked.evaluated),
  mount: mounted(() => <PeekedValue evaluated={peeked.evaluated} close={closePeeked} />),
});

const mounted = (fill: () => ComponentChildren) => (host: HTMLElement) => {
  render(fill(), host);
  return () => render(null, host);
};
