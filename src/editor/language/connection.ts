/**
 * What the providers for Monaco share: who answers, and how offsets and positions correspond. In: Monaco's models and
 * positions. Out: questions. Main thread.
 */

import type { Span } from '../../protocol/diagnostic.ts';
import type { AnswerTo, Question } from '../../protocol/language.ts';
import { monaco } from '../monaco.ts';

/** Who answers: src/engine/languageClient.ts. */
export interface LanguageAnswers {
  ask<Asked extends Question>(
    text: string,
    question: Asked,
    cancellation?: { readonly isCancelled: boolean; onCancel(call: () => void): void },
  ): Promise<AnswerTo<Asked> | null>;
}

type Model = monaco.editor.ITextModel;

/** Modules of the library are models of their own, with this scheme. */
export const LIBRARY_SCHEME = 'segue-library';

export class Connection {
  readonly #answers: LanguageAnswers;

  constructor(answers: LanguageAnswers) {
    this.#answers = answers;
  }

  /** `null`: there is no answer, or the text is another one by now. `isForAny`: unless that does not matter. */
  async ask<Asked extends Question>(
    model: Model,
    question: Asked,
    token?: monaco.CancellationToken,
    isForAny = false,
  ): Promise<AnswerTo<Asked> | null> {
    if (isLibrary(model)) return null;
    const version = model.getVersionId();
    const cancellation = token && {
      isCancelled: token.isCancellationRequested,
      onCancel: (call: () => void) => void token.onCancellationRequested(call),
    };
    const answer = await this.#answers.ask(textOf(model), question, cancellation);
    return model.isDisposed() || (!isForAny && model.getVersionId() !== version) ? null : answer;
  }

  /** The model of a module of the library; made when it is first needed. */
  async module(path: string): Promise<Model | null> {
    const uri = monaco.Uri.from({ scheme: LIBRARY_SCHEME, path: `/${path}` });
    const known = monaco.editor.getModel(uri);
    if (known) return known;
    const text = await this.#answers.ask('', { kind: 'module', path });
    return text === null ? null : (monaco.editor.getModel(uri) ?? monaco.editor.createModel(text, 'typescript', uri));
  }
}

export const isLibrary = (model: Model): boolean => model.uri.scheme === LIBRARY_SCHEME;

export const textOf = (model: Model): string => model.getValue(monaco.editor.EndOfLinePreference.LF);

export const rangeOf = (model: Model, { start, end }: Span): monaco.Range =>
  monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));

/** Documentation as Monaco shows it. Nothing in it is HTML, and no link runs a command. */
export function markdown(text: string): monaco.IMarkdownString {
  return { value: text.replaceAll('```ts\n', '```typescript\n'), isTrusted: false, supportHtml: false };
}

export const code = (text: string): monaco.IMarkdownString => markdown(`\`\`\`ts\n${text}\n\`\`\``);
