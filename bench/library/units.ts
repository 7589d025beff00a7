/**
 * One patch for each function of the library, and for some of them the same unit of Faust. In a call, `u` is the instance,
 * `x` a signal within ±1, `trig` a trigger ten times a second, and `pair` is `[x, -x]`. Parameters are fixed in both.
 */

export interface Unit {
  readonly name: string;
  /** Makes the instance `u` at the top level; empty for a pure function. */
  readonly make: string;
  /** Its value in a frame: a number or a pair. */
  readonly call: string;
  /** The body of Faust's `process`, with one input. */
  readonly faust: string | null;
}

/** `name: [make, call, faust]`. What is called `u` needs to be made. */
type Row = readonly [make: string, call: string, faust?: string];
const rows: Readonly<Record<string, Row>> = {
  phasor: ['phasor()', 'u(220)', '_ : ! : os.phasor(1, 220)'],
  sine: ['sine()', 'u(220)', '_ : ! : os.osc(220)'],
  quadSine: ['quadSine()', 'u(220)', '_ : ! : os.quadosc(220) : +'],
  saw: ['saw()', 'u(220)', '_ : ! : os.sawtooth(220)'],
  square: ['square()', 'u(220)', '_ : ! : os.square(220)'],
  triangle: ['triangle()', 'u(220)', '_ : ! : os.triangle(220)'],
  pulse: ['pulse()', 'u(220, 0.3)', '_ : ! : os.pulsetrain(220, 0.3)'],
  superSaw: ['superSaw()', 'u(220)'],
  syncSaw: ['syncSaw()', 'u(220, 700)'],
  impulse: ['impulse()', 'u(220)', '_ : ! : os.lf_imptrain(220)'],
  lfSaw: ['lfSaw()', 'u(220)', '_ : ! : os.lf_saw(220)'],
  lfTri: ['lfTri()', 'u(220)', '_ : ! : os.lf_triangle(220)'],
  lfPulse: ['lfPulse()', 'u(220)', '_ : ! : os.lf_pulsetrainpos(220, 0.5)'],
  wavetable: ['wavetable([0, 1, 0, -1, 0, 1, 0, -1, 0.5, 1, 0, -1, 0, 1, 0, -1])', 'u(220)'],
  harmonics: ['harmonics([1, 0.5, 0.3, 0.2, 0.1, 0.1, 0.1, 0.1])', 'u(220)'],
  dsfOsc: ['dsfOsc()', 'u(220)'],
  fmPair: ['fmPair()', 'u(220, 2, 1)'],
  formantOsc: ['formantOsc()', 'u(220, 800)'],

  whiteNoise: ['whiteNoise(1)', 'u()', '_ : ! : no.noise'],
  pinkNoise: ['pinkNoise(1)', 'u()', '_ : ! : no.pink_noise'],
  brownNoise: ['brownNoise(1)', 'u()'],
  blueNoise: ['blueNoise(1)', 'u()'],
  violetNoise: ['violetNoise(1)', 'u()'],
  gaussNoise: ['gaussNoise(1)', 'u()', '_ : ! : no.gnoise(12)'],
  velvetNoise: ['velvetNoise(1)', 'u()'],
  dust: ['dust(1)', 'u(100)', '_ : ! : no.sparse_noise(100)'],
  lfNoise0: ['lfNoise0(1)', 'u(20)', '_ : ! : no.lfnoise0(20)'],
  lfNoise1: ['lfNoise1(1)', 'u(20)'],
  lfNoise2: ['lfNoise2(1)', 'u(20)'],
  lfsrNoise: ['lfsrNoise()', 'u(4000)'],
  lorenzOsc: ['lorenzOsc()', 'u()'],

  lowpass: ['lowpass()', 'u(x, 1000)', 'fi.resonlp(1000, 0.7071, 1)'],
  highpass: ['highpass()', 'u(x, 1000)', 'fi.resonhp(1000, 0.7071, 1)'],
  bandpass: ['bandpass()', 'u(x, 1000)', 'fi.resonbp(1000, 1, 1)'],
  notch: ['notch()', 'u(x, 1000)', 'fi.notchw(1000, 1000)'],
  allpass: ['allpass()', 'u(x, 1000)'],
  peaking: ['peaking()', 'u(x, 1000, 2)', 'fi.peak_eq(6, 1000, 1000)'],
  lowshelf: ['lowshelf()', 'u(x, 1000, 2)', 'fi.low_shelf(6, 1000)'],
  highshelf: ['highshelf()', 'u(x, 1000, 2)', 'fi.high_shelf(6, 1000)'],
  svf: ['svf()', 'u(x, 1000, 2).low', 'fi.svf.lp(1000, 2)'],
  lowpass1: ['lowpass1()', 'u(x, 1000)', 'fi.lowpass(1, 1000)'],
  highpass1: ['highpass1()', 'u(x, 1000)', 'fi.highpass(1, 1000)'],
  allpass1: ['allpass1()', 'u(x, 1000)'],
  biquad: ['biquad()', 'u(x, 0.1, 0.2, 0.1, -1.2, 0.5)', 'fi.tf2(0.1, 0.2, 0.1, -1.2, 0.5)'],
  fir: ['fir([0.1, 0.2, 0.3, 0.2, 0.1])', 'u(x)', 'fi.fir((0.1, 0.2, 0.3, 0.2, 0.1))'],
  butterLowpass: ['butterLowpass(4)', 'u(x, 1000)', 'fi.lowpass(4, 1000)'],
  butterHighpass: ['butterHighpass(4)', 'u(x, 1000)', 'fi.highpass(4, 1000)'],
  crossover: ['crossover()', 'u(x, 1000)', 'fi.crossover2LR4(1000) : +'],
  crossover3: ['crossover3()', 'u(x, 300, 3000)', 'fi.crossover3LR4(300, 3000) :> _'],
  moogLadder: ['moogLadder()', 'u(x, 1000, 0.5)', 've.moogLadder(0.04, 1.5)'],
  diodeLadder: ['diodeLadder()', 'u(x, 1000, 0.5)', 've.diodeLadder(0.3, 4)'],
  resonator: ['resonator()', 'u(x, 440)', 'pm.modeFilter(440, 1, 1)'],
  combFilter: ['combFilter(0.02)', 'u(x, 0.01)', 'fi.fb_fcomb(1024, 480, 1, 0.5)'],
  allpassComb: ['allpassComb(0.02)', 'u(x, 0.01)', 'fi.allpass_fcomb(1024, 480, 0.5)'],
  dcBlock: ['dcBlock()', 'u(x)', 'fi.dcblocker'],
  tilt: ['tilt()', 'u(x, 2)', 'fi.spectral_tilt(3, 20, 20000, 0.3)'],
  hilbert: ['hilbert()', 'u(x)'],
  vowelFilter: ['vowelFilter()', 'u(x, 1.5)', 'pm.formantFilterbankBP(1, 0, 100)'],

  adsr: ['adsr()', 'u(trig)', '_ * 0 > 1 : en.adsre(0.01, 0.1, 0.7, 0.3)'],
  asr: ['asr()', 'u(trig)', '_ * 0 > 1 : en.asr(0.01, 1, 0.3)'],
  perc: ['perc()', 'u(trig)'],
  decayEnv: ['decayEnv()', 'u(trig)'],
  breakpoints: ['breakpoints([0, 1, 0.5, 0], [0.01, 0.02, 0.1], -3)', 'u(trig)'],
  linRamp: ['linRamp(0, 1, 5)', 'u()', '_ : ! : ba.ramp(240000, 1)'],
  expRamp: ['expRamp(1, 100, 5)', 'u()'],
  lag: ['lag()', 'u(x)'],
  smooth: ['smooth()', 'u(x)', 'si.smooth(ba.tau2pole(0.01))'],
  slew: ['slew()', 'u(x)'],
  glide: ['glide()', 'u(200 + trig)'],
  follow: ['follow()', 'u(x)', 'an.amp_follower_ar(0.01, 0.1)'],
  sampleHold: ['sampleHold()', 'u(x, trig)'],
  edge: ['edge()', 'u(x)'],
  trigHold: ['trigHold()', 'u(trig)'],
  flipFlop: ['flipFlop()', 'u(trig)'],
  counter: ['counter()', 'u(trig, 8)'],
  stopwatch: ['stopwatch()', 'u(trig) > 1 ? 1 : 0'],

  delayLine: ['delayLine(0.1)', 'u(x, 0.03001)', 'de.fdelay4(8192, 1440.48)'],
  delayFrames: ['delayFrames(4800)', 'u(x, 1440)', 'de.delay(8192, 1440)'],
  tapDelay: ['tapDelay(0.1)', 'u.write(x) + u.read(0.03)'],
  echo: ['echo(0.5)', 'u(x, 0.3)', 'ef.echo(0.5, 0.3, 0.5)'],
  pingPong: ['pingPong(0.5)', 'u(pair, 0.3)'],
  tapeDelay: ['tapeDelay(0.5)', 'u(x, 0.3)'],
  chorus: ['chorus()', 'u(x)'],
  flanger: ['flanger()', 'u(x)', 'pf.flanger_mono(512, 100, 0.5, 0.5, 0)'],
  phaser: ['phaser()', 'u(x)', 'pf.phaser2_mono(6, 0, 1000, 200, 1.5, 4000, 0.3, 0.7, 0, 0)'],
  vibrato: ['vibrato()', 'u(x)'],
  tremolo: ['tremolo()', 'u(x)'],
  autoPan: ['autoPan()', 'u(x)'],
  ringMod: ['ringMod()', 'u(x, 300)'],
  freqShifter: ['freqShifter()', 'u(x, 100)'],
  pitchShifter: ['pitchShifter()', 'u(x, 5)', 'ef.transpose(2880, 1440, 5)'],
  granulator: ['granulator(1)', 'u(x)'],
  looper: ['looper(1)', 'u(x, trig)'],
  rotary: ['rotary()', 'u(x, 1)'],

  freeverb: ['freeverb()', 'u(pair)', '_ <: re.stereo_freeverb(0.84, 0.5, 0.2, 23) : +'],
  fdnReverb: ['fdnReverb()', 'u(pair)'],
  plateReverb: ['plateReverb()', 'u(pair)', '_ <: re.dattorro_rev(0, 0.8, 0.75, 0.625, 0.6, 0.7, 0.5, 0.2) : +'],
  hallReverb: ['hallReverb()', 'u(pair)', '_ <: re.zita_rev1_stereo(20, 200, 6000, 3, 2, 48000) : +'],
  springReverb: ['springReverb()', 'u(x)'],
  shimmer: ['shimmer()', 'u(pair)'],
  convolver: ['convolver(Array.from({ length: 48000 }, (_, n) => Math.sin(n * n) * 0.9999 ** n))', 'u(x)'],
  binaural: ['binaural()', 'u(x, 60)'],

  compressorGain: ['', 'compressorGain(0.5 + 0.5 * x, 0.1, 4)'],
  compressor: ['compressor()', 'u(x)', 'co.compressor_mono(4, -20, 0.005, 0.1)'],
  compressorStereo: ['compressorStereo()', 'u(pair)', '_ <: co.compressor_stereo(4, -20, 0.005, 0.1) : +'],
  expander: ['expander()', 'u(x)'],
  noiseGate: ['noiseGate()', 'u(x)', 'ef.gate_mono(-40, 0.001, 0.05, 0.1)'],
  limiter: ['limiter()', 'u(x)', 'co.limiter_lad_mono(0.005, 0.891, 0.01, 0.1, 0.1)'],
  limiterStereo: ['limiterStereo()', 'u(pair)'],
  ducker: ['ducker()', 'u(x, x)'],
  transientShaper: ['transientShaper()', 'u(x, 2, 0.5)'],

  hardClip: ['', 'hardClip(2 * x)'],
  softClip: ['', 'softClip(2 * x)', 'ef.cubicnl(0.5, 0)'],
  saturate: ['', 'saturate(x, 2)'],
  sineFold: ['', 'sineFold(x, 3)'],
  bitCrush: ['', 'bitCrush(x, 8)'],
  rateReduce: ['rateReduce()', 'u(x, 8000)'],
  shaper: ['shaper([-1, -0.5, 0.3, 1])', 'u(x)'],
  chebyshev: ['chebyshev([1, 0.5, 0.2])', 'u(x)'],
  overdrive: ['overdrive()', 'u(x)'],
  tube: ['tube()', 'u(x)'],
  adaaTanh: ['adaaTanh()', 'u(x, 4)', '*(4) : aa.tanh1'],
  adaaClip: ['adaaClip()', 'u(x, 4)', '*(4) : aa.hardclip'],
  oversample: ['oversample(4, (x) => x * x * x)', 'u(x)'],

  pluck: ['pluck()', 'u(trig, 220)'],
  ksString: ['ksString()', 'u(x, 220)', '_ : pm.ks(1.55, 0.3)'],
  bowedString: ['bowedString()', 'u(0.5, 220)', '_ : ! : pm.violinModel(1.55, 0.5, 0.5, 0.13)'],
  flute: ['flute()', 'u(0.7, 440)', '_ : ! : pm.fluteModel(0.75, 0.5, 0.7)'],
  clarinet: ['clarinet()', 'u(0.7, 220)', '_ : ! : pm.clarinetModel(0.75, 0.7, 0.5, 0.5)'],
  modal: ['modal([1, 2.1, 3.7, 5.2], [1, 0.5, 0.3, 0.2], [1, 0.8, 0.5, 0.3])', 'u(trig, 220)'],
  marimba: ['marimba()', 'u(trig, 220)'],
  churchBell: ['churchBell()', 'u(trig, 220)'],
  drumhead: ['drumhead()', 'u(trig, 110)'],
  voiceTract: ['voiceTract()', 'u(110)'],

  kickDrum: ['kickDrum()', 'u(trig)', '_ * 0 > 1 : sy.kick(50, 0.05, 0.001, 0.4, 1)'],
  kick808: ['kick808()', 'u(trig)'],
  snareDrum: ['snareDrum()', 'u(trig)'],
  snare808: ['snare808()', 'u(trig)'],
  hiHat: ['hiHat()', 'u(trig)', '_ * 0 > 1 : sy.hat(317, 12000, 0.005, 0.1)'],
  handClap: ['handClap()', 'u(trig)', '_ * 0 > 1 : sy.clap(1000, 0.005, 0.25)'],
  tomDrum: ['tomDrum()', 'u(trig)'],
  cowbell: ['cowbell()', 'u(trig)'],

  fft: [
    '{ ...fft(256), re: new Float64Array(256), im: new Float64Array(256) }',
    'transformed()', // a helper below: one forward transform in every 256 frames
  ],
  hannWindow: ['hannWindow(256)', 'u[currentFrame & 255]'],
  spectrum: ['spectrum(1024)', 'u(x)[10]'],
  stft: ['stft(1024, (re, im) => {})', 'u(x)'],
  spectralFreeze: ['spectralFreeze()', 'u(x, 0)'],
  phaseVocoder: ['phaseVocoder()', 'u(x, 5)'],
  vocoder: ['vocoder()', 'u(x, x)', '_ <: ve.vocoder(1, 16, 0.01, 0.03, 0.5)'],
  rms: ['rms()', 'u(x)', 'ba.slidingRMS(14400)'],
  loudness: ['loudness()', 'u(pair)'],
  zeroCrossings: ['zeroCrossings()', 'u(x)', 'an.zcr(0.1)'],
  pitchTrack: ['pitchTrack()', 'u(x)'],
  onsetTrig: ['onsetTrig()', 'u(x)'],
  goertzel: ['goertzel(480)', 'u(x, 1000)', 'an.goertzel(1000, 480)'],

  mtof: ['', 'mtof(60 + x)'],
  ftom: ['', 'ftom(440 + x)'],
  semiRatio: ['', 'semiRatio(x)'],
  ratioSemi: ['', 'ratioSemi(2 + x)'],
  centRatio: ['', 'centRatio(x)'],
  noteNumber: ['noteNumber("A4")', 'u'],
  noteHz: ['noteHz("A4")', 'u'],
  scaleNotes: ['scaleNotes("minor")', 'u[3]'],
  chordNotes: ['chordNotes("Am7")', 'u[3]'],
  invertChord: ['invertChord([60, 64, 67], 1)', 'u[2]'],
  euclid: ['euclid(3, 8)', 'u[3]'],
  pattern: ['pattern("x..x")', 'u[3]'],
  shuffled: ['shuffled([1, 2, 3], 1)', 'u[2]'],
  degree: ['scaleNotes("minor")', 'degree(10 * x, u)'],
  snapNote: ['scaleNotes("minor")', 'snapNote(60 + 10 * x, u)'],
  sequence: ['sequence([1, 2, 3])', 'u(trig)'],
  arpeggio: ['arpeggio([60, 64, 67])', 'u(trig)'],
  choose: ['choose([1, 2, 3], 1)', 'u(trig)'],
  chance: ['chance(1)', 'u(trig)'],

  after: ['after(1, () => {})', 'u'],
  at: ['at(1, () => {})', 'u'],
  every: ['every(0.1, () => {})', 'u'],
  cancel: ['every(0.1, (time, n) => { if (n > 3) cancel(u) })', 'u'],
  now: ['', 'now()'],
  beatCount: ['', 'beatCount(120)'],
  barCount: ['', 'barCount(120)'],
  stepClock: ['stepClock()', 'u(120)'],

  db: ['', 'db(10 * x)'],
  toDb: ['', 'toDb(2 + x)'],
  pan2: ['', 'pan2(x, x)', '_ <: sp.constantPowerPan(0.3, _) : +'],
  balance: ['', 'balance(pair, x)'],
  stereoWidth: ['', 'stereoWidth(pair, 0.5)'],
  midSide: ['', 'midSide(pair)'],
  fromMidSide: ['', 'fromMidSide(pair)'],
  toMono: ['', 'toMono(pair)'],
  addStereo: ['', 'addStereo(pair, pair)'],
  gainStereo: ['', 'gainStereo(pair, x)'],
  crossfade: ['', 'crossfade(x, 1, x)'],
  crossfadePower: ['', 'crossfadePower(x, 1, x)'],

  slider: ['slider("a")', 'u()'],
  knob: ['knob("a")', 'u()'],
  toggle: ['toggle("a")', 'u()'],
  button: ['button("a")', 'u()'],
  select: ['select("a", ["b", "c"])', 'u()'],
  xy: ['xy("a")', 'u()'],
  keyboard: ['keyboard()', 'u.hz()'],
  padTrig: ['padTrig(36)', 'u()'],
  cc: ['cc(1)', 'u()'],
  pitchBend: ['pitchBend()', 'u()'],
  aftertouch: ['aftertouch()', 'u()'],
  poly: ['poly(8, () => ({ gate }) => gate)', 'u.next()'],
  polyStereo: ['polyStereo(8, () => ({ gate }) => [gate, gate])', 'u.next()'],
  input: ['input()', 'u()'],
  sample: ['sample("a")', 'u.at(1)'],
  samplePlayer: ['samplePlayer("a")', 'u(trig)'],
  probe: ['', 'probe(x, "x")'],

  TAU: ['', 'TAU * x'],
  clamp: ['', 'clamp(x)'],
  wrap: ['', 'wrap(3 * x)'],
  fold: ['', 'fold(3 * x)'],
  lerp: ['', 'lerp(1, 2, x)'],
  linlin: ['', 'linlin(x, -1, 1, 0, 10)'],
  linexp: ['', 'linexp(x, -1, 1, 1, 10)'],
  explin: ['', 'explin(x + 2, 1, 3, 0, 1)'],
  frac: ['', 'frac(3 * x)'],
  mod: ['', 'mod(x, 0.3)'],
  roundTo: ['', 'roundTo(x, 0.1)'],
  smoothstep: ['', 'smoothstep(x)'],
  cubic: ['', 'cubic(1, 2, 3, 4, x)'],
  readTable: ['[1, 2, 3, 4]', 'readTable(u, x)'],
};

export const units: readonly Unit[] = Object.entries(rows).map(([name, [make, call, faust = null]]) => ({
  ...{ name, make, call, faust },
}));

const TRANSFORMED = `function transformed() {
  u.re[currentFrame & 255] = x
  if ((currentFrame & 255) === 255) u.forward(u.re, u.im)
  return u.re[0]
}`;

/** The patch around a unit; around none, what the others cost besides. */
export const patchOf = (unit: Pick<Unit, 'make' | 'call'> | null): string => `
let x = 0.3
let trig = 0
${unit?.make ? `const u = ${unit.make}` : ''}
${unit?.call === 'transformed()' ? TRANSFORMED : ''}
export default () => {
  x += 0.0613
  if (x > 1) x -= 2
  trig = currentFrame % 4800 === 0 ? 1 : 0
  const pair = [x, -x]
  const y = ${unit?.call ?? 'x'}
  ${unit ? '' : 'return pair[0] + pair[1] + trig + y'}
  return y
}
`;
