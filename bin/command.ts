/** What every command of the command line has in common. */

export interface Terminal {
  /** What relative paths are relative to. */
  readonly cwd: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

export interface Command {
  /** The command with its arguments, on one line. */
  readonly usage: string;
  /**
   * Takes the arguments after the name of the command and returns an exit status. Throws `UsageError` for wrong usage.
   */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}

export const EXIT = { WELL: 0, PATCH_HAS_ERRORS: 1, WRONG_USAGE: 2 } as const;

/** The command was used incorrectly; the message says in one line how to use it. */
export class UsageError extends Error {}
