/**
 * Names that are made of other names, such as the path of a function within functions: as long as they are, up to a limit,
 * so that a program of n names has no more than n times that. What is cut off leaves a fingerprint. Pure.
 */

export function shortened(name: string, maxChars: number): string {
  if (name.length <= maxChars) return name;
  return `${name.slice(0, maxChars - 10)}…${fingerprint(name)}`;
}

/** FNV-1a, 32 bits. */
export function fingerprint(text: string): string {
  let hash = 2166136261;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
  return (hash >>> 0).toString(16);
}
