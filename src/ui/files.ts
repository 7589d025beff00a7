/** Files that come in through the page, chosen in a dialogue or dropped anywhere on it, and files that it saves. Main thread. */

import type { Actions } from '../app/actions.ts';

/** Shows the browser's dialogue; the file is opened when somebody has chosen one. */
export function chooseFile(open: (file: File) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.ts,.js,.mjs,.txt,text/*';
  input.onchange = () => {
    const file = input.files?.[0];
    if (file) open(file);
  };
  input.click();
}

/** Opens what is dropped, before the editor or the browser takes it. Text that is dragged is left to the editor. */
export function listenToDrops(actions: Actions): void {
  const takes = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;
  const over = (event: DragEvent) => {
    if (!takes(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
  };
  const drop = (event: DragEvent) => {
    if (!takes(event)) return;
    event.preventDefault();
    event.stopPropagation();
    const file = event.dataTransfer?.files[0];
    if (file) actions.openFile(file);
  };
  window.addEventListener('dragenter', over, true);
  window.addEventListener('dragover', over, true);
  window.addEventListener('drop', drop, true);
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
