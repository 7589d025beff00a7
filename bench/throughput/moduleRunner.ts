/** A module to the rules of kernels.c, made of C or AssemblyScript. In: its bytes. Out: a runner. Node and browser alike. */

import { BLOCK_FRAMES, type Runner } from './runner.ts';

interface KernelExports {
  readonly memory: WebAssembly.Memory;
  readonly _initialize?: () => void;
  init(): void;
  process(): void;
  /** Where 128 samples are, in single precision. */
  outl(): number;
  outr(): number;
}

/** What it imports is never called. */
export async function moduleRunner(bytes: BufferSource): Promise<Runner> {
  const module = await WebAssembly.compile(bytes);
  const imports: Record<string, Record<string, () => never>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = () => {
      throw new Error(`${from}.${name} was called`);
    };
  }
  const kernel = (await WebAssembly.instantiate(module, imports)).exports as unknown as KernelExports;
  kernel._initialize?.();
  kernel.init();
  const { memory } = kernel;
  const [fromLeft, fromRight] = [kernel.outl(), kernel.outr()];
  return {
    run: () => kernel.process(),
    read(left, right) {
      kernel.process();
      left.set(new Float32Array(memory.buffer, fromLeft, BLOCK_FRAMES));
      right.set(new Float32Array(memory.buffer, fromRight, BLOCK_FRAMES));
    },
  };
}
