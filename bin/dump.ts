/** `segue dump`: prints a patch after a stage of the compiler. */

import { DEFAULT_SAMPLE_RATE } from '../src/node/playThrough.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { formatDiagnostic } from './diagnostics.ts';
import { parseOptions } from './options.ts';
import { readPatch } from './patchFiles.ts';

const STAGES = ['ast', 'types', 'ir', 'wat', 'layout', 'opt'] as const;

export const dump: Command = {
  usage: `dump PATCH --stage ${STAGES.join('|')}`,

  async run(args, terminal) {
    const options = parseOptions(args, { stage: 'value' });
    const name = options.value('stage');
    const stage = STAGES.find((known) => known === name);
    if (stage === undefined) {
      const mistake = name === undefined ? '' : `, not ${JSON.stringify(name)}`;
      throw new UsageError(`--stage takes one of ${STAGES.join(', ')}${mistake}`);
    }
    if (options.positionals.length !== 1) throw new UsageError('name one patch, such as patches/pad.ts');
    const patch = readPatch(options.positionals[0], terminal.cwd);

    const [{ dump }, { Library }, { readLibrary }, { createSession }, { printSecondTier }] = await Promise.all([
      import('../src/compiler/dump.ts'),
      import('../src/compiler/library.ts'),
      import('../src/node/librarySource.ts'),
      import('../src/node/session.ts'),
      import('../src/node/secondTier.ts'),
    ]);
    const session = await createSession({ sampleRate: DEFAULT_SAMPLE_RATE, fadeFrames: 0, postsModules: true });
    const result = session.update(patch.text);
    for (const diagnostic of result.diagnostics) terminal.err(formatDiagnostic(patch, diagnostic));
    // The parser recovers from errors; every later stage needs a patch without any.
    if (result.kind === 'rejected' && stage !== 'ast') return EXIT.PATCH_HAS_ERRORS;
    const library = readLibrary();
    const isWell = result.kind !== 'rejected';
    const text =
      stage === 'opt' ? printSecondTier(patch.text, library, isWell) : dump(patch.text, stage, new Library(library));
    terminal.out(text.endsWith('\n') ? text : `${text}\n`);
    return result.kind === 'rejected' ? EXIT.PATCH_HAS_ERRORS : EXIT.WELL;
  },
};
