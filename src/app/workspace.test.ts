/** Opening, saving, links and putting aside, across reloads and in the order people do things: no code is ever lost. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MovedControl } from '../protocol/controls.ts';
import type { SavedPatch } from '../share/archive.ts';
import { toFragment } from '../share/link.ts';
import { MAX_ASIDE, SavedPatches } from '../share/savedPatches.ts';
import type { Store } from '../share/store.ts';
import type { Tab } from '../share/tab.ts';
import { createModel, type Message } from './model.ts';
import { settingsFrom } from './settings.ts';
import { Workspace } from './workspace.ts';

const EXAMPLES = [
  { title: 'One', text: '// One\n' },
  { title: 'Two', text: '// Two\n' },
];

/** A browser with a memory and an address, in which the page can be loaded again and again. */
class Browser {
  readonly #entries = new Map<string, string>();
  fragment = '';
  copied: string[] = [];
  mayCopy = true;
  /** Whether its database takes anything. */
  maySave = true;
  moved: readonly MovedControl[] = [];
  readonly #saved: SavedPatch[] = [];
  #timeMs = 0;

  readonly #store: Store = {
    getItem: (name) => this.#entries.get(name) ?? null,
    setItem: (name, value) => void this.#entries.set(name, value),
    removeItem: (name) => void this.#entries.delete(name),
  };

  /** `tab`: the name of a tab, and what it had when it was left. */
  load(tab: Tab = { name: 'tab', text: null }) {
    const said: Message[] = [];
    const model = createModel(settingsFrom({}), EXAMPLES);
    const workspace = new Workspace({
      model,
      memory: new SavedPatches(this.#store, tab, () => said.push({ tone: 'warning', text: 'refused' })),
      archive: {
        save: async (text, moved) => {
          const others = this.#saved.filter((saved) => saved.text !== text);
          if (this.maySave)
            this.#saved.splice(0, this.#saved.length, { text, savedMs: ++this.#timeMs, moved }, ...others);
          return this.maySave;
        },
        all: async () => [...this.#saved],
      },
      address: {
        fragment: () => this.fragment,
        setFragment: (fragment) => {
          this.fragment = fragment;
        },
        whole: () => `https://example.org/segue/${this.fragment}`,
      },
      copy: async (text) => {
        if (!this.mayCopy) throw new Error('refused');
        this.copied.push(text);
      },
      say: (note) => said.push(note),
      moved: () => this.moved,
    });
    const page = {
      model,
      workspace,
      said,
      text: workspace.firstText(),
      replace(text: string) {
        page.text = text;
        workspace.edited(text);
      },
      /** Types, and pauses. */
      type(text: string) {
        page.replace(text);
        vi.runAllTimers();
      },
      get saved() {
        return model.saved.value.map((entry) => entry.text);
      },
      get aside() {
        return model.aside.value.map((entry) => entry.text);
      },
    };
    workspace.attach(page);
    return page;
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('opening', () => {
  it('begins with the first example, later with what was saved', () => {
    const browser = new Browser();
    const first = browser.load();
    expect([first.text, first.model.title.value, first.aside]).toEqual(['// One\n', 'One', []]);
    first.type('// Mine\n1');
    expect(first.model.title.value).toBe('Mine');
    expect(browser.load().text).toBe('// Mine\n1');
  });

  it('saves before the pause is over when the page is left', () => {
    const browser = new Browser();
    const page = browser.load();
    page.replace('// Mine\n2');
    page.workspace.save();
    expect(browser.load().text).toBe('// Mine\n2');
  });

  it('keeps an emptied patch empty', () => {
    const browser = new Browser();
    browser.load().type('');
    expect(browser.load().text).toBe('');
  });
});

describe('a link', () => {
  it('goes round: shared here, opened there', async () => {
    const here = new Browser();
    const page = here.load();
    page.type('// Mine\nexport default () => 0');
    await page.workspace.share();
    expect(here.copied).toEqual([`https://example.org/segue/${here.fragment}`]);
    const there = new Browser();
    there.fragment = new URL(here.copied[0]).hash;
    expect(there.load().text).toBe('// Mine\nexport default () => 0');
  });

  it('is in the address when it cannot be copied', async () => {
    const browser = new Browser();
    browser.mayCopy = false;
    const page = browser.load();
    await page.workspace.share();
    expect(browser.fragment).toBe(toFragment('// One\n'));
    expect(page.said.at(-1)?.text).toContain('address bar');
  });

  it('says when the text is too long for one, and leaves the address alone', async () => {
    const browser = new Browser();
    const page = browser.load();
    page.type('x'.repeat(1_000_001));
    await page.workspace.share();
    expect([browser.fragment, browser.copied]).toEqual(['', []]);
    expect(page.said.at(-1)?.tone).toBe('warning');
  });

  it('that is only looked at leaves the own patch where it was, and offers it', () => {
    const browser = new Browser();
    browser.load().type('// Mine');
    browser.fragment = toFragment('// Theirs')!;
    const visit = browser.load();
    expect([visit.text, visit.aside]).toEqual(['// Theirs', ['// Mine']]);
    visit.workspace.save();
    browser.fragment = '';
    expect(browser.load().text).toBe('// Mine');
  });

  it('that is edited leaves the address, is saved, and puts the own patch aside', () => {
    const browser = new Browser();
    browser.load().type('// Mine');
    browser.fragment = toFragment('// Theirs')!;
    const visit = browser.load();
    visit.type('// Theirs, changed');
    expect(browser.fragment).toBe('');
    const later = browser.load();
    expect([later.text, later.aside]).toEqual(['// Theirs, changed', ['// Mine']]);
    later.workspace.open(later.model.aside.value[0]);
    expect(later.text).toBe('// Mine');
    expect(browser.load().aside).toEqual(['// Theirs, changed']);
  });

  it('after another, both edited, loses nothing', () => {
    const browser = new Browser();
    browser.load().type('// Mine');
    for (const text of ['// A', '// B']) {
      browser.fragment = toFragment(text)!;
      browser.load().type(`${text}, changed`);
    }
    const later = browser.load();
    expect([later.text, later.aside]).toEqual(['// B, changed', ['// A, changed', '// Mine']]);
  });

  it('that is broken says so and shows the own patch', () => {
    const browser = new Browser();
    browser.load().type('// Mine');
    browser.fragment = '#v1=%%%';
    const visit = browser.load();
    expect([visit.text, browser.fragment]).toEqual(['// Mine', '']);
    expect(visit.said).toHaveLength(1);
    expect(visit.said[0]).toMatchObject({ tone: 'warning', sound: 'Your own patch is still here.' });
  });

  it('that is pasted into the address of the open page takes the place of the text, which is kept', () => {
    const browser = new Browser();
    const page = browser.load();
    page.type('// Mine');
    browser.fragment = toFragment('// Theirs')!;
    expect(page.workspace.openAddress()).toBe(true);
    expect([page.text, page.aside]).toEqual(['// Theirs', ['// Mine']]);
    vi.runAllTimers();
    expect(page.workspace.openAddress()).toBe(false);
    browser.fragment = '#v1=!';
    expect(page.workspace.openAddress()).toBe(false);
    expect([page.text, page.said.length]).toEqual(['// Theirs', 1]);
    browser.fragment = '';
    expect(browser.load().text).toBe('// Mine');
  });
});

describe('an example', () => {
  it('puts the own patch aside and is what a reload shows', () => {
    const browser = new Browser();
    const page = browser.load();
    page.type('// Mine');
    page.workspace.open(EXAMPLES[1]);
    expect([page.text, page.aside]).toEqual(['// Two\n', ['// Mine']]);
    expect(browser.load().text).toBe('// Two\n');
  });

  it('is never put aside itself', () => {
    const page = new Browser().load();
    for (const example of [EXAMPLES[1], EXAMPLES[0], EXAMPLES[1]]) page.workspace.open(example);
    expect(page.aside).toEqual([]);
  });
});

describe('what is saved by hand', () => {
  it('is found forever after, whatever is edited and opened later', async () => {
    const browser = new Browser();
    for (let n = 1; n <= 3 * MAX_ASIDE; n++) {
      const page = browser.load({ name: `tab ${n}`, text: null });
      page.type(`// by hand ${n}`);
      await page.workspace.saveByHand();
      expect(page.said.at(-1)).toMatchObject({ tone: 'note', text: expect.stringMatching(/^Saved/) });
      page.type(`// typed over ${n}`);
      page.workspace.open(EXAMPLES[n % 2]);
    }
    const later = browser.load({ name: 'later', text: null });
    await later.workspace.listSaved();
    expect(later.saved).toEqual(Array.from({ length: 3 * MAX_ASIDE }, (_, n) => `// by hand ${3 * MAX_ASIDE - n}`));
    expect(later.model.saved.value.every(({ title, detail }) => /^by hand/.test(title) && detail)).toBe(true);
    later.workspace.open(later.model.saved.value.at(-1)!);
    expect(later.text).toBe('// by hand 1');
  });

  it('in one tab is not lost to another, nor what it had typed', async () => {
    const browser = new Browser();
    const one = browser.load({ name: 'one', text: null });
    one.type('// saved');
    await one.workspace.saveByHand();
    one.type('// saved, and typed on');
    const two = browser.load({ name: 'two', text: null });
    two.type('// from the other tab');
    // The first tab is closed without a word.
    const three = browser.load({ name: 'three', text: null });
    await three.workspace.listSaved();
    expect(three.text).toBe('// from the other tab');
    expect([three.saved, three.aside]).toEqual([['// saved'], ['// saved, and typed on']]);
  });

  it('and could not be saved is said not to be', async () => {
    const browser = new Browser();
    browser.maySave = false;
    const page = browser.load();
    page.type('// Mine');
    await page.workspace.saveByHand();
    expect(page.said.at(-1)).toMatchObject({ tone: 'warning', text: expect.stringMatching(/^Not saved/) });
    expect(page.saved).toEqual([]);
  });

  it('of a link is saved too', async () => {
    const browser = new Browser();
    browser.fragment = toFragment('// Theirs')!;
    const page = browser.load();
    await page.workspace.saveByHand();
    expect(page.saved).toEqual(['// Theirs']);
  });
});

describe('two tabs', () => {
  const A = { name: 'A', text: null };
  const B = { name: 'B', text: null };

  it('keep a text each, whoever saves when, and use up one place in the menu', () => {
    const browser = new Browser();
    const a = browser.load(A);
    const b = browser.load(B);
    for (let n = 1; n <= MAX_ASIDE + 2; n++) {
      a.type(`// a${n}`);
      b.type(`// b${n}`);
    }
    expect([a.text, b.text]).toEqual([`// a${MAX_ASIDE + 2}`, `// b${MAX_ASIDE + 2}`]);
    const next = browser.load({ name: 'C', text: null });
    expect([next.text, next.aside]).toEqual([`// b${MAX_ASIDE + 2}`, [`// a${MAX_ASIDE + 2}`]]);
  });

  it('leave alone what was put aside on purpose', () => {
    const browser = new Browser();
    const a = browser.load(A);
    a.type('// mine');
    a.workspace.open(EXAMPLES[1]);
    const b = browser.load(B);
    for (let n = 1; n <= MAX_ASIDE; n++) {
      a.type(`// a${n}`);
      b.type(`// b${n}`);
    }
    expect(browser.load({ name: 'C', text: null }).aside).toEqual([`// a${MAX_ASIDE}`, '// mine']);
  });

  it('find their own text again when they are loaded again, and a new one the text that was saved last', () => {
    const browser = new Browser();
    const a = browser.load(A);
    const b = browser.load(B);
    a.type('// a');
    b.type('// b');
    const again = browser.load({ name: 'A', text: a.workspace.saved });
    expect([again.text, again.aside]).toEqual(['// a', ['// b']]);
    again.type('// a2');
    expect(again.aside).toEqual(['// b']);
    expect(browser.load({ name: 'C', text: null }).text).toBe('// a2');
  });

  it('are told of each other once', () => {
    const browser = new Browser();
    const a = browser.load(A);
    const b = browser.load(B);
    a.type('// same');
    b.replace('// same');
    b.workspace.savedElsewhere();
    expect(b.said).toEqual([]);
    b.type('// b');
    a.workspace.savedElsewhere();
    b.type('// b2');
    a.workspace.savedElsewhere();
    expect(a.said).toHaveLength(1);
    expect(a.said[0].text).toContain('Another tab has saved a patch');
    expect(a.aside).toEqual(['// b2']);
    expect(a.text).toBe('// same');
  });
});

it('carries where controls stand in links and in what is saved by hand', async () => {
  const browser = new Browser();
  const page = browser.load();
  page.workspace.firstText();
  browser.moved = [{ name: 'cutoff', value: 900 }];
  await page.workspace.saveByHand();
  expect(page.model.saved.value[0]?.moved).toEqual(browser.moved);
  await page.workspace.share();
  const other = browser.load();
  other.workspace.firstText();
  expect(other.workspace.linkedMoved).toEqual(browser.moved);
  // What is in the address follows the hand, so that a reload brings it back.
  browser.moved = [{ name: 'cutoff', value: 100 }];
  other.workspace.valuesChanged();
  const again = browser.load();
  again.workspace.firstText();
  expect(again.workspace.linkedMoved).toEqual(browser.moved);
});
