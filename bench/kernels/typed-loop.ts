// Half a thousand leaky integrators in a typed array.
const y = new Float64Array(512);

export default () => {
  for (let i = 0; i < 512; i++) y[i] = 0.5 + 0.9 * y[i];
  return y[currentFrame % 512] * 0.1;
};
