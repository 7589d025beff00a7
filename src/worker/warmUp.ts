/**
 * Warms up the compiler before anyone waits for it: an engine runs code slowly until it has run it for a while, and the
 * first edits after loading would be slow. Edits of a patch that is never heard are compiled in a separate session, one
 * at a time, so that a request waits for one of them at most.
 */

import type { Session } from './session.ts';

export const EDITS = 16;

/**
 * `makeSession`: makes a session that nothing else uses. `pause`: resolves when pending requests are done, false to
 * stop here. Never rejects.
 */
export async function warmUp(makeSession: () => Promise<Session>, pause: () => Promise<boolean>): Promise<void> {
  try {
    const session = await makeSession();
    let playing: number | null = null;
    for (let edit = 0; edit < EDITS; edit++) {
      if (!(await pause())) return;
      const result = session.update(warmUpText(edit));
      if (result.kind !== 'batch') continue;
      const { generation, from } = result.batch;
      session.committed(generation);
      if (from !== null && from === playing) session.retired(from);
      playing = generation;
    }
  } catch {
    // Then the first edits are slower. A fault here would occur there too, and is reported there.
  }
}

/** Some of everything that patches contain, in variants that differ as edits do: a number, a body, a declaration. */
export function warmUpText(edit: number): string {
  return `// Edit ${edit}
const { sin, PI, floor, max } = Math
const notes = [110, 164.8, ${220 + edit}, 277.2]
let steps = 0
function osc(ratio) {
  let phase = 0
  return (hz) => {
    phase += (ratio * hz) / sampleRate
    if (phase >= 1) phase -= floor(phase)
    return ${edit % 2 === 0 ? 'sin(2 * PI * phase)' : '2 * phase - 1'}
  }
}
function delay(seconds) {
  const line = new Float64Array(${1000 + edit})
  let at = 0
  return (x, feedback = 0.5) => {
    const y = line[at]
    line[at] = x + y * feedback
    at = (at + 1) % max(1, floor(seconds * line.length))
    return y
  }
}
function lowpass() {
  const state = { y: 0 }
  return (x, hz) => (state.y += (1 - 2 ** (-9 * hz / sampleRate)) * (x - state.y))
}
const envelope = (t, length) => (t < length ? 1 - t / length : 0)
const voices = notes.map((hz, n) => ({ hz, gain: 1 / (n + 1), osc: osc(1 + n * 0.001), smooth: lowpass() }))
const echo = delay(0.25)
${edit % 3 === 0 ? `const extra = (x) => x * ${edit} - x\n` : ''}
function pick(t) {
  steps = floor(t * 4) % voices.length
  for (const [n, voice] of voices.entries()) if (n === steps) return voice
  return voices[0]
}
export default (t) => {
  const { hz, gain, osc: next, smooth } = pick(t)
  let x = gain * next(hz) * envelope(t % 0.25, 0.2)
  x = smooth(x, 800 + 400 * sin(t))
  const wet = echo(x, 0.4)
  return [x + wet * ${(edit % 7) / 10}, x - wet * 0.3]
}
`;
}
