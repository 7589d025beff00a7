/**
 * What linking and placing take is given back when something between them throws, wherever that is: slots, symbols and
 * memory are as they were, and what is linked next gets the same places.
 */
import { describe, expect, it } from 'vitest';
import { RENDER_SYMBOL } from '../compiler/symbols.ts';
import { Linker } from './linker.ts';
import type { LinkableUnit, LinkInput, ObjectModule } from './linkTypes.ts';

const EMPTY = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
const MODULE = new WebAssembly.Module(EMPTY);
const PLACE = { fadeFrames: 100, quantumBeats: 0, quantumBpm: 0, isFresh: false, canFade: true };

class Injected extends Error {}

/** Reads of a value, of which the one with this number throws. */
class Fuse {
  left: number;

  constructor(reads: number) {
    this.left = reads;
  }

  burn<Value>(value: Value): Value {
    if (this.left-- === 0) throw new Injected();
    return value;
  }
}

/** A program of some functions and texts, whose every part asks the fuse when it is read. */
function inputWith(fuse: Fuse): LinkInput {
  const unitOf = (name: string, symbols: readonly string[]): LinkableUnit => {
    const module: ObjectModule = {
      get bytes() {
        return fuse.burn(EMPTY);
      },
      module: MODULE,
      get imports() {
        return fuse.burn([
          ...symbols.map((symbol) => ({ kind: 'function' as const, name: symbol })),
          { kind: 'closure' as const, name: `${name}.closure` },
          { kind: 'string' as const, name: `${name}.text` },
        ]);
      },
      get strings() {
        return fuse.burn(new Map([[`${name}.text`, 'a text']]));
      },
    };
    return {
      name,
      get code() {
        return fuse.burn({ key: `code of ${name}`, symbols, module });
      },
      initialiser: null,
      get live() {
        return fuse.burn(new Set(symbols));
      },
      isLibrary: false,
      span: null,
    };
  };
  const units = [unitOf('a', ['a', 'a.inner']), unitOf('b', ['b']), unitOf('default', [RENDER_SYMBOL])];
  return {
    get units() {
      return fuse.burn(units);
    },
    get staticClosures() {
      return fuse.burn([{ symbol: 'a.closure', code: 'a' }]);
    },
    get strings() {
      return fuse.burn(new Map([['a.text', 'a text']]));
    },
    get roots() {
      return fuse.burn([]);
    },
    get allocatesPerFrame() {
      return fuse.burn(false);
    },
  };
}

const newLinker = (): Linker => new Linker({ postsModules: false, memoryBytes: 2 ** 24, tableSlots: 1000 });

const stateOf = (linker: Linker) => ({
  slots: linker.usedSlots,
  tableSlots: linker.tableSlots,
  usedBytes: linker.arenaUsedBytes,
  modules: linker.moduleCount,
  layout: linker.layout,
});

/** Links and places; gives back the draft where placing throws, as a session does. */
function offer(linker: Linker, fuse: Fuse): void {
  const draft = linker.link(inputWith(fuse), null);
  try {
    const image = new Uint8Array(draft.heapStart + 64);
    const placed = linker.place(draft, image, null, PLACE);
    if (placed.kind !== 'placed') throw new Error('there is room enough');
    fuse.left = Number.POSITIVE_INFINITY;
    linker.refuse(placed.linked);
  } catch (thrown) {
    fuse.left = Number.POSITIVE_INFINITY;
    linker.discard(draft);
    throw thrown;
  }
}

describe('a linker in which something throws', () => {
  const empty = stateOf(newLinker());

  it('has all that it had, whatever it was that threw', () => {
    let injected = 0;
    for (let reads = 0; ; reads++) {
      const linker = newLinker();
      try {
        offer(linker, new Fuse(reads));
      } catch (thrown) {
        expect(thrown, `read ${reads}`).toBeInstanceOf(Injected);
        expect(stateOf(linker), `read ${reads}`).toEqual(empty);
        injected++;
        continue;
      }
      // Nothing was read so often: all of it went well, and was given back as well.
      expect(stateOf(linker)).toEqual(empty);
      break;
    }
    expect(injected).toBeGreaterThan(20);
  });
});
