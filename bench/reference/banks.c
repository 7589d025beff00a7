// Three banks of equal voices, to the same rules as kernels.c, whose helpers they use. Choose one with -DW=n: 11 sine-bank, 12 fm-voices,
// 13 modulated-filters.
#include "kernels.c"

#if W==11
#define N 100
static float ph[N], inc[N], y[N];
EXPORT("init") void init(void){ for(int i=0;i<N;i++){ inc[i]=(55.0f+31.0f*i)/SR; ph[i]=0; } }
EXPORT("process") void process(void){
  for(int n=0;n<B;n++){
    for(int i=0;i<N;i++){ ph[i]=wrap(ph[i]+inc[i]); y[i]=sin2pi(ph[i]); }
    float acc=0; for(int i=0;i<N;i++) acc+=y[i];
    outL[n]=outR[n]=acc*(1.0f/N); }
}
#elif W==12
#define N 16
static float car[N], mod[N], cinc[N], minc[N], ind[N], y[N];
EXPORT("init") void init(void){ for(int i=0;i<N;i++){
    double hz=110.0*(1.0+i/7.0), ratio=1.0+(i%5)/2.0;
    cinc[i]=(float)(hz/48000.0); minc[i]=(float)(hz*ratio/48000.0); ind[i]=0.5f+i/8.0f; car[i]=mod[i]=0; } }
EXPORT("process") void process(void){
  for(int n=0;n<B;n++){
    for(int i=0;i<N;i++){
      mod[i]=wrap(mod[i]+minc[i]); car[i]=wrap(car[i]+cinc[i]);
#ifdef POLY
      y[i]=sin2pi(car[i]+ind[i]/TAU*sin2pi(mod[i]));
#else
      y[i]=sinf(TAU*car[i]+ind[i]*sinf(TAU*mod[i]));
#endif
    }
    float acc=0; for(int i=0;i<N;i++) acc+=y[i];
    outL[n]=outR[n]=acc*(1.0f/N); }
}
#elif W==13
#define N 16
static float low[N], band[N], hz[N], rate[N], y[N]; static int frame;
EXPORT("init") void init(void){ seed=1; frame=0; for(int i=0;i<N;i++){ hz[i]=200.0f+150.0f*i; rate[i]=0.3f+i/10.0f; low[i]=band[i]=0; } }
EXPORT("process") void process(void){
  for(int n=0;n<B;n++){
    seed=seed*1664525u+1013904223u;
    float x=(float)(int32_t)seed*(1.0f/2147483648.0f), t=(float)frame++/SR;
    for(int i=0;i<N;i++){
      float f=hz[i]*(1.0f+0.5f*sin2pi(rate[i]*t)), g=tan_(PI*f/SR), k=1.0f/4.0f;
      float high=(x-low[i]-(g+k)*band[i])/(1.0f+g*(g+k)), v=band[i]+g*high, l=low[i]+g*v;
      band[i]=v+g*high; low[i]=l+g*v; y[i]=l; }
    float acc=0; for(int i=0;i<N;i++) acc+=y[i];
    outL[n]=outR[n]=acc*(1.0f/N); }
}
#endif
