/**
 * The profile of a patch without threads: it is played for a while, then a copy is played on and counted, as in the page. In: a
 * text. Out: shares of work. Node only.
 */

import type { Profiled } from '../protocol/profile.ts';
import { ProfileService } from '../worker/profileService.ts';
import type { Session } from '../worker/session.ts';
import type { Player } from './player.ts';

const BLOCK_FRAMES = 128;

/** The profile of what plays; `text`: what it is made from. */
export async function profileOf(session: Session, player: Player, text: string, sampleRate: number): Promise<Profiled> {
  const { emit } = await import('../compiler/emit/emit.ts');
  let told: Profiled | null = null;
  const service = new ProfileService(
    session.inspector,
    {
      toMain: (message) => {
        if (message.kind === 'profiled') told = message.profiled;
      },
      toProcessor: (message) => {
        if (message.kind === 'look') player.look(message.look);
      },
    },
    { sampleRate, emit, now: null },
  );
  service.hear({ kind: 'profile', id: 1, text });
  const [left, right] = [new Float64Array(BLOCK_FRAMES), new Float64Array(BLOCK_FRAMES)];
  while (told === null) {
    player.process(left, right, BLOCK_FRAMES);
    const seen = player.takeSeen();
    if (seen) service.seen(seen);
    while (service.step());
  }
  return told;
}
