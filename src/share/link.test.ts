/** Links carry a patch unchanged, and whatever else a link may carry ends in a sentence. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromFragment, MAX_TEXT_BYTES, toFragment } from './link.ts';

const base64Url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const linkOf = (bytes: Uint8Array) => `#v1=${base64Url(deflateRawSync(bytes))}`;

describe('toFragment', () => {
  it('is deflate in base64url, as another inflater reads it', () => {
    const text = '// ein Ton: 220 Hz 🎵\nexport default (t) => Math.sin(2 * Math.PI * 220 * t)\n';
    const fragment = toFragment(text)!;
    expect(fragment).toMatch(/^#v1=[\w-]+$/);
    const compressed = Buffer.from(fragment.slice(4), 'base64url');
    expect(inflateRawSync(compressed).toString('utf8')).toBe(text);
  });

  it('refuses a text that no link may carry', () => {
    expect(toFragment('a'.repeat(MAX_TEXT_BYTES))).not.toBeNull();
    expect(toFragment('a'.repeat(MAX_TEXT_BYTES + 1))).toBeNull();
    expect(toFragment('é'.repeat(MAX_TEXT_BYTES / 2 + 1))).toBeNull();
  });
});

describe('what was moved', () => {
  const text = 'export default () => 0\n';
  const moved = [
    { name: 'cut off', value: 1200.5 },
    { name: 'Ünï', value: [0.25, 1] as const },
  ];

  it('comes along, also through chats and mails, and damages nothing', () => {
    const link = toFragment(text, moved)!;
    expect(fromFragment(link)).toEqual({ kind: 'patch', text, moved });
    expect(fromFragment(link.replace('&', '&amp;'))).toEqual({ kind: 'patch', text, moved });
    expect(fromFragment(link.replace('&', '%26'))).toEqual({ kind: 'patch', text, moved });
    expect(fromFragment(link.slice(0, -6))).toEqual({ kind: 'patch', text, moved: [] });
    expect(toFragment(text, [])).toBe(toFragment(text));
  });

  it('is left alone by readers from before, which take the longest beginning that is base64url', () => {
    const link = toFragment(text, moved)!;
    const [beginning] = /^#v1=[\w-]*/.exec(link)!;
    expect(beginning).toBe(toFragment(text));
  });
});

describe('fromFragment', () => {
  it('gives back what went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 3000 }), (text) => {
        expect(fromFragment(toFragment(text)!)).toEqual({ kind: 'patch', text });
      }),
    );
  });

  it('gives back a patch of the greatest size that deflates badly', () => {
    let seed = 1;
    const noise = Array.from({ length: MAX_TEXT_BYTES }, () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return String.fromCharCode(32 + ((seed >>> 16) % 95));
    }).join('');
    expect(fromFragment(toFragment(noise)!)).toEqual({ kind: 'patch', text: noise });
  });

  it('reads what another deflater made, and what a mail program did to it', () => {
    const text = 'export default () => 0\n'.repeat(20);
    const link = linkOf(Buffer.from(text));
    const patch = { kind: 'patch', text };
    expect(fromFragment(link)).toEqual(patch);
    expect(fromFragment(link.slice(1))).toEqual(patch);
    expect(fromFragment(`${link}%3D%3d`)).toEqual(patch);
    expect(fromFragment(`${link.slice(0, 20)}\r\n${link.slice(20)}==`)).toEqual(patch);
    expect(fromFragment(linkOf(Buffer.alloc(0)))).toEqual({ kind: 'patch', text: '' });
  });

  it('reads the links that are out in the world', () => {
    const first = '#v1=09dXSFQoyc9L5UqtKMgvKlFISU1LLM0pUdAo0VSwtVMw0DNS0FLwTSzJ0CvOzNOAcwI8gSwjIwMgWaLJBQA';
    expect(fromFragment(first)).toEqual({
      kind: 'patch',
      text: '// a tone\nexport default (t) => 0.2 * Math.sin(2 * Math.PI * 220 * t)\n',
    });
  });

  it('reads links as chats and mails hand them on', () => {
    for (const length of [1, 2, 3, 4, 5, 50, 3000]) {
      const text = `// ${'é'.repeat(length)}\nexport default () => ${length}\n`;
      const patch = { kind: 'patch', text };
      const link = toFragment(text)!;
      const payload = link.slice(4);
      const after = [
        ...[
          '.',
          ')',
          ']',
          '>',
          '"',
          "'",
          ',',
          ';',
          ':',
          '!',
          '?',
          '*',
          '**',
          '_',
          '~',
          '`',
          '|',
          '}',
          '\u2026',
          '\u201d',
          '\u2019',
          '\u00bb',
        ],
        ...[
          ').',
          '>.',
          '"),',
          '.)',
          '&gt;',
          '&quot;',
          '&utm_source=chat',
          '%29',
          '%3E',
          '%22',
          '%5D.',
          '%E2%80%9D',
          '\u200b',
          '/',
          '#x',
        ],
      ];
      for (const rest of after) expect(fromFragment(link + rest), rest).toEqual(patch);
      for (const escaped of [`#v1%3D${payload}`, `#v1%3d${payload}%29`, `#v1%253D${payload}.`, `v1%3D${payload}`]) {
        expect(fromFragment(escaped), escaped).toEqual(patch);
      }
      // Every character escaped, as RFC 3986 allows; quoted-printable text of a mail (RFC 2045), in lines of 76 characters.
      const everything = Array.from(link, (letter) => `%${letter.charCodeAt(0).toString(16)}`).join('');
      expect(fromFragment(`#${everything.slice(3)}`)).toEqual(patch);
      expect(fromFragment(`#v1=3D${payload.replace(/.{70}/g, '$&=\r\n')}`)).toEqual(patch);
      expect(fromFragment(`#v1=${payload.replace(/.{60}/g, '$&%0A%20')}`)).toEqual(patch);
    }
  });

  it('does not take the half of a link for the whole', () => {
    const text = 'let a = 1\nlet b = 2\nlet c = a * b\nexport default () => c\n';
    const link = toFragment(text)!;
    for (let length = 4; length < link.length; length++) {
      for (const rest of ['', '.', '_', ')', '%', '...more']) {
        const opened = fromFragment(link.slice(0, length) + rest);
        // Less than a byte may be missing: then nothing is.
        if (opened.kind === 'patch') expect([opened.text, length]).toEqual([text, link.length - 1]);
        else expect(opened.kind).toBe('broken');
      }
    }
  });

  it.each(['', '#', '#about', '#v=abc', '#vx=abc', '#w1=abc', '#v1'])('finds nothing in %j', (fragment) => {
    expect(fromFragment(fragment)).toEqual({ kind: 'none' });
  });

  it.each([
    ['nothing at all', '#v1='],
    ['padding only', '#v1==='],
    ['other characters', '#v1=<img src=x onerror=alert(1)>'],
    ['no base64', '#v1=aaaaa'],
    ['noise', '#v1=AAAAAAAA'],
    ['another version', '#v2=S60oyC8qUUhJTUsszSlR0NBUsLVTMDQ0BAA'],
    ['bytes that are no UTF-8', linkOf(Uint8Array.of(0xff, 0xfe, 0x41))],
    ['a link that was cut off', linkOf(Buffer.from('let a = 1\nlet b = 2\nlet c = a * b\n')).slice(0, -6)],
    ['200 MB of zeros in a link of 260 KB', linkOf(new Uint8Array(200_000_000))],
    ['a byte too much', linkOf(Buffer.alloc(MAX_TEXT_BYTES + 1, 'a'))],
    ['an endless link', `#v1=${'A'.repeat(3_000_000)}`],
  ])('has a sentence for %s', (_, fragment) => {
    const opened = fromFragment(fragment);
    expect(opened.kind).toBe('broken');
    expect(opened.kind === 'broken' && opened.reason).toMatch(/^[A-Z].+\.$/);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(['patch', 'broken']).toContain(fromFragment(`#v1=A${base64Url(bytes)}`).kind);
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void fromFragment(`#v1=${text}`)));
  });
});
