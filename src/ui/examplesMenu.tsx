/** The menu under the title: what was saved, what was put aside, and the gallery by its folders, with a filter. */

import { useState } from 'preact/hooks';
import { tooltip } from '../app/commands.ts';
import { groupsOf, matching } from '../app/examples.ts';
import type { Entry } from '../app/model.ts';
import type { BarProps } from './bar.tsx';
import { Icon } from './icons.tsx';
import { Item, Menu } from './menus.tsx';

export function ExamplesMenu(props: BarProps) {
  const { model, apple } = props;
  return (
    <Menu
      model={model}
      name="examples"
      side="left"
      class="title"
      label={`examples, current: ${model.title.value}`}
      tip={tooltip('examples', apple)}
      face={
        <>
          <span>{model.title.value}</span>
          <Icon name="down" />
        </>
      }
    >
      <Choices {...props} />
    </Menu>
  );
}

/** Exists while the menu is open, so that each time it begins with everything. */
function Choices({ model, actions }: BarProps) {
  const [sought, setSought] = useState('');
  const lists: readonly (readonly [heading: string, entries: readonly Entry[]])[] = [
    ['saved', model.saved.value],
    ['your recent patches', model.aside.value],
    ...groupsOf(model.examples.value),
  ];
  const found = lists
    .map(([heading, entries]) => [heading, matching(entries, sought)] as const)
    .filter(([, entries]) => entries.length > 0);
  const open = (entry: Entry) => {
    model.menu.value = null;
    actions.open(entry);
  };
  return (
    <>
      <input
        type="search"
        class="filter"
        placeholder="find"
        aria-label="find a patch"
        autocomplete="off"
        spellcheck={false}
        value={sought}
        onInput={({ currentTarget }) => setSought(currentTarget.value)}
        onKeyDown={(event) => {
          const first = found[0]?.[1][0];
          if (event.key !== 'Enter' || !sought || !first) return;
          // The editor has the focus when the key would write its line.
          event.preventDefault();
          open(first);
        }}
      />
      {found.map(([heading, entries]) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a menu.
        <div role="group" aria-label={heading} key={heading}>
          <h2>{heading}</h2>
          {entries.map((entry, n) => (
            <Item
              key={`${n} ${entry.title}`}
              label={entry.title}
              onChoose={() => actions.open(entry)}
              model={model}
              {...(entry.detail ? { detail: entry.detail } : {})}
              {...(entry.tags ? { tags: entry.tags } : {})}
              {...(entry.about ? { tip: entry.about } : {})}
            />
          ))}
        </div>
      ))}
      {found.length === 0 && <p role="status">No patch has all of these words.</p>}
    </>
  );
}
