/** The reverberators and `binaural` at the other rates; 48 kHz is in space.test.ts. */
import { checkSpace } from '../../../testing/measure/checks/space.ts';
import { RATES } from '../../../testing/measure/rates.ts';

checkSpace(RATES.filter((rate) => rate !== 48_000));
