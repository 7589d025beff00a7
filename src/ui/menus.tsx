/** The two menus, which hang from the bar: examples under the title, settings under the three dots. */

import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { COMMANDS, type CommandName, chordText, tooltip } from '../app/commands.ts';
import type { Entry } from '../app/model.ts';
import { THEMES } from '../app/settings.ts';
import type { BarProps } from './bar.tsx';
import { Icon } from './icons.tsx';

export function ExamplesMenu({ model, actions, apple }: BarProps) {
  const item = (entry: Entry, n: number) => (
    <Item key={`${n} ${entry.title}`} label={entry.title} onChoose={() => actions.open(entry)} model={model} />
  );
  return (
    <Menu
      model={model}
      name="examples"
      side="left"
      class="title"
      label={`examples, now: ${model.title.value}`}
      tip={tooltip('examples', apple)}
      face={
        <>
          <span>{model.title.value}</span>
          <Icon name="down" />
        </>
      }
    >
      {model.aside.value.length > 0 && <h2>your last patches</h2>}
      {model.aside.value.map(item)}
      <h2>examples</h2>
      {model.examples.map(item)}
    </Menu>
  );
}

export function MoreMenu({ model, actions, apple }: BarProps) {
  const { theme, dockOpen, autoEvaluate } = model.settings.value;
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
      {command('toggleAuto', autoEvaluate)}
      <div class="wide">{command('toggleDock', dockOpen)}</div>
      <hr />
      {command('largerText')}
      {command('smallerText')}
      <hr />
      {THEMES.map((name) => (
        <Item
          key={name}
          label={name === 'system' ? 'theme as the system has it' : `${name} theme`}
          checked={theme === name}
          isRadio
          onChoose={() => actions.setTheme(name)}
          model={model}
        />
      ))}
      <hr />
      {command('share')}
      {command('save')}
      {command('palette')}
    </Menu>
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

function Menu({ model, name, side, class: className, label, tip, face, children }: MenuProps) {
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const before = useRef<Element | null>(null);
  const isOpen = model.menu.value === name;
  const close = () => {
    if (model.menu.value === name) model.menu.value = null;
  };

  // Before the next key: one pressed at once must find the focus and the listeners where they belong.
  useLayoutEffect(() => {
    if (!isOpen) return;
    before.current = document.activeElement;
    items(place.current)[0]?.focus();
    const outside = (event: Event) => {
      if (!place.current?.contains(event.target as Node)) close();
    };
    document.addEventListener('pointerdown', outside, true);
    document.addEventListener('focusin', outside, true);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      document.removeEventListener('focusin', outside, true);
      // The focus goes back to where it was, unless it has gone elsewhere by itself.
      const isLost = document.activeElement === document.body || place.current?.contains(document.activeElement);
      const target = before.current === document.body ? button.current : before.current;
      if (isLost && target instanceof HTMLElement) target.focus();
    };
  }, [isOpen]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen) return;
    if (event.key === 'Escape') {
      close();
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
        onClick={() => {
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
  readonly checked?: boolean;
  readonly isRadio?: boolean;
  readonly onChoose: () => void;
}

function Item({ model, label, keys, checked, isRadio, onChoose }: ItemProps) {
  const choose = () => {
    model.menu.value = null;
    onChoose();
  };
  const kind =
    checked === undefined
      ? { role: 'menuitem' as const }
      : { role: isRadio ? ('menuitemradio' as const) : ('menuitemcheckbox' as const), 'aria-checked': checked };
  return (
    <button type="button" {...kind} tabIndex={-1} onClick={choose}>
      <span>{label}</span>
      {keys && <kbd>{keys}</kbd>}
      {checked !== undefined && <span class="mark">{checked && <Icon name="check" />}</span>}
    </button>
  );
}

const items = (place: HTMLElement | null): HTMLElement[] =>
  place ? [...place.querySelectorAll<HTMLElement>('[role^=menuitem]')] : [];

/** Whether the key was one that moves among the items. */
function moveFocus(among: readonly HTMLElement[], key: string): boolean {
  const now = document.activeElement instanceof HTMLElement ? among.indexOf(document.activeElement) : -1;
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: (now + 1) % among.length,
    ArrowUp: (Math.max(now, 0) - 1 + among.length) % among.length,
    Home: 0,
    End: among.length - 1,
  };
  const target = targets[key];
  if (target === undefined) return false;
  among[target]?.focus();
  return true;
}
