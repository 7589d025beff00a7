/**
 * The panel beside the code: pictures of the sound, what the last swap did, and the running code. Its edge at the code is
 * dragged to make it larger. On small pages it has its own tab.
 */

import { useEffect, useRef, useState } from 'preact/hooks';
import { MAX_DOCK_PX, MAX_DOCK_SHARE, MIN_DOCK_PX, MIN_DOCK_SHARE } from '../app/pictureSettings.ts';
import type { BarProps } from './bar.tsx';
import { BeatLights } from './beatLights.tsx';
import { Chips } from './chips.tsx';
import { CodePanel } from './codePanel.tsx';
import { ControlPanel } from './controls/controlPanel.tsx';
import { Level } from './level.tsx';
import { InputPanel } from './outside/inputPanel.tsx';
import { SoundsPanel } from './outside/soundsPanel.tsx';
import { DragEdge } from './pictures/dragEdge.tsx';
import { PictureChoice, Pictures } from './pictures/pictures.tsx';
import { scrolled } from './pictures/scrolling.ts';
import { PlayPanel } from './play/playPanel.tsx';
import { PrintPanel } from './printPanel.tsx';
import { SwapPanel } from './swapPanel.tsx';
import type { SoundPictureProps } from './taps.ts';

export function Dock({ model, actions, apple, taps }: SoundPictureProps & BarProps) {
  const place = useRef<HTMLElement>(null);
  const isSeen = useIsSeen(place);
  const { dockOpen, dockPx, dockShare } = model.settings.value;
  const stageHeight = () => place.current?.parentElement?.clientHeight ?? 1;
  return (
    <aside
      class="dock"
      id="panel-see"
      aria-label="see"
      hidden={!dockOpen}
      ref={place}
      style={{ '--dock': `${dockPx}px`, '--dock-share': dockShare }}
    >
      <DragEdge
        label="width of the dock"
        side="left"
        value={dockPx}
        low={MIN_DOCK_PX}
        high={MAX_DOCK_PX}
        onChange={(px) => actions.set({ dockPx: px })}
      />
      <DragEdge
        label="height of the dock"
        side="top"
        value={dockShare}
        low={MIN_DOCK_SHARE}
        high={MAX_DOCK_SHARE}
        perPx={() => 1 / stageHeight()}
        onChange={(share) => actions.set({ dockShare: share })}
      />
      <div class="dock-panels" onScroll={scrolled}>
        <section class="panel panel-swaps for-hands" aria-label="swaps">
          <BeatLights model={model} />
          <Chips model={model} actions={actions} apple={apple} />
        </section>
        <ControlPanel model={model} hands={actions.hands} midi={actions.midi} />
        <PlayPanel model={model} midi={actions.midi} />
        <InputPanel model={model} listening={actions.listening} taps={taps} />
        <SoundsPanel
          model={model}
          sounds={actions.sounds}
          onFiles={actions.openFiles}
          onInsert={(text) => actions.insert(text)}
        />
        <Level model={model} taps={taps} />
        <PictureChoice model={model} actions={actions} />
        <Pictures model={model} actions={actions} taps={taps} isSeen={isSeen} />
        <PrintPanel model={model} actions={actions} />
        {isSeen && <SwapPanel model={model} actions={actions} />}
        {isSeen && <CodePanel model={model} actions={actions} />}
      </div>
    </aside>
  );
}

/** Whether the element is visible: false while anything hides it. */
function useIsSeen(place: { readonly current: HTMLElement | null }): boolean {
  const [isSeen, setIsSeen] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const sizes = new ResizeObserver(() => setIsSeen(element.clientWidth > 0));
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [place]);
  return isSeen;
}
