import { expect, it } from 'vitest';
import { notRunLines } from './notRunReporter.ts';

const firefox = { name: 'Firefox', isThere: true, places: { executable: '/f', pulseAudio: '/p' } } as const;
const webKit = { name: 'WebKit', isThere: false, reason: 'not found: Xvfb' } as const;

it('the end of a run says what was driven, and what was not and why', () => {
  expect(notRunLines([firefox, webKit])).toEqual([
    'The page was driven in Chromium, Firefox.',
    'Not run: WebKit: not found: Xvfb.',
    'Not run: what takes long (npm run test:long).',
  ]);
});
