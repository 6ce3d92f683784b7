import type { LlmCallStatus } from "../api/graphql";
import { Chip, type Tone } from "../ui/chip";

export const CALL_STATUS_WORDS: Readonly<Record<LlmCallStatus, string>> = {
  RUNNING: "Running",
  SUCCEEDED: "Succeeded",
  FAILED: "Failed",
  CANCELLED: "Cancelled",
};
const TONES: Readonly<Record<LlmCallStatus, Tone>> = {
  RUNNING: "warn",
  SUCCEEDED: "good",
  FAILED: "bad",
  CANCELLED: "plain",
};

interface Props {
  readonly status: LlmCallStatus;
  /** The code of the error that a failed call ended with. It says more than the status. */
  readonly code?: string | null | undefined;
}

/** How a call stands, or with which error it ended. */
export function CallStatusChip({ status, code }: Props) {
  return <Chip tone={TONES[status]}>{status === "FAILED" && code ? code : CALL_STATUS_WORDS[status]}</Chip>;
}
