/** What an expression of the text gives, evaluated aside from everything that sounds. From the worker to the page. */

export type Evaluated =
  /** A value as one would write it, or what kind of thing it is. */
  | { readonly kind: 'value'; readonly text: string }
  /** What a function gives from its first frame on, called once a frame; NaN and infinities are as they are. */
  | {
      readonly kind: 'signal';
      readonly left: Float32Array<ArrayBuffer>;
      /** Null where it gives one number. */
      readonly right: Float32Array<ArrayBuffer> | null;
      readonly sampleRate: number;
    }
  /** Many numbers; `count` of them, of which the first are here. */
  | { readonly kind: 'table'; readonly values: Float32Array<ArrayBuffer>; readonly count: number }
  /** It has no value, and why. */
  | { readonly kind: 'none'; readonly reason: string };
