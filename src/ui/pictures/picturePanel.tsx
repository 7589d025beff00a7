/**
 * A picture in the dock: its name and what can be set above it, the picture, and an edge by which its height is dragged. In:
 * what to draw. Main thread.
 */

import { computed, type Signal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Actions } from '../../app/actions.ts';
import { MAX_PICTURE_PX, MIN_PICTURE_PX, type PictureName } from '../../app/pictureSettings.ts';
import { type Draw, Picture, type PictureProps } from '../picture.tsx';
import type { SoundPictureProps, Taps } from '../taps.ts';
import { DragEdge } from './dragEdge.tsx';

export interface PanelProps extends SoundPictureProps {
  readonly actions: Actions;
}

interface PicturePanelProps extends PanelProps, Pick<PictureProps, 'onWheel' | 'onKeyDown'> {
  readonly name: PictureName;
  readonly draw: Draw;
  /** Uses what is drawn, while it is seen and plays; returns a function that ends that. */
  readonly use: (taps: Taps) => () => void;
  /** What the picture shows depends on this too: a change draws it again, and uses again what it uses. */
  readonly follows?: () => string | number;
  readonly frozen?: Signal<boolean>;
  /** Beside the name. */
  readonly children?: ComponentChildren;
}

export function PicturePanel(props: PicturePanelProps) {
  const { name, model, actions, taps, draw, use, follows, frozen: given, children, onWheel, onKeyDown } = props;
  const own = useSignal(false);
  const frozen = given ?? own;
  const [wake, useWhilePlaying] = useMemo(() => {
    const isPlaying = computed(() => model.state.value === 'playing');
    const followed = computed(() => follows?.());
    return [
      computed(() => [isPlaying.value, taps.value, followed.value]),
      () => {
        const tapsNow = taps.value;
        return tapsNow && isPlaying.value ? use(tapsNow) : () => undefined;
      },
    ];
  }, []);
  const { heightsPx } = model.settings.value;
  const resize = (heightPx: number) =>
    actions.set({ heightsPx: { ...model.settings.peek().heightsPx, [name]: heightPx } });
  return (
    <section class={`panel panel-picture panel-${name}`} data-frozen={frozen.value}>
      <h2 class="panel-head">
        {name}
        {frozen.value && <span class="frozen">frozen</span>}
        <span class="panel-set">{children}</span>
      </h2>
      <Picture
        label={name}
        draw={draw}
        wake={wake}
        use={useWhilePlaying}
        frozen={frozen}
        heightPx={heightsPx[name]}
        {...(onWheel && { onWheel })}
        {...(onKeyDown && { onKeyDown })}
      />
      <DragEdge
        label={`height of ${name}`}
        side="bottom"
        value={heightsPx[name]}
        low={MIN_PICTURE_PX}
        high={MAX_PICTURE_PX}
        onChange={resize}
      />
    </section>
  );
}
