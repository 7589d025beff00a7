/** What comes by itself while a patch plays, and what the page then says. */

import { describe, expect, it } from 'vitest';
import { NO_HOST_DECLARATIONS } from '../protocol/controls.ts';
import { generation } from '../protocol/units.ts';
import { error, pageByHand, settle, twoVersions } from '../testing/pageByHand.ts';

describe('while it plays', () => {
  it('names the line of a trap in the text that trapped, and what plays instead', async () => {
    const { model, transport, watch, did, page, take } = pageByHand();
    transport.soundChanged('playing');
    await take('a\nb\nc', 1);
    await take('one\ntwo\nthree', 2);
    page.text = 'now something else';
    watch.trapped({
      kind: 'trapped',
      generation: generation(2),
      fallback: generation(1),
      diagnostic: error('This loop does not end.', 9),
    });
    expect(model.message.value).toEqual({
      tone: 'error',
      text: 'Line 3: This loop does not end.',
      sound: 'The previous version (generation 1) keeps playing.',
    });
    expect([model.generation.value, did.at(-1)]).toEqual([1, 'mark 3:2']);
  });

  it('moves the mark of a trap with the text, and does not try the text again on play', async () => {
    const { transport, model, watch, asked, did, page } = await twoVersions();
    page.text = '// new\ntwo';
    watch.trapped({
      ...{ kind: 'trapped', generation: generation(2), fallback: generation(1) },
      diagnostic: { ...error('No end.', 1), related: [{ span: { start: 0, end: 1 }, message: 'Begins here.' }] },
    });
    expect([model.message.value?.text, did.at(-1)]).toEqual(['Line 2: No end.', 'mark 2:2']);
    expect(model.problems.value[0].related?.[0].span).toEqual({ start: 7, end: 8 });
    transport.stop();
    page.text = 'two';
    await transport.play();
    expect(asked).toHaveLength(2);
  });

  it('tries again on play when a trap left nothing that could sound', async () => {
    const { transport, watch, asked } = await twoVersions();
    watch.trapped({
      ...{ kind: 'trapped', generation: generation(2), fallback: null, diagnostic: error('No end.', 1) },
    });
    transport.stop();
    void transport.play();
    await settle();
    expect(asked[2].text).toBe('two');
  });

  it('says where a number came from that is not finite, of what plays and of nothing else', async () => {
    const { model, watch, did } = await twoVersions();
    const diagnostic = { ...error('This divides by zero.', 0), code: 'not-finite', severity: 'warning' } as const;
    watch.noticed({ kind: 'noticed', generation: generation(1), diagnostic });
    expect(model.message.value).toBeNull();
    watch.noticed({ kind: 'noticed', generation: generation(2), diagnostic });
    expect(model.message.value).toEqual({
      tone: 'warning',
      text: 'Line 1: This divides by zero.',
      sound: 'They were replaced by silence.',
    });
    expect([model.generation.value, did.at(-1)]).toEqual([2, 'mark 1:1']);
    watch.metered({
      kind: 'meter',
      ...({ load: 0, loadTolerance: 0.1, workPerFrame: 0, tier: 1 } as const),
      nonFinite: 7,
      nonFiniteFrom: generation(2),
      dcOffset: 0,
      ...{ beat: 3.5, bpm: 90 },
      reductionDb: 0,
      frame: 0,
      generation: generation(2),
    });
    expect(model.message.value?.text).toBe('Line 1: This divides by zero.');
  });

  it('knows the code that runs with the text of its spans, and the last of what happened', async () => {
    const { model, watch } = await twoVersions();
    const row = { unit: 'a', version: 1, slots: [], codeBytes: 1, stateBytes: 0, tier: 1, span: null } as const;
    watch.codeChanged({
      kind: 'code',
      generation: generation(1),
      rows: [row],
      piece: 0,
      host: NO_HOST_DECLARATIONS,
      beatsPerBar: 3,
    });
    expect(model.code.value).toEqual({ rows: [row], text: 'one', beatsPerBar: 3 });
    const event = { kind: 'linked', generation: generation(1), row } as const;
    for (let n = 0; n < 3; n++) watch.handleEvent(Array.from({ length: 60 }, () => event));
    watch.handleEvent([{ ...event, kind: 'retired' }]);
    expect([model.events.value.length, model.events.value.at(-1)?.kind]).toEqual([100, 'retired']);
  });

  it('says once that a constant is taken out, and again when another one is, and not over something that matters more', async () => {
    const { model, status, watch, take } = await twoVersions();
    const meter = {
      ...({
        kind: 'meter',
        load: 0,
        loadTolerance: 0.1,
        workPerFrame: 0,
        tier: 1,
        nonFinite: 0,
        nonFiniteFrom: null,
        reductionDb: 0,
        frame: 0,
      } as const),
      dcOffset: 0.1234,
      ...{ beat: 3.5, bpm: 90 },
      generation: generation(2),
    };
    status.found({ kind: 'not finite' });
    watch.metered(meter);
    expect(model.message.value?.text).toContain('NaN or infinite');
    status.answered(null, []);
    expect(model.message.value).toMatchObject({ tone: 'note', text: 'The patch has a constant offset (DC) of 0.12.' });
    expect(model.dcOffset.value).toBe(0.1234);
    await take('three', 3);
    watch.metered({ ...meter, generation: generation(3) });
    expect(model.message.value).toBeNull();
    watch.metered({ ...meter, dcOffset: 0 });
    watch.metered(meter);
    expect(model.message.value).not.toBeNull();
  });

  it('shows the load, and says once a generation that values were not finite', async () => {
    const { transport, model, status, watch, take } = pageByHand();
    transport.soundChanged('playing');
    await take('one', 1);
    const meter = {
      kind: 'meter',
      ...({ load: 0.25, loadTolerance: 0.1, workPerFrame: 0, tier: 1 } as const),
      nonFinite: 0,
      nonFiniteFrom: null,
      dcOffset: 0,
      ...{ beat: 3.5, bpm: 90 },
      reductionDb: 0,
      frame: 0,
      generation: generation(1),
    } as const;
    watch.metered({ ...meter, reductionDb: 3 });
    expect(model.reductionDb.value).toBe(3);
    watch.metered(meter);
    expect([model.load.value, model.message.value]).toEqual([0.25, null]);
    expect(model.beat.value).toMatchObject({ position: 3.5, bpm: 90 });
    const broken = { ...meter, nonFinite: 7, nonFiniteFrom: generation(1) };
    watch.metered(broken);
    expect(model.message.value?.text).toContain('NaN or infinite');
    status.answered(null, []);
    watch.metered(broken);
    expect(model.message.value).toBeNull();
    transport.soundChanged('stopped');
    watch.metered(meter);
    expect([model.load.value, model.reductionDb.value]).toEqual([null, 0]);
  });
});

it('does not say of a text in which it is put right that it makes values that are not finite', async () => {
  const { model, watch } = await twoVersions();
  const meter = {
    ...({
      kind: 'meter',
      ...({ load: 0.25, loadTolerance: 0.1, workPerFrame: 0, tier: 1 } as const),
      dcOffset: 0,
      beat: 3.5,
      bpm: 90,
      reductionDb: 0,
      frame: 0,
      nonFinite: 7,
    } as const),
    ...{ generation: generation(2), nonFiniteFrom: generation(1) },
  };
  watch.metered(meter);
  expect(model.message.value).toBeNull();
  watch.metered({ ...meter, nonFiniteFrom: generation(2) });
  expect(model.message.value?.text).toContain('NaN or infinite');
});
