/** Compiled modules in the browser's database. Worker; every function rejects where there is none. */

import { clear, createStore, delMany, entries, keys, setMany, type UseStore } from 'idb-keyval';
import type { ModuleBox } from './objectCache.ts';

export function browserModuleBox(): ModuleBox {
  let opened: UseStore | null = null;
  const store = (): UseStore => {
    opened ??= createStore('segue', 'modules');
    return opened;
  };
  return {
    load: async (limit) => {
      if ((await keys(store())).length <= limit) return entries<string, unknown>(store());
      await clear(store());
      return [];
    },
    save: async (saved) =>
      setMany(
        saved.map(([id, stored]) => [id, stored]),
        store(),
      ),
    remove: async (ids) => delMany([...ids], store()),
    clear: async () => clear(store()),
  };
}
