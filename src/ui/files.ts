/** Files that come in through the page: chosen in a dialogue, or dropped anywhere on it. Main thread. */

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
