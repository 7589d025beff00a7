/**
 * Removes sound files that no patch has any more, when a page opens and is the only one: others may be about to remember what they
 * keep. Main thread; never rejects.
 */

import type { SoundMemory } from '../share/soundMemory.ts';
import type { SoundFileClient } from './soundFileClient.ts';

const LOCK = 'segue.sounds';

export async function tidySounds(
  memory: Pick<SoundMemory, 'isUsed' | 'keys'>,
  files: Pick<SoundFileClient, 'forgetOthers'>,
  locks: Pick<LockManager, 'request'> | undefined,
): Promise<void> {
  try {
    await locks?.request(LOCK, { ifAvailable: true }, async (lock) => {
      if (lock && memory.isUsed) await files.forgetOthers(memory.keys());
    });
    // As long as this page is there.
    await locks?.request(LOCK, { mode: 'shared' }, () => new Promise(() => undefined));
  } catch {
    // Files that nobody needs take room, and no more than that.
  }
}
