/** The built page with scripts of the tests' before it (preludes.ts), and a place to which they report. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';
import { type Site, serveBuilt } from '../site.ts';

export interface Preludes {
  readonly page?: readonly (() => void)[];
  readonly worker?: readonly (() => void)[];
}

export interface PreparedSite extends Site {
  /** What scripts in the page have posted to `report`, in that order. */
  readonly reports: readonly string[];
}

const DIST = path.join(import.meta.dirname, '../../dist');
const SCRIPT = 'prelude.js';

const textOf = (preludes: readonly (() => void)[] = []): string =>
  preludes.map((prelude) => `(${prelude})();\n`).join('');

export async function servePrepared({ page, worker }: Preludes): Promise<PreparedSite> {
  const reports: string[] = [];
  const prepare: Plugin = {
    name: 'segue-preludes',
    configurePreviewServer: ({ config, middlewares }) => {
      middlewares.use((request, response, next) => {
        const file = new URL(request.url ?? '', 'http://localhost').pathname.slice(config.base.length);
        const answer = (type: string, text: string) => response.setHeader('Content-Type', type).end(text);
        if (file === '' || file === 'index.html') {
          // An external script like those of the page: the policy lets no other through.
          const first = `<script src="${SCRIPT}"></script>\n<script`;
          answer('text/html', readFileSync(path.join(DIST, 'index.html'), 'utf8').replace('<script', first));
        } else if (file === SCRIPT) {
          answer('text/javascript', textOf(page));
        } else if (/^assets\/compiler-[^/]*\.js$/.test(file)) {
          answer('text/javascript', textOf(worker) + readFileSync(path.join(DIST, file), 'utf8'));
        } else if (file === 'report') {
          let body = '';
          request.on('data', (data) => {
            body += data;
          });
          request.on('end', () => {
            reports.push(body);
            answer('text/plain', '');
          });
        } else next();
      });
    },
  };
  const site = await serveBuilt([prepare]);
  return { ...site, reports };
}
