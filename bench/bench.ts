/**
 * `npm run bench -- NAME [OPTIONS]`: runs one benchmark. Each is a file beside this one that exports
 * `run(args): Promise<void>` and prints a table.
 */

interface Benchmark {
  run(args: readonly string[]): Promise<void>;
}

const benchmarks: Readonly<Record<string, { readonly about: string; readonly load: () => Promise<Benchmark> }>> = {
  throughput: {
    about: 'nanoseconds per frame of kernels and the gallery: both tiers, JavaScript, C, Faust, AssemblyScript',
    load: () => import('./throughput.ts'),
  },
  firstTier: {
    about: 'the first tier against JavaScript, on the kernels and all of the gallery',
    load: () => import('./firstTier.ts'),
  },
  latency: {
    about: 'from an edit of one closure to the generation that plays it, in Node and in the browser',
    load: () => import('./latency.ts'),
  },
  swap: {
    about: 'what a swap takes of the audio thread, by size of the batch and of the state',
    load: () => import('./swap.ts'),
  },
  fuel: {
    about: 'how long a block may take at most: programs that waste all the time that their fuel buys',
    load: () => import('./fuel.ts'),
  },
  elementary: {
    about: 'nanoseconds per call of sin, exp, pow and the like, compiled and in JavaScript',
    load: () => import('./elementary.ts'),
  },
  lookups: {
    about: 'nanoseconds per look-up by key in maps, sets and dictionaries, in both tiers and in JavaScript',
    load: () => import('./lookups.ts'),
  },
  library: {
    about: 'nanoseconds per sample of each function of the library, in both tiers, in JavaScript, and beside Faust',
    load: () => import('./library.ts'),
  },
  load: {
    about: 'what a first visit waits for: text, play, sound, an edit, over a slow line and without one',
    load: () => import('./load.ts'),
  },
  pictures: {
    about: 'what the pictures of the sound cost the page, at half load and while somebody types',
    load: () => import('./pictures.ts'),
  },
  frontend: {
    about: 'from the text of an edit to the units that changed, before any code is made',
    load: () => import('./frontend.ts'),
  },
};

async function main([name, ...args]: readonly string[]): Promise<void> {
  const chosen = name !== undefined && Object.hasOwn(benchmarks, name) ? benchmarks[name] : null;
  if (chosen) {
    const benchmark = await chosen.load();
    return benchmark.run(args);
  }
  const list = Object.entries(benchmarks).map(([known, { about }]) => `  ${known}  ${about}`);
  const problem = name === undefined ? 'Which benchmark?' : `There is no benchmark "${name}".`;
  process.stderr.write(`${problem} npm run bench -- NAME, where NAME is one of\n${list.join('\n')}\n`);
  process.exitCode = 2;
}

await main(process.argv.slice(2));

export {};
