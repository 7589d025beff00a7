/** One box of the patch: its name, how many there are, what made it and what it holds. Main thread. */

import { factsOf, type GraphMark, sentenceOf, shortLabel } from '../../app/graphMarks.ts';
import type { GraphBox, PatchGraph } from '../../protocol/graph.ts';
import { BOX_HEIGHT, BOX_WIDTH, type Place } from './size.ts';

interface PatchBoxProps {
  readonly box: GraphBox;
  readonly graph: PatchGraph;
  readonly marks: ReadonlySet<GraphMark> | undefined;
  readonly place: Place;
  /** It alone is in the order of the Tab key. */
  readonly isCurrent: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly onLead: () => void;
}

const INSET = 8;
/** Widths of characters in the two sizes, as fonts of code and of pages have them or less. */
const LABEL_CHAR_PX = 7.3;
const FACT_CHAR_PX = 6;
const CORNER = 8;

export function PatchBox({ box, graph, marks, place, isCurrent, isChosen, onChoose, onLead }: PatchBoxProps) {
  const { kind, label, count, id } = box;
  const times = count > 1 ? `× ${count}` : '';
  const room = BOX_WIDTH - 2 * INSET;
  const labelChars = Math.floor((room - LABEL_CHAR_PX * (times === '' ? 0 : times.length + 1)) / LABEL_CHAR_PX);
  const facts = marks?.has('reset') ? `lost state · ${factsOf(box)}` : factsOf(box);
  const factChars = Math.floor(room / FACT_CHAR_PX);
  const round = kind === 'control' ? BOX_HEIGHT / 2 : 6;
  return (
    // biome-ignore lint/a11y/useSemanticElements: there are no buttons in a drawing.
    <g
      class="patch-box"
      role="button"
      data-box={id}
      data-kind={kind}
      data-changed={marks?.has('changed') || marks?.has('new') || false}
      data-reset={marks?.has('reset') ?? false}
      data-chosen={isChosen}
      data-called={box.isCalled}
      tabIndex={isCurrent ? 0 : -1}
      aria-label={sentenceOf(box, graph, marks)}
      transform={`translate(${place.x - BOX_WIDTH / 2} ${place.y - BOX_HEIGHT / 2})`}
      onFocus={onChoose}
      onDblClick={onLead}
    >
      <rect width={BOX_WIDTH} height={BOX_HEIGHT} rx={round} />
      {count > 1 && <path class="patch-more" d={`M ${CORNER} ${BOX_HEIGHT + 3} H ${BOX_WIDTH - CORNER}`} />}
      <text class="patch-label" x={INSET + (kind === 'control' ? 6 : 0)} y={17}>
        {shortLabel(label, labelChars - (kind === 'control' ? 2 : 0))}
      </text>
      {times !== '' && (
        <text class="patch-count" x={BOX_WIDTH - INSET} y={17}>
          {times}
        </text>
      )}
      <text class="patch-facts" x={INSET + (kind === 'control' ? 6 : 0)} y={32}>
        {facts.length > factChars ? `${facts.slice(0, factChars - 1)}…` : facts}
      </text>
    </g>
  );
}
