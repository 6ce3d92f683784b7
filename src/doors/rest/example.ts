/** The names in the examples of this door. They describe one customer's team, with one job and its first call. */
export const EXAMPLE = {
  organizationId: "acme-corp",
  teamId: "engineering-team",
  group: "ChatFast",
  jobId: "550e8400-e29b-41d4-a716-446655440000",
  callId: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
  /** When things were created, when the job's first call was made, and when the job ended. */
  created: "2026-03-02T09:30:00.000Z",
  started: "2026-03-02T09:30:01.250Z",
  ended: "2026-03-02T09:31:12.500Z",
} as const;
