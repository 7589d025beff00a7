/** The plucked string, with every number halved and doubled while it plays. */
import { testNumberEdits } from './numberEditsOf.ts';

testNumberEdits(0);
