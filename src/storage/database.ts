/**
 * A database of the browser with one store in it, for the functions of idb-keyval. Unlike the library's own it is there also
 * where somebody else made the database first without the store, or a tab was ended while it made it; and it lets others
 * change it. Page and worker; every use rejects where there is no database.
 */

import { promisifyRequest, type UseStore } from 'idb-keyval';

export function databaseStore(name: string, storeName: string): UseStore {
  let opened: Promise<IDBDatabase> | null = null;

  const open = async (version?: number): Promise<IDBDatabase> => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => {
      if (!request.result.objectStoreNames.contains(storeName)) request.result.createObjectStore(storeName);
    };
    const database = await promisifyRequest(request);
    if (database.objectStoreNames.contains(storeName)) {
      const leave = () => {
        database.close();
        opened = null;
      };
      database.onversionchange = leave;
      database.onclose = leave;
      return database;
    }
    database.close();
    return open(database.version + 1);
  };

  return async (mode, use) => {
    opened ??= open().catch((thrown: unknown) => {
      opened = null;
      throw thrown;
    });
    const database = await opened;
    return use(database.transaction(storeName, mode).objectStore(storeName));
  };
}
