// Sixteen pairs of sines, one of which bends the other.
function pair(hz: number, ratio: number, index: number) {
  let carrier = 0;
  let modulator = 0;
  return () => {
    modulator = (modulator + (hz * ratio) / sampleRate) % 1;
    carrier = (carrier + hz / sampleRate) % 1;
    return Math.sin(2 * Math.PI * carrier + index * Math.sin(2 * Math.PI * modulator));
  };
}

const voices = Array.from({ length: 16 }, (_, i) => pair(110 * (1 + i / 7), 1 + (i % 5) / 2, 0.5 + i / 8));

export default () => voices.reduce((sum, voice) => sum + voice(), 0) / 16;
