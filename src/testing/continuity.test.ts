/**
 * An edit is heard, and everything else is kept. Each case is three texts: `before`, `after`, and one patch that makes the
 * change by itself at frame S; the oracle plays that last one, and from the end of the fade on the swap must equal it.
 */
import { describe, expect, it } from 'vitest';
import { compareRender, expectSameRender, largestStep } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { type Render, renderOracle, renderSelfChanging } from './oracle.ts';

const S = 24_064;
const FADE_FRAMES = 480;
const FRAMES = 36_000;
/** From here on a patch of these has found its way. */
const WARM_FRAME = S - 10_000;

interface Case {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** The patch that changes itself; `now` is the text of a condition that holds from S on. */
  readonly self: (now: string) => string;
}

/** Corners but no jumps, and no elementary functions: every bit counts, and a step cannot hide. */
const TRIANGLE = `
function triangle() {
  let phase = 0
  return (hz) => {
    phase += hz / sampleRate
    if (phase >= 1) phase -= 1
    return 4 * Math.abs(phase - 0.5) - 1
  }
}`;

const SINE = `
const sine = () => {
  let phase = 0
  return (hz) => {
    phase += hz / sampleRate
    if (phase >= 1) phase -= 1
    return Math.sin(2 * Math.PI * phase)
  }
}`;

const LOWPASS = `
function lowpass() {
  let low = 0
  let band = 0
  return (x, f) => {
    const high = x - low - 0.7 * band
    band += f * high
    low += f * band
    return low
  }
}`;

const TAIL = `
function echo(frames, feedback) {
  const line = new Float64Array(frames)
  let at = 0
  let dark = 0
  return (x) => {
    const y = line[at]
    dark += (y - dark) * 0.5
    line[at] = x + feedback * dark
    at = (at + 1) % frames
    return y
  }
}
const echoes = [1601, 1867, 2053, 2251].map((n) => echo(n, 0.93))
const ping = triangle()
let sent = 0`;

const tailPatch = (body: string, last: string) => `${TRIANGLE}${TAIL}
export default () => {
  sent += 1
  const hit = sent < 4000 ? ping(500) * Math.min(1, (4000 - sent) / 500, sent / 500) : 0
  ${body}
  let tail = 0
  for (let i = 0; i < echoes.length; i++) tail += echoes[i](hit)
  return ${last}
}`;

const cases: Case[] = [
  {
    name: 'a changed gain',
    before: `const gain = 0.3${TRIANGLE}\nconst osc = triangle()\nexport default () => gain * osc(220)`,
    after: `const gain = 0.1${TRIANGLE}\nconst osc = triangle()\nexport default () => gain * osc(220)`,
    self: (now) => `${TRIANGLE}\nconst osc = triangle()\nexport default () => (${now} ? 0.1 : 0.3) * osc(220)`,
  },
  {
    name: 'a changed gain of a sine',
    before: `const gain = 0.3${SINE}\nconst osc = sine()\nexport default () => gain * osc(220)`,
    after: `const gain = 0.1${SINE}\nconst osc = sine()\nexport default () => gain * osc(220)`,
    self: (now) => `${SINE}\nconst osc = sine()\nexport default () => (${now} ? 0.1 : 0.3) * osc(220)`,
  },
  {
    name: 'a changed frequency',
    before: `${TRIANGLE}\nconst hz = 220\nconst osc = triangle()\nexport default () => 0.5 * osc(hz)`,
    after: `${TRIANGLE}\nconst hz = 331.7\nconst osc = triangle()\nexport default () => 0.5 * osc(hz)`,
    self: (now) => `${TRIANGLE}\nconst osc = triangle()\nexport default () => 0.5 * osc(${now} ? 331.7 : 220)`,
  },
  {
    name: 'a changed filter cutoff',
    before: `${TRIANGLE}${LOWPASS}\nconst f = 0.2\nconst osc = triangle()\nconst lp = lowpass()\nexport default () => lp(osc(220), f)`,
    after: `${TRIANGLE}${LOWPASS}\nconst f = 0.02\nconst osc = triangle()\nconst lp = lowpass()\nexport default () => lp(osc(220), f)`,
    self: (now) => `${TRIANGLE}${LOWPASS}\nconst osc = triangle()\nconst lp = lowpass()
      export default () => lp(osc(220), ${now} ? 0.02 : 0.2)`,
  },
  {
    name: 'a closure added',
    before: `${TRIANGLE}\nconst a = triangle()\nexport default () => 0.3 * a(220)`,
    after: `${TRIANGLE}\nconst b = triangle()\nconst a = triangle()\nexport default () => 0.3 * a(220) + 0.2 * b(330)`,
    self: (now) => `${TRIANGLE}\nconst a = triangle()\nconst b = triangle()
      export default () => ${now} ? 0.3 * a(220) + 0.2 * b(330) : 0.3 * a(220)`,
  },
  {
    name: 'a closure removed',
    before: `${TRIANGLE}\nconst b = triangle()\nconst a = triangle()\nexport default () => 0.3 * a(220) + 0.2 * b(330)`,
    after: `${TRIANGLE}\nconst a = triangle()\nexport default () => 0.3 * a(220)`,
    self: (now) => `${TRIANGLE}\nconst a = triangle()\nconst b = triangle()
      export default () => ${now} ? 0.3 * a(220) : 0.3 * a(220) + 0.2 * b(330)`,
  },
  {
    name: 'a reverb whose tail is sounding, louder',
    before: tailPatch('', '0.2 * hit + 0.05 * tail'),
    after: tailPatch('', '0.2 * hit + 0.08 * tail'),
    self: (now) => tailPatch('', `0.2 * hit + (${now} ? 0.08 : 0.05) * tail`),
  },
  {
    name: 'a reverb whose tail is sounding, with a voice added',
    before: tailPatch('', '0.2 * hit + 0.05 * tail'),
    after: `const beep = triangle()\n${tailPatch('', '0.2 * hit + 0.05 * tail + 0.1 * beep(300)')}`,
    self: (now) =>
      `const beep = triangle()\n${tailPatch('', `0.2 * hit + 0.05 * tail + (${now} ? 0.1 * beep(300) : 0)`)}`,
  },
  {
    name: 'the code of a factory, in the instances that it has made',
    before: `${TRIANGLE}\nconst oscs = [1, 2, 3].map(() => triangle())
      export default () => 0.2 * (oscs[0](220) + oscs[1](275) + oscs[2](330))`,
    after: `${TRIANGLE.replace('4 * Math.abs(phase - 0.5) - 1', '0.3 - Math.abs(phase - 0.5)')}
      const oscs = [1, 2, 3].map(() => triangle())
      export default () => 0.2 * (oscs[0](220) + oscs[1](275) + oscs[2](330))`,
    self: (now) => `${TRIANGLE.replace(
      '4 * Math.abs(phase - 0.5) - 1',
      `${now} ? 0.3 - Math.abs(phase - 0.5) : 4 * Math.abs(phase - 0.5) - 1`,
    )}
      const oscs = [1, 2, 3].map(() => triangle())
      export default () => 0.2 * (oscs[0](220) + oscs[1](275) + oscs[2](330))`,
  },
  {
    name: 'one voice more in an array of voices',
    before: `${TRIANGLE}\nconst hz = [220, 275, 330]\nconst oscs = hz.map(() => triangle())
      export default () => {
        let s = 0
        for (let i = 0; i < oscs.length; i++) s += 0.2 * oscs[i](hz[i])
        return s
      }`,
    after: `${TRIANGLE}\nconst hz = [220, 275, 330, 495]\nconst oscs = hz.map(() => triangle())
      export default () => {
        let s = 0
        for (let i = 0; i < oscs.length; i++) s += 0.2 * oscs[i](hz[i])
        return s
      }`,
    self: (now) => `${TRIANGLE}\nconst hz = [220, 275, 330, 495]\nconst oscs = hz.map(() => triangle())
      export default () => {
        let s = 0
        for (let i = 0; i < (${now} ? 4 : 3); i++) s += 0.2 * oscs[i](hz[i])
        return s
      }`,
  },
  {
    name: 'a constant in an array, and the state of its neighbours',
    before: `${TRIANGLE}\nconst notes = [220, 247, 262, 294]\nconst osc = triangle()\nlet n = 0
      export default () => {
        n = (n + 1) % 8000
        return 0.4 * osc(notes[Math.floor(n / 2000)])
      }`,
    after: `${TRIANGLE}\nconst notes = [220, 247, 270, 294, 330]\nconst osc = triangle()\nlet n = 0
      export default () => {
        n = (n + 1) % 8000
        return 0.4 * osc(notes[Math.floor(n / 2000)])
      }`,
    self: (now) => `${TRIANGLE}\nconst notes = [220, 247, 262, 294]\nconst osc = triangle()\nlet n = 0
      export default () => {
        n = (n + 1) % 8000
        const i = Math.floor(n / 2000)
        return 0.4 * osc(i === 2 && ${now} ? 270 : notes[i])
      }`,
  },
  {
    name: 'an edited initial value, which takes effect, beside one that was not edited',
    before: `${TRIANGLE}\nlet a = 220\nlet b = 330\nconst left = triangle()\nconst right = triangle()
      export default () => [0.5 * left((a += 0.001)), 0.5 * right((b += 0.001))]`,
    after: `${TRIANGLE}\nlet a = 260\nlet b = 330\nconst left = triangle()\nconst right = triangle()
      export default () => [0.5 * left((a += 0.001)), 0.5 * right((b += 0.001))]`,
    self: (now) => `${TRIANGLE}\nlet a = 220\nlet b = 330\nconst left = triangle()\nconst right = triangle()
      let done = false
      export default () => {
        if (${now} && !done) {
          done = true
          a = 260
        }
        return [0.5 * left((a += 0.001)), 0.5 * right((b += 0.001))]
      }`,
  },
  {
    name: 'records, and variables that point at them and at closures',
    before: `${TRIANGLE}\nconst gain = 0.4\nconst a = { hz: 220, osc: triangle() }\nconst b = { hz: 330, osc: triangle() }
      let now = a\nlet play = a.osc\nlet left = 700
      export default () => {
        left -= 1
        if (left <= 0) {
          now = now === a ? b : a
          play = now.osc
          left = 700
        }
        now.hz += 0.002
        return gain * play(now.hz)
      }`,
    after: `${TRIANGLE}\nconst extra = { hz: 1, osc: triangle() }\nconst gain = 0.3
      const a = { hz: 220, osc: triangle() }\nconst b = { hz: 330, osc: triangle() }
      let now = a\nlet play = a.osc\nlet left = 700
      export default () => {
        left -= 1
        if (left <= 0) {
          now = now === a ? b : a
          play = now.osc
          left = 700
        }
        now.hz += 0.002
        return gain * play(now.hz)
      }`,
    self: (now) => `${TRIANGLE}\nconst a = { hz: 220, osc: triangle() }\nconst b = { hz: 330, osc: triangle() }
      let now = a\nlet play = a.osc\nlet left = 700
      export default () => {
        left -= 1
        if (left <= 0) {
          now = now === a ? b : a
          play = now.osc
          left = 700
        }
        now.hz += 0.002
        return (${now} ? 0.3 : 0.4) * play(now.hz)
      }`,
  },
  {
    name: 'time, which the patch reads, and which runs on',
    before: 'export default (t) => [0.5 * (t % 0.7), (currentFrame % 9000) / 30000]',
    after: 'export default (t) => [0.4 * (t % 0.7), (currentFrame % 9000) / 20000]',
    self: (now) => `export default (t) => ${now}
      ? [0.4 * (t % 0.7), (currentFrame % 9000) / 20000]
      : [0.5 * (t % 0.7), (currentFrame % 9000) / 30000]`,
  },
  {
    name: 'the order of the declarations and a new function in between',
    before: `${TRIANGLE}${LOWPASS}\nconst a = triangle()\nconst lp = lowpass()\nexport default () => lp(a(220), 0.1)`,
    after: `const half = (x) => x * 0.5\nconst lp = lowpass()${LOWPASS}${TRIANGLE}\nconst a = triangle()
      export default () => half(lp(a(220), 0.1))`,
    self: (now) => `${TRIANGLE}${LOWPASS}\nconst a = triangle()\nconst lp = lowpass()
      export default () => lp(a(220), 0.1) * (${now} ? 0.5 : 1)`,
  },
];

describe.each(cases)('$name', ({ before, after, self }) => {
  const frames = { frames: FRAMES };

  it('is a change, and only from S on', () => {
    const old = renderOracle(before, frames);
    const changing = renderSelfChanging((frame) => self(`currentFrame >= ${frame}`), S, frames);
    expect(compareRender(changing, old, { tolerance: 0, toFrame: S })).toBeNull();
    expect(compareRender(changing, old, { tolerance: 0, fromFrame: S + FADE_FRAMES })).not.toBeNull();
  });

  it('continues', async () => {
    const expected = renderSelfChanging((frame) => self(`currentFrame >= ${frame}`), S, frames);
    const old = renderOracle(before, frames);
    const swaps = [{ frame: S, text: after }];
    // In blocks that divide the length of the fade, and in blocks that do not.
    for (const blockFrames of [32, 376]) {
      const request = { text: before, swaps, ...frames, fadeFrames: FADE_FRAMES, blockFrames };
      const render = await renderCompiled(request);
      expect(render.swaps.map(({ kind, frame }) => [kind, frame])).toEqual([['committed', S]]);
      expectSameRender('before the swap', render, old, { tolerance: 0, toFrame: S });
      expectSameRender('after the fade', render, expected, { tolerance: 0, fromFrame: S + FADE_FRAMES });
      expectBetween(render, old, expected, S, S + FADE_FRAMES);
      // How a patch begins may be a step, which must not hide another one.
      const own = Math.max(largestStep(old, WARM_FRAME), largestStep(expected, S));
      expect(largestStep(render, WARM_FRAME)).toBeLessThanOrEqual(1.05 * own);
    }
  });

  it('continues through a change and back again, any number of times', async () => {
    const request = { text: before, ...frames, fadeFrames: FADE_FRAMES };
    const swaps = [after, before, after, before].map((text, n) => ({ frame: S + 2560 * n, text }));
    const [once, often] = [
      await renderCompiled({ ...request, swaps: swaps.slice(0, 1) }),
      await renderCompiled({ ...request, swaps }),
    ];
    const own = Math.max(largestStep(renderOracle(before, frames), WARM_FRAME), largestStep(once, WARM_FRAME));
    expect(largestStep(often, WARM_FRAME)).toBeLessThanOrEqual(1.05 * own);
  });
});

describe('the length of the fade', () => {
  const { before, after, self } = cases[0];

  it.each([0, 1, 100, 128, 2400])('%d frames', async (fadeFrames) => {
    const swaps = [{ frame: S, text: after }];
    const render = await renderCompiled({ text: before, swaps, frames: FRAMES, fadeFrames });
    const expected = renderSelfChanging((frame) => self(`currentFrame >= ${frame}`), S, { frames: FRAMES });
    const old = renderOracle(before, { frames: FRAMES });
    expectSameRender('before the swap', render, old, { tolerance: 0, toFrame: S });
    expectSameRender('after the fade', render, expected, { tolerance: 0, fromFrame: S + fadeFrames });
    if (fadeFrames < 100) return;
    // It has not ended long before, either.
    const early = { tolerance: 0, fromFrame: S + Math.floor(0.9 * fadeFrames), toFrame: S + fadeFrames - 1 };
    expect(compareRender(render, expected, early)).not.toBeNull();
  });
});

/** A fade lies between what it goes from and what it goes to. */
function expectBetween(render: Render, from: Render, to: Render, startFrame: number, endFrame: number): void {
  for (const channel of ['left', 'right'] as const) {
    for (let frame = startFrame; frame < endFrame; frame++) {
      const [a, b] = [from[channel][frame], to[channel][frame]];
      const slack = 1e-12 * Math.max(Math.abs(a), Math.abs(b));
      const sample = render[channel][frame];
      const isBetween = sample >= Math.min(a, b) - slack && sample <= Math.max(a, b) + slack;
      if (!isBetween) throw new Error(`frame ${frame}, ${channel}: ${sample} is not between ${a} and ${b}`);
    }
  }
}
