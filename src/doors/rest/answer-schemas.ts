import {
  flag,
  freeObject,
  integer,
  type JsonSchema,
  listOf,
  number,
  objectOf,
  oneOf,
  orNull,
  record,
  ref,
  text,
  time,
} from "../../edge/http/json-schema.js";
import { JOB_STATUSES } from "./jobs/job-status.js";

const ACCOUNT_STATUS = oneOf(["active", "suspended"], "Everything a suspended team's keys ask is refused.");
const JOB_STATUS = oneOf(JOB_STATUSES, "The last four are final. Only a completed job costs a credit.");
const METADATA = freeObject("Free data.");

const CREDITS = {
  credits_allocated: integer("Given to the team so far."),
  credits_used: integer("Taken by completed jobs."),
  credits_remaining: integer("allocated - used."),
  credits_held: integer("Reserved by open jobs."),
  credits_available: integer("remaining - held: what new jobs can take."),
};

const COSTS = record({
  total_calls: integer("Calls admitted."),
  successful_calls: integer("Calls that a model answered in full."),
  failed_calls: integer("Calls that failed or were cancelled."),
  total_tokens: integer("Prompt and completion."),
  total_cost_usd: number("USD. Calls without a known price add nothing."),
  avg_latency_ms: integer("Mean over settled calls; 0 without any."),
  credit_applied: flag("Whether the job took its credit."),
  credits_remaining: integer("The team's allocated - used credits, as of the end of the job, or now where it is open."),
});

const CALL = {
  call_id: text("A UUID; also in the header x-tollgate-call-id, which a failed call has too."),
  response: objectOf(
    {
      content: text('The answer\'s text; "" where there is none.'),
      finish_reason: orNull(text('"stop", "length", "tool_calls" ...')),
      tool_calls: listOf(freeObject("As OpenAI has it."), "Only where the model asks for some."),
    },
    ["content", "finish_reason"],
  ),
  metadata: record({
    tokens_used: integer("Prompt and completion."),
    latency_ms: integer("From admission to settlement."),
    model_group: text("As asked for."),
  }),
};

const ANSWERS: Readonly<Record<string, JsonSchema>> = {
  Error: record({ detail: text("What was wrong, in a sentence. The header x-tollgate-error-code has its code.") }),
  ValidationError: record({
    detail: listOf(
      record({
        loc: listOf({ type: ["string", "integer"] }, 'Where, such as ["body", "models", 0, "model_name"].'),
        msg: text("What is wrong, and what was sent."),
        type: text('"missing", "unknown_field", "json_invalid" or "value_error".'),
      }),
    ),
  }),
  Organization: record({
    organization_id: text("Chosen by the admin."),
    name: text("For people."),
    status: ACCOUNT_STATUS,
    metadata: METADATA,
    created_at: time("When it was created."),
    updated_at: time("When it was last changed."),
  }),
  OrganizationTeams: record({
    organization_id: text("The organization."),
    team_count: integer("How many teams it has; to a team's key, 1."),
    teams: listOf(text("An id."), "In order of id, as many as asked for."),
  }),
  ModelGroup: record({
    model_group_id: text("A UUID."),
    group_name: text("Chosen by the admin; what calls name."),
    display_name: text("For people."),
    description: orNull(text("For people.")),
    status: oneOf(["active"], "Always active."),
    models: listOf(
      record({
        model_name: text("As the upstream calls it."),
        priority: integer("0 is tried first."),
        is_active: flag("Always true."),
      }),
      "In the order of trial.",
    ),
  }),
  Message: record({ message: text("What was done.") }),
  Plan: record({
    group_name: text("The group."),
    primary_model: text("What a call tries first."),
    fallback_models: listOf(text("A model."), "What it tries then, in order."),
    team_has_access: flag("Always true; otherwise the answer is 403."),
  }),
  Team: record({
    team_id: text("Chosen by the admin."),
    organization_id: text("Whose team it is."),
    team_alias: text("For people."),
    status: ACCOUNT_STATUS,
    model_groups: listOf(text("A name."), "What its calls may name."),
    allowed_models: listOf(text("A model."), "Every model of these groups."),
    ...CREDITS,
    metadata: METADATA,
    created_at: time("When it was created."),
    updated_at: time("When it was last changed."),
  }),
  NewTeam: record({
    team_id: text("Chosen by the admin."),
    organization_id: text("Whose team it is."),
    team_alias: text("For people."),
    model_groups: listOf(text("A name."), "What its calls may name."),
    allowed_models: listOf(text("A model."), "Every model of these groups."),
    credits_allocated: CREDITS.credits_allocated,
    credits_remaining: CREDITS.credits_remaining,
    virtual_key: text('The team\'s first key, shown this once: "sk-" and 64 hex digits.'),
    message: text("For people."),
  }),
  Balance: record({ team_id: text("The team."), organization_id: text("Whose team it is."), ...CREDITS }),
  CreditCheck: record({
    team_id: text("The team."),
    credits_needed: integer("As asked."),
    has_credits: flag("Whether so many are available now. Nothing is reserved."),
    ...CREDITS,
  }),
  Transactions: record({
    team_id: text("The team."),
    total: integer("How many it has in all."),
    transactions: listOf(
      record({
        transaction_id: text("A UUID."),
        kind: oneOf(["grant", "hold", "post", "void", "expire", "adjust"], "What kind of movement."),
        credits: integer("Signed change of what is available."),
        held_credits: integer("Signed change of what is held."),
        available_after: integer("What was available then."),
        held_after: integer("What was held then."),
        reason: orNull(text("Why, where someone said.")),
        actor: text('"admin", "key:<id>" or "gateway".'),
        job_id: orNull(text("The job that held, took or gave back the credit.")),
        created_at: time("When."),
      }),
      "Newest first.",
    ),
  }),
  NewJob: record({ job_id: text("A UUID."), status: JOB_STATUS, created_at: time("When it was opened.") }),
  Job: record({
    job_id: text("A UUID."),
    team_id: text("Whose it is."),
    job_type: text("In the team's words."),
    status: JOB_STATUS,
    metadata: METADATA,
    error_message: orNull(text("Why it failed, where its team said so.")),
    credit_applied: flag("Whether it took its credit."),
    created_at: time("When it was opened."),
    started_at: orNull(time("When its first call was admitted.")),
    completed_at: orNull(time("When it became final, in whatever way.")),
  }),
  Jobs: record({
    team_id: text("The team."),
    total: integer("How many there are in all, of the status asked for."),
    limit: integer("As asked."),
    offset: integer("As asked."),
    jobs: listOf(ref("Job"), "Newest first."),
  }),
  Call: record(CALL),
  SingleCall: record({
    job_id: text("The job that was opened for this call."),
    status: JOB_STATUS,
    completed_at: orNull(time("When the job ended.")),
    ...CALL,
    costs: COSTS,
  }),
  Completion: record({
    job_id: text("A UUID."),
    status: JOB_STATUS,
    completed_at: orNull(time("When it became final; null while it is open.")),
    costs: COSTS,
    calls: listOf(
      record({
        call_id: text("A UUID."),
        purpose: orNull(text("In the team's words.")),
        model_group: text("As asked for."),
        tokens: integer("Prompt and completion."),
        latency_ms: orNull(integer("From admission to settlement; null while it runs.")),
        error: orNull(text("Why it did not succeed.")),
      }),
      "Oldest first; of more than 1,000 the first.",
    ),
  }),
};

/** The schemas of all answers, each under its name. */
export const answerSchemas: readonly JsonSchema[] = Object.entries(ANSWERS).map(([$id, schema]) => ({
  $id,
  ...schema,
}));
