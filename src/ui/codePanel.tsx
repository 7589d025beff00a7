/**
 * The running code: a row for each unit, which lights up when its code changes and leads to its text; below, a log of
 * what happened to units. Empty until something runs.
 */

import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Actions } from '../app/actions.ts';
import { tooltip } from '../app/commands.ts';
import type { Model } from '../app/model.ts';
import { bytesText, changedUnits, libraryName, logLines, slotsText } from '../app/swaps.ts';
import type { CodeEvent, CodeRow } from '../protocol/compile.ts';
import { usesAppleKeys } from './keyboard.ts';
import { Shares } from './shares.tsx';

/** Lines of the log. */
const SHOWN_LINES = 12;
/** More units are counted but not shown, to keep the page fast. */
const MAX_SHOWN_UNITS = 300;
/** The highlight stays for a moment, then fades. */
const LIGHT_MS = 200;
const LIGHT_STAYS = 0.4;

export function CodePanel({ model, actions }: { readonly model: Model; readonly actions: Actions }) {
  const { rows } = model.code.value;
  const body = useRef<HTMLTableSectionElement>(null);
  const before = useRef<readonly CodeRow[]>([]);
  useLayoutEffect(() => {
    const changed = changedUnits(before.current, rows);
    before.current = rows;
    if (changed.size > 0)
      light([...(body.current?.rows ?? [])].filter(({ dataset }) => changed.has(dataset.unit ?? '')));
  }, [rows]);
  if (rows.length === 0) return null;
  const own = rows.filter(isOwn);
  const profile = model.profile.value;
  return (
    <section class="panel panel-code" aria-label="running code">
      <h2 class="panel-head">
        code
        <button
          type="button"
          class="profile-switch"
          aria-pressed={profile !== null}
          title={tooltip('profile', usesAppleKeys())}
          onClick={() => actions.run('profile')}
        >
          {profile === 'counting' ? 'counting …' : 'profile'}
        </button>
        <span class="figure">{bytesText(rows.reduce((sum, { codeBytes }) => sum + codeBytes, 0))}</span>
      </h2>
      <div class="code-rows">
        {profile !== null && profile !== 'counting' ? (
          <Shares profile={profile} actions={actions} />
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">unit</th>
                <th scope="col" title="how many versions of its code there have been">
                  v
                </th>
                <th scope="col" title="function table entries">
                  slot
                </th>
                <th scope="col" title="bytes of WebAssembly">
                  code
                </th>
                <th scope="col" title="bytes of state that swaps keep">
                  state
                </th>
                <th scope="col" title="2: runs as part of the optimised code of the whole patch">
                  tier
                </th>
              </tr>
            </thead>
            <tbody ref={body}>
              {own.slice(0, MAX_SHOWN_UNITS).map((row) => (
                <Row key={row.unit} row={row} onChoose={() => actions.reveal(row)} />
              ))}
              {own.length > MAX_SHOWN_UNITS && (
                <tr>
                  <th scope="row">{`and ${own.length - MAX_SHOWN_UNITS} more`}</th>
                </tr>
              )}
              <LibraryRows rows={rows.filter((row) => !isOwn(row))} />
            </tbody>
          </table>
        )}
      </div>
      <Log model={model} />
    </section>
  );
}

const isOwn = ({ span }: CodeRow): boolean => span !== null;

function Row({ row, onChoose }: { readonly row: CodeRow; readonly onChoose: () => void }) {
  const { unit } = row;
  return (
    // For keys and readers the name in the row is a button; the row is a larger place to press.
    <tr data-unit={unit} class="leads" onClick={onChoose}>
      <th scope="row" title={unit}>
        <button type="button">{unit}</button>
      </th>
      <Cells row={row} />
    </tr>
  );
}

function Cells({ row: { version, slots, codeBytes, stateBytes, tier, tierReason } }: { readonly row: CodeRow }) {
  return (
    <>
      <td>{version}</td>
      <td title={slots.join(', ')}>{slotsText(slots)}</td>
      <td>{codeBytes > 0 && bytesText(codeBytes)}</td>
      <td>{stateBytes > 0 && bytesText(stateBytes)}</td>
      <td title={tierReason && `stays in tier 1: ${tierReason}`}>{codeBytes > 0 ? tier : ''}</td>
    </>
  );
}

/** The library functions that the patch uses: one row, which unfolds. */
function LibraryRows({ rows }: { readonly rows: readonly CodeRow[] }) {
  const [isOpen, setIsOpen] = useState(false);
  if (rows.length === 0) return null;
  return (
    <>
      <tr class="leads" onClick={() => setIsOpen(!isOpen)}>
        <th scope="row">
          <button type="button" aria-expanded={isOpen}>{`library (${rows.length})`}</button>
        </th>
        <td />
        <td />
        <td>{bytesText(rows.reduce((sum, { codeBytes }) => sum + codeBytes, 0))}</td>
        <td />
        <td />
      </tr>
      {isOpen &&
        rows.map((row) => (
          <tr key={row.unit} data-unit={row.unit}>
            <th scope="row" title={row.unit}>
              {libraryName(row.unit)}
            </th>
            <Cells row={row} />
          </tr>
        ))}
    </>
  );
}

const HAPPENED: Readonly<Record<CodeEvent['kind'], string>> = {
  linked: 'linked',
  committed: 'playing',
  retired: 'retired',
  rolledBack: 'rolled back',
  refused: 'refused',
};

function Log({ model }: { readonly model: Model }) {
  const lines = logLines(model.events.value, SHOWN_LINES);
  if (lines.length === 0) return null;
  return (
    <details class="log">
      <summary>log</summary>
      <ol>
        {lines.map(({ serial, kind, generation, units }) => (
          <li key={serial} data-kind={kind} title={units}>
            <span>{generation}</span>
            <span>{HAPPENED[kind]}</span>
            <span>{units}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function light(rows: readonly HTMLElement[]): void {
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const lit = { backgroundColor: 'var(--accent-faint)' };
  const frames = [lit, { ...lit, offset: LIGHT_STAYS }, { backgroundColor: 'transparent' }];
  for (const row of rows) row.animate(frames, { duration: LIGHT_MS, easing: 'ease-out' });
}
