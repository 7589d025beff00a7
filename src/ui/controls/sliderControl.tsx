/** `slider` and `knob`: a name, what a hand moves, and the value, which can be typed. */

import { useState } from 'preact/hooks';
import { controlText } from '../../app/controlNumbers.ts';
import { type ControlProps, numberOf } from './hands.ts';
import { Turnable } from './turnable.tsx';
import { TypedValue } from './typedValue.tsx';

export function SliderControl({ state, hands, isInline = false }: ControlProps) {
  const { declaration, value } = state;
  const { name, kind } = declaration;
  const [typed, setTyped] = useState<string | null>(null);
  const isTrack = kind === 'slider' || isInline;
  return (
    <>
      <Turnable
        label={name}
        value={numberOf(value)}
        range={declaration}
        valueText={controlText(value, declaration)}
        class={isTrack ? 'track' : 'knob'}
        isTrack={isTrack}
        onMove={(next) => hands.move(name, next)}
        onDefault={() => hands.release(name)}
        onType={(next) => setTyped((before) => (next === '' ? next : (before ?? '') + next))}
      >
        {isTrack ? <i /> : <KnobFace />}
      </Turnable>
      <TypedValue state={state} hands={hands} typed={typed} onTyped={setTyped} />
    </>
  );
}

/** An arc of three quarters; styles turn and fill it by `--at`. */
function KnobFace() {
  const arc = 'M12.1 35.9 A17 17 0 1 1 35.9 35.9';
  return (
    <svg viewBox="0 0 48 48" aria-hidden="true">
      <path class="knob-way" d={arc} pathLength={1} />
      <path class="knob-fill" d={arc} pathLength={1} />
      <path class="knob-hand" d="M24 24 V11" />
    </svg>
  );
}
