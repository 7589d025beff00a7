/** Edits of a random program that change nothing anybody could hear. */

/** Other names for parameters and what loops count with, which the generator calls by one letter and a number; members keep theirs. */
export function renamed(text: string): string {
  const members = new Set([...text.matchAll(/\w\??\.([peins]\d+)\b/g)].map(([, name]) => name));
  return text.replace(/(?<!\w)(?<!\w\.)([peins]\d+)\b/g, (name) => (members.has(name) ? name : `${name}x`));
}

export const spaced = (text: string): string =>
  `// Nothing new.\n${text.replaceAll('\n', '\n\n  ').replaceAll('{ ', '{ /* here */ ')}`;

/** With units that nothing uses, before and behind. */
export const extended = (text: string): string => `const unheard = [1, 2]\n${text}\nconst silent = () => unheard[0]\n`;
