/**
 * The same kernels elsewhere: modules of C, Faust's compiler and AssemblyScript's. In: sources in bench/reference. Out:
 * runners, or what to do for there to be some. The two compilers are packages of bench/package.json; Node only.
 */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { moduleRunner } from './moduleRunner.ts';
import { BLOCK_FRAMES, type Made, type Runner, SAMPLE_RATE } from './runner.ts';

export const REFERENCE = path.join(import.meta.dirname, '../reference');
const PACKAGES = path.join(import.meta.dirname, '../node_modules');
export const NOT_INSTALLED = 'not installed: npm install --prefix bench';

export const referenceText = (file: string): string => readFileSync(path.join(REFERENCE, file), 'utf8');

export const cRunner = (name: string, kind: 'scalar' | 'simd'): Promise<Made> =>
  moduleRunner(readFileSync(path.join(REFERENCE, `${name}.${kind}.wasm`)));

// Faust: what is used of @grame/faustwasm, which need not be there.

interface FaustDsp {
  compute(inputs: readonly Float32Array[], outputs: readonly Float32Array[]): boolean;
  start(): void;
}

interface FaustProcessor {
  readonly fDSPCode: FaustDsp;
  getNumOutputs(): number;
}

interface FaustGenerator {
  compile(compiler: object, name: string, code: string, args: string): Promise<unknown>;
  createOfflineProcessor(sampleRate: number, bufferSize: number): Promise<FaustProcessor | null>;
}

interface FaustPackage {
  instantiateFaustModuleFromFile(file: string): Promise<object>;
  readonly LibFaust: new (module: object) => object;
  readonly FaustCompiler: new (library: object) => object;
  readonly FaustMonoDspGenerator: new () => FaustGenerator;
}

export interface Compiler {
  /** From a source to a program that has rendered a block. */
  compile(name: string, source: string): Promise<Runner>;
}

export async function faust(): Promise<Compiler | null> {
  const folder = path.join(PACKAGES, '@grame/faustwasm');
  if (!existsSync(folder)) return null;
  const entry = pathToFileURL(path.join(folder, 'dist/esm/index.js')).href;
  const faustwasm = (await import(entry)) as FaustPackage;
  const module = await faustwasm.instantiateFaustModuleFromFile(path.join(folder, 'libfaust-wasm/libfaust-wasm.js'));
  const compiler = new faustwasm.FaustCompiler(new faustwasm.LibFaust(module));
  return {
    async compile(name, source) {
      const generator = new faustwasm.FaustMonoDspGenerator();
      await generator.compile(compiler, name.replaceAll('-', ''), source, '-ftz 0');
      const processor = await generator.createOfflineProcessor(SAMPLE_RATE, BLOCK_FRAMES);
      if (!processor) throw new Error(`Faust: ${name}`);
      const { fDSPCode: dsp } = processor;
      dsp.start();
      const outputs = [new Float32Array(BLOCK_FRAMES), new Float32Array(BLOCK_FRAMES)];
      const used = outputs.slice(0, processor.getNumOutputs());
      return {
        run: () => void dsp.compute([], used),
        read(left, right) {
          dsp.compute([], used);
          left.set(used[0]);
          right.set(used.at(-1)!);
        },
      };
    },
  };
}

interface AssemblyScriptPackage {
  main(
    args: readonly string[],
    host: {
      readFile(file: string): string | null;
      writeFile(file: string, contents: Uint8Array<ArrayBuffer> | string): void;
      listFiles(): readonly string[];
    },
  ): Promise<{ readonly error: Error | null; readonly stderr: { toString(): string } }>;
}

const ASSEMBLY_OPTIONS = ['-O3', '--runtime', 'stub', '--use', 'abort=', '--noAssert'];

export async function assemblyScript(): Promise<Compiler | null> {
  const file = path.join(PACKAGES, 'assemblyscript/dist/asc.js');
  if (!existsSync(file)) return null;
  const { default: asc } = (await import(pathToFileURL(file).href)) as { readonly default: AssemblyScriptPackage };
  return {
    async compile(name, source) {
      let bytes: Uint8Array<ArrayBuffer> | null = null;
      const { error, stderr } = await asc.main(['kernel.ts', ...ASSEMBLY_OPTIONS, '--outFile', 'kernel.wasm'], {
        readFile: (wanted) => (wanted === 'kernel.ts' ? source : null),
        writeFile(_, contents) {
          if (typeof contents !== 'string') bytes = contents;
        },
        listFiles: () => [],
      });
      if (error || !bytes) throw new Error(`AssemblyScript: ${name}: ${stderr.toString()}`);
      return moduleRunner(bytes);
    },
  };
}

export const assemblySource = (name: string): string => referenceText('common.as') + referenceText(`${name}.as`);
export const faustSource = (name: string): string => referenceText(`${name}.dsp`);
