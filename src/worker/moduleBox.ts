/** Compiled modules in the browser's database. Worker; every function rejects if there is none. */

import { clear, delMany, entries, keys, setMany } from 'idb-keyval';
import { databaseStore } from '../storage/database.ts';
import type { ModuleBox } from './objectCache.ts';

export function browserModuleBox(): ModuleBox {
  const store = databaseStore('segue', 'modules');
  return {
    load: async (limit) => {
      if ((await keys(store)).length <= limit) return entries<string, unknown>(store);
      await clear(store);
      return [];
    },
    save: (saved) =>
      setMany(
        saved.map(([id, stored]) => [id, stored]),
        store,
      ),
    remove: (ids) => delMany([...ids], store),
    clear: () => clear(store),
  };
}
