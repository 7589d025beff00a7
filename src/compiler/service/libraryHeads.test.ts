/** Heads of the library in short have the parameters that the parser finds, for every name there is. */
import { expect, it } from 'vitest';
import { readLibrary } from '../../node/librarySource.ts';
import { LibraryDocs } from './libraryDocs.ts';
import { headText } from './libraryHeads.ts';
import type { FunctionView } from './views.ts';

const docs = new LibraryDocs(readLibrary());

const namesOf = ({ parameters }: FunctionView): string[] =>
  parameters.map(({ name, isOptional, isRest }) => `${name}${isOptional && !isRest ? '?' : ''}`);

it('agree with the parsed ones', () => {
  const names = [...docs.names];
  expect(names.length).toBeGreaterThan(100);
  for (const name of names) {
    const view = docs.find(name)?.view;
    if (view?.kind !== 'function') {
      expect(docs.headOf(name), name).toBeNull();
      continue;
    }
    const made = view.result.kind === 'function' ? namesOf(view.result) : null;
    expect({ name, ...docs.headOf(name) }).toEqual({ name, parameters: namesOf(view), made });
  }
});

it('are read as one writes', () => {
  expect(headText(docs.headOf('sine')!)).toBe('(phase?) → (hz, offset?)');
  expect(headText(docs.headOf('clamp')!)).toBe('(x, low?, high?)');
});
