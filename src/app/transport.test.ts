/** Play and stop against a compiler and a sound that answer by hand. */
import { describe, expect, it } from 'vitest';
import { committed, error, pageByHand, rejected, settle } from '../testing/pageByHand.ts';

describe('play', () => {
  it('asks for sound at once, compiles what has not been compiled, and then starts', async () => {
    const { transport, model, asked, did } = pageByHand();
    await settle();
    const playing = transport.play();
    expect(did).toEqual(['prepare']);
    await settle();
    expect(model.state.value).toBe('starting');
    expect(did).toEqual(['prepare']);
    await asked[0].answer(committed(1));
    await playing;
    expect(did).toEqual(['prepare', 'mark ', 'start']);
    expect(model.state.value).toBe('playing');
    transport.stop();
    expect(model.state.value).toBe('stopped');
    await transport.play();
    expect(asked).toHaveLength(1);
  });

  it('plays the version before when the text has errors, and nothing when there is none', async () => {
    const { transport, model, conductor, asked, did, page } = pageByHand();
    const nothing = transport.play();
    const refused = expect(nothing).rejects.toThrow('Line 1: Wrong.');
    await settle();
    await asked[0].answer(rejected(error('Wrong.', 0)));
    await refused;
    expect(did).not.toContain('start');
    expect(model.state.value).toBe('stopped');
    expect(model.message.value?.sound).toBe('Nothing to play yet.');
    page.text = 'good';
    void conductor.evaluate();
    await settle();
    await asked[1].answer(committed(1));
    page.text = 'bad';
    const playing = transport.play();
    await settle();
    await asked[2].answer(rejected(error('Wrong.', 0)));
    await playing;
    expect(did).toContain('start');
  });

  it('does not start when stop came first', async () => {
    const { transport, model, asked, did } = pageByHand();
    const playing = transport.play();
    await settle();
    transport.stop();
    await asked[0].answer(committed(1));
    await playing;
    expect(did).not.toContain('start');
    expect(model.state.value).toBe('stopped');
  });
});

describe('the key that evaluates', () => {
  it('starts the sound where it is stopped, with what it has evaluated', async () => {
    const { transport, model, asked, did } = pageByHand();
    await settle();
    const evaluation = transport.evaluateAndPlay({ fresh: true });
    expect([did, model.state.value]).toEqual([['prepare'], 'starting']);
    await settle();
    expect(asked).toMatchObject([{ fresh: true }]);
    await asked[0].answer(committed(1));
    expect(await evaluation).toMatchObject({ ok: true, generation: 1 });
    expect([did.at(-1), model.state.value]).toEqual(['start', 'playing']);
  });

  it('does not start an older version when the text has mistakes, and says that it does not', async () => {
    const { transport, model, asked, did, take } = pageByHand();
    await take('good', 1);
    const evaluation = transport.evaluateAndPlay();
    await settle();
    await asked[1].answer(rejected(error('Wrong.', 0)));
    expect((await evaluation).ok).toBe(false);
    expect([did.includes('start'), model.state.value]).toEqual([false, 'stopped']);
    expect(model.message.value).toMatchObject({ text: 'Line 1: Wrong.', sound: 'Play starts the previous version.' });
  });

  it('only evaluates where it sounds already, and does not start what was stopped meanwhile', async () => {
    const { transport, model, asked, did } = pageByHand();
    await settle();
    void transport.evaluateAndPlay();
    await settle();
    await asked[0].answer(committed(1));
    void transport.evaluateAndPlay();
    await settle();
    await asked[1].answer(committed(2));
    expect(did.filter((one) => one === 'start' || one === 'prepare')).toEqual(['prepare', 'start']);
    transport.stop();
    void transport.evaluateAndPlay();
    await settle();
    transport.stop();
    await asked[2].answer(committed(3));
    expect([did.filter((one) => one === 'start'), model.state.value]).toEqual([['start'], 'stopped']);
  });

  it('is the only one that does: neither a pause in typing nor a call starts the sound', async () => {
    const { conductor, asked, did, model } = pageByHand();
    for (const byHand of [true, false]) {
      void conductor.evaluate({ byHand });
      await settle();
      await asked.at(-1)?.answer(committed(asked.length));
    }
    expect([did.includes('start'), model.state.value]).toEqual([false, 'stopped']);
  });

  it('says so where there is no sound', async () => {
    const { transport, model } = pageByHand({ hasSound: false });
    expect((await transport.evaluateAndPlay()).ok).toBe(false);
    await expect(transport.play()).rejects.toThrow();
    expect(model.message.value?.text).toContain('no device');
  });
});
