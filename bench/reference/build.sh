#!/bin/sh
# Builds NAME.scalar.wasm and NAME.simd.wasm of banks.c. Needs clang, wasm-ld and the WASI libc (Debian: clang lld wasi-libc
# libclang-rt-14-dev-wasm32). The modules that it makes are in the repository, so that nobody has to run this.
set -e
cd "$(dirname "$0")"
build() {
  name=$1 kernel=$2
  common="--target=wasm32-wasi -mexec-model=reactor -O3 -DW=$kernel banks.c -lm -Wl,--strip-all -Wl,--no-entry"
  clang $common -o "$name.scalar.wasm"
  clang $common -ffast-math -msimd128 -DPOLY -o "$name.simd.wasm"
}
build sine-bank 11
build fm-voices 12
build modulated-filters 13
