/**
 * Numbers in the text as a performer's knobs: dragged with Alt held, or by the grip that appears under one, or stepped by
 * Alt+↑ and Alt+↓. In: pointers and keys. Out: edits, and which gesture they belong to. Main thread.
 */

import { HeldNumber } from './heldNumber.ts';
import { monaco } from './monaco.ts';
import { NumberGrip } from './numberGrip.ts';
import type { StepSize } from './numberSteps.ts';

type CodeEditor = monaco.editor.IStandaloneCodeEditor;

const MOUSE_STEP_PX = 3;
const FINGER_STEP_PX = 6;
const TURNING = 'segue-turning';
const ARROWS: Readonly<Record<string, readonly [direction: number, isCoarse: boolean]>> = {
  ArrowUp: [1, false],
  ArrowDown: [-1, false],
  PageUp: [1, true],
  PageDown: [-1, true],
};

type Modifiers = Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>;

const sizeFor = ({ shiftKey, ctrlKey, metaKey }: Modifiers): StepSize =>
  shiftKey ? 'fine' : ctrlKey || metaKey ? 'coarse' : 'normal';

/** `onMoved` is called after each edit, with a number for the gesture. */
export function makeNumbersLive(editor: CodeEditor, host: HTMLElement, onMoved: (gesture: number) => void): void {
  const grip = new NumberGrip(editor, (event, position) => drag(event, position, false));
  onKeys(editor, host, onMoved);
  host.addEventListener(
    'pointerdown',
    (event) => {
      if (!event.altKey || event.button !== 0 || event.pointerType === 'touch') return;
      const target = editor.getTargetAtClientPoint(event.clientX, event.clientY);
      if (target?.type === monaco.editor.MouseTargetType.CONTENT_TEXT) drag(event, target.position, true);
    },
    true,
  );

  function drag(down: PointerEvent, position: monaco.IPosition, isInText: boolean): void {
    const held = HeldNumber.at(editor, position);
    if (!held) return;
    // Monaco would put a cursor there, or begin to select.
    down.preventDefault();
    down.stopPropagation();
    const stepPx = down.pointerType === 'touch' ? FINGER_STEP_PX : MOUSE_STEP_PX;
    let [fromX, fromY] = [down.clientX, down.clientY];
    let size = sizeFor(down);
    document.documentElement.classList.add(TURNING);
    const move = (event: PointerEvent) => {
      if (event.pointerId !== down.pointerId) return;
      event.preventDefault();
      event.stopPropagation();
      if (sizeFor(event) !== size) {
        size = sizeFor(event);
        [fromX, fromY] = [event.clientX, event.clientY];
        held.rebase();
      }
      const steps = Math.trunc((event.clientX - fromX - (event.clientY - fromY)) / stepPx);
      if (!held.move(steps, size)) return;
      grip.follow();
      onMoved(held.gesture);
    };
    const end = (event: PointerEvent) => {
      if (event.pointerId !== down.pointerId) return;
      event.stopPropagation();
      document.documentElement.classList.remove(TURNING);
      window.removeEventListener('pointermove', move, true);
      window.removeEventListener('pointerup', end, true);
      window.removeEventListener('pointercancel', end, true);
      held.end();
      // A click with Alt puts one more cursor there, as everywhere else in the text.
      if (held.isMoved || !isInText) return;
      const added = monaco.Selection.fromPositions(position);
      editor.setSelections([...(editor.getSelections() ?? []), added]);
    };
    window.addEventListener('pointermove', move, true);
    window.addEventListener('pointerup', end, true);
    window.addEventListener('pointercancel', end, true);
  }
}

/** All steps until Alt is let go are one gesture. Where there is no number, the keys mean what they always do. */
function onKeys(editor: CodeEditor, host: HTMLElement, onMoved: (gesture: number) => void): void {
  let held: HeldNumber | null = null;
  const letGo = () => {
    held?.end();
    held = null;
  };
  host.addEventListener(
    'keydown',
    (event) => {
      const arrow = ARROWS[event.key];
      const selection = editor.getSelection();
      const isOne = selection !== null && selection.startLineNumber === selection.endLineNumber;
      if (!arrow || !event.altKey || !isOne || !editor.hasTextFocus()) return;
      const position = selection.getEndPosition();
      if (!held?.has(position)) {
        letGo();
        held = HeldNumber.at(editor, position);
      }
      if (!held?.has(selection.getStartPosition())) return letGo();
      event.preventDefault();
      event.stopPropagation();
      const [direction, isCoarse] = arrow;
      held.rebase();
      if (!held.move(direction, isCoarse ? 'coarse' : sizeFor(event))) return;
      held.place(!selection.isEmpty());
      onMoved(held.gesture);
    },
    true,
  );
  window.addEventListener('keyup', ({ key }) => {
    if (key === 'Alt') letGo();
  });
  editor.onDidBlurEditorText(letGo);
}
