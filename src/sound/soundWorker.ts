/** The worker for sound files, started when there is one: files of a hundred megabytes must hold up neither page nor compiler. */

import { delMany, get, keys, set } from 'idb-keyval';
import type { PageToSoundWorker, SoundWorkerToPage } from '../protocol/soundFiles.ts';
import { databaseStore } from '../storage/database.ts';
import { answerSound } from './soundDesk.ts';

/** What is used of DedicatedWorkerGlobalScope, which no type library describes beside that of the page. */
declare const self: {
  onmessage: ((event: MessageEvent<PageToSoundWorker>) => void) | null;
  postMessage(message: SoundWorkerToPage, transfer: ArrayBuffer[]): void;
};

const files = databaseStore('segue-samples', 'files');
const store = {
  get: (key: string) => get<unknown>(key, files),
  set: (key: string, bytes: ArrayBuffer) => set(key, bytes, files),
  remove: (gone: readonly string[]) => delMany([...gone], files),
  keys: () => keys<string>(files),
};

self.onmessage = ({ data }) =>
  void answerSound(data, store).then(({ answer, transfer }) => self.postMessage(answer, transfer));
