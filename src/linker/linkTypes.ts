/** What the linker takes (compiled units and their shapes) and what it gives (drafts, placed generations, batches). */

import type { IndexShape } from '../compiler/ringShape.ts';
import type { Roles } from '../compiler/role.ts';
import type { FieldShape, RootShape } from '../compiler/shape.ts';
import type { ImportedSymbol } from '../compiler/symbols.ts';
import type { Span } from '../protocol/diagnostic.ts';
import type { GenerationBatch, NewArenaBatch } from '../protocol/generation.ts';
import type { Generation, Slot } from '../protocol/units.ts';
import type { SymbolLayout } from './allocators.ts';
import type { Tenancy } from './arenas.ts';
import type { ByteRanges } from './bytes.ts';
import type { CarryLimits } from './limits.ts';
import type { IndexFit } from './rings.ts';
import type { ArenaState } from './state.ts';
import type { PlacedArena, PlannedCopy } from './transfer.ts';

/** A module that was emitted once. It names its imports by symbol and can be instantiated anywhere. */
export interface ObjectModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly module: WebAssembly.Module;
  readonly imports: readonly ImportedSymbol[];
  /** The texts among them, by symbol. */
  readonly strings: ReadonlyMap<string, string>;
}

/** Functions that were compiled together, and the module they are in: the same key is the same code. */
export interface CompiledObject {
  readonly key: string;
  readonly module: ObjectModule;
  readonly symbols: readonly string[];
}

export interface LinkableUnit {
  readonly name: string;
  readonly code: CompiledObject | null;
  readonly initialiser: CompiledObject | null;
  /** Symbols of the functions that run while the patch sounds. */
  readonly live: ReadonlySet<string>;
  readonly isLibrary: boolean;
  /** In the newest text that means the same; `null` for the library. */
  span: Span | null;
}

export interface LinkInput {
  readonly units: readonly LinkableUnit[];
  readonly staticClosures: readonly { readonly symbol: string; readonly code: string | null }[];
  /** Texts that the code names, by symbol. */
  readonly strings: ReadonlyMap<string, string>;
  readonly roots: readonly RootShape[];
  readonly roles?: Roles;
  /** Where the indices stand that the shapes of roots tell of. */
  readonly indexSpans?: ReadonlyMap<IndexShape, Span>;
  /** Where the name of a variable stands that a field is. */
  readonly declaredAt?: (field: FieldShape) => number | null;
  readonly allocatesPerFrame: boolean;
}

/** A unit's code with its slots; shared by all generations in which the code is the same. */
export interface LinkedCode {
  readonly object: CompiledObject;
  readonly slots: ReadonlyMap<string, Slot>;
  /** Symbols whose functions are in the table of the audio thread. */
  readonly sent: Set<string>;
  refCount: number;
}

/** What is given back when a draft comes to nothing. */
export interface Retained {
  readonly codes: LinkedCode[];
  readonly modules: ObjectModule[];
  readonly symbols: string[];
}

/** A generation before its top level has run. */
export interface Draft {
  readonly input: LinkInput;
  readonly codes: readonly LinkedCode[];
  /** Modules whose symbols the generation retains. */
  readonly modules: readonly ObjectModule[];
  /** Symbols that it retains beside those, by import name: the code of closures without captures. */
  readonly symbols: readonly string[];
  /** Modules that the worker has to instantiate before it can run the top level, with their functions' slots. */
  readonly newCode: readonly LinkedCode[];
  readonly changed: readonly string[];
  readonly kept: readonly string[];
  /** Words to be written into a fresh arena: slots in the GOT, below 0; GOT offsets in records of static closures; texts. */
  readonly words: readonly { readonly offset: number; readonly value: number }[];
  readonly heapStart: number;
  /** How far the GOT reaches down from the base of the arena. */
  readonly gotBytes: number;
  readonly renderSlot: Slot;
}

/** A generation that was sent, until it retires. */
export interface LinkedGeneration extends PlacedArena {
  readonly generation: Generation;
  readonly draft: Draft;
  readonly sizeBytes: number;
  state: ArenaState;
  readonly carried: ByteRanges;
  /** In the order of `CopyPlan.fits`. */
  readonly fits: readonly IndexFit[];
  readonly tenancy: Tenancy;
  /** See `GenerationBatch.holes`; from the tenancy it can only be told when the arena gets its place. */
  readonly holes: Int32Array<ArrayBuffer>;
  /** See `GenerationBatch.bpmOffset`. */
  readonly bpmOffset: number | null;
  readonly batchBytes: number;
  /** Functions that the audio thread gets with this generation, by the code they are of. */
  readonly sends: ReadonlyMap<LinkedCode, readonly string[]>;
}

export interface LinkerOptions {
  /** Whether batches carry compiled modules, or bytes for browsers that cannot post modules. */
  readonly postsModules: boolean;
  /** All the memory that the audio thread has, in bytes. */
  readonly memoryBytes: number;
  /** All the slots of its table. */
  readonly tableSlots: number;
  /** The number before the first generation's; 0 if not given. */
  readonly lastGeneration?: number;
  /** Places that symbols are to have. */
  readonly layout?: SymbolLayout;
  readonly limits?: CarryLimits;
}

/** How a generation is to follow what plays. */
export interface PlaceOptions {
  readonly fadeFrames: number;
  /** See `Appointment`. */
  readonly quantumBeats: number;
  readonly quantumBpm: number;
  /** Whether no state goes over. */
  readonly isFresh: boolean;
  /** Whether it is another piece: no state goes over, and none was lost. */
  readonly isOtherPiece?: boolean;
  /** State that is not to go over: what this function uses, or all of it where that is not known. */
  readonly withoutStateOf?: string | null;
  /** Whether there is time for both to sound together. */
  readonly canFade: boolean;
}

export interface Placed<Batch extends GenerationBatch = NewArenaBatch> {
  readonly kind: 'placed';
  readonly linked: LinkedGeneration;
  readonly batch: Batch;
  readonly planned: PlannedCopy;
}

export type PlaceResult =
  | Placed
  /**
   * There is no room: more than `neededBytes` would have to be free in one piece, or slots are missing. Nothing was taken;
   * once generations that are kept have retired, the same draft can be placed again.
   */
  | { readonly kind: 'full'; readonly neededBytes: number }
  /**
   * What became longer could stay where it lies if these retired, which are only kept; otherwise it has to be copied, which
   * takes longer than a block has time for. Nothing was taken.
   */
  | { readonly kind: 'blocked'; readonly by: readonly Tenancy[] };
