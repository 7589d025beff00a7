/** Installs the browsers that the tests can use besides a Chromium, where that can be done. Never fails: `.ci/run`. */
import { thisMachine } from './machine.ts';
import { installOthers } from './otherBrowsers.ts';

await installOthers(thisMachine());
