/** `segue profile`: where a patch spends its time, by unit and by line, counted over a second of sound. */

import { runsText, shareText, unitRows } from '../src/app/shares.ts';
import { DEFAULT_SAMPLE_RATE } from '../src/node/playThrough.ts';
import type { Profile } from '../src/protocol/profile.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { formatDiagnostic } from './diagnostics.ts';
import { parseOptions } from './options.ts';
import { readPatch } from './patchFiles.ts';

const BLOCK_FRAMES = 128;
const MAX_SECONDS = 600;
const SHARE_COLUMNS = 8;
const RUNS_COLUMNS = 9;

export const profile: Command = {
  usage: 'profile PATCH [--after SECONDS] [--json]',

  async run(args, terminal) {
    const options = parseOptions(args, { after: 'value', json: 'flag' });
    if (options.positionals.length !== 1) throw new UsageError('name one patch, such as patches/pad.ts');
    const seconds = options.number('after', 0, MAX_SECONDS) ?? 0;
    const patch = readPatch(options.positionals[0], terminal.cwd);
    const [{ createSession }, { Player }, { profileOf }] = await Promise.all([
      import('../src/node/session.ts'),
      import('../src/node/player.ts'),
      import('../src/node/profilePatch.ts'),
    ]);
    const session = await createSession({ sampleRate: DEFAULT_SAMPLE_RATE, fadeFrames: 0, postsModules: false });
    const player = new Player(session, { sampleRate: DEFAULT_SAMPLE_RATE, raw: true });
    const { kind, diagnostics } = player.offer(patch.text);
    for (const diagnostic of diagnostics) terminal.err(formatDiagnostic(patch, diagnostic));
    if (kind !== 'committed') return EXIT.PATCH_HAS_ERRORS;
    const [left, right] = [new Float64Array(BLOCK_FRAMES), new Float64Array(BLOCK_FRAMES)];
    while (player.currentFrame < seconds * DEFAULT_SAMPLE_RATE) player.process(left, right, BLOCK_FRAMES);
    const told = await profileOf(session, player, patch.text, DEFAULT_SAMPLE_RATE);
    if ('none' in told) {
      terminal.err(`segue profile: ${told.none}\n`);
      return EXIT.PATCH_HAS_ERRORS;
    }
    if (options.has('json')) terminal.out(`${JSON.stringify({ patch: patch.name, ...without(told) })}\n`);
    else terminal.out(table(told));
    return EXIT.WELL;
  },
};

const without = ({ frames, units, lines, outside }: Profile) => ({ frames, units, lines, outside });

/** The units, and the text with a margin. */
function table(told: Profile): string {
  const units = unitRows(told).map(({ name, share, calls }) => `${figures(share, calls)}  ${name}`);
  const byLine = new Map(told.lines.map((line) => [line.line, line]));
  const lines = told.text.split('\n').map((line, n) => {
    const { share = 0, runs = 0 } = byLine.get(n + 1) ?? {};
    return `${runs > 0 ? figures(share, runs) : ' '.repeat(SHARE_COLUMNS + RUNS_COLUMNS)}  ${line}`.trimEnd();
  });
  return `${[...units, '', ...lines].join('\n').trimEnd()}\n`;
}

const figures = (share: number, times: number): string =>
  `${shareText(share).padStart(SHARE_COLUMNS)}${runsText(times).padStart(RUNS_COLUMNS)}`;
