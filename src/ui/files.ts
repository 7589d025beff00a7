/** Files that come in through the page, chosen in a dialogue or dropped anywhere on it, and files that it saves. Main thread. */

import type { Actions } from '../app/actions.ts';
import { SOUND_ENDINGS } from '../app/soundFiles.ts';

const ACCEPTED = {
  patch: '.ts,.js,.mjs,.txt,text/*',
  sound: ['audio/*', ...SOUND_ENDINGS.map((ending) => `.${ending}`)].join(','),
};

/** Shows the browser's dialogue; the files are opened when somebody has chosen some. */
export function chooseFiles(kind: 'patch' | 'sound', open: (files: readonly File[]) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = ACCEPTED[kind];
  input.multiple = kind === 'sound';
  input.onchange = () => open([...(input.files ?? [])]);
  input.click();
}

/**
 * Opens what is dropped, before the editor or the browser takes it. Text that is dragged is left to the editor. What is dropped on
 * a sound that is missing is taken for that one.
 */
export function listenToDrops(actions: Pick<Actions, 'openFiles'>): void {
  const takes = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;
  const mark = (isOver: boolean) => document.documentElement.toggleAttribute('data-drop', isOver);
  const over = (event: DragEvent) => {
    if (!takes(event)) return;
    event.preventDefault();
    event.stopPropagation();
    mark(true);
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
  };
  const drop = (event: DragEvent) => {
    if (!takes(event)) return;
    event.preventDefault();
    event.stopPropagation();
    mark(false);
    const { target } = event;
    const place = target instanceof Element ? target.closest<HTMLElement>('.sound[data-state="missing"]') : null;
    actions.openFiles([...(event.dataTransfer?.files ?? [])], place?.dataset.sound);
  };
  window.addEventListener('dragenter', over, true);
  window.addEventListener('dragover', over, true);
  window.addEventListener('drop', drop, true);
  window.addEventListener('dragleave', ({ relatedTarget }) => relatedTarget === null && mark(false), true);
}

/** Browsers read the file after the click, some of them only after they have asked where to. */
const READ_MS = 60_000;

/** Has the browser save it, where it saves downloads. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), READ_MS);
}

const askFirst = (event: BeforeUnloadEvent) => event.preventDefault();

/** Whether the browser asks before it leaves the page: while there is something that would be lost. */
export function keepOpen(isToBeKept: boolean): void {
  if (isToBeKept) window.addEventListener('beforeunload', askFirst);
  else window.removeEventListener('beforeunload', askFirst);
}
