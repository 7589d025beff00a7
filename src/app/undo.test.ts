/** Undo and redo against a compiler and a sound that answer by hand: which version plays, and that the page says so. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { committed, error, pageByHand, rejected, settle, twoVersions, unchanged } from '../testing/pageByHand.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('undo', () => {
  it('keeps the text, says that another one plays, and the next evaluation swaps it in again', async () => {
    const { model, conductor, asked, did, page, take } = await twoVersions();
    const marks = did.length;
    const undone = conductor.undo();
    await settle();
    expect(asked[2]).toMatchObject({ text: 'one', restores: 1 });
    await asked[2].answer(committed(3));
    expect(await undone).toMatchObject({ ok: true, generation: 3, text: 'one', swap: { cause: 'undo' } });
    expect(page.text).toBe('two');
    expect(model.message.value).toEqual({
      tone: 'warning',
      text: 'Undone. Evaluate to hear your code again.',
      sound: 'The previous version is playing.',
    });
    expect([model.generation.value, model.swap.value?.cause, did.length]).toEqual([3, 'undo', marks]);
    await take('two', 4);
    expect(asked[3].text).toBe('two');
    expect([model.message.value, model.generation.value]).toEqual([null, 4]);
  });

  it('goes further back each time, and says so, until there is nothing more', async () => {
    const { model, conductor, asked, did, take } = await twoVersions();
    await take('three', 3);
    for (const [n, text] of ['two', 'one'].entries()) {
      void conductor.undo();
      await settle();
      expect(asked[3 + n]).toMatchObject({ text, restores: 2 - n });
      await asked[3 + n].answer(committed(4 + n));
    }
    expect(model.message.value?.sound).toBe('The version from 2 swaps ago is playing.');
    expect(await conductor.undo()).toMatchObject({ ok: false, generation: 5, text: 'one', swap: null });
    expect(asked).toHaveLength(5);
    expect(did.at(-1)).toMatch(/^say Nothing to undo/);
    expect(model.message.value?.sound).toBe('The version from 2 swaps ago is playing.');
  });

  it('of which each asks for another version does not wait for the answers in between', async () => {
    const { model, conductor, asked, take } = await twoVersions();
    await take('three', 3);
    const undone = [conductor.undo(), conductor.undo()];
    await settle();
    expect(asked.slice(3).map(({ text, restores }) => [text, restores])).toEqual([
      ['two', 2],
      ['one', 1],
    ]);
    await asked[4].answer(committed(4));
    await asked[3].answer(committed(4), asked[4]);
    expect(await Promise.all(undone)).toMatchObject([{ text: 'one' }, { text: 'one' }]);
    expect(model.message.value?.sound).toBe('The version from 2 swaps ago is playing.');
    void conductor.redo();
    await settle();
    expect(asked[5].text).toBe('two');
  });

  it('says nothing when what plays again is what stands in the editor', async () => {
    const { model, conductor, asked, page } = await twoVersions();
    page.text = 'one';
    void conductor.undo();
    await settle();
    await asked[2].answer(committed(3));
    expect(model.message.value).toBeNull();
  });

  it('takes back a swap that waits for its beat', async () => {
    const { model, conductor, asked, page, take } = await twoVersions();
    page.text = 'three';
    const edit = conductor.evaluate();
    const undone = conductor.undo();
    await settle();
    expect(asked[3]).toMatchObject({ text: 'two', restores: 2 });
    await asked[2].answer(unchanged(2), asked[3]);
    await asked[3].answer(unchanged(2));
    expect(await undone).toMatchObject({ ok: true, generation: 2, text: 'two', swap: null });
    expect((await edit).ok).toBe(false);
    expect(model.message.value?.sound).toBe('The previous version is playing.');
    await take('three', 3);
    expect(model.message.value).toBeNull();
  });

  it('that came too late to take a swap back goes back from it', async () => {
    const { conductor, history, asked, page } = await twoVersions();
    page.text = 'three';
    void conductor.evaluate();
    void conductor.undo();
    await settle();
    await asked[2].answer(committed(3));
    await asked[3].answer(committed(4));
    expect([history.text, history.stepsBack]).toEqual(['two', 1]);
    void conductor.redo();
    await settle();
    expect(asked[4]).toMatchObject({ text: 'three', restores: 3 });
  });

  it('holds back an evaluation that a pause in typing would have made', async () => {
    const { conductor, asked, page } = await twoVersions();
    page.text = 'three';
    conductor.textChanged();
    void conductor.undo();
    vi.runAllTimers();
    await settle();
    expect(asked.map(({ text }) => text)).toEqual(['one', 'two', 'one']);
  });

  it('lasts through stop and play, until the text is another, and says what play has', async () => {
    const { transport, model, conductor, asked, page } = await twoVersions();
    void conductor.undo();
    await settle();
    await asked[2].answer(committed(3));
    transport.stop();
    expect(model.message.value?.sound).toBe('Play starts the previous version.');
    await transport.play();
    expect(asked).toHaveLength(3);
    expect(model.message.value?.sound).toBe('The previous version is playing.');
    transport.stop();
    page.text = 'three';
    void transport.play();
    await settle();
    expect(asked[3].text).toBe('three');
  });

  it('of a version that does not pass any more says so, and the next one goes beyond it', async () => {
    const { model, conductor, asked, did, take } = await twoVersions();
    await take('three', 3);
    void conductor.undo();
    await settle();
    await asked[3].answer(rejected(error('It takes too long.', 0)));
    expect(did.at(-1)).toBe('say That version can no longer be played: It takes too long.');
    expect([model.generation.value, model.message.value]).toEqual([3, null]);
    void conductor.undo();
    await settle();
    expect(asked[4].text).toBe('one');
  });

  it('after a trap that left nothing brings back what played before it', async () => {
    const { conductor, watch, asked } = await twoVersions();
    const diagnostic = error('No end.', 1);
    watch.trapped({ kind: 'trapped', generation: committed(2).generation, fallback: null, diagnostic });
    void conductor.undo();
    await settle();
    expect(asked[2]).toMatchObject({ text: 'one', restores: 1 });
  });
});

describe('redo', () => {
  it('brings back what was undone, step by step, until the text of the editor plays', async () => {
    const { model, conductor, asked, did, take } = await twoVersions();
    await take('three', 3);
    for (const act of ['undo', 'undo', 'redo', 'redo'] as const) {
      const number = asked.length + 1;
      const asking = conductor[act]();
      await settle();
      await asked.at(-1)?.answer(committed(number));
      expect((await asking).swap?.cause).toBe(act);
    }
    expect(asked.slice(3).map(({ text, restores }) => [text, restores])).toEqual([
      ['two', 2],
      ['one', 1],
      ['two', 4],
      ['three', 3],
    ]);
    expect(model.message.value).toBeNull();
    expect(await conductor.redo()).toMatchObject({ ok: false, text: 'three' });
    expect(did.at(-1)).toMatch(/^say Nothing to redo/);
  });

  it('has nothing to bring back once another text was taken in', async () => {
    const { conductor, asked, take } = await twoVersions();
    void conductor.undo();
    await settle();
    await asked[2].answer(committed(3));
    await take('three', 4);
    expect((await conductor.redo()).ok).toBe(false);
    void conductor.undo();
    await settle();
    expect(asked.at(-1)?.text).toBe('one');
  });
});

it('a number that is typed slowly is one step, and what was there before it is one step back', async () => {
  const { conductor, asked, take } = pageByHand();
  await take('saw(220)', 1);
  for (const [n, digits] of ['1', '12', '123', '1234'].entries()) {
    await take(`saw(${digits})`, 2 + n, { byHand: false, atMs: 1000 * n });
  }
  void conductor.undo();
  await settle();
  expect(asked.at(-1)).toMatchObject({ text: 'saw(220)', restores: 1 });
  await asked.at(-1)?.answer(committed(6));
  void conductor.redo();
  await settle();
  expect(asked.at(-1)).toMatchObject({ text: 'saw(1234)', restores: 5 });
});

it('a note that there is nothing to undo goes when there is something', async () => {
  const { model, conductor, take } = pageByHand();
  await take('one', 1);
  await conductor.undo();
  await settle();
  expect(model.note.value?.text).toMatch(/Nothing to undo/);
  await take('two', 2);
  expect(model.note.value).toBeNull();
});
