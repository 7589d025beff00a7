/**
 * Which worker is the first: one in the page, where the text was compiled when the page was built, so that it sounds before the
 * compiler has loaded; else the compiler's. In: the text. Out: what starts workers. Main thread.
 */

import { clockMs } from '../protocol/clock.ts';
import { prebuiltName, unpackPrebuilt } from './prebuilt.ts';
import { PrebuiltWorker } from './prebuiltWorker.ts';
import type { KeeperParts } from './workerKeeper.ts';

/** The texts that there are files for, by short names, and where. Inserted by scripts/prebuiltPlugin.ts, by builds only. */
declare const PREBUILT:
  | { readonly version: string; readonly folder: string; readonly names: readonly string[] }
  | undefined;

/** `text`: what the page begins with; `null`: it is not to be compiled by itself. */
export function withPrebuilt(text: string | null, startWorker: KeeperParts['startWorker']): KeeperParts['startWorker'] {
  const index = typeof PREBUILT === 'undefined' ? null : PREBUILT;
  if (text === null || !index?.names.includes(prebuiltName(text))) return startWorker;
  const { version, folder } = index;
  const file = read(`${folder}/${prebuiltName(text)}.json`);
  let isFirst = true;
  return (name) => {
    if (!isFirst) return startWorker(name);
    isFirst = false;
    const find = async (sampleRate: number) => {
      const found = await file;
      return found === null ? null : unpackPrebuilt(found, { version, text, sampleRate });
    };
    return new PrebuiltWorker({ text, find, now: clockMs });
  };
}

async function read(path: string): Promise<string | null> {
  try {
    const answer = await fetch(new URL(path, document.baseURI));
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}
