/** An audio thread that hangs, as the page takes it; the compiler, the sound and the keeper answer by hand. */
import { describe, expect, it } from 'vitest';
import { generation } from '../protocol/units.ts';
import { committed, pageByHand, settle } from '../testing/pageByHand.ts';
import { Freezes } from './freezes.ts';

type Page = ReturnType<typeof pageByHand>;

function freezesOf({ frozen, history, status, page }: Page, hung: string | null, before: string | null) {
  let isGone = false;
  const freezes = new Freezes({
    ...{ frozen, history, status, readText: () => page.text },
    keeper: {
      processorHung: () => ({ hung, before }),
      processorGone: () => {
        isGone = true;
      },
    },
  });
  return { freezes, isGone: () => isGone };
}

async function playing(...texts: string[]): Promise<Page> {
  const all = pageByHand({ text: texts[0] });
  for (const [n, text] of texts.entries()) await all.take(text, n + 1);
  await all.transport.play();
  return all;
}

describe('a hang', () => {
  it('is said at once, and what plays instead when it does; the text stays, marked, and is not tried by itself', async () => {
    const all = await playing('good', 'endless');
    const { model, asked, did, page, transport, conductor, history } = all;
    const { freezes } = freezesOf(all, 'endless', 'good');
    freezes.hung();
    expect(model.message.value).toMatchObject({
      tone: 'error',
      text: expect.stringContaining('This code froze the audio.'),
      sound: 'Restarting the audio with the previous version.',
    });
    expect(model.message.value?.offer).toBeUndefined();
    expect([model.generation.value, did.at(-1), page.text]).toEqual([null, 'mark 1:1', 'endless']);
    history.resumed(generation(3), 'good');
    freezes.resumed();
    expect(model.message.value?.sound).toContain('The previous version is playing.');
    expect(model.message.value?.offer).toBe('newTab');
    const before = asked.length;
    transport.stop();
    await transport.play();
    expect((await conductor.evaluate({ byHand: false })).ok).toBe(false);
    expect([asked.length, model.generation.value, history.text]).toEqual([before, 3, 'good']);
    // Undo does not lead there, either.
    expect([history.before(), history.after()]).toEqual([null, null]);
  });

  it('leaves the text to whoever wants to hear it all the same', async () => {
    const all = await playing('good', 'endless');
    const { freezes } = freezesOf(all, 'endless', 'good');
    freezes.hung();
    void all.conductor.evaluate();
    await settle();
    expect(all.asked.at(-1)?.text).toBe('endless');
    expect(all.frozen.of('endless')).toBeNull();
  });

  it('with nothing before leaves nothing to play', async () => {
    const all = await playing('endless');
    const { freezes } = freezesOf(all, 'endless', null);
    freezes.hung();
    freezes.resumed();
    expect(all.model.message.value?.sound).toContain('Nothing else to play.');
    all.transport.stop();
    const before = all.asked.length;
    await expect(all.transport.play()).rejects.toThrow('froze the audio');
    expect(all.asked.length).toBe(before);
  });

  it('for good offers a new tab, whatever comes after', async () => {
    const all = await playing('good', 'endless');
    const { freezes, isGone } = freezesOf(all, 'endless', 'good');
    freezes.hung();
    freezes.gone();
    all.transport.soundGone();
    expect(isGone()).toBe(true);
    expect(all.model.message.value).toMatchObject({ tone: 'error', offer: 'newTab' });
    expect(all.model.state.value).toBe('stopped');
    all.status.answered(null, []);
    expect(all.model.message.value?.offer).toBe('newTab');
  });
});

describe('a page that is opened with a text that froze the audio', () => {
  it('compiles nothing before it is told to; play has the version before, and the text stays', async () => {
    const { model, frozen, conductor, transport, asked, did, page, history } = pageByHand({ text: 'endless' });
    frozen.add({ text: 'endless', before: 'good' });
    expect(await conductor.evaluate({ byHand: false })).toMatchObject({ ok: false, generation: null });
    expect([asked.length, model.message.value?.sound]).toEqual([0, 'Play starts the previous version.']);
    expect([model.message.value?.offer, did]).toEqual([undefined, ['mark 1:1']]);
    const playing = transport.play();
    await settle();
    expect(asked.map(({ text }) => text)).toEqual(['good']);
    await asked[0].answer(committed(1));
    await playing;
    expect([did.at(-1), page.text, history.text, model.generation.value]).toEqual(['start', 'endless', 'good', 1]);
  });

  it('has nothing to play where there is no version before, until the text is another', async () => {
    const { frozen, conductor, transport, asked, page } = pageByHand({ text: 'endless' });
    frozen.add({ text: 'endless', before: null });
    await conductor.evaluate({ byHand: false });
    await expect(transport.play()).rejects.toThrow('froze the audio');
    expect(asked).toEqual([]);
    page.text = 'endless, but fixed';
    void transport.play();
    await settle();
    expect(asked.map(({ text }) => text)).toEqual(['endless, but fixed']);
  });
});
