/**
 * Patches that were compiled when the page was built, so that they can sound before the compiler is there.
 *
 * A file holds, for each sample rate, what the compiler has said about the text: the batch for the processor, and after its commit
 * the messages for the page. In: what was fetched. Out: that, or `null` when anything about it is not as it should be, in which
 * case the compiler does the work. Made by scripts/prebuild.ts; read on the main thread.
 *
 * File: the SHA-256 of the rest in hexadecimal, a line break, and JSON in which typed arrays are numbers of entries of `bytes`.
 */

import type { WorkerToProcessor } from '../protocol/audio.ts';
import type { WorkerToMain } from '../protocol/compile.ts';

/** What was said about a text at one sample rate. The text itself is left out: whoever asks for it has it. */
export interface PrebuiltPatch {
  readonly sampleRate: number;
  readonly batch: Extract<WorkerToProcessor, { kind: 'batch' }>;
  /** In their order; `text` in them is empty, `id` and times are 0. */
  readonly messages: readonly WorkerToMain[];
}

/** What a file is about. */
interface Contents {
  /** Version of the program that wrote it, which is the page's own. */
  readonly version: string;
  /** SHA-256 of the text, in hexadecimal. */
  readonly textDigest: string;
  /** Base64. */
  readonly bytes: readonly string[];
  readonly patches: readonly unknown[];
}

/** All the memory that a prebuilt patch may take: the processor reserves no more for it. */
export const PREBUILT_MEMORY_BYTES = 16 * 2 ** 20;

const ARRAYS = { Uint8Array, Int32Array } as const;
type ArrayName = keyof typeof ARRAYS;
const TYPED = '$typed';

/** Where the file of a text is, below the folder of all: a short hash, FNV-1a over UTF-16 code units. */
export function prebuiltName(text: string): string {
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n++) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** The file. */
export async function packPrebuilt(version: string, text: string, patches: readonly PrebuiltPatch[]): Promise<string> {
  const bytes: string[] = [];
  const numbers = new Map<string, number>();
  const patched = JSON.parse(
    JSON.stringify(patches, (_, value: unknown) => {
      const name = (Object.keys(ARRAYS) as ArrayName[]).find((known) => value instanceof ARRAYS[known]);
      if (name === undefined) return value;
      const { buffer, byteOffset, byteLength } = value as Uint8Array;
      const encoded = toBase64(new Uint8Array(buffer, byteOffset, byteLength));
      if (!numbers.has(encoded)) numbers.set(encoded, bytes.push(encoded) - 1);
      return { [TYPED]: name, at: numbers.get(encoded) };
    }),
  ) as unknown[];
  const contents: Contents = { version, textDigest: await digestOf(text), bytes, patches: patched };
  const json = JSON.stringify(contents);
  return `${await digestOf(json)}\n${json}`;
}

/** What the file has for the text at this sample rate; never rejects. */
export async function unpackPrebuilt(
  file: string,
  { version, text, sampleRate }: { readonly version: string; readonly text: string; readonly sampleRate: number },
): Promise<PrebuiltPatch | null> {
  try {
    const end = file.indexOf('\n');
    const json = file.slice(end + 1);
    if (file.slice(0, end) !== (await digestOf(json))) return null;
    const contents = JSON.parse(json) as Contents;
    if (contents.version !== version || contents.textDigest !== (await digestOf(text))) return null;
    const patches = contents.patches as readonly { readonly sampleRate: number }[];
    const found = patches.find((patch) => patch.sampleRate === sampleRate);
    return found ? (withArrays(found, contents.bytes) as PrebuiltPatch) : null;
  } catch {
    // No JSON, or no cryptography: a page that is not served securely has none.
    return null;
  }
}

/** A copy in which what stands for typed arrays is such arrays. */
function withArrays(value: unknown, bytes: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withArrays(item, bytes));
  if (typeof value !== 'object' || value === null) return value;
  if (TYPED in value) {
    const { [TYPED]: name, at } = value as { readonly [TYPED]: ArrayName; readonly at: number };
    return new ARRAYS[name](fromBase64(bytes[at]).buffer);
  }
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, withArrays(field, bytes)]));
}

function toBase64(bytes: Uint8Array): string {
  let characters = '';
  for (const byte of bytes) characters += String.fromCharCode(byte);
  return btoa(characters);
}

function fromBase64(encoded: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
}

async function digestOf(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
