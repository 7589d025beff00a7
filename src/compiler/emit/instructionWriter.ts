/**
 * Instructions that the code of both tiers is made of, in the binary format: locals, constants, accesses to memory, and
 * structured control with its labels. In: what to write. Out: bytes. Pure.
 */

import type { ValueType } from '../ir.ts';
import { ByteWriter } from './byteWriter.ts';
import { OP } from './opcodes.ts';

/** `Label`: what jumps name. */
export class InstructionWriter<Label> {
  protected readonly out = new ByteWriter();
  /** Labels of what is open, the innermost last; `null` where nothing jumps to. */
  private readonly labels: (Label | null)[] = [];

  protected get(index: number): void {
    this.out.op(OP.LOCAL_GET);
    this.out.u32(index);
  }

  protected set(index: number): void {
    this.out.op(OP.LOCAL_SET);
    this.out.u32(index);
  }

  protected tee(index: number): void {
    this.out.op(OP.LOCAL_TEE);
    this.out.u32(index);
  }

  protected constant(value: number): void {
    this.out.op(OP.I32_CONST);
    this.out.i32(value);
  }

  /** A constant of any type. */
  protected literal(type: ValueType, value: number | bigint): void {
    switch (type) {
      case 'i32':
        this.constant(Number(value));
        return;
      case 'i64':
        this.out.op(OP.I64_CONST);
        this.out.i64(BigInt(value));
        return;
      case 'f32':
        this.out.op(OP.F32_CONST);
        this.out.f32(Number(value));
        return;
      case 'f64':
        this.out.op(OP.F64_CONST);
        this.out.f64(Number(value));
        return;
    }
  }

  protected access([code, alignment]: readonly [code: number, alignment: number], offset: number): void {
    this.out.op(code);
    this.out.u32(alignment);
    this.out.u32(offset);
  }

  /** `type`: of the block's result. */
  protected open(code: number, type: number, label: Label | null = null): void {
    this.out.op(code);
    this.out.byte(type);
    this.labels.push(label);
  }

  protected close(): void {
    this.out.op(OP.END);
    this.labels.pop();
  }

  /** How many blocks, loops and branches are open. */
  protected get depth(): number {
    return this.labels.length;
  }

  /** How many are open around what a label names. */
  protected depthOf(label: Label): number {
    const at = this.labels.lastIndexOf(label);
    if (at < 0) throw new Error('emit: a jump to what is not open');
    return at;
  }

  protected jump(label: Label): void {
    const at = this.depthOf(label);
    this.out.op(OP.BR);
    this.out.u32(this.labels.length - 1 - at);
  }
}
