/** Prints a module in the text format. The only file that knows binaryen. */

import binaryen from 'binaryen';

export function disassemble(bytes: Uint8Array): string {
  const module = binaryen.readBinary(bytes);
  try {
    return module.emitText();
  } finally {
    module.dispose();
  }
}
