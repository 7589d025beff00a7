/** Sessions in Node, with the standard library read from disk. */

import { Session, type SessionOptions } from '../worker/session.ts';
import { readLibrary } from './librarySource.ts';

export const createSession = (options: Omit<SessionOptions, 'library'>): Promise<Session> =>
  Session.create({ ...options, library: readLibrary() });
