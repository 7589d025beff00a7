/**
 * The file that the compiler worker is started with: everything is in worker.ts. Other files of the build import from
 * those that hold what they share, and so never from this one: WebKit would run it once more, with modules of its own.
 */
import './worker.ts';
