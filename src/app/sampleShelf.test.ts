/** What becomes of a file that is given, of one that a patch asks for, and of one that would be fetched. */
import { expect, it } from 'vitest';
import { newBrowser, shelfWith, wav } from '../testing/soundShelf.ts';
import { fetchSound } from './sampleFiles.ts';

const file = (name: string, bytes: ArrayBuffer) => ({ name, size: bytes.byteLength, arrayBuffer: async () => bytes });

const HERE = 'https://sounds.example/kick.wav';
const THERE = 'https://other.example/a/snare.wav';

it('decodes a file to the bit, tells the compiler, has what plays compiled, and keeps it', async () => {
  const { shelf, told, kept, changes, sounds } = shelfWith();
  await shelf.give('it', wav(0, 0x40));
  expect(told).toEqual([['it', { channels: [Float32Array.of(0.5)], rate: 256 }]]);
  expect([changes(), kept.files.size, shelf.has('it')]).toEqual([1, 1, true]);
  expect(sounds.value).toEqual([
    { name: 'it', state: 'here', frames: 1, rate: 256, channels: 1, trouble: null, isUsed: false },
  ]);
});

it('leaves other formats to the browser', async () => {
  const { shelf, told } = shelfWith();
  await shelf.give('it', new Uint8Array(3).buffer);
  expect(told[0]?.[1]?.rate).toBe(9);
});

it('says what is wrong with a file, and keeps what it had', async () => {
  const { shelf, changes, kept } = shelfWith();
  await expect(shelf.give('it', new Uint8Array(4).buffer)).rejects.toThrow('no sound that this browser can read');
  expect([changes(), kept.files.size, shelf.has('it')]).toEqual([0, 0, false]);
});

it('names a dropped file after itself, and says how to play it', async () => {
  const { shelf, said, states } = shelfWith();
  await shelf.add(file("Bob's kick.01.wav", wav(0, 0x40)));
  expect(states()).toEqual(['Bob s kick.01 here']);
  expect(said).toEqual([
    "Added Bob's kick.01.wav. Use it with `samplePlayer('Bob s kick.01')` or `sample('Bob s kick.01')`.",
  ]);
  await shelf.add(file("Bob's kick.01.wav", wav(0, 0x20)));
  await shelf.add(file('noise.wav', new Uint8Array(4).buffer));
  expect(said.slice(1)).toEqual([
    "Bob's kick.01.wav replaces the previous `Bob s kick.01`.",
    '`noise` is no sound that this browser can read: use a WAV, AIFF, FLAC, MP3 or Ogg file.',
  ]);
});

it('does not begin to read a file that no patch could play', async () => {
  const { shelf, said, states } = shelfWith();
  let isRead = false;
  const read = async () => {
    isRead = true;
    return new ArrayBuffer(0);
  };
  await shelf.add({ name: 'concert.wav', size: 3 * 2 ** 30, arrayBuffer: read });
  expect([isRead, states(), said]).toEqual([
    false,
    [],
    ['concert.wav is too large (3072 MB): sound files may have up to 512 MB.'],
  ]);
});

it('loads what a patch asks for and was given before, once, and lists what is missing', async () => {
  // Under its name, as visits long ago have kept it.
  const browser = newBrowser();
  browser.files.set('it', wav(0, 0x40));
  const { shelf, told, changes, states } = shelfWith(browser);
  await shelf.wanted(['other', 'it']);
  await shelf.wanted(['other', 'it']);
  expect([told.map(([name]) => name), changes()]).toEqual([['it'], 1]);
  expect(states()).toEqual(['other missing', 'it here']);
  await shelf.add(file('anything.wav', wav(0, 0x40)), 'other');
  expect(states()).toEqual(['other here', 'it here']);
  await shelf.wanted(['it', 'new']);
  expect(states()).toEqual(['it here', 'new missing', 'other here']);
  await shelf.wanted([]);
  expect(states()).toEqual(['other here', 'it here']);
});

it('removes a file here and for later, so that what plays is silent there', async () => {
  const before = shelfWith();
  await before.shelf.give('it', wav(0, 0x40));
  const { shelf, told, kept, states, changes } = shelfWith(before.kept);
  await shelf.wanted(['it']);
  shelf.remove('it');
  expect([told[1], changes()]).toEqual([['it', null], 2]);
  expect(states()).toEqual(['it missing']);
  const later = shelfWith(kept);
  await later.shelf.wanted(['it']);
  expect([later.states(), later.memory.keys()]).toEqual([['it missing'], []]);
});

it('says where the browser keeps nothing, and plays it all the same', async () => {
  const { shelf, said, sounds, changes } = shelfWith(newBrowser(), { isFull: true });
  await shelf.add(file('kick.wav', wav(0, 0x40)));
  expect(said).toEqual(['`kick`: This browser could not store the file: it will be gone when you leave the page.']);
  expect([sounds.value[0]?.trouble, changes()]).toEqual([expect.stringMatching(/could not store/), 1]);
});

it('fetches nothing before a consent, which is for the places that were named', async () => {
  const { shelf, fetched, states, kept } = shelfWith(newBrowser(), {
    answers: { [HERE]: wav(0, 0x40), [THERE]: wav(0, 0x40) },
  });
  await shelf.wanted([HERE]);
  expect([fetched, states()]).toEqual([[], [`${HERE} unasked`]]);
  shelf.allow();
  await expect.poll(states).toEqual([`${HERE} here`]);
  await shelf.wanted([HERE, THERE]);
  expect([fetched, kept.files.size]).toEqual([[HERE], 1]);
  expect(states()).toEqual([`${HERE} here`, `${THERE} unasked`]);
  // More from a place that is allowed needs no other click.
  await shelf.wanted([HERE, 'https://sounds.example/none.wav']);
  expect(fetched).toEqual([HERE, 'https://sounds.example/none.wav']);
  // What was loaded once is not fetched at the next visit.
  const later = shelfWith(kept);
  await later.shelf.wanted([HERE]);
  expect([later.fetched, later.states()]).toEqual([[], [`${HERE} here`]]);
});

it('tells what could not be loaded, and tries again when asked', async () => {
  const answers: Record<string, ArrayBuffer | Error> = {};
  const { shelf, fetched, sounds, said } = shelfWith(newBrowser(), { answers });
  await shelf.wanted([HERE, 'http://sounds.example/a.wav']);
  shelf.allow();
  await expect.poll(() => sounds.value.map(({ state }) => state)).toEqual(['failed', 'failed']);
  expect(sounds.value.map(({ trouble }) => trouble)).toEqual([
    'Its server answered 404.',
    'Only addresses that begin with https:// can be loaded.',
  ]);
  expect(said).toEqual(['`kick.wav` is silent: Its server answered 404.']);
  answers[HERE] = new Uint8Array(4).buffer;
  shelf.retry(HERE);
  await expect.poll(() => sounds.value[0]?.trouble).toMatch(/no sound that this browser can read/);
  answers[HERE] = wav(0, 0x40);
  shelf.retry(HERE);
  shelf.retry('http://sounds.example/a.wav');
  await expect.poll(() => sounds.value[0]?.state).toBe('here');
  expect(fetched).toEqual([HERE, HERE, HERE]);
});

it('does not put down what nobody waits for any more', async () => {
  const { shelf, told, states } = shelfWith(newBrowser(), { answers: { [HERE]: wav(0, 0x40) } });
  await shelf.wanted([HERE]);
  shelf.allow();
  await shelf.wanted([]);
  await Promise.resolve();
  await Promise.resolve();
  expect([told, states()]).toEqual([[], []]);
});

it.each([
  [() => Promise.reject(new TypeError('failed')), /does not answer, or .*CORS/],
  [async () => new Response('', { status: 403 }), /answered 403/],
  [async () => new Response('x', { headers: { 'content-length': '999999999' } }), /larger than 97 MB/],
])('says why a server gives nothing (%#)', async (request, said) => {
  await expect(fetchSound(HERE, new AbortController().signal, request)).rejects.toThrow(said);
});

it('stops reading what is too large, whatever the server said', async () => {
  let chunks = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      chunks++;
      controller.enqueue(new Uint8Array(10_000_000));
    },
  });
  const request = async () => new Response(endless);
  await expect(fetchSound(HERE, new AbortController().signal, request)).rejects.toThrow(/larger than 97 MB/);
  expect(chunks).toBeLessThan(13);
});

it('asks without telling who asks', async () => {
  const options: (RequestInit | undefined)[] = [];
  const request: typeof fetch = async (_, init) => {
    options.push(init);
    return new Response('abc');
  };
  const bytes = await fetchSound(HERE, new AbortController().signal, request);
  expect(new TextDecoder().decode(bytes)).toBe('abc');
  expect(options[0]).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer', mode: 'cors' });
});
