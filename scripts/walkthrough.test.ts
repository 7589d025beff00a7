/**
 * ARCHITECTURE.md says what is there: its links lead to files that declare what they name, and the edit that it follows
 * does in the program what it does on the page.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { dump } from '../src/compiler/dump.ts';
import { Library } from '../src/compiler/library.ts';
import { readLibrary } from '../src/node/librarySource.ts';
import { renderPatch } from '../src/node/renderPatch.ts';
import { createSession } from '../src/node/session.ts';
import type { NewArenaBatch } from '../src/protocol/generation.ts';

const root = path.join(import.meta.dirname, '..');
const page = readFileSync(path.join(root, 'ARCHITECTURE.md'), 'utf8');
/** Without code, in which brackets and parentheses mean something else. */
const prose = page
  .replace(/^```[\s\S]*?^```$/gm, '')
  .replace(/(\[?)`[^`\n]*`(\]\()?/g, (code, opens, leads) => (opens && leads ? code : ''));
const links = [...prose.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, label, target]) => ({ label, target }));

const blocks = (language: string) =>
  [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].filter(([, name]) => name === language).map(([, , text]) => text);

describe('links', () => {
  it('lead to files and folders that exist', () => {
    expect(links.length).toBeGreaterThan(50);
    for (const { target } of links) expect(existsSync(path.join(root, target)), target).toBe(true);
  });

  it('that name a function, type or constant lead to the file that declares it', () => {
    const named = links.filter(({ label }) => /^`[\w.]+`$/.test(label));
    expect(named.length).toBeGreaterThan(30);
    for (const { label, target } of named) {
      const text = readFileSync(path.join(root, target), 'utf8');
      const [first, member] = label.slice(1, -1).split('.');
      const declaration = new RegExp(`(?:function\\*?|class|const|interface|type) ${first}\\b|^  ${first}\\(`, 'm');
      expect(text, `${label} in ${target}`).toMatch(declaration);
      if (member) expect(text, `${label} in ${target}`).toMatch(new RegExp(`^  (?:static |async )*${member}\\(`, 'm'));
    }
  });

  it('reach every folder of the sources', () => {
    const folders = readdirSync(path.join(root, 'src')).filter((name) =>
      statSync(path.join(root, 'src', name)).isDirectory(),
    );
    const linked = new Set(links.map(({ target }) => target));
    expect(folders.filter((name) => !linked.has(`src/${name}`))).toEqual([]);
  });
});

describe('the edit that is followed', () => {
  const [example] = blocks('ts');
  const quieter = example.replace('gain = 0.3', 'gain = 0.1');
  const shaped = quieter.replace('shape = (x) => x', 'shape = (x) => x - (x * x * x) / 6');

  /** The batches of the three texts, each committed and its predecessor retired before the next. */
  async function play(): Promise<NewArenaBatch[]> {
    const session = await createSession({ sampleRate: 48_000, fadeFrames: 480, postsModules: true });
    return [example, quieter, shaped].map((text) => {
      const result = session.update(text);
      if (result.kind !== 'batch') throw new Error(`${result.kind}: ${JSON.stringify(result.diagnostics)}`);
      session.committed(result.batch.generation);
      if (result.batch.from !== null) session.retired(result.batch.from);
      return result.batch;
    });
  }

  it('has the IR that is shown', () => {
    const ir = dump(example, 'ir', new Library(readLibrary()));
    const shown = blocks('').filter((block) => block.startsWith('function '));
    expect(shown).toHaveLength(1);
    for (const line of shown[0].trimEnd().split('\n')) expect(ir).toContain(line);
  });

  it('has the arena that is shown', async () => {
    const session = await createSession({ sampleRate: 48_000, fadeFrames: 480, postsModules: true });
    const result = session.update(example);
    if (result.kind !== 'batch') throw new Error(result.kind);
    const { arena, image, modules } = result.batch;
    const bytes = new Uint8Array(arena.gotBytes + arena.sizeBytes + 8);
    let at = 0;
    for (let n = 0; n < image.runs.length; n += 2) {
      bytes.set(image.bytes.subarray(at, at + image.runs[n + 1]), arena.gotBytes + image.runs[n]);
      at += image.runs[n + 1];
    }
    const view = new DataView(bytes.buffer);

    const [listing] = blocks('').filter((block) => block.startsWith('-24'));
    const shown = listing
      .trimEnd()
      .split('\n')
      .map((line) => /^(-?\d+) +(.+?) = (\S+)/.exec(line)!.slice(1) as [string, string, string]);
    const found = shown.map(([place, name, value]) => {
      // For symbols that the audio thread's module does not name, the place is taken as it is told.
      const offset = modules[0].symbols[name] ?? Number(place);
      const isNumber = /: number$|frame record|ratio$/.test(name) && !name.startsWith('function:');
      const cell = isNumber
        ? view.getFloat64(arena.gotBytes + offset, true)
        : view.getInt32(arena.gotBytes + offset, true);
      return [String(offset), name, String(Number(value) === cell ? value : cell)];
    });
    expect(found).toEqual(shown);
    expect(shown).toHaveLength(27);
    expect(arena.sizeBytes).toBe(3352);
  });

  it('makes the batches that are told', async () => {
    const [first, second, third] = await play();
    expect([first, second, third].map(({ arena }) => arena.address)).toEqual([1280, 5120, 1280]);
    expect(second.modules).toEqual([]);
    expect([...second.plan.copies]).toEqual([64, 64, 8, 2752, 2752, 8, 2784, 2784, 8]);
    expect([second.image.bytes.length, second.image.runs.length / 2]).toEqual([520, 3]);
    expect(third.modules.flatMap(({ exports }) => exports)).toEqual([{ name: 'shape(number): number', slot: 6 }]);
  });

  it('sounds and reports as is told', async () => {
    const { swaps, left } = await renderPatch({
      text: example,
      frames: 4096,
      swaps: [
        { frame: 1000, text: quieter },
        { frame: 2000, text: shaped },
      ],
    });
    const told = blocks('json').map((text) => JSON.parse(text) as object);
    expect(told).toHaveLength(2);
    told.forEach((report, index) => {
      expect(swaps[index]).toMatchObject({ kind: 'committed', report });
    });
    const rows = [...page.matchAll(/^\| (\d+) \| (-?[\d.]+) \|/gm)];
    expect(rows).toHaveLength(3);
    for (const [, frame, sample] of rows) expect(left[Number(frame)]).toBeCloseTo(Number(sample), 6);
  });
});
