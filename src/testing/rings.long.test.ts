/** Every way and form of a delay line that gets another length, at thirty moments. */
import { testMoments } from './ringPrograms.ts';

testMoments(30);
