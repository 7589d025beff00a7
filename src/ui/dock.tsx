/**
 * The panel beside the code: pictures of the sound, what the last swap did, and the running code. On small pages it has
 * its own tab.
 */

import { useEffect, useRef, useState } from 'preact/hooks';
import type { BarProps } from './bar.tsx';
import { BeatLights } from './beatLights.tsx';
import { Chips } from './chips.tsx';
import { CodePanel } from './codePanel.tsx';
import { ControlPanel } from './controls/controlPanel.tsx';
import { Level } from './level.tsx';
import { Scope, type SoundPictureProps } from './scope.tsx';
import { Spectrum } from './spectrum.tsx';
import { SwapPanel } from './swapPanel.tsx';

export function Dock({ model, actions, apple, taps }: SoundPictureProps & BarProps) {
  const place = useRef<HTMLElement>(null);
  const isSeen = useIsSeen(place);
  return (
    <aside class="dock" id="panel-see" aria-label="see" hidden={!model.settings.value.dockOpen} ref={place}>
      <section class="panel panel-swaps for-hands" aria-label="swaps">
        <BeatLights model={model} />
        <Chips model={model} actions={actions} apple={apple} />
      </section>
      <ControlPanel model={model} hands={actions.hands} />
      <Level model={model} taps={taps} />
      <Scope model={model} taps={taps} />
      <Spectrum model={model} taps={taps} />
      {isSeen && <SwapPanel model={model} actions={actions} />}
      {isSeen && <CodePanel model={model} actions={actions} />}
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
