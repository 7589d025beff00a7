/** What hangs from the bar: the menu behind the three dots, and what it and the menu of examples are made of. */

import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { QUANTISE_TEXTS } from '../app/chipTexts.ts';
import { COMMANDS, type CommandName, chordText, tooltip } from '../app/commands.ts';
import { FADE_STEPS_MS, QUANTISES, THEMES } from '../app/settings.ts';
import { WAV_FORMATS, type WavFormat } from '../app/wav.ts';
import type { BarProps } from './bar.tsx';
import { chooseFiles } from './files.ts';
import { focusVisibly } from './focus.ts';
import { Icon } from './icons.tsx';

export function MoreMenu({ model, actions, apple }: BarProps) {
  const { theme, dockOpen, autoEvaluate, fadeMs, quantise, limiterIsOn, wavFormat, inlineControls } =
    model.settings.value;
  const command = (name: CommandName, checked?: boolean) => (
    <Item
      label={COMMANDS[name].title}
      keys={chordText(COMMANDS[name].chord, apple)}
      onChoose={() => actions.run(name)}
      model={model}
      {...(checked === undefined ? {} : { checked })}
    />
  );
  return (
    <Menu
      model={model}
      name="more"
      side="right"
      class="more"
      label="settings and more"
      tip={tooltip('menu', apple)}
      face={<Icon name="more" />}
    >
      {command('freshStart')}
      {command('undoSwap')}
      {command('redoSwap')}
      {command('toggleAuto', autoEvaluate)}
      {command('toggleInline', inlineControls)}
      <hr />
      <Choice
        model={model}
        label="fade, ms"
        keys={`${chordText(COMMANDS.shorterFade.chord, apple)}  ${chordText(COMMANDS.longerFade.chord, apple)}`}
        options={[...new Set([...FADE_STEPS_MS, fadeMs])].sort((a, b) => a - b)}
        chosen={fadeMs}
        text={(ms) => String(Math.round(ms))}
        onChoose={(ms) => actions.set({ fadeMs: ms })}
      />
      <Choice
        model={model}
        label="swap"
        keys={chordText(COMMANDS.cycleQuantise.chord, apple)}
        options={QUANTISES}
        chosen={quantise}
        text={(name) => QUANTISE_TEXTS[name]}
        onChoose={(name) => actions.set({ quantise: name })}
      />
      {command('toggleLimiter', limiterIsOn)}
      <hr />
      {command('record', model.takeSeconds.value !== null)}
      {command('keepLastMinute')}
      <Choice
        model={model}
        label="WAV, bits"
        options={WAV_FORMATS}
        chosen={wavFormat}
        text={(name) => WAV_TEXTS[name]}
        onChoose={(name) => actions.set({ wavFormat: name })}
      />
      <hr />
      <Choice
        model={model}
        label="theme"
        keys={chordText(COMMANDS.cycleTheme.chord, apple)}
        options={THEMES}
        chosen={theme}
        text={(name) => name}
        onChoose={(name) => actions.set({ theme: name })}
      />
      {command('largerText')}
      {command('smallerText')}
      <div class="wide">{command('toggleDock', dockOpen)}</div>
      {command('stage')}
      <hr />
      {command('share')}
      {command('save')}
      <Item label="open a file…" onChoose={() => chooseFiles('patch', actions.openFiles)} model={model} />
      {command('addSounds')}
      {command('palette')}
    </Menu>
  );
}

const WAV_TEXTS: Readonly<Record<WavFormat, string>> = { float32: '32 float', int24: '24', int16: '16' };

interface ChoiceProps<Option> {
  readonly model: BarProps['model'];
  readonly label: string;
  readonly keys?: string;
  readonly options: readonly Option[];
  readonly chosen: Option;
  readonly text: (option: Option) => string;
  readonly onChoose: (option: Option) => void;
}

/** One of several, side by side in one row. */
function Choice<Option extends string | number>(props: ChoiceProps<Option>) {
  const { model, label, keys, options, chosen, text, onChoose } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a menu.
    <div class="choice" role="group" aria-label={label}>
      <span class="choice-label">
        {label}
        {keys && <kbd>{keys}</kbd>}
      </span>
      <span class="choice-options">
        {options.map((option) => (
          <Item
            key={option}
            model={model}
            label={text(option)}
            checked={option === chosen}
            isRadio
            onChoose={() => onChoose(option)}
          />
        ))}
      </span>
    </div>
  );
}

interface MenuProps {
  readonly model: BarProps['model'];
  readonly name: 'examples' | 'more';
  readonly side: 'left' | 'right';
  readonly class: string;
  readonly label: string;
  readonly tip: string;
  readonly face: ComponentChildren;
  readonly children: ComponentChildren;
}

/** Where it holds an input, that takes what is typed, wherever in the menu the focus is. */
export function Menu({ model, name, side, class: className, label, tip, face, children }: MenuProps) {
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const before = useRef<Element | null>(null);
  const isByPointer = useRef(false);
  const isOpen = model.menu.value === name;
  const close = () => {
    if (model.menu.value === name) model.menu.value = null;
  };

  // Before the next key: one pressed immediately must find the focus and the listeners in place.
  useLayoutEffect(() => {
    if (!isOpen) return;
    before.current = document.activeElement;
    if (isByPointer.current) items(place.current)[0]?.focus();
    else focusVisibly(items(place.current)[0]);
    isByPointer.current = false;
    const outside = (event: Event) => {
      if (!place.current?.contains(event.target as Node)) close();
    };
    document.addEventListener('pointerdown', outside, true);
    document.addEventListener('focusin', outside, true);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      document.removeEventListener('focusin', outside, true);
      // The focus returns to where it was, unless it has moved elsewhere.
      const isLost = document.activeElement === document.body || place.current?.contains(document.activeElement);
      const target = before.current === document.body ? button.current : before.current;
      if (isLost && target instanceof HTMLElement) target.focus();
    };
  }, [isOpen]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen) return;
    const isTyping = event.target instanceof HTMLInputElement;
    if (event.key === 'Escape') {
      close();
    } else if (isTyping && !/^Arrow(Up|Down)$/.test(event.key)) {
      return;
    } else if (isCharacter(event)) {
      // The key itself is not taken: the character lands where the focus is now.
      place.current?.querySelector('input')?.focus();
      return;
    } else if (!moveFocus(items(place.current), event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="menu-place" ref={place}>
      <button
        type="button"
        ref={button}
        class={className}
        title={tip}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={({ detail }) => {
          // It is 0 where a key pressed the button.
          isByPointer.current = detail > 0 && !isOpen;
          model.menu.value = isOpen ? null : name;
        }}
      >
        {face}
      </button>
      {isOpen && (
        <div class={`menu menu-${side}`} role="menu" tabIndex={-1} aria-label={label} onKeyDown={onKeyDown}>
          {children}
        </div>
      )}
    </div>
  );
}

interface ItemProps {
  readonly model: BarProps['model'];
  readonly label: string;
  readonly keys?: string;
  /** What tells it from others of the same name. */
  readonly detail?: string;
  /** Shown beside it where there is room, and no part of its name. */
  readonly tags?: readonly string[];
  /** What it is, in a sentence. */
  readonly tip?: string;
  readonly checked?: boolean;
  readonly isRadio?: boolean;
  readonly onChoose: () => void;
}

export function Item({ model, label, keys, detail, tags, tip, checked, isRadio, onChoose }: ItemProps) {
  const choose = () => {
    model.menu.value = null;
    onChoose();
  };
  const kind =
    checked === undefined
      ? { role: 'menuitem' as const }
      : { role: isRadio ? ('menuitemradio' as const) : ('menuitemcheckbox' as const), 'aria-checked': checked };
  return (
    <button type="button" {...kind} tabIndex={-1} onClick={choose} {...(tip ? { title: tip } : {})}>
      <span>{label}</span>
      {detail && <small>{detail}</small>}
      {tags && (
        <small class="tags" aria-hidden="true">
          {tags.join(' · ')}
        </small>
      )}
      {keys && <kbd>{keys}</kbd>}
      {checked !== undefined && <span class="mark">{checked && <Icon name="check" />}</span>}
    </button>
  );
}

const isCharacter = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;

const items = (place: HTMLElement | null): HTMLElement[] =>
  place ? [...place.querySelectorAll<HTMLElement>('[role^=menuitem]')] : [];

/** Whether the key moves among the items: up and down by rows, left and right within one. */
function moveFocus(among: readonly HTMLElement[], key: string): boolean {
  const now = document.activeElement instanceof HTMLElement ? among.indexOf(document.activeElement) : -1;
  const rows = rowsOf(among);
  const row = rows.findIndex((members) => members.includes(among[now]));
  const within = rows[row] ?? [];
  const place = within.indexOf(among[now]);
  const targets: Readonly<Record<string, HTMLElement | undefined>> = {
    ArrowDown: entryOf(rows[(row + 1) % rows.length]),
    ArrowUp: entryOf(rows[(Math.max(row, 0) - 1 + rows.length) % rows.length]),
    ArrowRight: within[(place + 1) % within.length],
    ArrowLeft: within[(place - 1 + within.length) % within.length],
    Home: among[0],
    End: among.at(-1),
  };
  if (!Object.hasOwn(targets, key)) return false;
  focusVisibly(targets[key]);
  return true;
}

/** Items; those of one choice are grouped. */
function rowsOf(among: readonly HTMLElement[]): readonly (readonly HTMLElement[])[] {
  const rows: HTMLElement[][] = [];
  for (const item of among) {
    const choice = item.closest('.choice');
    const last = rows.at(-1);
    if (choice && last && last[0].closest('.choice') === choice) last.push(item);
    else rows.push([item]);
  }
  return rows;
}

/** The chosen item of a row, or else the first. */
const entryOf = (row: readonly HTMLElement[]): HTMLElement =>
  row.find((item) => item.getAttribute('aria-checked') === 'true') ?? row[0];
