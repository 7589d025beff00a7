/**
 * What a patch that listens hears: which input, how loud it is, and why there is silence. Nothing is asked for before somebody presses
 * here. There is no panel where nothing listens.
 */

import { computed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Listening } from '../../app/listening.ts';
import type { Model } from '../../app/model.ts';
import { FLOOR_DB, MeterNeedle, peakOf, toDb } from '../measure.ts';
import { type Draw, Picture } from '../picture.tsx';
import type { Taps } from '../taps.ts';

export interface InputPanelProps {
  readonly model: Pick<Model, 'host' | 'input'>;
  readonly listening: Pick<Listening, 'open' | 'close'>;
  readonly taps: ReadonlySignal<Taps | null>;
}

const OFF = '';

export function InputPanel({ model, listening, taps }: InputPanelProps) {
  const { state, devices, chosen, trouble } = model.input.value;
  if (!model.host.value.hasInput && state !== 'on' && state !== 'opening') return null;
  const isOn = state === 'on';
  // Where one was lost or refused, the others can be chosen at once.
  const isListed = isOn || (state === 'off' && devices.length > 0);
  return (
    <section class="panel panel-input for-hands" aria-label="input">
      <h2 class="panel-head">
        <span>input</span>
        {state === 'opening' && <span class="quiet">asking …</span>}
        {state === 'off' && !isListed && (
          <button type="button" class="chip" onClick={() => listening.open()}>
            choose …
          </button>
        )}
        {isListed && (
          <select
            class="pick"
            aria-label="input"
            value={chosen ?? OFF}
            onChange={({ currentTarget: { value } }) => (value === OFF ? listening.close() : listening.open(value))}
          >
            <option value={OFF}>off</option>
            {devices.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </h2>
      {isOn && <InputLevel taps={taps} model={model} />}
      {trouble !== null && (
        <p class="panel-trouble" role="status">
          {trouble}
        </p>
      )}
      {state === 'missing' && <p class="panel-hint">This browser gives pages no sound input, or only over https.</p>}
      {state === 'off' && trouble === null && (
        <p class="panel-hint">The patch listens, and hears silence. Use headphones: loudspeakers may feed back.</p>
      )}
    </section>
  );
}

const FRAMES = 2048;
const BAR_PX = 8;
const PEAK_PX = 2;

/** Left and right together: only to see that something comes in, and that it is not too much. */
function InputLevel({ model, taps }: Pick<InputPanelProps, 'model' | 'taps'>) {
  const [draw, wake, use] = useMemo(
    () => [
      drawing(taps),
      computed(() => [model.input.value, taps.value]),
      () => taps.peek()?.input.use() ?? (() => undefined),
    ],
    [],
  );
  return <Picture label="level of the input" draw={draw} wake={wake} use={use} />;
}

function drawing(taps: ReadonlySignal<Taps | null>): Draw {
  const needle = new MeterNeedle();
  const wave = new Float32Array(FRAMES);
  return ({ context, width, colours, seconds }) => {
    taps.peek()?.input.read(wave);
    needle.step(toDb(peakOf(wave)), seconds);
    const xOf = (db: number) => Math.max(0, Math.min(1, 1 - db / FLOOR_DB)) * width;
    context.fillStyle = colours.line;
    context.fillRect(0, 0, width, BAR_PX);
    context.fillStyle = colours.accent;
    context.fillRect(0, 0, xOf(needle.level), BAR_PX);
    if (needle.peak > FLOOR_DB) {
      context.fillStyle = needle.peak >= 0 ? colours.error : colours.text;
      context.fillRect(Math.min(xOf(needle.peak), width - PEAK_PX), 0, PEAK_PX, BAR_PX);
    }
    return true;
  };
}
