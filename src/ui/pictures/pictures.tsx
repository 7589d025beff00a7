/** The pictures of the sound and of the patch that are shown, and the row in which they are chosen. Main thread. */

import type { ComponentType } from 'preact';
import { PICTURES, type PictureName } from '../../app/pictureSettings.ts';
import { PatchPanel } from '../graph/patchPanel.tsx';
import { Loudness } from './loudness.tsx';
import type { PanelProps } from './picturePanel.tsx';
import { Scope } from './scope.tsx';
import { Spectrogram } from './spectrogram.tsx';
import { Spectrum } from './spectrum.tsx';
import { Stereo } from './stereo.tsx';

const VIEWS: Readonly<Record<PictureName, ComponentType<PanelProps & { readonly isSeen: boolean }>>> = {
  scope: Scope,
  spectrum: Spectrum,
  spectrogram: Spectrogram,
  stereo: Stereo,
  loudness: Loudness,
  patch: PatchPanel,
};

export function Pictures(props: PanelProps & { readonly isSeen: boolean }) {
  const { pictures } = props.model.settings.value;
  return (
    <>
      {pictures.map((name) => {
        const View = VIEWS[name];
        return <View key={name} {...props} />;
      })}
    </>
  );
}

export function PictureChoice({ model, actions }: Pick<PanelProps, 'model' | 'actions'>) {
  const { pictures } = model.settings.value;
  const toggle = (name: PictureName) =>
    actions.set({ pictures: PICTURES.filter((other) => pictures.includes(other) !== (other === name)) });
  return (
    <div class="picture-choice" role="toolbar" aria-label="pictures">
      {PICTURES.map((name) => (
        <button type="button" key={name} aria-pressed={pictures.includes(name)} onClick={() => toggle(name)}>
          <span>{name}</span>
        </button>
      ))}
    </div>
  );
}
