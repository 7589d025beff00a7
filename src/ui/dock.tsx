/** What is beside the code: the pictures of the sound. On small pages it has a tab of its own. */

import { Level } from './level.tsx';
import { Scope, type SoundPictureProps } from './scope.tsx';
import { Spectrum } from './spectrum.tsx';

export function Dock({ model, taps }: SoundPictureProps) {
  return (
    <aside class="dock" id="panel-see" aria-label="see" hidden={!model.settings.value.dockOpen}>
      <Level model={model} taps={taps} />
      <Scope model={model} taps={taps} />
      <Spectrum model={model} taps={taps} />
    </aside>
  );
}
