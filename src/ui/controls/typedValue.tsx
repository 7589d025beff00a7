/** The value of a control as a text that becomes an input when it is pressed. */

import { useLayoutEffect, useRef } from 'preact/hooks';
import { controlText, typedNumber } from '../../app/controlNumbers.ts';
import type { ControlProps } from './hands.ts';

interface TypedValueProps extends ControlProps {
  /** What has been typed so far; null: nobody types. */
  readonly typed: string | null;
  readonly onTyped: (typed: string | null) => void;
}

export function TypedValue({ state, hands, typed, onTyped }: TypedValueProps) {
  const { declaration, value } = state;
  const input = useRef<HTMLInputElement>(null);
  const isOpen = typed !== null;
  // Before the next key is pressed, which is for the input.
  useLayoutEffect(() => {
    if (!isOpen) return;
    input.current?.focus();
    if (typed === '') input.current?.select();
    // Focus alone leaves the caret in front of it.
    else input.current?.setSelectionRange(typed.length, typed.length);
  }, [isOpen]);
  const text = controlText(value, declaration);
  if (!isOpen) {
    return (
      <button type="button" class="control-value" tabIndex={-1} title="type a value" onClick={() => onTyped('')}>
        {text}
      </button>
    );
  }
  const close = (isMeant: boolean) => {
    const number = typedNumber(input.current?.value ?? '', declaration.unit);
    if (isMeant && number !== null) hands.move(declaration.name, number);
    onTyped(null);
  };
  return (
    <input
      ref={input}
      class="control-value"
      inputMode="decimal"
      aria-label={`${declaration.name}, value`}
      // What was pressed to get here is its first character.
      defaultValue={typed === '' ? text.replace('−', '-') : typed}
      onBlur={() => close(true)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        const slider = event.currentTarget.parentElement?.querySelector<HTMLElement>('[role=slider]');
        close(event.key === 'Enter');
        slider?.focus();
      }}
    />
  );
}
