/** The sine, the bell and the bytes, with every number halved and doubled while it plays. */
import { testNumberEdits } from './numberEditsOf.ts';

testNumberEdits(1);
