/**
 * The language service: what is asked of a text while it is typed. In: a text, whole or broken, and a question. Out: an
 * answer; never an exception. It reads what is there with the compiler's own parser, and knows the types of the last texts
 * that were compiled. Work is bounded by count. Runs in the compiler worker, and in Node.
 */

import type { Diagnostic } from '../../protocol/diagnostic.ts';
import type { Answers, AnswerTo, Question, QuickFix } from '../../protocol/language.ts';
import type { Compilation } from '../compile.ts';
import type { Library } from '../library.ts';
import type { LibrarySource } from '../libraryModules.ts';
import type { ParsedText } from '../parse.ts';
import { ParseCache } from '../parseCache.ts';
import { TooMuchWork } from '../workLimit.ts';
import { builtinDoc } from './builtinDocs.ts';
import { complete } from './complete.ts';
import { controlNames } from './controls.ts';
import { describeMember, describeName } from './describe.ts';
import { Evaluator } from './evaluate.ts';
import { Inferred } from './inferred.ts';
import { LibraryDocs } from './libraryDocs.ts';
import { spanOf } from './nodes.ts';
import { foldingOf, outlineOf } from './outline.ts';
import { definitionAt, highlightsAt, referencesAt, renamableAt, renameAt } from './references.ts';
import { lookUp, scopeAt } from './scopes.ts';
import { signatureAt } from './signature.ts';
import { targetAt } from './targets.ts';
import { type Knowledge, readAround, type TextModel } from './textModel.ts';

const NOTHING: Answers = {
  complete: null,
  describe: null,
  hover: null,
  signature: null,
  define: null,
  references: [],
  highlights: [],
  canRename: { refusal: 'This text cannot be read far enough to rename anything in it.' },
  rename: { refusal: 'This text cannot be read far enough to rename anything in it.' },
  outline: [],
  folding: [],
  fixes: [],
  check: [],
  module: null,
  graph: null,
};

/** Questions about the place where somebody types, at which a name may be missing. */
const TYPING: ReadonlySet<Question['kind']> = new Set<Question['kind']>(['complete', 'describe', 'signature']);
/** Longer texts are compiled, but not looked at while they are typed. */
const MAX_TEXT_LENGTH = 200_000;

/** `isOwn`: it is declared in the patch. */
export interface DeclaredName {
  readonly name: string;
  readonly isOwn: boolean;
  readonly at: number | null;
}

interface Compiled {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly compilation: Compilation;
}

export class LanguageService {
  private readonly knowledge: Knowledge;
  private readonly check: (text: string) => Compilation;
  private readonly cache = new ParseCache();
  private last: Compiled | null = null;
  private lastInferred: Inferred | null = null;
  /** The last text that could be read as a whole. */
  private lastRead: ParsedText | null = null;
  private model: { readonly text: string; readonly offset: number | null; readonly model: TextModel } | null = null;

  /** `check`: compiles a text without anything coming of it. */
  constructor(library: Library, sources: readonly LibrarySource[], check: (text: string) => Compilation) {
    this.knowledge = { library, docs: new LibraryDocs(sources) };
    this.check = check;
  }

  /** What was compiled last. */
  remember(text: string, compilation: Compilation, diagnostics = compilation.diagnostics): void {
    this.last = { text, diagnostics, compilation };
    this.lastInferred = null;
    if (compilation.parsed.diagnostics.length === 0) this.lastRead = compilation.parsed;
    // It was made without knowing what is known now.
    this.model = null;
  }

  answer<Asked extends Question>(text: string, question: Asked): AnswerTo<Asked> {
    try {
      const isTooLong = text.length > MAX_TEXT_LENGTH && question.kind !== 'module' && question.kind !== 'check';
      return (isTooLong ? NOTHING[question.kind] : this.find(text, question)) as AnswerTo<Asked>;
    } catch (thrown) {
      // Nested deeper than can be followed, or more of it than an answer may cost.
      if (!(thrown instanceof TooMuchWork) && !(thrown instanceof RangeError)) throw thrown;
      return NOTHING[question.kind] as AnswerTo<Asked>;
    }
  }

  /** What a name at a place stands for. `at`: where the patch declares it, null at the top level. `null`: no name is there. */
  declarationAt(text: string, offset: number): DeclaredName | null {
    if (text.length > MAX_TEXT_LENGTH) return null;
    const model = this.read(text, offset, false);
    const target = targetAt(model, model.repaired.toRepaired(offset));
    if (target?.kind !== 'name') return null;
    const { name, declaration } = target.occurrence;
    const isOwn = declaration !== null && declaration.kind !== 'type';
    const isAtTop = declaration === null || declaration.scope === model.scopes.top;
    return { name, isOwn, at: isAtTop ? null : model.toOriginal(declaration.span).start };
  }

  private find(text: string, question: Question): Answers[Question['kind']] {
    const { knowledge } = this;
    switch (question.kind) {
      case 'module':
        return knowledge.docs.textOf(question.path);
      // Nothing plays here; see Session.ask.
      case 'graph':
        return null;
      case 'folding':
        return foldingOf(text);
      case 'fixes':
        return this.fixesIn(text, question.span);
      case 'check':
        return this.diagnosticsOf(text);
      case 'outline':
        return outlineOf(this.read(text, 0, false));
    }
    const offset = Math.min(Math.max(0, question.offset), text.length);
    const model = this.read(text, offset, TYPING.has(question.kind));
    switch (question.kind) {
      case 'complete':
        return complete(model, offset, knowledge, this.lastRead ? controlNames(this.lastRead.statements) : []);
      case 'describe':
        return this.describe(model, offset, question.label);
      case 'hover':
        return this.hover(model, offset);
      case 'signature':
        return signatureAt(model, offset, knowledge);
      case 'define':
        return definitionAt(model, offset, knowledge);
      case 'references':
        return referencesAt(model, offset, knowledge);
      case 'highlights':
        return highlightsAt(model, offset);
      case 'canRename': {
        const found = renamableAt(model, offset, knowledge);
        if ('refusal' in found) return found;
        const target = targetAt(model, offset);
        const { span, name } = target?.kind === 'name' ? target.occurrence : found.declaration;
        return { span, name };
      }
      case 'rename':
        return renameAt(model, offset, question.name, knowledge);
    }
  }

  /** The last one read is kept: the editor asks several questions about one text. */
  private read(text: string, offset: number, isTyping: boolean): TextModel {
    if (this.last?.text === text && !isTyping) return this.compiledModel(this.last);
    const known = this.model;
    const place = isTyping ? offset : null;
    const isWhole = known?.offset === null && place === null && known.model.text === text;
    if (known?.text === text && (known.offset === place || isWhole) && (place !== null || isWhole)) return known.model;
    const model = readAround(text, offset, isTyping, this.cache, this.knowledge);
    if (model.text === this.last?.text) model.inferred = this.compiledTypes(this.last);
    this.model = { text, offset: place, model };
    return model;
  }

  private compiledModel(last: Compiled): TextModel {
    const known = this.model;
    if (known?.text === last.text && known.offset === null) return known.model;
    // Its trees belong to the compiler, which moves them for its next text.
    const model = readAround(last.text, 0, false, this.cache, this.knowledge);
    if (model.text === last.text) model.inferred = this.compiledTypes(last);
    this.model = { text: last.text, offset: null, model };
    return model;
  }

  private compiledTypes({ compilation }: Compiled): Inferred {
    this.lastInferred ??= new Inferred(compilation.typed, this.knowledge.docs);
    return this.lastInferred;
  }

  private hover(model: TextModel, offset: number): Answers['hover'] {
    const at = model.repaired.toRepaired(offset);
    const target = targetAt(model, at);
    if (!target) return null;
    const evaluator = new Evaluator(model, this.knowledge);
    if (target.kind === 'name') {
      const { name, declaration, span } = target.occurrence;
      const told = describeName(name, declaration, evaluator, this.knowledge);
      const isUnit = declaration !== null && declaration.scope === model.scopes.top && declaration.kind !== 'type';
      return told && { ...told, span: model.toOriginal(span), unit: isUnit ? name : null };
    }
    const told = describeMember(evaluator.typeOf(target.node.object), target.name, evaluator);
    return told && { ...told, span: model.toOriginal(spanOf(target.node.property)), unit: null };
  }

  private describe(model: TextModel, offset: number, label: string): Answers['describe'] {
    const evaluator = new Evaluator(model, this.knowledge);
    const at = model.repaired.toRepaired(offset);
    const target = targetAt(model, at);
    if (target?.kind === 'member') return describeMember(evaluator.typeOf(target.node.object), label, evaluator);
    const declaration = lookUp(scopeAt(model.scopes, at), label);
    if (!declaration && !builtinDoc('global', label) && !this.knowledge.docs.has(label)) return null;
    return describeName(label, declaration, evaluator, this.knowledge);
  }

  private diagnosticsOf(text: string): readonly Diagnostic[] {
    if (this.last?.text !== text) this.remember(text, this.check(text));
    return this.last?.diagnostics ?? [];
  }

  private fixesIn(text: string, { start, end }: { readonly start: number; readonly end: number }): QuickFix[] {
    if (this.last?.text !== text) return [];
    return this.last.diagnostics.flatMap(({ fix, code, span }) =>
      fix && span.start <= end && start <= span.end ? [{ ...fix, code, span }] : [],
    );
  }
}
