import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { GripVertical } from "lucide-react";
import { formatShare } from "../../../format/numbers";
import { formatDuration } from "../../../format/time";
import { Chip } from "../../../ui/chip";
import { type Circuit, circuitWords, type FiguresRow, stateOf } from "../model-state";

interface Props {
  /** The name of the group. */
  readonly group: string;
  readonly names: readonly string[];
  /** The weights of those that share calls, by name. */
  readonly weights: ReadonlyMap<string, number | null>;
  readonly circuits: readonly Circuit[] | null;
  readonly rows: readonly FiguresRow[];
  /** Called with all names in their new order. Null for whoever may not change it. */
  readonly onOrder: ((names: readonly string[]) => unknown) | null;
}

/** The models in the order in which they are tried. Space takes one up, arrows move it, and space puts it down. */
export function ModelOrder({ group, names, weights, circuits, rows, onOrder }: Props) {
  const sensors = useSensors(
    useSensor(PointerSensor),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );

  function onDragEnd({ active, over }: DragEndEvent) {
    if (!over || active.id === over.id) return;
    onOrder?.(arrayMove([...names], names.indexOf(String(active.id)), names.indexOf(String(over.id))));
  }

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={{ announcements: announcementsOf(names) }}
    >
      <SortableContext items={[...names]} strategy={verticalListSortingStrategy} disabled={!onOrder}>
        <ol aria-label={`Models of ${group}`}>
          {names.map((name, index) => (
            <Model
              key={name}
              name={name}
              weight={weights.get(name) ?? null}
              place={index + 1}
              group={group}
              circuit={circuits ? (circuits.find(({ model }) => model === name) ?? null) : undefined}
              rows={rows}
              canMove={onOrder !== null}
            />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}

/** What is read out while a model is moved. Its place is said from the moment on in which arrows move it. */
function announcementsOf(names: readonly string[]): Announcements {
  return {
    onDragStart: ({ active }) => `${active.id} is taken up.`,
    onDragOver: ({ active, over }) =>
      over ? `${active.id} is at place ${names.indexOf(String(over.id)) + 1} of ${names.length}.` : undefined,
    onDragEnd: ({ active }) => `${active.id} is put down.`,
    onDragCancel: ({ active }) => `${active.id} is back in its place.`,
  };
}

interface ModelProps {
  readonly name: string;
  readonly weight: number | null;
  readonly place: number;
  readonly group: string;
  /** Undefined for whoever may not see it, and null if the model never failed. */
  readonly circuit: Circuit | null | undefined;
  readonly rows: readonly FiguresRow[];
  readonly canMove: boolean;
}

function Model({ name, weight, place, group, circuit, rows, canMove }: ModelProps) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: name,
  });
  const { share, errorRate, p95Ms } = stateOf(group, name, rows);
  const { words, tone } = circuitWords(circuit ?? undefined);
  return (
    <li
      ref={setNodeRef}
      style={{ transform: CSS.Transform.toString(transform), transition }}
      className={`flex flex-wrap items-center gap-x-3 gap-y-1 border-t bg-panel py-1.5 first:border-t-0 ${isDragging ? "relative z-10 opacity-80" : ""}`}
    >
      {canMove && (
        <button
          type="button"
          ref={setActivatorNodeRef}
          {...attributes}
          {...listeners}
          aria-label={`Move ${name}`}
          className="-ml-1 cursor-grab touch-none rounded p-1 text-faint hover:bg-line"
        >
          <GripVertical size={14} aria-hidden />
        </button>
      )}
      <span className="w-4 text-faint tabular-nums">{place}</span>
      <span className="min-w-32 flex-1 break-all">{name}</span>
      <span className="flex items-center gap-4 text-dim text-xs tabular-nums">
        {weight !== null && (
          <span title="Its share of the calls, among its neighbours with a weight">weight {weight}</span>
        )}
        {share !== null && <span title="Of the attempts of the group">{formatShare(share)} of attempts</span>}
        {errorRate !== null && (
          <span className={errorRate > 0 ? "text-bad" : ""} title="Of the attempts of this model">
            {formatShare(errorRate)} failed
          </span>
        )}
        {p95Ms !== null && <span title="p95 to the first token">{formatDuration(p95Ms)}</span>}
        {circuit !== undefined && <Chip tone={tone}>{words}</Chip>}
      </span>
    </li>
  );
}
