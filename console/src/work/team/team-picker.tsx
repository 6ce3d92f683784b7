import { useSession } from "../../session/session";
import { useTeamsToChoose } from "./use-team-names";

interface Props {
  readonly value: string | undefined;
  onChange(team: string | undefined): void;
}

/** Chooses one team, or all. Whoever has one only need not choose. */
export function TeamPicker({ value, onChange }: Props) {
  const { viewer } = useSession();
  const teams = useTeamsToChoose();
  if (viewer.kind === "team") return null;
  return (
    <select
      aria-label="Team"
      value={value ?? ""}
      onChange={({ target }) => onChange(target.value || undefined)}
      className="max-w-48 rounded-control border border-line-2 bg-panel px-2 py-1.5"
    >
      <option value="">All teams</option>
      {value && !teams.some(({ id }) => id === value) && <option value={value}>{value}</option>}
      {teams.map(({ id, alias }) => (
        <option key={id} value={id}>
          {alias}
        </option>
      ))}
    </select>
  );
}
