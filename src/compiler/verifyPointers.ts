/**
 * Checks what keeps a patch in its arena: every access to memory goes through a pointer that is proven or guarded
 * (guardPointers.ts), every call through a record goes through a GOT entry that is, and no local is read on a way on which nothing has set it. In: a function. Out: what is wrong, one
 * line each.
 */

import type { IrExpression, IrFunction } from './ir.ts';
import { ASSIGNED } from './localFacts.ts';
import { type AccessAt, PointerWalk, type Use } from './pointerWalk.ts';
import { printExpression } from './printIr.ts';

export function verifyPointers(fn: IrFunction): string[] {
  return new Verifying(fn).verify();
}

class Verifying extends PointerWalk {
  private readonly faults: string[] = [];

  verify(): string[] {
    this.walk();
    return this.faults;
  }

  protected read(index: number): void {
    if (!this.facts.has(index, ASSIGNED)) this.faults.push(`local ${index} may be read before it is set`);
  }

  protected access(at: AccessAt, bytes: number, use: Use): AccessAt {
    if (!this.isProven(at, bytes, use)) {
      const what = use === 'read' ? 'read' : 'write';
      this.faults.push(`${what} of ${bytes} bytes at ${printExpression(at.pointer)} +${at.offset} is not guarded`);
    }
    return at;
  }

  protected entry(code: IrExpression): IrExpression {
    if (!this.isEntry(code)) this.faults.push(`call through ${printExpression(code)}, which may be no GOT entry`);
    return code;
  }
}
