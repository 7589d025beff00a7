/**
 * The shape of a patch's memory: what the linker walks to find the state in an arena. Made from types, free of them.
 *
 * `written` marks what is assigned to while the patch plays, and is therefore state. Shapes of objects may be cyclic.
 */

import type { Scope, Variable } from './ast.ts';
import {
  bitOf,
  type Closure,
  type FunctionType,
  find,
  type Instance,
  NOTHING,
  type ObjectType,
  objectOf,
  objectsOf,
  STRING,
  type Type,
} from './infer/types.ts';
import { tagOf } from './lower/boxes.ts';
import {
  capturesOf,
  cellOffset,
  closureBytes,
  frameBytes,
  placedFields,
  recordBytes,
  variableType,
} from './lower/layout.ts';
import { keyOf, NEVER_CALLED, type Program } from './lower/program.ts';
import { elementLayout, representationOf, typedLayout } from './lower/representation.ts';
import { CELL_BYTES } from './memoryLayout.ts';
import type { ArrayUses } from './ringShape.ts';
import type { Rings } from './rings.ts';
import type { AnyShape, ShapeSource } from './roles.ts';

/** `kinds`: bits of the primitive kinds that a cell may hold, `undefined` and `null` among them; left out: any. */
export type CellShape =
  | { readonly kind: 'number' | 'boolean' }
  | { readonly kind: 'string'; readonly kinds?: number }
  /** `mayHoldPart`: of a text, which was cut while the patch ran. */
  | { readonly kind: 'boxed'; readonly mayHoldText: boolean; readonly mayHoldPart?: boolean; readonly kinds?: number }
  | { readonly kind: 'pointer'; readonly object: ObjectShape; readonly kinds?: number }
  /** A box that may hold pointers: what those lead to, by the tag in its upper half. */
  | {
      readonly kind: 'box';
      readonly boxed: ReadonlyMap<number, ObjectShape>;
      readonly mayHoldText: boolean;
      readonly kinds: number;
    };

export interface FieldShape {
  /** Empty for the frame records that closures carry. */
  readonly name: string;
  /** Path of the function whose variable it is; empty for fields of objects. */
  readonly owner: string;
  /** Where it is declared among the captured variables of its owner: rises in the order of the text. What is renamed stays between its neighbours. */
  readonly order: number;
  readonly offset: number;
  readonly cell: CellShape;
  readonly written: boolean;
  readonly isIndex?: boolean;
}

export interface RecordShape {
  readonly kind: 'record';
  readonly sizeBytes: number;
  fields: FieldShape[];
  /** How arrays among its fields are used. */
  readonly uses?: ArrayUses;
}

export interface ArrayShape {
  readonly kind: 'array';
  readonly elementBytes: number;
  readonly written: boolean;
  element: CellShape;
}

export interface TypedArrayShape {
  readonly kind: 'typedArray';
  readonly name: string;
  readonly elementBytes: number;
  readonly written: boolean;
}

/** One of the functions that a variable may hold. */
export interface ClosureShape {
  readonly path: string;
  readonly place: string;
  /** How many parameters it has, and functions inside: a function that was renamed keeps both. */
  readonly outline: string;
  /** The unit whose text it is in; see `keyOf`. */
  readonly unit?: string;
  /** Symbol of the code that its record names, where there is more than one member. */
  readonly code: string | null;
  readonly sizeBytes: number;
  fields: FieldShape[];
  /** How arrays are used that its functions capture. */
  readonly uses?: ArrayUses;
}

export interface FunctionShape {
  readonly kind: 'function';
  members: ClosureShape[];
}

export type ObjectShape = RecordShape | ArrayShape | TypedArrayShape | FunctionShape;

/** A top-level variable. */
export interface RootShape {
  readonly path: string;
  readonly symbol: string;
  readonly cell: CellShape;
  readonly written: boolean;
  readonly isIndex?: boolean;
  /** How the array is used that it holds. */
  readonly uses?: ArrayUses;
}

export class ShapeBuilder {
  /** What the shapes were made from. */
  readonly sources = new Map<AnyShape, ShapeSource>();
  /** What the fields of closures and of their frames are. */
  readonly variables = new Map<FieldShape, Variable>();
  private readonly program: Program;
  private readonly rings: Rings;
  private readonly objects = new Map<ObjectType, ObjectShape>();
  private readonly frames = new Map<Instance, Map<Scope, RecordShape>>();

  constructor(program: Program, rings: Rings) {
    this.program = program;
    this.rings = rings;
  }

  root(variable: Variable, path: string, written: boolean): RootShape {
    const type = this.program.globals.get(variable) ?? NOTHING;
    const symbol = this.program.variableSymbol(variable);
    const uses = given(this.rings.usesOf(symbol));
    const shape = { path, symbol, cell: this.cell(type), written, ...indexMark(variable), ...uses };
    this.sources.set(shape, { kind: 'variable', owner: null, variable });
    return shape;
  }

  private cell(type: Type): CellShape {
    const object = objectOf(type);
    const kinds = type.mask;
    if (object?.kind === 'mixed') return this.box(type);
    if (object) return { kind: 'pointer', object: this.object(object), kinds };
    const kind = representationOf(type);
    if (kind === 'string') return { kind, kinds };
    if (kind !== 'boxed' && kind !== 'pointer') return { kind };
    const mayHoldText = (kinds & STRING) !== 0;
    return { kind: 'boxed', mayHoldText, ...(mayHoldText && this.program.cutsTexts && { mayHoldPart: true }), kinds };
  }

  /** What is boxed, pointers among it. */
  private box(type: Type): CellShape {
    const mayHoldText = (type.mask & STRING) !== 0;
    const boxed = new Map(objectsOf(type).map((object) => [tagOf(bitOf(object)), this.object(object)] as const));
    return { kind: 'box', boxed, mayHoldText, kinds: type.mask };
  }

  private object(type: ObjectType): ObjectShape {
    const root = find(type);
    const known = this.objects.get(root);
    if (known) return known;
    switch (root.kind) {
      case 'typedArray': {
        const elementBytes = 1 << typedLayout(root.name).shift;
        const shape: ObjectShape = { kind: 'typedArray', name: root.name, elementBytes, written: root.written };
        this.objects.set(root, shape);
        this.sources.set(shape, { kind: 'array', type: root });
        return shape;
      }
      case 'array': {
        const elementBytes = 1 << elementLayout(representationOf(root.element)).shift;
        const shape: ArrayShape = { kind: 'array', elementBytes, written: root.written, element: { kind: 'number' } };
        this.objects.set(root, shape);
        this.sources.set(shape, { kind: 'array', type: root });
        shape.element = this.cell(root.element);
        return shape;
      }
      case 'record': {
        const shape: RecordShape = {
          ...{ kind: 'record', sizeBytes: recordBytes(root), fields: [] },
          ...given(this.rings.usesOf(root)),
        };
        this.objects.set(root, shape);
        let offset = 0;
        for (const [name, field] of placedFields(root)) {
          const cell = this.cell(field.type);
          const made = { name, owner: '', order: offset, offset, cell, written: field.written };
          this.sources.set(made, { kind: 'field', record: root, name });
          shape.fields.push(made);
          offset += CELL_BYTES;
        }
        return shape;
      }
      case 'function': {
        const shape: FunctionShape = { kind: 'function', members: [] };
        this.objects.set(root, shape);
        for (const member of root.members) shape.members.push(this.closure(member, root));
        return shape;
      }
      case 'mixed':
        throw new Error('shape: a box is a cell');
    }
  }

  private closure(closure: Closure, closureSet: FunctionType): ClosureShape {
    const { node, parent } = closure;
    const entry = closureSet.members.length > 1 ? this.program.entryOf(closure, closureSet) : NEVER_CALLED;
    const fields: FieldShape[] = [];
    for (const capture of capturesOf(node)) {
      if (capture.kind === 'value') {
        const type = parent ? variableType(parent, this.program.globals, capture.variable) : NOTHING;
        const place = { ...declared(capture.variable), offset: capture.offset };
        const field = { ...place, cell: this.cell(type), written: false };
        this.variables.set(field, capture.variable);
        fields.push(field);
      } else if (parent) {
        const frame = this.frame(capture.scope, parent);
        if (!frame) continue;
        fields.push({
          name: '',
          owner: '',
          order: 0,
          offset: capture.offset,
          cell: { kind: 'pointer', object: frame },
          written: false,
        });
      }
    }
    return {
      path: node.path,
      place: node.place,
      ...(node.unit && { unit: keyOf(node.unit) }),
      outline: `${node.parameters.length - (node.hasThis ? 1 : 0)} ${node.functionCount}`,
      code: entry === NEVER_CALLED ? null : entry,
      sizeBytes: closureBytes(node),
      fields,
      ...given(this.rings.usesOf(node)),
    };
  }

  /** The frame record of a scope, as a record of the variables in it. */
  private frame(scope: Scope, instance: Instance): RecordShape | null {
    let owner: Instance | null = instance;
    while (owner && owner.closure.node !== scope.owner) owner = owner.closure.parent;
    if (!owner) return null;
    let shapes = this.frames.get(owner);
    if (!shapes) {
      shapes = new Map();
      this.frames.set(owner, shapes);
    }
    const known = shapes.get(scope);
    if (known) return known;
    const shape: RecordShape = { kind: 'record', sizeBytes: frameBytes(scope), fields: [] };
    shapes.set(scope, shape);
    for (const variable of scope.cells) {
      const type = owner.variables.get(variable) ?? NOTHING;
      const written = owner.written.has(variable);
      const place = { ...declared(variable), offset: cellOffset(variable), ...indexMark(variable) };
      const field = { ...place, cell: this.cell(type), written };
      this.sources.set(field, { kind: 'variable', owner, variable });
      this.variables.set(field, variable);
      shape.fields.push(field);
    }
    return shape;
  }
}

const given = (uses: ArrayUses | undefined) => (uses ? { uses } : null);

const declared = ({ name, owner, order }: Variable): Pick<FieldShape, 'name' | 'owner' | 'order'> => ({
  name,
  owner: owner?.path ?? '',
  order,
});

const indexMark = ({ isIndex }: Variable): { readonly isIndex?: true } => (isIndex ? { isIndex } : {});
