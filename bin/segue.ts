/** The `segue` command: `npm run -s segue -- COMMAND`. Joins the process to bin/main.ts. */

import process from 'node:process';
import { main } from './main.ts';

// npm starts its scripts in the folder of the package; the user stands where npm was called.
const cwd = (process.env.npm_lifecycle_event === 'segue' && process.env.INIT_CWD) || process.cwd();

// A reader that stops early (`segue … | head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await main(process.argv.slice(2), {
  cwd,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
