/** The browsers that there are on this machine, and why the others are not tested. */

import { type Machine, thisMachine } from '../../scripts/machine.ts';
import { findFirefox, findWebKit } from '../../scripts/otherBrowsers.ts';
import { ChromiumDriver } from './chromium.ts';
import type { BrowserName, Driver } from './driver.ts';
import { FirefoxDriver } from './firefox.ts';
import { WebKitDriver } from './webkit.ts';

export interface Available {
  readonly name: BrowserName;
  start(): Promise<Driver>;
}

export interface Availability {
  readonly there: readonly Available[];
  /** One line each, which begins with the name. */
  readonly notThere: readonly string[];
}

export async function availableBrowsers(machine: Machine = thisMachine()): Promise<Availability> {
  const [firefox, webKit] = [await findFirefox(machine), findWebKit(machine)];
  const there: Available[] = [{ name: 'Chromium', start: () => ChromiumDriver.start() }];
  const notThere: string[] = [];
  if (firefox.isThere) there.push({ name: 'Firefox', start: () => FirefoxDriver.start(firefox.places) });
  else notThere.push(`Firefox: ${firefox.reason}`);
  if (webKit.isThere) there.push({ name: 'WebKit', start: () => WebKitDriver.start(webKit.places) });
  else notThere.push(`WebKit: ${webKit.reason}`);
  return { there, notThere };
}
