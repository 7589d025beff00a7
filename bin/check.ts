/** `segue check`: what is wrong with patches, without rendering them, and with `--fix` puts right what is obvious. */

import { writeFileSync } from 'node:fs';
import { edited } from '../src/compiler/fixes.ts';
import { DEFAULT_SAMPLE_RATE } from '../src/node/playThrough.ts';
import type { Diagnostic, Fix } from '../src/protocol/diagnostic.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { describeDiagnostic, formatDiagnostic, hasErrors, placeOf } from './diagnostics.ts';
import { parseOptions } from './options.ts';
import { type PatchFile, readPatches, systemReason } from './patchFiles.ts';
import { printableInLine } from './printable.ts';
import { printedLines } from './printed.ts';

export const check: Command = {
  usage: 'check PATCH... [--fix] [--json]',

  async run(args, terminal) {
    const options = parseOptions(args, { fix: 'flag', json: 'flag' });
    const patches = readPatches(options.positionals, terminal.cwd);
    const { createSession } = await import('../src/node/session.ts');
    let status: number = EXIT.WELL;
    for (const given of patches) {
      const session = await createSession({ sampleRate: DEFAULT_SAMPLE_RATE, fadeFrames: 0, postsModules: true });
      const { patch, done } = options.has('fix')
        ? putRight(given, (text) => session.check(text))
        : { patch: given, done: [] };
      if (patch.text !== given.text) write(patch);
      const result = session.update(patch.text);
      const { diagnostics } = result;
      const { printSites, printed } = session.outside().host;
      if (result.kind !== 'rejected' && printed) {
        for (const line of printedLines(patch, printSites, printed)) terminal.err(line);
      }
      if (hasErrors(diagnostics)) status = EXIT.PATCH_HAS_ERRORS;
      if (options.has('json')) {
        const described = diagnostics.map((diagnostic) => describeDiagnostic(patch, diagnostic));
        const fixed = options.has('fix') ? { fixed: done } : {};
        terminal.out(`${JSON.stringify({ patch: patch.name, ...fixed, diagnostics: described })}\n`);
      } else {
        for (const { line, column, code, title } of done) {
          terminal.out(`${printableInLine(patch.name)}:${line}:${column}: fixed ${code}: ${printableInLine(title)}\n`);
        }
        for (const diagnostic of diagnostics) terminal.out(formatDiagnostic(patch, diagnostic));
      }
    }
    return status;
  },
};

/** What was put right, where it was in the text as it was then. */
interface Done {
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly title: string;
}

/** A fix may bring another mistake to light, and that another; but not for ever. */
const MAX_ROUNDS = 20;

function putRight(
  patch: PatchFile,
  diagnosticsOf: (text: string) => readonly Diagnostic[],
): { readonly patch: PatchFile; readonly done: readonly Done[] } {
  const done: Done[] = [];
  let { text } = patch;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const fixes = apart(diagnosticsOf(text));
    if (fixes.length === 0) break;
    for (const { code, span, fix } of fixes) {
      done.push({ ...placeOf(text, span.start), code, title: fix.title });
    }
    text = edited(
      text,
      fixes.flatMap(({ fix }) => fix.edits),
    );
  }
  return { patch: { ...patch, text }, done };
}

type Fixable = Diagnostic & { readonly fix: Fix };

/** Those whose edits do not touch each other. */
function apart(diagnostics: readonly Diagnostic[]): Fixable[] {
  const taken: Fixable[] = [];
  const touches = (a: Fix, b: Fix): boolean =>
    a.edits.some((one) =>
      b.edits.some((other) => one.span.start <= other.span.end && other.span.start <= one.span.end),
    );
  for (const diagnostic of diagnostics) {
    const { fix } = diagnostic;
    if (fix && !taken.some((other) => touches(other.fix, fix))) taken.push({ ...diagnostic, fix });
  }
  return taken;
}

function write({ name, path, text }: PatchFile): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`cannot write ${name}: ${systemReason(error)}`);
  }
}
