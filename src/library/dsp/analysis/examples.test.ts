/** The comments of this folder, and the examples in them, compiled and as JavaScript. */
import { expect, it } from 'vitest';
import { documentedFunctions, faultsOfExample } from '../../../testing/measure/examples.ts';

const documented = documentedFunctions('analysis/').filter(({ isInternal }) => !isInternal);

it.each(documented)('documents $name', async (one) => expect(await faultsOfExample(one)).toEqual([]));
