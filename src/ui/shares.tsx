/** Where the time goes: shares of work by unit, in the place of the table of code, and by line. Main thread. */

import type { Actions } from '../app/actions.ts';
import { isLibraryUnit, lineRows, runsText, shareText, unitRows } from '../app/shares.ts';
import type { Profile } from '../protocol/profile.ts';

export function Shares({ profile, actions }: { readonly profile: Profile; readonly actions: Actions }) {
  const units = unitRows(profile);
  return (
    <>
      <table class="shares" aria-label="share of work by unit">
        <thead>
          <tr>
            <th scope="col">unit</th>
            <th scope="col" title="of all work: what its own functions do, without what they call">
              share
            </th>
            <th scope="col" title="calls of its functions in a frame">
              calls
            </th>
          </tr>
        </thead>
        <tbody>
          {units.map(({ unit, name, share, calls }) => (
            <tr key={unit} data-unit={unit} data-library={isLibraryUnit(unit)}>
              <th scope="row" title={unit}>
                {name}
              </th>
              <td style={{ '--share': share }}>{shareText(share)}</td>
              <td>{runsText(calls)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table class="shares" aria-label="share of work by line">
        <thead>
          <tr>
            <th scope="col">line</th>
            <th scope="col" title="of all work: what the line does, with what it calls of the library">
              share
            </th>
            <th scope="col" title="how often it runs in a frame">
              runs
            </th>
          </tr>
        </thead>
        <tbody>
          {lineRows(profile).map(({ line, text, share, runs, span }) => (
            <tr key={line} class="leads" onClick={() => actions.revealSpan(span)}>
              <th scope="row" title={text}>
                <button type="button">
                  <span class="shares-line">{line}</span>
                  {text}
                </button>
              </th>
              <td style={{ '--share': share }}>{shareText(share)}</td>
              <td>{runsText(runs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
