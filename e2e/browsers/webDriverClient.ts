/**
 * As much of the W3C's WebDriver protocol (https://www.w3.org/TR/webdriver2/) as the tests need: a driver process, a
 * session, scripts, mouse and keys.
 */

import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { end, isOver, start } from './processes.ts';

/** What a script may take. Ends what hangs. */
const SCRIPT_TIMEOUT_MS = 240_000;
const START_MS = 30_000;

/** Keys that are no characters, https://www.w3.org/TR/webdriver2/#keyboard-actions. */
const KEY_CODES: Readonly<Record<string, string>> = {
  ...{ Backspace: '\uE003', Tab: '\uE004', Enter: '\uE007', Shift: '\uE008', Control: '\uE009', Alt: '\uE00A' },
  ...{ Escape: '\uE00C', End: '\uE010', Home: '\uE011', ArrowUp: '\uE013', ArrowDown: '\uE015', F10: '\uE03A' },
};

/** A process that speaks the protocol. */
export class WebDriverProcess {
  readonly #process: ChildProcess;
  readonly #address: string;

  /** `executable` takes `--port=N`. */
  static async start(executable: string, env: NodeJS.ProcessEnv): Promise<WebDriverProcess> {
    const port = await freePort();
    const child = start(executable, [`--port=${port}`], { stdio: 'ignore', env });
    const started = new WebDriverProcess(child, `http://127.0.0.1:${port}`);
    const startMs = Date.now();
    while (!(await isReady(started.#address))) {
      if (!isOver(child) && Date.now() - startMs < START_MS) continue;
      await started.end();
      throw new Error(`${executable} does not answer`);
    }
    return started;
  }

  private constructor(child: ChildProcess, address: string) {
    this.#process = child;
    this.#address = address;
  }

  async session(capabilities: object): Promise<WebDriverSession> {
    const body = { capabilities: { alwaysMatch: capabilities } };
    const { sessionId, capabilities: granted } = await ask<{ sessionId: string; capabilities: Capabilities }>(
      `${this.#address}/session`,
      'POST',
      body,
    );
    const session = new WebDriverSession(`${this.#address}/session/${sessionId}`, granted.browserVersion);
    await session.post('timeouts', { script: SCRIPT_TIMEOUT_MS });
    return session;
  }

  end(): Promise<void> {
    return end(this.#process);
  }
}

interface Capabilities {
  readonly browserVersion: string;
}

export class WebDriverSession {
  readonly #address: string;
  readonly browserVersion: string;

  constructor(address: string, browserVersion: string) {
    this.#address = address;
    this.browserVersion = browserVersion;
  }

  post(command: string, body: object): Promise<unknown> {
    return ask(`${this.#address}/${command}`, 'POST', body);
  }

  /** The value of an expression, awaited. */
  async run(expression: string): Promise<unknown> {
    const script = `const done = arguments[0];
      (async () => (${expression}))().then((value) => done({ value }), (error) => done({ error: String(error) }))`;
    const result = (await this.post('execute/async', { script, args: [] })) as { value?: unknown; error?: string };
    if (result.error !== undefined) throw new Error(result.error);
    return result.value;
  }

  async clickAt(x: number, y: number): Promise<void> {
    const [move, down, up] = [
      { type: 'pointerMove', x: Math.round(x), y: Math.round(y), origin: 'viewport', duration: 0 },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await this.post('actions', { actions: [{ type: 'pointer', id: 'mouse', actions: [move, down, up] }] });
  }

  async press(keys: readonly string[]): Promise<void> {
    const values = keys.map((key) => KEY_CODES[key] ?? key);
    const downs = values.map((value) => ({ type: 'keyDown', value }));
    const ups = values.toReversed().map((value) => ({ type: 'keyUp', value }));
    await this.post('actions', { actions: [{ type: 'key', id: 'keyboard', actions: [...downs, ...ups] }] });
  }

  async end(): Promise<void> {
    await ask(this.#address, 'DELETE');
  }
}

async function ask<Value>(url: string, method: string, body?: object): Promise<Value> {
  const response = await fetch(url, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  const { value } = (await response.json()) as { value: Value & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`WebDriver: ${value.error}: ${value.message}`);
  return value;
}

const isReady = (address: string): Promise<boolean> =>
  fetch(`${address}/status`).then(
    ({ ok }) => ok,
    () => new Promise((resolve) => setTimeout(() => resolve(false), 50)),
  );

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port is free');
  return address.port;
}
