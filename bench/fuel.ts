/**
 * `npm run bench -- fuel [NAME]`: how long a block may take at most. Each program of wasters.ts plays until its fuel is gone; what
 * that block took is told, in the first tier, as the least of several runs, with the nanoseconds that a unit of fuel bought.
 */

import { MAX_BURST_FUEL } from '../src/protocol/arena.ts';
import { PEACEFUL_FRAMES, wasters } from '../src/testing/bombs/wasters.ts';
import { LivePatch } from '../src/testing/live.ts';

const ROUNDS = 3;
const BLOCK_FRAMES = 128;

/** Milliseconds of processor time of the block in which it runs out of fuel; a machine that is busy changes little. */
async function lastBlockMs(text: string): Promise<number> {
  const live = await LivePatch.create(text, { now: () => performance.now(), fadeFrames: 0 });
  live.render(PEACEFUL_FRAMES);
  // What the trap means is found out afterwards, and not by the audio thread.
  const used: NodeJS.CpuUsage[] = [];
  const { session } = live;
  const describeTrap = session.describeTrap.bind(session);
  session.describeTrap = (trap) => {
    used.push(process.cpuUsage(before));
    return describeTrap(trap);
  };
  const before = process.cpuUsage();
  try {
    live.render(BLOCK_FRAMES);
  } catch {
    const [{ user, system }] = used;
    return (user + system) / 1000;
  }
  throw new Error('it did not run out of fuel');
}

export async function run([wanted = '']: readonly string[]): Promise<void> {
  process.stdout.write(`${'program'.padEnd(44)}${'ms'.padStart(8)}${'ns a unit'.padStart(12)}\n`);
  for (const { name, text } of wasters) {
    if (!name.includes(wanted)) continue;
    let leastMs = Number.POSITIVE_INFINITY;
    for (let n = 0; n < ROUNDS; n++) leastMs = Math.min(leastMs, await lastBlockMs(text));
    const perUnit = (leastMs * 1e6) / MAX_BURST_FUEL;
    process.stdout.write(`${name.padEnd(44)}${leastMs.toFixed(1).padStart(8)}${perUnit.toFixed(2).padStart(12)}\n`);
  }
}
