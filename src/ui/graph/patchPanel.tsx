/**
 * The panel with the picture of the patch: its name, buttons, and an edge by which its height is dragged. The drawing itself is
 * loaded when it is first seen. Main thread.
 */

import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { MAX_PICTURE_PX, MIN_PICTURE_PX } from '../../app/pictureSettings.ts';
import { DragEdge } from '../pictures/dragEdge.tsx';
import type { PanelProps } from '../pictures/picturePanel.tsx';
import type { PatchViewProps, ViewTools } from './patchView.tsx';

const STEP = 1.25;

export function PatchPanel({ model, actions, isSeen }: PanelProps & { readonly isSeen: boolean }) {
  const [View, setView] = useState<ComponentType<PatchViewProps> | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const tools = useRef<ViewTools>(null);
  useEffect(() => {
    if (!isSeen || View) return;
    import('./patchView.tsx').then(
      ({ PatchView }) => setView(() => PatchView),
      () => setHasFailed(true),
    );
  }, [isSeen]);
  const { heightsPx } = model.settings.value;
  const resize = (heightPx: number) =>
    actions.set({ heightsPx: { ...model.settings.peek().heightsPx, patch: heightPx } });
  return (
    <section class="panel panel-picture panel-patch" aria-label="patch">
      <h2 class="panel-head">
        patch
        <span class="panel-set">
          <button type="button" aria-label="smaller" title="smaller (−)" onClick={() => tools.current?.zoom(1 / STEP)}>
            −
          </button>
          <button type="button" aria-label="larger" title="larger (+)" onClick={() => tools.current?.zoom(STEP)}>
            +
          </button>
          <button type="button" title="show all of it (0)" onClick={() => tools.current?.fitAll()}>
            fit
          </button>
        </span>
      </h2>
      {isSeen && View ? (
        <View model={model} actions={actions} heightPx={heightsPx.patch} tools={tools} />
      ) : (
        <div class="patch-view" style={{ '--picture': `${heightsPx.patch}px` }}>
          {hasFailed && 'The picture did not load. Hide and show it to try again.'}
        </div>
      )}
      <DragEdge
        label="height of patch"
        side="bottom"
        value={heightsPx.patch}
        low={MIN_PICTURE_PX}
        high={MAX_PICTURE_PX}
        onChange={resize}
      />
    </section>
  );
}
