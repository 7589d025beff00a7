/** The texts of the gallery by path: the one part of the page that grows with it, so it is loaded behind all else. */

export const texts = import.meta.glob<string>('../../patches/*/*.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});
