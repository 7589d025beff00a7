/** Which files are sounds, what patches call them, and which names are addresses. Pure. */

import { MAX_CONTROL_NAME } from '../protocol/controls.ts';

/** What browsers decode, and what we do. */
export const SOUND_ENDINGS: readonly string[] = [
  ...['wav', 'wave', 'aif', 'aiff', 'aifc', 'flac', 'mp3', 'ogg', 'oga', 'opus', 'm4a', 'aac', 'caf', 'weba'],
];

/** By what the system says of it, or else by its name. */
export const isSoundFile = ({ name, type = '' }: { readonly name: string; readonly type?: string }): boolean =>
  type.startsWith('audio/') || SOUND_ENDINGS.includes((/\.([^.]+)$/.exec(name)?.[1] ?? '').toLowerCase());

/** What patches call a file: its name without the ending, and without what would not stand in quotes as it is. */
export function soundName(fileName: string): string {
  const name = fileName
    .replace(/\.[^.]*$/, '')
    .replace(/[\s\p{Cc}'"`\\]+/gu, ' ')
    .trim()
    .slice(0, MAX_CONTROL_NAME)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();
  return name === '' ? 'sound' : name;
}

/** What is fetched; other names are files that somebody gives. */
export const isAddress = (name: string): boolean => /^https?:\/\//i.test(name);

/** Null: it is none that can be fetched. */
export function originOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, origin } = new URL(address);
  return protocol === 'https:' ? origin : null;
}

/** The last part of an address, for where there is little room. */
export function shortSoundName(name: string): string {
  if (!isAddress(name) || !URL.canParse(name)) return name;
  const { pathname, host } = new URL(name);
  return pathname.split('/').findLast((part) => part !== '') ?? host;
}
