/** What is seen of a variable of the running patch. From the worker to the page. */

/** One of the variables of a name: each call of a function has its own. */
export interface WatchedPlace {
  /** As it reads in the text: `voices[2].osc.phase`. */
  readonly path: string;
  /** A number, or anything else as one would write it. */
  readonly value: number | string;
}

export type Watched =
  | {
      readonly kind: 'values';
      readonly name: string;
      /** The first ones. */
      readonly places: readonly WatchedPlace[];
      /** Whether there are more. */
      readonly isMore: boolean;
      /** Between which numbers all of these were at the ends of blocks since the message before; null: there was none. */
      readonly range: { readonly low: number; readonly high: number } | null;
    }
  /** There is nothing to be seen, and why. */
  | { readonly kind: 'none'; readonly name: string; readonly reason: string };

/** So many times a second. */
export const WATCHES_PER_SECOND = 8;
