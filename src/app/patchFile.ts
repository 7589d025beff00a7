/** Reads a file that somebody opens as a patch. In: a file. Out: its text, or why it is none. Main thread. */

/** The part of `File` that is used here. */
export interface PatchFile {
  readonly name: string;
  /** What the system says that it is: `audio/wav`. */
  readonly type?: string;
  /** Bytes. */
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** More than any patch may have, whatever its characters. */
const MAX_BYTES = 4_000_000;

export type Opened = { readonly text: string } | { readonly reason: string };

export async function readPatchFile(file: PatchFile): Promise<Opened> {
  const { name } = file;
  if (file.size > MAX_BYTES)
    return { reason: `${name} is too large for a patch: a patch has up to a million characters.` };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    // A zero is no character of any text that people write.
    return text.includes('\0') ? notText(name) : { text };
  } catch (error) {
    return error instanceof TypeError ? notText(name) : { reason: `${name} cannot be read. Try to open it once more.` };
  }
}

const notText = (name: string): Opened => ({
  reason: `${name} is not a text file, so it cannot be opened as a patch, nor does its name say that it is a sound.`,
});
