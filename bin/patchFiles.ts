/** Paths to the texts of patches. Throws `UsageError` for what is not a text file. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from './command.ts';

export interface PatchFile {
  /** As the user wrote it. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** No patch is that long: the name is probably a mistake. */
const MAX_PATCH_BYTES = 16 * 2 ** 20;

/** Reads a patch; `folder` is what a relative name is relative to. */
export function readPatch(name: string, folder: string): PatchFile {
  return { name, path: path.resolve(folder, name), text: readText(name, folder) };
}

/** At least one patch must be named. */
export function readPatches(names: readonly string[], folder: string): PatchFile[] {
  if (names.length === 0) throw new UsageError('name a patch, such as patches/pad.ts');
  return names.map((name) => readPatch(name, folder));
}

/** Also used for swap scripts. */
export function readText(name: string, folder: string): string {
  const file = path.resolve(folder, name);
  let bytes: Uint8Array;
  try {
    const status = statSync(file);
    if (status.isDirectory()) throw new UsageError(`${name} is a directory, not a file`);
    if (!status.isFile()) throw new UsageError(`${name} is not a file`);
    if (status.size > MAX_PATCH_BYTES) throw new UsageError(`${name} is too large: the limit is 16 MiB`);
    bytes = readFileSync(file);
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`cannot read ${name}: ${systemReason(error)}`);
  }
  if (bytes.includes(0)) throw new UsageError(`${name} is a binary file, not text`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${name} is not UTF-8 text`);
  }
}

/** Whether both are the same file, by whatever names, links and ways; false where there is none. Both are absolute. */
export function areSameFile(one: string, other: string): boolean {
  try {
    const [a, b] = [one, other].map((file) => statSync(file, { bigint: true }));
    return a.dev === b.dev && a.ino === b.ino;
  } catch {
    return false;
  }
}

/** Whether there is a directory of this name; false also where that cannot be told. */
export function isDirectory(name: string, folder: string): boolean {
  try {
    return statSync(path.resolve(folder, name)).isDirectory();
  } catch {
    return false;
  }
}

export const fileExists = (name: string, folder: string): boolean => existsSync(path.resolve(folder, name));

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'a part of the path is not a directory',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ELOOP: 'it is a symbolic link to itself',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
};

/** The system's error for a file, in words. */
export function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? (code || (error instanceof Error ? error.message : String(error)));
}
