/** Going on stage and leaving it: the one writer of the model's `stage`. Main thread. */

import type { Model, Stage } from './model.ts';

export function setStage({ stage }: Pick<Model, 'stage'>, to: Stage): void {
  stage.value = to;
}
