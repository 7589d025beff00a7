/** What a renderer is made with. */

import type { ProcessorToWorker } from '../src/protocol/audio.ts';
import type { Host } from './host.ts';

export interface RendererOptions {
  readonly memory: WebAssembly.Memory;
  /** A table of `anyfunc`. */
  readonly table: WebAssembly.Table;
  /** Frames per second. */
  readonly sampleRate: number;
  /** Is told what happens, while it happens; must not throw. */
  readonly emit: (event: ProcessorToWorker) => void;
  /** Goes back to a kept generation when the live one makes nothing but NaN and infinities; not if not given. */
  readonly leavesNonFinite?: boolean;
  /** Brings what happens outside into the arenas that sound; whoever calls `process` calls its `begin` and `end`. */
  readonly host?: Host;
}
