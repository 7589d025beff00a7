/**
 * Arguments to exit status: finds the command and reports failures in one line. Exit status: 0 success, 1 a patch has
 * errors, 2 wrong usage. Node; touches the outside only through `Terminal` and the files that the arguments name.
 */

import { bench } from './bench.ts';
import { check } from './check.ts';
import type { Command, Terminal } from './command.ts';
import { EXIT, UsageError } from './command.ts';
import { dump } from './dump.ts';
import { oneLine, printable } from './printable.ts';
import { profile } from './profile.ts';
import { render } from './render.ts';

const commands: Readonly<Record<string, Command>> = { render, check, dump, bench, profile };

/** `outside`: a terminal that obeys what it is sent, and is sent nothing to obey. */
export async function main(args: readonly string[], outside: Terminal): Promise<number> {
  const terminal: Terminal = {
    cwd: outside.cwd,
    out: (text) => outside.out(printable(text)),
    err: (text) => outside.err(printable(text)),
  };
  const [name, ...rest] = args;
  const names = Object.keys(commands).join(', ');
  if (name === '--help' || name === '-h' || name === 'help') {
    const usages = Object.values(commands).map(({ usage }) => `  segue ${usage}\n`);
    terminal.out(`usage:\n${usages.join('')}`);
    return EXIT.WELL;
  }
  if (name === undefined || !Object.hasOwn(commands, name)) {
    const mistake = name === undefined ? 'a command is missing' : `unknown command ${JSON.stringify(name)}`;
    terminal.err(`segue: ${mistake}; the commands are ${names}\n`);
    return EXIT.WRONG_USAGE;
  }
  const command = commands[name];
  if (rest.includes('--help')) {
    terminal.out(`usage: segue ${command.usage}\n`);
    return EXIT.WELL;
  }
  try {
    return await command.run(rest, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`segue ${name}: ${oneLine(error.message)}\n`);
      return EXIT.WRONG_USAGE;
    }
    const message = error instanceof Error ? error.message : String(error);
    terminal.err(`segue ${name}: internal error, a bug in Segue: ${oneLine(message)}\n`);
    return EXIT.PATCH_HAS_ERRORS;
  }
}
