/** Takes out what nobody uses: values, results, parameters of loops that only hand themselves on. Changes the program. */

import { isComputed, type Node, type OptimisedProgram, operandsOf, type Region, regionsOf, type Value } from './ssa.ts';

export function removeDead({ body }: OptimisedProgram): void {
  const live = new Set<Value>();
  const queue: Value[] = [];
  const use = (value: Value): void => {
    if (live.has(value)) return;
    live.add(value);
    queue.push(value);
  };
  /** What a result or parameter is made of. */
  const sources = new Map<Value, Value[]>();
  const pair = (results: readonly Value[], values: readonly Value[] | null): void => {
    for (const [n, value] of (values ?? []).entries()) {
      const known = sources.get(results[n]!);
      if (known) known.push(value);
      else sources.set(results[n]!, [value]);
    }
  };
  const visit = (region: Region): void => {
    for (const node of region.nodes) {
      switch (node.op) {
        case 'store':
          use(node.pointer);
          use(node.value);
          break;
        case 'if':
          use(node.test);
          pair(node.results, node.yesValues);
          pair(node.results, node.noValues);
          break;
        case 'block':
          pair(node.results, node.values);
          break;
        case 'loop':
          pair(node.parameters, node.initial);
          break;
        case 'break':
          pair(node.target.results, node.values);
          break;
        case 'continue':
          pair(node.target.parameters, node.values);
          break;
        default:
          break;
      }
      for (const inner of regionsOf(node)) visit(inner);
    }
  };
  visit(body);
  for (let value = queue.pop(); value; value = queue.pop()) {
    for (const arg of value.op === 'const' ? [] : value.args) use(arg);
    for (const each of sources.get(value) ?? []) use(each);
  }
  prune(body, live);
}

/** The nodes that stay; jumps and their targets lose what is dead alike. */
function prune(region: Region, live: ReadonlySet<Value>): void {
  const lists: { readonly values: Value[]; readonly keep: readonly boolean[] }[] = [];
  collect(region, live, lists);
  for (const { values, keep } of lists) {
    let at = 0;
    for (const [n, value] of values.entries()) if (keep[n]) values[at++] = value;
    values.length = at;
  }
}

function collect(
  region: Region,
  live: ReadonlySet<Value>,
  lists: { readonly values: Value[]; readonly keep: readonly boolean[] }[],
): void {
  let at = 0;
  for (const node of region.nodes) {
    if (isComputed(node) && !live.has(node)) continue;
    region.nodes[at++] = node;
    for (const inner of regionsOf(node)) collect(inner, live, lists);
    const add = (values: readonly Value[] | null, targets: readonly Value[]): void => {
      if (values) lists.push({ values: values as Value[], keep: targets.map((target) => live.has(target)) });
    };
    switch (node.op) {
      case 'if':
        add(node.yesValues, node.results);
        add(node.noValues, node.results);
        add(node.results, node.results);
        break;
      case 'block':
        add(node.values, node.results);
        add(node.results, node.results);
        break;
      case 'loop':
        add(node.initial, node.parameters);
        add(node.parameters, node.parameters);
        break;
      case 'break':
        add(node.values, node.target.results);
        break;
      case 'continue':
        add(node.values, node.target.parameters);
        break;
      default:
        break;
    }
  }
  region.nodes.length = at;
  region.nodes.splice(0, region.nodes.length, ...region.nodes.filter((node) => !isEmptyIf(node)));
}

const isEmptyIf = (node: Node): boolean =>
  node.op === 'if' &&
  node.yes.nodes.length === 0 &&
  node.no.nodes.length === 0 &&
  node.results.length === 0 &&
  operandsOf(node).length > 0;
