/** The browsers that there are on this machine; scripts/notRunReporter.ts says which are not. */

import { thisMachine } from '../../scripts/machine.ts';
import { seekOthers } from '../../scripts/otherBrowsers.ts';
import { ChromiumDriver } from './chromium.ts';
import type { BrowserName, Driver } from './driver.ts';
import { FirefoxDriver } from './firefox.ts';
import { WebKitDriver } from './webkit.ts';

export interface Available {
  readonly name: BrowserName;
  start(): Promise<Driver>;
}

export async function availableBrowsers(): Promise<readonly Available[]> {
  const there: Available[] = [{ name: 'Chromium', start: () => ChromiumDriver.start() }];
  for (const one of await seekOthers(thisMachine())) {
    if (!one.isThere) continue;
    if (one.name === 'Firefox') there.push({ name: one.name, start: () => FirefoxDriver.start(one.places) });
    else there.push({ name: one.name, start: () => WebKitDriver.start(one.places) });
  }
  return there;
}
