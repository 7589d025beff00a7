/** Which input is open, what it is asked for, and what is said when there is none: with devices and a context that are made up here. */
import { expect, it } from 'vitest';
import { type InputSource, type InputTarget, SoundInput } from './soundInput.ts';

class FakeTrack extends EventTarget {
  muted = false;
  isStopped = false;
  readonly deviceId: string;
  constructor(deviceId: string) {
    super();
    this.deviceId = deviceId;
  }
  getSettings = () => ({ deviceId: this.deviceId });
  stop = () => {
    this.isStopped = true;
  };
}

function setUp({ error = '', rejectsRate = false } = {}) {
  const asked: MediaStreamConstraints[] = [];
  const tracks: FakeTrack[] = [];
  const connected: string[] = [];
  const answers: (() => void)[] = [];
  const listeners: (() => void)[] = [];
  const known = [{ kind: 'audioinput', deviceId: 'mic', label: 'Microphone' }];
  const source = {
    getUserMedia: (constraints: MediaStreamConstraints) => {
      asked.push(constraints);
      const { deviceId } = constraints.audio as { deviceId?: { exact: string } };
      return new Promise((resolve, reject) => {
        answers.push(() => {
          if (error !== '') return reject(new DOMException('no', error));
          const track = new FakeTrack(deviceId?.exact ?? 'mic');
          tracks.push(track);
          resolve({ getTracks: () => [track], getAudioTracks: () => [track] });
        });
      });
    },
    enumerateDevices: async () => [...known, { kind: 'videoinput', deviceId: 'camera', label: 'Camera' }],
    addEventListener: (_: string, listener: () => void) => void listeners.push(listener),
  } as unknown as InputSource;
  const target = (name: string) =>
    ({
      context: {
        createMediaStreamSource: () => {
          if (rejectsRate) throw new DOMException('rates', 'NotSupportedError');
          return { connect: () => undefined, disconnect: () => void connected.push(`${name} off`) };
        },
      },
      connectInput: () => void connected.push(`${name} on`),
    }) as unknown as InputTarget;
  let output = target('first');
  const input = new SoundInput(
    () => output,
    () => undefined,
    { mediaDevices: source },
  );
  return {
    ...{ input, asked, tracks, connected, answers, known, listeners },
    rebuild: () => {
      output = target('second');
      input.reconnect();
    },
    open: async (id?: string) => {
      const opened = input.open(id);
      answers.pop()?.();
      await opened;
    },
  };
}

it('asks for nothing by itself, and then for a sound that the browser leaves as it is', async () => {
  const { input, asked, open, connected } = setUp();
  expect([input.state, input.devices, asked]).toEqual(['off', [], []]);
  await open();
  expect(asked).toEqual([
    {
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: { ideal: 2 } },
    },
  ]);
  expect([input.state, input.chosen, input.trouble]).toEqual(['on', 'mic', null]);
  expect(input.devices).toEqual([{ id: 'mic', name: 'Microphone' }]);
  expect(connected).toEqual(['first on']);
});

it('takes another one in its place, and lets go of the first', async () => {
  const { input, open, tracks, asked } = setUp();
  await open();
  await open('line');
  expect(asked[1]).toMatchObject({ audio: { deviceId: { exact: 'line' } } });
  expect([input.chosen, tracks.map(({ isStopped }) => isStopped)]).toEqual(['line', [true, false]]);
  input.close();
  expect([input.state, tracks[1]?.isStopped]).toEqual(['off', true]);
});

it('does not listen where it was closed before the browser has answered', async () => {
  const { input, answers, tracks, connected } = setUp();
  const opened = input.open();
  expect(input.state).toBe('opening');
  input.close();
  answers[0]?.();
  await opened;
  expect([input.state, tracks[0]?.isStopped, connected]).toEqual(['off', true, []]);
});

it.each([
  ['NotAllowedError', /does not let this page listen/],
  ['NotFoundError', /There is no input/],
  ['NotReadableError', /in use by another program/],
  ['AbortError', /could not be opened, .*no/],
])('says what is wrong: %s', async (error, said) => {
  const { input, open } = setUp({ error });
  await open();
  expect(input.state).toBe('off');
  expect(input.trouble).toMatch(said);
  expect(input.trouble).toMatch(/silence/);
});

it('says so where it is unplugged, is muted, or cannot be connected', async () => {
  const { input, open, tracks, known, listeners } = setUp();
  await open();
  const [track] = tracks;
  if (track) track.muted = true;
  track?.dispatchEvent(new Event('mute'));
  expect([input.state, input.trouble]).toEqual(['on', expect.stringMatching(/muted/)]);
  if (track) track.muted = false;
  track?.dispatchEvent(new Event('unmute'));
  expect(input.trouble).toBeNull();
  known.push({ kind: 'audioinput', deviceId: 'line', label: '' });
  listeners[0]?.();
  await expect.poll(() => input.devices).toContainEqual({ id: 'line', name: 'Input 2' });
  known.splice(0, 1);
  track?.dispatchEvent(new Event('ended'));
  expect([input.state, input.trouble]).toEqual(['off', expect.stringMatching(/unplugged/)]);
  await expect.poll(() => input.devices).toEqual([{ id: 'line', name: 'Input 1' }]);

  const other = setUp({ rejectsRate: true });
  await other.open();
  expect([other.input.state, other.input.trouble, other.tracks[0]?.isStopped]).toEqual([
    'off',
    expect.stringMatching(/sample rate/),
    true,
  ]);
});

it('goes over to another output', async () => {
  const { open, rebuild, connected } = setUp();
  await open();
  rebuild();
  expect(connected).toEqual(['first on', 'first off', 'second on']);
});

it('is missing where the browser has none', () => {
  const target = () => ({}) as InputTarget;
  const input = new SoundInput(target, () => undefined, {});
  expect(input.state).toBe('missing');
});
