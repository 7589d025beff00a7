/** Compiled modules in the browser's database. Worker; every function rejects where there is none. */

import { createStore, delMany, entries, setMany, type UseStore } from 'idb-keyval';
import type { ModuleBox } from './objectCache.ts';

export function browserModuleBox(): ModuleBox {
  let opened: UseStore | null = null;
  const store = (): UseStore => {
    opened ??= createStore('segue', 'modules');
    return opened;
  };
  return {
    load: async () => (await entries<string, unknown>(store())).map(([id, stored]) => [id, stored] as const),
    save: async (saved) =>
      setMany(
        saved.map(([id, stored]) => [id, stored]),
        store(),
      ),
    remove: async (ids) => delMany([...ids], store()),
  };
}
