/**
 * The picture of the patch: boxes and lines in one drawing that is dragged, zoomed and walked through by keys. In: what plays, as
 * the worker tells it after each swap. Loaded when it is first shown, and at rest while it is not seen. Main thread.
 */

import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Actions } from '../../app/actions.ts';
import { marksOf, marksText, sentenceOf } from '../../app/graphMarks.ts';
import type { Model } from '../../app/model.ts';
import { lineColumn } from '../../app/position.ts';
import type { GraphBox, PatchGraph } from '../../protocol/graph.ts';
import type { Layout } from './layout.ts';
import { Layouts } from './layouts.ts';
import { PatchBox } from './patchBox.tsx';
import { BOX_HEIGHT, BOX_WIDTH, type Place } from './size.ts';
import { useViewport } from './useViewport.ts';
import { neighbour } from './viewport.ts';

export interface PatchViewProps {
  readonly model: Model;
  readonly actions: Actions;
  readonly heightPx: number;
  /** Where the buttons of the panel are told what they do. */
  readonly tools: RefObject<ViewTools | null>;
}

/** What the buttons beside the name do. */
export interface ViewTools {
  zoom(factor: number): void;
  fitAll(): void;
}

interface Shown {
  readonly graph: PatchGraph;
  readonly layout: Layout;
}

const STEP = 1.25;
const ARROWS: Readonly<Record<string, Place>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export function PatchView({ model, actions, heightPx, tools }: PatchViewProps) {
  const svg = useRef<SVGSVGElement>(null);
  const shown = useShown(model, actions, svg);
  const [chosen, setChosen] = useState<string | null>(null);
  const front = shown?.layout.places[shown.graph.boxes[0]?.id ?? ''] ?? null;
  const { view, zoom, fitAll, reveal, room } = useViewport(svg, shown?.layout ?? null, front);
  tools.current = { zoom, fitAll };
  const swap = model.swap.value;
  const graph = shown?.graph ?? null;
  const marks = useMemo(() => (graph ? marksOf(graph, swap) : new Map()), [graph, swap]);
  const box = graph?.boxes.find(({ id }) => id === chosen) ?? null;
  const current = box ?? graph?.boxes[0] ?? null;
  const lead = (target: GraphBox | null) => {
    if (target?.span && graph) actions.reveal(target, graph.text);
  };
  const choose = (id: string) => {
    setChosen(id);
    const place = shown?.layout.places[id];
    if (place) reveal(place, BOX_WIDTH / 2, BOX_HEIGHT / 2);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow && current && shown) {
      const next = neighbour(current.id, shown.layout.places, arrow);
      if (next) boxElement(svg.current, next)?.focus({ preventScroll: true });
    } else if (event.key === '+' || event.key === '=') zoom(STEP);
    else if (event.key === '-') zoom(1 / STEP);
    else if (event.key === '0') fitAll();
    else if (event.key === 'Enter' || event.key === ' ') lead(box);
    else if (event.key === 'Escape' && chosen !== null) setChosen(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isEmpty = !graph || graph.boxes.length === 0;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be drawn in. */}
      <svg
        ref={svg}
        class="patch-view"
        style={{ '--picture': `${heightPx}px` }}
        role="group"
        aria-label={graph ? `patch, ${graph.boxes.length} boxes` : 'patch'}
        onKeyDown={onKeyDown}
      >
        {shown && graph && (
          <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
            {graph.edges.map(({ from, to, kind }, n) => (
              <path
                key={`${from} ${to} ${kind}`}
                class="patch-line"
                data-kind={kind}
                data-chosen={chosen !== null && (from === chosen || to === chosen)}
                d={curve(shown.layout.lines[n] ?? [])}
              />
            ))}
            {graph.boxes.map((one) => (
              <PatchBox
                key={one.id}
                box={one}
                graph={graph}
                marks={marks.get(one.id)}
                place={shown.layout.places[one.id] ?? { x: 0, y: 0 }}
                isCurrent={one === current}
                isChosen={one === box}
                onChoose={() => choose(one.id)}
                onLead={() => lead(one)}
              />
            ))}
          </g>
        )}
        {isEmpty && room && (
          <text class="patch-facts" x={room.width / 2} y={room.height / 2} text-anchor="middle">
            {graph ? 'nothing to show' : 'shown once the patch has been swapped in'}
          </text>
        )}
      </svg>
      {graph && (
        <p class="patch-said">
          {box ? (
            <>
              {box.span && (
                <button type="button" onClick={() => lead(box)}>
                  {`line ${lineColumn(graph.text, box.span.start).line}`}
                </button>
              )}
              <span>{sentenceOf(box, graph, marks.get(box.id))}</span>
            </>
          ) : (
            <span>
              {[marksText(marks), ...limits(graph)].filter(Boolean).join(' · ') || 'click a box for what it holds'}
            </span>
          )}
        </p>
      )}
    </>
  );
}

const limits = ({ leftOut, isPartial }: PatchGraph): string[] => [
  ...(leftOut > 0 ? [`${leftOut} more boxes are not shown`] : []),
  ...(isPartial ? ['too large to be followed as a whole: some calls may be missing'] : []),
];

const boxElement = (svg: SVGSVGElement | null, id: string): SVGGElement | null =>
  svg?.querySelector<SVGGElement>(`[data-box="${CSS.escape(id)}"]`) ?? null;

/** What plays, with its layout; asked again after each swap while the drawing is seen. */
function useShown(model: Model, actions: Actions, svg: RefObject<SVGSVGElement | null>): Shown | null {
  const [shown, setShown] = useState<Shown | null>(null);
  const [isSeen, setIsSeen] = useState(false);
  const last = useRef<Shown | null>(null);
  const layouts = useMemo(() => new Layouts(), []);
  useLayoutEffect(() => {
    const element = svg.current;
    if (!element) return;
    const sights = new IntersectionObserver((entries) => setIsSeen(entries.at(-1)?.isIntersecting ?? false));
    sights.observe(element);
    return () => {
      sights.disconnect();
      layouts.end();
    };
  }, []);
  const code = model.code.value;
  useEffect(() => {
    if (!isSeen) return;
    let isOver = false;
    void (async () => {
      const graph = await actions.graph();
      if (isOver || !graph) return;
      const { boxes, edges } = graph;
      const element = svg.current;
      const aspect = element && element.clientHeight > 0 ? element.clientWidth / element.clientHeight : 1;
      const before = last.current?.layout ?? null;
      const layout = await layouts.ask({ boxes: boxes.map(({ id }) => id), edges, aspect, before });
      if (isOver || !layout) return;
      last.current = { graph, layout };
      setShown(last.current);
    })();
    return () => {
      isOver = true;
    };
  }, [code, isSeen]);
  return shown;
}

/** Through the middles between the points that a line passes. */
function curve(points: readonly Place[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M ${first.x} ${first.y}`;
  rest.forEach((point, n) => {
    const next = rest[n + 1];
    if (!next) path += ` L ${point.x} ${point.y}`;
    else path += ` Q ${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`;
  });
  return path;
}
