/**
 * A patch as the fragment of a link: `#v1=` and the text as UTF-8, deflated, in base64url; behind `&set=` in the same way what
 * was moved of its controls, as JSON, which readers that do not know it leave alone.
 *
 * In and out: text and fragment. Input may be broken or hostile: its size is bounded before and while it is inflated,
 * and every kind of damage has a message. Runs in the page and in Node.
 *
 * Each version keeps its reader for as long as Segue exists: links do not expire.
 */

import { deflateSync, Inflate } from 'fflate';
import type { MovedControl } from '../protocol/controls.ts';
import { readMoved, storedMoved } from './movedValues.ts';

/** A patch in a link may have this many bytes of UTF-8. */
export const MAX_TEXT_BYTES = 1_000_000;
/** No link of a patch of that size is longer: deflate adds less than 0.1 %, base64 a third. */
const MAX_FRAGMENT_CHARS = 1_400_000;
/** So often may it have been escaped on its way, and each character become so many. */
const MAX_ESCAPES = 3;
const MAX_ESCAPED_CHARS = 3;
/** Deflate makes at most 1032 bytes of one, so a slice inflates to half a megabyte at most before the next check. */
const SLICE_BYTES = 512;

export type OpenedLink =
  | { readonly kind: 'none' }
  /** `moved`: absent where the link says nothing of it. */
  | { readonly kind: 'patch'; readonly text: string; readonly moved?: readonly MovedControl[] }
  /** It looks like a patch but is not one. */
  | { readonly kind: 'broken'; readonly reason: string };

const broken = (reason: string): OpenedLink => ({ kind: 'broken', reason });

/** The fragment for `text`, with its `#`; null if the text is too long for a link. */
export function toFragment(text: string, moved: readonly MovedControl[] = []): string | null {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > MAX_TEXT_BYTES) return null;
  const packed = (content: Uint8Array) => toBase64Url(deflateSync(content, { level: 9 }));
  const set = moved.length === 0 ? '' : `&set=${packed(new TextEncoder().encode(JSON.stringify(storedMoved(moved))))}`;
  return `#v1=${packed(bytes)}${set}`;
}

/**
 * What the fragment of an address, with or without its `#`, carries. Never throws. Links come back from chats and mails
 * escaped, wrapped, and with the punctuation that followed them: what the deflated text does not need is left out.
 */
export function fromFragment(fragment: string): OpenedLink {
  const isTooLong = fragment.length > MAX_FRAGMENT_CHARS * MAX_ESCAPED_CHARS;
  const match = /^#?v(\d{1,6})=(.*)$/s.exec(isTooLong ? fragment : unescaped(fragment));
  if (!match) return { kind: 'none' };
  const [, version, payload = ''] = match;
  if (version !== '1') return broken('This link was made by a newer version of Segue.');
  if (isTooLong || payload.length > MAX_FRAGMENT_CHARS) return broken('This link is too long to be a patch.');
  const opened = read(payload);
  // Mail that is sent as quoted-printable text writes the sign of equality so.
  const requoted = opened.kind === 'broken' && payload.startsWith('3D') ? read(payload.slice(2)) : opened;
  const found = requoted.kind === 'patch' ? requoted : opened;
  const [, set] = /&(?:amp;)?set=([\w-]+)/.exec(payload) ?? [];
  return found.kind === 'patch' && set !== undefined ? { ...found, moved: movedIn(set) } : found;
}

/** Nothing, where that part of the link is damaged: the patch is whole without it. */
function movedIn(encoded: string): readonly MovedControl[] {
  const opened = read(encoded);
  try {
    return opened.kind === 'patch' ? readMoved(JSON.parse(opened.text)) : [];
  } catch {
    return [];
  }
}

/** Escaped as often as it was sent on; nothing in a link of ours needs it, nor white space. */
function unescaped(fragment: string): string {
  let text = fragment;
  for (let time = 0; time < MAX_ESCAPES && text.includes('%'); time++) {
    text = text.replace(/%([0-7][\da-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  }
  return text.replace(/=\r?\n|\s|[\u200b-\u200d\u2060\ufeff\u00ad]/g, '');
}

function read(payload: string): OpenedLink {
  const [encoded = ''] = /^[\w-]*/.exec(payload) ?? [];
  if (encoded === '') return broken('This link is damaged: it contains invalid characters.');
  const bytes = inflate(fromBase64Url(encoded));
  if (bytes === 'broken') return broken('This link is damaged or incomplete.');
  if (bytes === 'too large') return broken('The patch in this link is too large.');
  try {
    return { kind: 'patch', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return broken('This link does not contain text.');
  }
}

function inflate(compressed: Uint8Array): Uint8Array | 'broken' | 'too large' {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  let complete = false;
  const stream = new Inflate((chunk, final) => {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    complete = final;
  });
  try {
    for (let start = 0; start < compressed.length; start += SLICE_BYTES) {
      const end = start + SLICE_BYTES;
      stream.push(compressed.subarray(start, end), end >= compressed.length);
      if (sizeBytes > MAX_TEXT_BYTES) return 'too large';
    }
  } catch {
    return 'broken';
  }
  if (!complete) return 'broken';
  const bytes = new Uint8Array(sizeBytes);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** A character that is left over, as the mark of emphasis after a link, belongs to no byte. */
function fromBase64Url(text: string): Uint8Array {
  const whole = text.length % 4 === 1 ? text.slice(0, -1) : text;
  const binary = atob(whole.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
