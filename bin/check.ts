/** `segue check`: what is wrong with patches, without rendering them. */

import { DEFAULT_SAMPLE_RATE } from '../src/node/playThrough.ts';
import { type Command, EXIT } from './command.ts';
import { describeDiagnostic, formatDiagnostic, hasErrors } from './diagnostics.ts';
import { parseOptions } from './options.ts';
import { readPatches } from './patchFiles.ts';

export const check: Command = {
  usage: 'check PATCH... [--json]',

  async run(args, terminal) {
    const options = parseOptions(args, { json: 'flag' });
    const patches = readPatches(options.positionals, terminal.cwd);
    const { createSession } = await import('../src/node/session.ts');
    let status: number = EXIT.WELL;
    for (const patch of patches) {
      const session = await createSession({ sampleRate: DEFAULT_SAMPLE_RATE, fadeFrames: 0, postsModules: true });
      const { diagnostics } = session.update(patch.text);
      if (hasErrors(diagnostics)) status = EXIT.PATCH_HAS_ERRORS;
      if (options.has('json')) {
        const described = diagnostics.map((diagnostic) => describeDiagnostic(patch, diagnostic));
        terminal.out(`${JSON.stringify({ patch: patch.name, diagnostics: described })}\n`);
      } else {
        for (const diagnostic of diagnostics) terminal.out(formatDiagnostic(patch, diagnostic));
      }
    }
    return status;
  },
};
