/** Bytebeat: the short forms of that scene, where everything is one expression. */
import { bytebeats } from '../patch.ts';

export const idioms = bytebeats(
  'one-liners',
  `
    (k=>k<48?0:t*2**((k-48)/12))('0=0?C0G0'.charCodeAt(t>>7&7))
    t*parseInt('9abcb9a8'[t>>7&7],36)/9
    t*parseInt('1a2b3c'.charAt(t>>8)||'z',36)
    t*parseInt('hjkl'[t>>8&3],36)>>2
    [...'1358'].map((n,i)=>t*n>>i).reduce((a,b)=>a^b)
    '1 2 3 4'.split(' ').map(n=>t*n)[t>>8&3]
    '12,34,56'.split(',').map(p=>p[t>>7&1]*t).reduce((a,b)=>a|b,0)
    (()=>{let o=0;for(const c of'1357')o+=t*c&63;return o})()
    (()=>{let o=0,i=0;while(i<4){o+=t*(i+1)>>i&63;i++}return o})()
    (()=>{let o=0;outer:for(let i=1;i<5;i++)for(let j=1;j<5;j++){if(i*j>9)break outer;if(j==i)continue outer;o+=t*i>>j}return o})()
    (t&128&&t*3)||t*2
    t>>4&1||t*7
    t*(+'0011'[t>>9&3]+1)
    (a=>b=>c=>a+b*c)(t)(3)(t>>8)
    (({a,b})=>a*b)({a:t,b:t>>8&3})
    (({floor:int,abs},x)=>int(abs(x%256-128)))(Math,t)
    (M=>M.floor(M.abs(M.sin(t/99))*99))(Math)
    ((x=t*3,y=x>>5,z=y&7)=>x*z)()
    t*2**('0357'[t>>8&3]/12)
    100*Math.sin(t*2**([0,2,4,5,7][(t>>8)%5]/12)/20)
    [t,t*2,t*3].at(-1)
    [t,t*2,t*3].indexOf(t*2)*t
    [1,5,3].concat([7,2])[(t>>8)%5]*t
    [1,2,3,4].slice(1,3)[t>>8&1]*t
    [1,2,3,4].filter(x=>x&1)[t>>8&1]*t
    Array(4).fill().map((_,i)=>t*(i+1)&63).reduce((a,b)=>a+b)
    Array(4).fill(t).map((x,i)=>x>>i)[t>>8&3]
    Array.from('1234',n=>t*n)[t>>8&3]
    [..."abcd"].map(c=>c.charCodeAt()-96)[t>>8&3]*t
    [...Array(3)].map((_,i)=>t*i&31).reduce((a,b)=>a+b)
    "aBc".toLowerCase().charCodeAt(t>>8&1)*t
    "ab".padEnd(6,"xyz").charCodeAt(t>>8&3)*t>>4
    "  42 ".trim()*t
    "1-2-3".split("-").reverse().map(Number)[(t>>8)%3]*t
    "123".split("").map(x=>+x).map(x=>x*t).reduce((a,b)=>a+b,0)
    "a1b2c3".split("").filter(c=>c>"9").length*t
    (m=>m.f(t))({f(x){return x*5},g:2})
    [Math.sin,Math.cos,Math.tan][(t>>8)%3](t/300)*50
    [][0]|t
    [1,2][t>>7&3]*t
    (t>>8&1)==='1'?0:t
    ((b=[1,2,3])=>(b[1]=t,b[0]+b[1]*b[2]))()
    (b=>{b[2]=t;return b.length*b[2]})([1,2])
    ((x,y)=>([x,y]=[y,x],x*2-y))(t,t>>3)
    ((x,y)=>{[x,y]=[y,x];return x*2-y})(t,t>>3)
    ((a,b)=>(a=b=t,a+=b>>=2,a^b))()
    ((a,b,c)=>(a=t>>3,b=a&7,c=b?a*b:t,c))()
    ((a,b,c,d)=>(a=(b=(c=t>>2)+1)*2,d=a&b|c))()
    (a=>{if((a=t&511)<256)return a;else return a*2})()
    (a=>{let b;if(!(b=a>>8&3))return a;return b*a})(t)
    (a=>{for(let i=0,j=3;i<j;i++,j--)a+=i*j;return a})(t)
    (a=>{let i=9;while(--i)if(i&1)continue;else a^=t*i>>4;return a})(0)
    (s=>{let n=0;for(let i=s.length;i--;)n=n*3+(s.charCodeAt(i)-48);return n*t})('1201')
    (s=>{let n=0;for(const[i,c]of[...s].entries())n+=i*c*t>>i;return n})('1357')
    (s=>[...s].reduce((a,c,i)=>a+(c.charCodeAt(0)&15)*(t>>i&1),0)*9)('segue')
    (s=>s[t>>8&7]>'4'?t*3:t*2)('12785634')
    (s=>s.charAt(t>>8&7)!='-'&&t*5)('x--x-xx-')
    (s=>s[t>>8&7]*t||0)('1.3.5.7.')
    (s=>isNaN(s[t>>8&7])?0:s[t>>8&7]*t)('1.3.5.7.')
    (s=>parseInt(s[t>>8&7],16)*t)('0123cdef')
    (s=>parseInt(s.substr(t>>8&6,2),16)*t)('10203040')
    (s=>parseInt(s.slice(2,4),36)*t>>8)('0zkq')
    (s=>s.substring(1,3)*t)('1234')
    (s=>s.split(',')[t>>8&3]*t)('3,5,-7,9.5')
    (s=>s.split(' ').map(r=>r.split('').map(Number))[t>>10&1][t>>8&3]*t)('1234 5678')
    (s=>s.split('|').map(r=>r.length)[t>>9&1]*t)('ab|cde')
    'CDEFGAB'.indexOf('CEGB'[t>>8&3])*t
    'C D EF G A B'.indexOf('CEGB'[t>>8&3])*t
    t*2**('C D EF G A B'.indexOf('CEGB'[t>>8&3])/12)
    t*[1,9/8,5/4,4/3,3/2,5/3,15/8,2]['01234567'[t>>8&7]]
    t*[1,9/8,5/4,4/3]['0321'.charCodeAt(t>>8&3)-48]
    t*(x=>[.5,1,2][x]||1.5)('0123'[t>>8&3])
    t*[,1,2,3][t>>8&3]|0
    [0,4,7].map(n=>(t*2**(n/12)%256)>>2).reduce((a,b)=>a+b,0)
    [7,3,5].toSorted((a,b)=>b-a)[t>>8&1]*t
    [7,3,5].findIndex(x=>x==5-(t>>8&1)*2)*t
    [7,3,5].find(x=>x<(t>>7&7))*t|0
    [7,3,5].some(x=>x==(t>>7&7))*t
    [7,3,5].every(x=>x>(t>>7&7))*t
    [7,3,5].includes(t>>7&7)*t
    [7,3,5].lastIndexOf(5)*t
    [7,3,5].flatMap(x=>[x,x*2])[(t>>8)%6]*t
    [[7],[3,5]].flat()[(t>>8)%3]*t
    [...[7,3],...[5]][(t>>8)%3]*t
    new Array(4).fill(3)[t>>8&3]*t
    new Array(1,2,3)[t>>8&1]*t
    Array.of(1,2,3)[t>>8&1]*t
    new Uint8Array([t,t*2])[t>>8&1]*3
    Uint8Array.of(1,2,3)[t>>8&1]*t
    Int8Array.from({length:3},(_,i)=>t*i)[(t>>8)%3]
    new Float32Array(4).map((_,i)=>t/i)[3]
    Math['floor'](t/3)
    Number.parseInt('77',8)*t
    Number.parseFloat('1.5e1')*t
    (+'.5e1'+t)*3
    -'3'*-t
    '3'*'4'*t
    '9'%'4'*t
    '5'&t
    t&'15'
    t*!''+!1
    t&&t
    t||1
    !t||t
  `,
  { clocks: ['parameter', 'called', 'defaulted'] },
);

export const tags = bytebeats(
  'tagged templates for calls',
  `
    '8642'.split\`\`.map(Number)[t>>8&3]*t
    '3,5,-7,9.5'.split\`,\`[t>>8&3]*t
    '1357'.charAt\`2\`*t>>2
    (s=>s.split\` \`.map(n=>t*n&63).reduce((a,b)=>a+b))('1 2 3')
  `,
  { clocks: ['parameter', 'called', 'defaulted'] },
);
