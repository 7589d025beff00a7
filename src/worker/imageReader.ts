/**
 * Top-level variables of the library as the top level of a patch has left them. In: a program, its image, a variable's name. Out: its
 * value, or where it lies. Pure. Nothing is believed of the image but that it is one: what does not lie in it is not there.
 */

import { ARRAY, LOWEST_CHARACTER } from '../compiler/memoryLayout.ts';
import type { RootShape } from '../compiler/shape.ts';
import type { Timed } from '../linker/tempo.ts';

interface Offsets {
  offsetOf(name: string): number | null;
}

/** No text that is shown is longer. */
const MAX_TEXT_UNITS = 256;

export class ImageReader {
  private readonly view: DataView;
  private readonly roots: ReadonlyMap<string, RootShape>;
  private readonly offsets: Offsets;

  constructor({ draft, image }: Timed, offsets: Offsets) {
    this.view = new DataView(image.buffer, image.byteOffset, image.byteLength);
    this.roots = new Map(draft.input.roots.map((root) => [root.path, root]));
    this.offsets = offsets;
  }

  /** Where a variable of a module lies; `null`: the patch does not have it, or it is of another kind. */
  offset(module: string, name: string, kind: RootShape['cell']['kind']): number | null {
    const root = this.roots.get(`std/${module}/${name}.${name}`);
    if (root?.cell.kind !== kind) return null;
    const offset = this.offsets.offsetOf(`variable:${root.symbol}`);
    return offset !== null && this.has(offset, 8) ? offset : null;
  }

  number(module: string, name: string): number | null {
    const offset = this.offset(module, name, 'number');
    return offset === null ? null : this.view.getFloat64(offset, true);
  }

  text(module: string, name: string): string {
    const offset = this.offset(module, name, 'string');
    return offset === null ? '' : this.textOf(this.view.getInt32(offset, true));
  }

  /** At most `most` of them. */
  texts(module: string, name: string, most: number): readonly string[] {
    const data = this.array(module, name, 4);
    if (!data) return [];
    return Array.from({ length: Math.min(data.length, most) }, (_, index) =>
      this.textOf(this.view.getInt32(data.offset + 4 * index, true)),
    );
  }

  /** The elements of an array, which lie in the image as a whole. */
  array(
    module: string,
    name: string,
    elementBytes: number,
  ): { readonly offset: number; readonly length: number } | null {
    const offset = this.offset(module, name, 'pointer');
    const pointer = offset === null ? 0 : this.view.getInt32(offset, true);
    if (pointer <= 0 || !this.has(pointer, ARRAY.SIZE_BYTES)) return null;
    const data = this.view.getInt32(pointer + ARRAY.DATA, true);
    const length = this.view.getInt32(pointer + ARRAY.LENGTH, true);
    return length > 0 && data > 0 && this.has(data, length * elementBytes) ? { offset: data, length } : null;
  }

  private textOf(handle: number): string {
    if (handle < 0) return handle < LOWEST_CHARACTER ? '' : String.fromCharCode(-1 - handle);
    if (handle === 0 || !this.has(handle, ARRAY.SIZE_BYTES)) return '';
    const data = this.view.getInt32(handle + ARRAY.DATA, true);
    const length = Math.min(this.view.getInt32(handle + ARRAY.LENGTH, true), MAX_TEXT_UNITS);
    if (length <= 0 || data <= 0 || !this.has(data, 2 * length)) return '';
    let text = '';
    for (let index = 0; index < length; index++)
      text += String.fromCharCode(this.view.getUint16(data + 2 * index, true));
    return text;
  }

  private has(offset: number, bytes: number): boolean {
    return offset >= 0 && offset + bytes <= this.view.byteLength;
  }
}
