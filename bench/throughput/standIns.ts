/**
 * In the page: what stands in for esbuild and for reading the library from disk. Both are asked of the server that sent the
 * page, and waited for, since those who ask expect an answer at once.
 */

import type { TransformOptions } from 'esbuild';
import type { LibrarySource } from '../../src/compiler/library.ts';

function ask<T>(path: string, body: unknown): T {
  const request = new XMLHttpRequest();
  request.open('POST', path, false);
  request.send(JSON.stringify(body));
  if (request.status !== 200) throw new Error(`${path}: ${request.status}`);
  return JSON.parse(request.responseText) as T;
}

export const transformSync = (text: string, options: TransformOptions): { readonly code: string } =>
  ask('/transform', { text, options });

let sources: LibrarySource[] | null = null;

export function readLibrary(): LibrarySource[] {
  sources ??= ask<LibrarySource[]>('/library', null);
  return sources;
}
