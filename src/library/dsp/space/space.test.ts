/** The reverberators and `binaural` at 48 kHz; the other rates are in space.long.test.ts. */
import { checkSpace } from '../../../testing/measure/checks/space.ts';

checkSpace([48_000]);
