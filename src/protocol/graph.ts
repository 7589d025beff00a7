/** The picture of a patch: what plays, as boxes and who calls whom. From the compiler worker to the page. */

import type { Span } from './diagnostic.ts';
import type { Generation } from './units.ts';

/**
 * `output`: the default export. `function`: one that holds nothing of its own. `closure`: made by the patch. `object`: one
 * whose methods are called. `library`: a closure of the library, with all that is inside. `control`: a slider and the like.
 * `events`: what calls the functions that `after` and `every` were given. `state`: variables of the top level that several use.
 */
export type GraphBoxKind = 'output' | 'function' | 'closure' | 'object' | 'library' | 'control' | 'events' | 'state';

/** A variable or array that swaps keep; of all that a box stands for together. */
export interface GraphState {
  /** As it reads in the text, beginning at the box. */
  readonly name: string;
  readonly sizeBytes: number;
}

export interface GraphBox {
  /** Stays the same from text to text while what it stands for has the same name. */
  readonly id: string;
  readonly kind: GraphBoxKind;
  /** As it reads in the text: `voices[].osc`. */
  readonly label: string;
  /** The function that makes such closures, or the class; empty where that says nothing. */
  readonly madeBy: string;
  /** How many equal ones there are. */
  readonly count: number;
  readonly state: readonly GraphState[];
  /** Units whose text it comes from. */
  readonly units: readonly string[];
  /** In `PatchGraph.text`; `null`: nowhere. */
  readonly span: Span | null;
  /** Whether frames reach it. */
  readonly isCalled: boolean;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** `uses`: reads or writes state that it does not hold alone. */
  readonly kind: 'calls' | 'uses';
}

export interface PatchGraph {
  readonly generation: Generation;
  /** What it was made from: spans are of this. */
  readonly text: string;
  /** In the order in which a frame first reaches them, the output in front. */
  readonly boxes: readonly GraphBox[];
  readonly edges: readonly GraphEdge[];
  /** Boxes that were left out, since nobody can look at so many. */
  readonly leftOut: number;
  /** Whether the patch is too large to be followed to its end: calls may be missing. */
  readonly isPartial: boolean;
}
