/** `--set` and `--script`: controls that are moved while a patch is rendered. In: texts. Out: settings with their frames. */

import type { ControlSetting } from '../src/node/controlSettings.ts';
import { UsageError } from './command.ts';
import { readText } from './patchFiles.ts';

/** By so much rounding may put a time behind the frame that it is. */
const SLACK_FRAMES = 1e-6;
/** More than a day. */
const MAX_SECONDS = 100_000;

/** `NAME=VALUE[@SECONDS]`: the last `=`, and the `@` behind it. */
export function parseSetting(text: string, sampleRate: number): ControlSetting {
  const equals = text.lastIndexOf('=');
  const at = text.indexOf('@', equals);
  const value = at < 0 ? text.slice(equals + 1) : text.slice(equals + 1, at);
  if (equals < 1 || value === '') {
    throw new UsageError(
      `--set takes NAME=VALUE or NAME=VALUE@SECONDS, such as cutoff=900@1.5, not ${JSON.stringify(text)}`,
    );
  }
  const frame = at < 0 ? 0 : frameOf(text.slice(at + 1), 'the time of --set', sampleRate);
  return { frame, name: text.slice(0, equals), text: value };
}

/** One `SECONDS NAME VALUE` a line; empty lines and lines that begin with `#` say nothing. */
export function parseScript(script: string | undefined, folder: string, sampleRate: number): ControlSetting[] {
  if (script === undefined) return [];
  return readText(script, folder)
    .split(/\r\n|\r|\n/)
    .flatMap((line, index) => {
      const entry = line.trim();
      if (entry === '' || entry.startsWith('#')) return [];
      const place = `${script}:${index + 1}`;
      const parts = /^(\S+)\s+(.+?)\s+(\S+)$/.exec(entry);
      if (parts === null) throw new UsageError(`${place}: a line is SECONDS NAME VALUE, not ${JSON.stringify(entry)}`);
      return [{ frame: frameOf(parts[1], `${place}: the time`, sampleRate), name: parts[2], text: parts[3] }];
    });
}

/** The first frame at or after a time in seconds. */
function frameOf(text: string, what: string, sampleRate: number): number {
  const seconds = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (!(seconds >= 0 && seconds <= MAX_SECONDS)) {
    throw new UsageError(`${what} is a number of seconds from 0 to ${MAX_SECONDS}, not ${JSON.stringify(text)}`);
  }
  return Math.max(0, Math.ceil(seconds * sampleRate - SLACK_FRAMES));
}
