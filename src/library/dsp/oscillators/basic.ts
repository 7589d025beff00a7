/** x */
/** x
 * @internal */
export function sine(): (hz: number) => number {
  let phase = 0;
  return (hz: number): number => {
    const y = Math.sin(6.283185307179586 * phase);
    phase += hz / sampleRate;
    return y;
  };
}
