/** Below 900 px there is room for either the code or the dock: chooses which. Hidden on wider pages. */

import type { Signal } from '@preact/signals';
import { focusVisibly } from './focus.ts';

export type Tab = 'code' | 'controls' | 'see';

const TABS: readonly Tab[] = ['code', 'controls', 'see'];

export function Tabs({ tab }: { readonly tab: Signal<Tab> }) {
  const step = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const step = event.key === 'ArrowRight' ? 1 : TABS.length - 1;
    tab.value = TABS[(TABS.indexOf(tab.value) + step) % TABS.length];
    const list = event.currentTarget as HTMLElement;
    focusVisibly(list.querySelector<HTMLElement>(`[data-tab=${tab.value}]`));
  };
  return (
    <div class="tabs" role="tablist" aria-label="view" onKeyDown={step}>
      {TABS.map((name) => (
        <button
          type="button"
          role="tab"
          key={name}
          data-tab={name}
          aria-selected={tab.value === name}
          aria-controls={name === 'code' ? 'panel-code' : 'panel-see'}
          tabIndex={tab.value === name ? 0 : -1}
          onClick={() => {
            tab.value = name;
          }}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
