/**
 * Sound files: those that are here, and those that the patch names and that are not, each with what can be done about it. There is no
 * panel where there are none.
 */

import type { Model } from '../../app/model.ts';
import type { SampleShelf, ShownSound } from '../../app/sampleShelf.ts';
import { originOf, shortSoundName } from '../../app/soundFiles.ts';
import { chooseFiles } from '../files.ts';
import { Icon } from '../icons.tsx';

export interface SoundsPanelProps {
  readonly model: Pick<Model, 'sounds'>;
  readonly sounds: Pick<SampleShelf, 'allow' | 'retry' | 'remove'>;
  /** `as`: the patch's own name of it. */
  readonly onFiles: (files: readonly File[], as?: string) => void;
  /** Writes something where the cursor is. */
  readonly onInsert: (text: string) => void;
}

export function SoundsPanel({ model, ...props }: SoundsPanelProps) {
  const { sounds, onFiles } = props;
  const shown = model.sounds.value;
  if (shown.length === 0) return null;
  const unasked = shown.filter(({ state }) => state === 'unasked');
  return (
    <section class="panel panel-sounds for-hands" aria-label="sounds">
      <h2 class="panel-head">
        <span>sounds</span>
        <button type="button" class="chip" onClick={() => chooseFiles('sound', onFiles)}>
          add …
        </button>
      </h2>
      {unasked.length > 0 && <Consent unasked={unasked} onAllow={() => sounds.allow()} />}
      <ul class="sounds">
        {shown.map((sound) => (
          <SoundRow key={sound.name} sound={sound} {...props} />
        ))}
      </ul>
    </section>
  );
}

function Consent({ unasked, onAllow }: { readonly unasked: readonly ShownSound[]; readonly onAllow: () => void }) {
  const places = new Set(unasked.map(({ name }) => originOf(name)?.slice('https://'.length) ?? ''));
  return (
    <p class="panel-hint sounds-consent">
      <span>{`The patch plays sounds from ${[...places].join(', ')}, which would learn of your visit.`}</span>
      <button type="button" class="chip" onClick={onAllow}>
        load
      </button>
    </p>
  );
}

function SoundRow({ sound, ...props }: { readonly sound: ShownSound } & Omit<SoundsPanelProps, 'model'>) {
  const { sounds, onFiles, onInsert } = props;
  const { name, state, trouble, isUsed } = sound;
  const short = shortSoundName(name);
  const call = `samplePlayer(${/['\\]/.test(name) ? JSON.stringify(name) : `'${name}'`})`;
  return (
    // What is dropped on it is taken for this name (src/ui/files.ts).
    <li class="sound" data-sound={name} data-state={state} data-used={isUsed}>
      <span class="sound-name" title={name}>
        {short}
      </span>
      <span class="sound-about">{aboutOf(sound)}</span>
      {state === 'missing' && (
        <button type="button" class="chip" onClick={() => chooseFiles('sound', (files) => onFiles(files, name))}>
          choose …
        </button>
      )}
      {state === 'failed' && originOf(name) !== null && (
        <button type="button" class="chip" onClick={() => sounds.retry(name)}>
          try again
        </button>
      )}
      {state === 'here' && !isUsed && (
        <button
          type="button"
          class="sound-act"
          aria-label={`write ${call} into the code`}
          title={`write ${call} where the cursor is`}
          onClick={() => onInsert(call)}
        >
          <Icon name="write" />
        </button>
      )}
      {state === 'here' && (
        <button
          type="button"
          class="sound-act"
          aria-label={`remove ${short}`}
          title="remove it from this patch"
          onClick={() => sounds.remove(name)}
        >
          <Icon name="close" />
        </button>
      )}
      {trouble !== null && <span class="panel-trouble">{trouble}</span>}
    </li>
  );
}

const CHANNELS = ['', 'mono', 'stereo'];

function aboutOf({ state, frames, rate, channels }: ShownSound): string {
  switch (state) {
    case 'looking':
      return '';
    case 'missing':
      return 'drop it here, or';
    case 'unasked':
      return 'not loaded';
    case 'loading':
      return 'loading …';
    case 'failed':
      return 'silent';
    case 'here':
      return `${lengthText(frames / rate)} · ${rateText(rate)} · ${CHANNELS[channels]}`;
  }
}

const lengthText = (seconds: number): string =>
  seconds < 60
    ? `${seconds < 10 ? seconds.toFixed(2) : seconds.toFixed(1)} s`
    : `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')} min`;

const rateText = (rate: number): string => `${Number((rate / 1000).toFixed(2))} kHz`;
