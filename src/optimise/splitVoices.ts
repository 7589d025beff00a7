/**
 * Exchanges voices and frames: a loop over the frames in which many voices are added up becomes one loop for a few voices at a
 * time, so that these stay in registers and their code in the cache. Sums are kept for each frame meanwhile, in the channels of
 * the output, which nobody reads before the block is over, and get their terms in the order of the source. In: a program.
 * Changes it; every number stays what it was, bit for bit.
 */

import { HEADER } from '../protocol/arena.ts';
import {
  type BlockNode,
  type BreakNode,
  type Computed,
  type ConstantValue,
  type IfNode,
  isComputed,
  type LoopNode,
  type Node,
  type OptimisedProgram,
  operandsOf,
  type ParameterValue,
  type Region,
  regionsOf,
  type SsaType,
  type Value,
} from './ssa.ts';
import { asValue, type Item, type VoiceStages, voiceStages } from './voiceStages.ts';

/** Where numbers are handed from part to part: 128 of them each. */
const BUFFERS = [HEADER.OUTPUT_LEFT, HEADER.OUTPUT_RIGHT] as const;
const BUFFER_BYTES = HEADER.OUTPUT_RIGHT - HEADER.OUTPUT_LEFT;
const FRAME_MASK = 127;
const FRAME_SHIFT = 3;
/** Beyond those of the specialiser and of pairs. */
const FIRST_ID = 2 ** 42;

let lastId = FIRST_ID;

/** Returns whether it has changed anything. */
export function splitVoices(program: OptimisedProgram): boolean {
  const { body } = program;
  const at = body.nodes.findIndex((node) => node.op === 'block' && node.body.nodes.length === 1);
  const block = body.nodes[at];
  if (block?.op !== 'block') return false;
  const loop = block.body.nodes[0];
  if (loop?.op !== 'loop') return false;
  const found = voiceStages(loop, BUFFERS.length);
  const count = found && countOf(loop, found, program.frames);
  if (!found || !count) return false;
  new Split(program, block, loop, found, count).make(at);
  return true;
}

/** The parameter that counts the frames of the block, from 0 on. */
function countOf(loop: LoopNode, { exit, repeated }: VoiceStages, frames: Value): ParameterValue | null {
  const { test } = exit;
  if (test.op !== 'binary' || test.name !== 'i32.ge_s' || test.args[1] !== frames) return null;
  const [count] = test.args;
  if (count.op !== 'parameter' || !repeated.has(count)) return null;
  const initial = loop.initial[loop.parameters.indexOf(count)];
  return initial?.op === 'const' && initial.value === 0 ? count : null;
}

class Split {
  private readonly program: OptimisedProgram;
  private readonly block: BlockNode;
  private readonly loop: LoopNode;
  private readonly found: VoiceStages;
  private readonly count: ParameterValue;
  private readonly next: readonly Value[];
  /** What the block of the first loop gave, by what the parts give. */
  private readonly given = new Map<Value, Value>();

  constructor(program: OptimisedProgram, block: BlockNode, loop: LoopNode, found: VoiceStages, count: ParameterValue) {
    this.program = program;
    this.block = block;
    this.loop = loop;
    this.found = found;
    this.count = count;
    const last = loop.body.nodes[loop.body.nodes.length - 1];
    this.next = last?.op === 'continue' ? last.values : [];
  }

  make(at: number): void {
    const { body } = this.program;
    const parts: Node[] = [];
    for (let stage = 0; stage < this.found.stages; stage++) {
      const part = this.part(stage);
      if (part) parts.push(part);
    }
    const rest = body.nodes.slice(at + 1);
    const map = new Map(this.given);
    body.nodes.splice(at, body.nodes.length - at, ...parts, ...rest.map((node) => copy(node, body, map)));
  }

  private part(stage: number): BlockNode | null {
    const { loop, found, count } = this;
    const { stageOf, repeated } = found;
    const own = (item: Item): boolean => stageOf.get(item) === stage && !repeated.has(item);
    const isLast = stage === found.stages - 1;
    const nodes = loop.body.nodes.filter((node) => own(node) && node !== found.exit && node.op !== 'continue');
    const parameters = loop.parameters.filter((parameter) => own(parameter));
    if (nodes.length + parameters.length === 0 && !isLast) return null;
    const body: Region = { nodes: [], parent: null, always: true };
    const around: Region = { nodes: [], parent: this.program.body, always: true };
    (body as { parent: Region | null }).parent = around;
    const block: BlockNode = { op: 'block', body: around, results: [], values: null };
    const map = new Map<Value, Value>();
    const counts = loop.parameters.filter((parameter) => repeated.has(parameter));
    const all = [...counts, ...parameters];
    const made: LoopNode = { ...loop, parameters: [], initial: [], body };
    for (const parameter of all) {
      const fresh = { ...parameter, id: ++lastId, region: body };
      made.parameters.push(fresh);
      made.initial.push(loop.initial[loop.parameters.indexOf(parameter)]!);
      map.set(parameter, fresh);
    }
    const put = <T extends Node>(node: T): T => {
      body.nodes.push(node);
      return node;
    };
    const leave: BreakNode = { op: 'break', target: block, values: [] };
    const yes: Region = { nodes: [leave], parent: body, always: false };
    const no: Region = { nodes: [], parent: body, always: false };
    const test = this.binary(body, 'i32.ge_s', map.get(count)!, this.program.frames);
    put(test);
    put({ op: 'if', test, yes, no, results: [], yesValues: null, noValues: [] } satisfies IfNode);
    const place = put(
      this.binary(
        body,
        'i32.shl',
        put(this.binary(body, 'i32.and', map.get(count)!, i32(FRAME_MASK))),
        i32(FRAME_SHIFT),
      ),
    );
    const load = (buffer: number): Value =>
      put({
        ...{ id: ++lastId, type: 'f64', region: body, possible: null, op: 'load', access: 'f64', args: [place] },
        ...{ offset: BUFFERS[buffer]!, isConstant: false, place: placeOf(buffer) },
      });
    const keep = (buffer: number, value: Value): void =>
      void put({ op: 'store', access: 'f64', pointer: place, offset: BUFFERS[buffer]!, value, place: placeOf(buffer) });
    for (const node of loop.body.nodes) if (repeated.has(node)) put(copy(node, body, map));
    const { chains, handed } = found;
    for (const [n, value] of handed.entries())
      if (stageOf.get(value as Item) !== stage) map.set(value, load(chains.length + n));
    // A sum so far, and the one that is whole.
    for (const [n, chain] of chains.entries()) {
      const before = chain.findLast((sum) => stageOf.get(sum)! < stage);
      if (before && (isLast || chain.some(own))) map.set(before, load(n));
    }
    for (const node of nodes) put(copy(node, body, map));
    for (const [n, chain] of chains.entries()) {
      const after = chain.findLast(own);
      if (after && !isLast) keep(n, map.get(after)!);
    }
    for (const [n, value] of handed.entries())
      if (stageOf.get(value as Item) === stage) keep(chains.length + n, map.get(value)!);
    const values = all.map((parameter) => this.next[loop.parameters.indexOf(parameter)]!);
    put({ op: 'continue', target: made, values: values.map((value) => map.get(value) ?? value) });
    around.nodes.push(made);
    this.give(block, leave, isLast ? all : parameters, map);
    return block;
  }

  /** What the loop had at its end, of what this part had. */
  private give(
    block: BlockNode,
    leave: BreakNode,
    parameters: readonly ParameterValue[],
    map: ReadonlyMap<Value, Value>,
  ): void {
    const left = this.found.exit.yes.nodes[0] as BreakNode;
    for (const [n, value] of left.values.entries()) {
      const isOutside = asValue(value as Item) === null || !this.loop.parameters.includes(value as ParameterValue);
      const result = this.block.results[n]!;
      if (isOutside) this.given.set(result, value);
      else if (parameters.includes(value as ParameterValue)) {
        const fresh: ParameterValue = { ...result, id: ++lastId, region: this.program.body };
        block.results.push(fresh);
        leave.values.push(map.get(value)!);
        this.given.set(result, fresh);
      }
    }
  }

  private binary(region: Region, name: 'i32.ge_s' | 'i32.and' | 'i32.shl', left: Value, right: Value): Computed {
    return { id: ++lastId, type: 'i32', region, possible: null, op: 'binary', name, args: [left, right] };
  }
}

const i32 = (value: number): ConstantValue => ({
  ...{ id: ++lastId, type: 'i32' as SsaType, region: null, possible: null, op: 'const', value },
});

const placeOf = (buffer: number) => ({ from: BUFFERS[buffer]!, to: BUFFERS[buffer]! + BUFFER_BYTES });

/** A node without jumps once more, of other values. */
function copy(node: Node, region: Region, map: Map<Value, Value>): Node {
  const to = (value: Value): Value => map.get(value) ?? value;
  if (isComputed(node)) {
    const fresh = { ...node, id: ++lastId, region, args: node.args.map(to) } as unknown as Computed;
    map.set(node, fresh);
    return fresh;
  }
  if (node.op === 'store') return { ...node, pointer: to(node.pointer), value: to(node.value) };
  if (node.op !== 'if' || regionsOf(node).length === 0 || operandsOf(node).length === 0) return node;
  const arm = (old: Region, given: readonly Value[] | null): { region: Region; given: Value[] | null } => {
    const fresh: Region = { nodes: [], parent: region, always: old.always };
    for (const inner of old.nodes) fresh.nodes.push(copy(inner, fresh, map));
    return { region: fresh, given: given ? given.map(to) : null };
  };
  const [yes, no] = [arm(node.yes, node.yesValues), arm(node.no, node.noValues)];
  const results = node.results.map((result) => {
    const fresh = { ...result, id: ++lastId, region };
    map.set(result, fresh);
    return fresh;
  });
  return {
    ...{ op: 'if', test: to(node.test), yes: yes.region, no: no.region },
    ...{ results, yesValues: yes.given, noValues: no.given },
  };
}
