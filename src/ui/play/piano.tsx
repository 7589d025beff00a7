/**
 * A piano for pointers and fingers, as many at a time as there are, and for the computer's keys while it has the focus or they
 * are switched on. A note is louder the further down its key is pressed. In: hands. Out: notes. Main thread.
 */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { isBlack, noteName, octaveStepOf, semitoneOf } from '../../app/computerKeys.ts';

export interface PianoProps {
  /** `velocity` 0 ends the note. */
  readonly onNote: (note: number, velocity: number) => void;
  /** Whether the computer's keys play wherever the focus is, but for where one types. */
  readonly keysAreOn: boolean;
}

const SHOWN_NOTES = 25;
/** An octave has keys of 41 px on a phone; two would have keys that no finger hits. */
const SHOWN_ON_PHONES = 13;
/** As play.css has it. */
const PHONES = '(pointer: coarse) and (max-width: 519.98px)';
const LOWEST = 24;
const HIGHEST = 96;
const SOFTEST = 0.25;
const KEY_VELOCITY = 0.8;

export function Piano({ onNote, keysAreOn }: PianoProps) {
  const lowest = useSignal(48);
  const held = useSignal<ReadonlySet<number>>(new Set());
  const place = useRef<HTMLDivElement>(null);
  const isOnPhone = useSignal(false);
  useEffect(() => {
    const phones = window.matchMedia(PHONES);
    const look = () => {
      isOnPhone.value = phones.matches;
    };
    look();
    phones.addEventListener('change', look);
    return () => phones.removeEventListener('change', look);
  }, []);
  /** What sounds for each pointer or key, so that it ends with it. */
  const sounding = useRef(new Map<string, number>());

  const end = (hand: string) => {
    const note = sounding.current.get(hand);
    if (note === undefined) return;
    sounding.current.delete(hand);
    if ([...sounding.current.values()].includes(note)) return;
    held.value = new Set([...held.value].filter((other) => other !== note));
    onNote(note, 0);
  };
  const begin = (hand: string, note: number, velocity: number) => {
    if (sounding.current.get(hand) === note) return;
    end(hand);
    if (note < 0 || note > 127) return;
    sounding.current.set(hand, note);
    held.value = new Set([...held.value, note]);
    onNote(note, velocity);
  };
  const endAll = () => {
    for (const hand of [...sounding.current.keys()]) end(hand);
  };
  const shift = (octaves: number) => {
    lowest.value = Math.min(HIGHEST, Math.max(LOWEST, lowest.value + 12 * octaves));
  };

  const latest = useRef({ begin, end, endAll, shift, keysAreOn });
  latest.current = { begin, end, endAll, shift, keysAreOn };
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const isHere = place.current?.contains(document.activeElement) ?? false;
      if (!isHere && !(latest.current.keysAreOn && !isTypedInto(event.target))) return;
      const semitone = semitoneOf(event.code);
      const octaves = octaveStepOf(event.code);
      if (semitone === null && octaves === 0) return;
      event.preventDefault();
      if (semitone !== null) latest.current.begin(event.code, lowest.value + semitone, KEY_VELOCITY);
      else latest.current.shift(octaves);
    };
    const up = ({ code }: KeyboardEvent) => latest.current.end(code);
    const leave = () => latest.current.endAll();
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    window.addEventListener('blur', leave);
    return () => {
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
      window.removeEventListener('blur', leave);
      latest.current.endAll();
    };
  }, []);

  /** Fingers slide from key to key. */
  const follow = (event: PointerEvent) => {
    const hand = `pointer ${event.pointerId}`;
    if (event.type === 'pointermove' && !sounding.current.has(hand)) return;
    const key = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('[data-note]');
    if (!key || !place.current?.contains(key)) return;
    const { top, height } = key.getBoundingClientRect();
    const depth = Math.min(1, Math.max(0, (event.clientY - top) / height));
    begin(hand, Number(key.dataset.note), SOFTEST + (1 - SOFTEST) * depth);
  };
  const shownNotes = isOnPhone.value ? SHOWN_ON_PHONES : SHOWN_NOTES;
  const notes = Array.from({ length: shownNotes }, (_, n) => lowest.value + n);
  const whites = notes.filter((note) => !isBlack(note)).length;
  return (
    <div class="piano-place">
      <button type="button" aria-label="an octave down" title="an octave down (Z)" onClick={() => shift(-1)}>
        −
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has borders and a legend of its own. */}
      <div
        ref={place}
        class="piano"
        style={`--whites: ${whites}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: with the focus here, the computer's keys play.
        tabIndex={0}
        role="group"
        aria-label={`piano, ${noteName(lowest.value)} to ${noteName(lowest.value + shownNotes - 1)}`}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          follow(event);
        }}
        onPointerMove={follow}
        onPointerUp={({ pointerId }) => end(`pointer ${pointerId}`)}
        onPointerCancel={({ pointerId }) => end(`pointer ${pointerId}`)}
        onBlur={endAll}
      >
        {notes.map((note) => (
          <i
            key={note}
            data-note={note}
            data-held={held.value.has(note)}
            class={isBlack(note) ? 'black' : 'white'}
            title={noteName(note)}
          />
        ))}
      </div>
      <button type="button" aria-label="an octave up" title="an octave up (X)" onClick={() => shift(1)}>
        +
      </button>
    </div>
  );
}

function isTypedInto(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable], .monaco-editor') !== null
  );
}
