/**
 * Entries of the object cache that are wrong under a right key, as a write that was cut off or another page of the same
 * origin may leave them. `resealed` ones bear the right digest of what they hold, so that only what is in them tells.
 * Tests only.
 */

import binaryen from 'binaryen';
import { digestOf, type StoredModule } from '../worker/storedModule.ts';

export interface Forgery {
  readonly name: string;
  /** `others`: what else is in the box. */
  forge(stored: StoredModule, others: readonly StoredModule[]): unknown;
  readonly isResealed: boolean;
  /** Whether nothing but running it can tell. */
  readonly isWellFormed?: boolean;
}

export const FORGERIES: readonly Forgery[] = [
  { name: 'garbage', isResealed: true, forge: (stored) => ({ ...stored, bytes: new Uint8Array(400).fill(0xa5) }) },
  {
    name: 'cut off',
    isResealed: false,
    forge: (stored) => ({ ...stored, bytes: stored.bytes.slice(0, stored.bytes.length >> 1) }),
  },
  { name: 'empty', isResealed: true, forge: (stored) => ({ ...stored, bytes: new Uint8Array() }) },
  {
    name: 'code of another key',
    isResealed: false,
    forge: (stored, others) => {
      const { bytes, imports, strings } = others[0] ?? stored;
      return { ...stored, bytes, imports, strings };
    },
  },
  {
    name: 'one export more',
    isResealed: true,
    forge: (stored) => edited(stored, (module, [first]) => void module.addFunctionExport(first, 'another')),
  },
  {
    name: 'one export less',
    isResealed: true,
    forge: (stored) => edited(stored, (module, [first]) => module.removeExport(first)),
  },
  {
    name: 'another signature',
    isResealed: true,
    forge: (stored) =>
      edited(stored, (module, names) => {
        for (const name of names) {
          module.removeFunction(name);
          module.addFunction(name, binaryen.f64, binaryen.none, [], module.nop());
        }
      }),
  },
  {
    name: 'a function imported',
    isResealed: true,
    forge: (stored) =>
      edited(stored, (module) => {
        module.addFunctionImport('spy', 'env', 'spy', binaryen.none, binaryen.none);
        module.addFunction('caller', binaryen.none, binaryen.none, [], module.call('spy', [], binaryen.none));
      }),
  },
  {
    name: 'an endless start function',
    isResealed: true,
    forge: (stored) =>
      edited(stored, (module) => {
        const start = module.addFunction('start', binaryen.none, binaryen.none, [], endless(module));
        module.setStart(start);
      }),
  },
  {
    name: 'code that writes as it is instantiated',
    isResealed: true,
    forge: (stored) =>
      edited(stored, (module, names) => {
        module.addActiveElementSegment('timport$0', 'written', names, module.i32.const(0));
      }),
  },
  {
    name: 'code that traps',
    isResealed: true,
    isWellFormed: true,
    forge: (stored) => edited(stored, (module, names) => replaceBodies(module, names, () => module.unreachable())),
  },
  {
    name: 'wrong types',
    isResealed: false,
    forge: (stored) => ({ ...stored, imports: 7, strings: [null], objects: [{ key: 3 }], usedMs: 'now' }),
  },
  { name: 'lists with holes', isResealed: false, forge: (stored) => ({ ...stored, objects: new Array(2 ** 32 - 1) }) },
  {
    name: 'huge',
    isResealed: true,
    forge: (stored) => ({ ...stored, bytes: new Uint8Array(6 * 2 ** 20), usedMs: Number.MAX_VALUE }),
  },
  { name: 'nothing', isResealed: false, forge: () => null },
];

/** Never ends, and burns no fuel. */
export const ENDLESS: Forgery = {
  name: 'endless loops',
  isResealed: true,
  isWellFormed: true,
  forge: (stored) => edited(stored, (module, names) => replaceBodies(module, names, () => endless(module))),
};

/** What the box holds, with every entry forged. */
export async function forgeAll(
  entries: readonly (readonly [id: string, stored: StoredModule])[],
  { forge, isResealed }: Forgery,
): Promise<(readonly [id: string, stored: unknown])[]> {
  const forged: (readonly [string, unknown])[] = [];
  for (const [id, stored] of entries) {
    const others = entries.filter((other) => other[0] !== id).map((other) => other[1]);
    const value = forge(stored, others);
    forged.push([id, isResealed ? await resealed(value as StoredModule) : value]);
  }
  return forged;
}

const resealed = async (stored: StoredModule): Promise<StoredModule> => ({
  ...stored,
  digest: await digestOf(stored),
});

type Module = binaryen.Module;

/** What engines have; binaryen's "all" makes modules that they refuse. */
const FEATURES =
  binaryen.Features.MutableGlobals |
  binaryen.Features.SignExt |
  binaryen.Features.NontrappingFPToInt |
  binaryen.Features.BulkMemory |
  binaryen.Features.BulkMemoryOpt |
  binaryen.Features.ReferenceTypes |
  binaryen.Features.CallIndirectOverlong |
  binaryen.Features.Multivalue |
  binaryen.Features.SIMD128;

function edited(stored: StoredModule, edit: (module: Module, names: readonly string[]) => void): StoredModule {
  const module = binaryen.readBinary(stored.bytes);
  try {
    module.setFeatures(FEATURES);
    edit(
      module,
      stored.objects.flatMap(({ symbols }) => symbols),
    );
    const bytes = module.emitBinary() as Uint8Array<ArrayBuffer>;
    // Else it would be garbage, which is another kind.
    if (!WebAssembly.validate(bytes)) throw new Error('forgeries: the edited module is none');
    return { ...stored, bytes };
  } finally {
    module.dispose();
  }
}

const endless = (module: Module): number => module.loop('again', module.br('again'));

function replaceBodies(module: Module, names: readonly string[], body: () => number): void {
  for (const name of names) {
    const { params, results } = binaryen.getFunctionInfo(module.getFunction(name));
    module.removeFunction(name);
    module.addFunction(name, params, results, [], body());
  }
}
