/**
 * The same in Chromium: a page with the compiler in it, which asks this process for the library, for modules of C, and for what
 * esbuild makes of texts. In: kernels. Out: their figures. Node only.
 */

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build, type TransformOptions, transformSync } from 'esbuild';
import { launch } from '../../e2e/site.ts';
import { readLibrary } from '../../src/node/librarySource.ts';
import { REFERENCE } from './peers.ts';
import type { Measured } from './report.ts';
import type { Column, Kernel } from './runner.ts';

/** `Measured` as it comes out of the page. */
export interface Sent {
  readonly series: readonly (readonly [Column, number[]])[];
  readonly missing: readonly (readonly [Column, string])[];
  readonly optimiserMs: number;
  readonly moduleBytes: number;
}

export async function measureInBrowser(chosen: readonly Kernel[], rounds: number, say: (name: string) => void) {
  const site = await serve(await bundle());
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(site.url);
    await page.waitForFunction(() => 'measureThroughput' in window);
    const measured: Measured[] = [];
    for (const kernel of chosen) {
      say(kernel.name);
      const { series, missing, ...rest } = await page.evaluate(
        ([given, count]) =>
          (window as unknown as { measureThroughput(kernel: Kernel, rounds: number): Promise<Sent> }).measureThroughput(
            given,
            count,
          ),
        [kernel, rounds] as const,
      );
      measured.push({ ...kernel, ...rest, series: new Map(series), missing: new Map(missing) });
    }
    if (errors.length > 0) throw new Error(errors.join('\n'));
    return { where: `Chromium ${browser.version()}`, measured };
  } finally {
    await browser.close();
    site.close();
  }
}

/** The page's script: what reads files or runs esbuild is asked of this process there. */
async function bundle(): Promise<string> {
  const stand = path.join(import.meta.dirname, 'standIns.ts');
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, 'page.ts')],
    ...{ bundle: true, format: 'esm', target: 'es2022', write: false },
    plugins: [
      {
        name: 'stand-ins',
        setup(to) {
          to.onResolve({ filter: /^esbuild$|\/librarySource\.ts$/ }, () => ({ path: stand }));
        },
      },
    ],
  });
  return outputFiles[0].text;
}

/** Chromium's clock then moves in steps of 5 µs, and of 100 µs otherwise. */
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
} as const;

async function serve(script: string): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const answer = answerTo(new URL(request.url ?? '/', 'http://localhost').pathname, Buffer.concat(parts), script);
      response.writeHead(answer ? 200 : 404, { ...ISOLATED, 'content-type': answer?.type ?? 'text/plain' });
      response.end(answer?.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

interface Answer {
  readonly type: string;
  readonly body: string | Buffer;
}

function answerTo(asked: string, body: Buffer, script: string): Answer | null {
  const json = (value: unknown): Answer => ({ type: 'application/json', body: JSON.stringify(value) });
  switch (asked) {
    case '/':
      return {
        type: 'text/html',
        body: '<!doctype html><title>throughput</title><script type="module" src="page.js"></script>',
      };
    case '/page.js':
      return { type: 'text/javascript', body: script };
    case '/library':
      return json(readLibrary());
    case '/transform': {
      const { text, options } = JSON.parse(body.toString()) as { text: string; options: TransformOptions };
      return json({ code: transformSync(text, options).code });
    }
    default:
      return /^\/[\w-]+\.(scalar|simd)\.wasm$/.test(asked)
        ? { type: 'application/wasm', body: readFileSync(path.join(REFERENCE, asked)) }
        : null;
  }
}
