/**
 * Units of Faust's libraries, compiled by its own compiler, which `npm install --prefix bench` gets (it is no part of the
 * product). In: the body of `process`. Out: something that renders blocks in double precision. Node only.
 */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const FOLDER = path.join(import.meta.dirname, '../node_modules/@grame/faustwasm');
export const NOT_INSTALLED = 'Faust is not installed: npm install --prefix bench';

/** What is used of the package, which need not be there. */
interface FaustPackage {
  instantiateFaustModuleFromFile(file: string): Promise<object>;
  readonly LibFaust: new (module: object) => object;
  readonly FaustCompiler: new (library: object) => object;
  readonly FaustMonoDspGenerator: new () => {
    compile(compiler: object, name: string, code: string, args: string): Promise<unknown>;
    createOfflineProcessor(sampleRate: number, bufferSize: number): Promise<FaustProcessor | null>;
  };
}

interface FaustProcessor {
  readonly fDSPCode: {
    compute(inputs: readonly Float64Array[], outputs: readonly Float64Array[]): boolean;
    start(): void;
  };
  getNumInputs(): number;
  getNumOutputs(): number;
}

/** Renders the next block. */
export type RunBlock = () => void;

/** Makes a unit at a sample rate, in blocks of so many frames. @throws what Faust says of a text that it rejects. */
export type FaustMaker = (name: string, body: string) => Promise<RunBlock>;

/** `null` where Faust is not installed. */
export async function faustMaker(sampleRate: number, blockFrames: number): Promise<FaustMaker | null> {
  if (!existsSync(FOLDER)) return null;
  const faust = (await import(pathToFileURL(path.join(FOLDER, 'dist/esm/index.js')).href)) as FaustPackage;
  const module = await faust.instantiateFaustModuleFromFile(path.join(FOLDER, 'libfaust-wasm/libfaust-wasm.js'));
  const compiler = new faust.FaustCompiler(new faust.LibFaust(module));
  return async (name, body) => {
    const generator = new faust.FaustMonoDspGenerator();
    const text = `import("stdfaust.lib");\nprocess = ${body};`;
    // Double precision, as the library of Segue has it.
    if (!(await generator.compile(compiler, name, text, '-double -ftz 0'))) throw new Error(`Faust rejects ${name}`);
    const processor = await generator.createOfflineProcessor(sampleRate, blockFrames);
    if (!processor) throw new Error(`Faust makes no processor of ${name}`);
    const { fDSPCode: dsp } = processor;
    dsp.start();
    let x = 0.3;
    const signal = Float64Array.from({ length: blockFrames }, () => {
      x += 0.0613;
      if (x > 1) x -= 2;
      return x;
    });
    const inputs = Array.from({ length: processor.getNumInputs() }, () => signal);
    const outputs = Array.from({ length: processor.getNumOutputs() }, () => new Float64Array(blockFrames));
    return () => void dsp.compute(inputs, outputs);
  };
}
