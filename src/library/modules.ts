/** The modules of the library by their paths below src/library, for what bundles them and what reads them from disk. */

/** Whether a file of src/library is a module of it: not a test, not declarations for the type checker, not this list. */
export const isLibraryModule = (path: string): boolean =>
  path.endsWith('.ts') &&
  !path.endsWith('.test.ts') &&
  !path.endsWith('.d.ts') &&
  !path.includes('testing/') &&
  path !== 'modules.ts' &&
  !path.endsWith('intrinsics.ts');
