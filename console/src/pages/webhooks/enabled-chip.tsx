import { Chip } from "../../ui/chip";

/** Whether anything is sent to a webhook. */
export function EnabledChip({ isEnabled }: { readonly isEnabled: boolean }) {
  return <Chip tone={isEnabled ? "good" : "plain"}>{isEnabled ? "enabled" : "disabled"}</Chip>;
}
