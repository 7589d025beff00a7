/**
 * The whole page: bar, tabs, code, dock, status line, thumb bar. It shows the model and sends requests to the actions.
 * Main thread.
 */

import './tokens.css';
import './page.css';
import './panels.css';
import './parts.css';
import './status.css';
import './pictures.css';
import './graph/graph.css';
import './smallPages.css';
import './stage.css';
import './lineItems.css';
import './printed.css';
import './controls/controls.css';
import './play/play.css';
import './outside/outside.css';
import './forcedColours.css';
import { type Signal, signal } from '@preact/signals';
import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Actions } from '../app/actions.ts';
import type { Model } from '../app/model.ts';
import { isSoundFile } from '../app/soundFiles.ts';
import { Bar, ThumbBar } from './bar.tsx';
import { Dock } from './dock.tsx';
import { StatusLine } from './statusLine.tsx';
import { type Tab, Tabs } from './tabs.tsx';
import type { Taps } from './taps.ts';

export interface PageProps {
  readonly model: Model;
  readonly actions: Actions;
  /** Whether keys have the names of Apple's keyboards. */
  readonly apple: boolean;
  /** What the pictures of the sound read; null before there is sound. */
  readonly taps: Signal<Taps | null>;
}

/** Fills `root`, and returns the element for the code. */
export function showPage(root: HTMLElement, props: PageProps): Promise<HTMLElement> {
  return new Promise((resolve) => render(<Page {...props} onCodeHost={resolve} />, root));
}

const tab = signal<Tab>('code');

function Page({ model, actions, apple, taps, onCodeHost }: PageProps & { onCodeHost: (host: HTMLElement) => void }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current) onCodeHost(host.current);
  }, [onCodeHost]);
  // Changes in the code must be visible there.
  const inCode: Actions = {
    ...actions,
    run: (command) => {
      const isHidden = tab.value !== 'code';
      if (command === 'nextProblem' || command === 'palette') tab.value = 'code';
      if (isHidden) requestAnimationFrame(() => actions.run(command));
      else actions.run(command);
    },
    open: (entry) => {
      tab.value = 'code';
      actions.open(entry);
    },
    openFiles: (files, as) => {
      if (!files.every(isSoundFile)) tab.value = 'code';
      actions.openFiles(files, as);
    },
    insert: (text) => {
      tab.value = 'code';
      actions.insert(text);
    },
    reveal: (unit, text) => {
      const isHidden = tab.value !== 'code';
      tab.value = 'code';
      if (isHidden) requestAnimationFrame(() => actions.reveal(unit, text));
      else actions.reveal(unit, text);
    },
  };
  return (
    <div class="page" data-stage={model.stage.value !== 'off'}>
      <Bar model={model} actions={inCode} apple={apple} />
      <Tabs tab={tab} />
      <div class="stage" data-tab={tab.value}>
        <main class="code" id="panel-code" aria-label="code">
          <div class="code-host" ref={host} />
        </main>
        <Dock model={model} actions={inCode} apple={apple} taps={taps} />
      </div>
      <StatusLine model={model} actions={inCode} apple={apple} />
      <ThumbBar model={model} actions={actions} apple={apple} taps={taps} />
    </div>
  );
}
