// Written by `npm run schema` from schema.graphql and the operations beside the console's pages.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Whether an organization or a team can work. */
export type AccountStatus =
  /** The organization or team can work. */
  | 'ACTIVE'
  /** It has no valid key any more and cannot work again. What it has done is kept, and its id is not given out again. Only the admin sees it. */
  | 'DELETED'
  /** Every request with its keys is answered with TEAM_SUSPENDED until it is resumed. */
  | 'SUSPENDED';

/** Credits for a team. */
export type AddCreditsInput = {
  /** Whether somebody has paid for them. Null means PAID. */
  readonly category?: CreditCategory | null | undefined;
  /** The number of credits: 1 or more. */
  readonly credits: number;
  /** When they expire. Must be in the future. What is neither used nor held by then leaves the team within about 5 seconds, by an entry of the kind LAPSE. Null means never. */
  readonly expiresAt?: string | null | undefined;
  /** A key of the client's choice: 1 to 255 characters. For 24 hours the same key returns what the first request brought about, instead of doing it again. The same key with another input is an IDEMPOTENCY_CONFLICT. A request that was refused is not remembered. Null means that a repeated request is carried out again. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why the team gets them: 1 to 500 characters. It is kept in the ledger. Null means no reason. */
  readonly reason?: string | null | undefined;
  /** What they belong to in your own books, such as an invoice: 1 to 200 characters. Null means nothing. */
  readonly reference?: string | null | undefined;
  /** The team that gets the credits. */
  readonly teamId: string;
};

/** A correction of a team's credits. */
export type AdjustCreditsInput = {
  /** The entry of the same team's ledger that was wrong. What is taken is taken of its credits first. Null means that no entry is named. */
  readonly correctsEntryId?: string | null | undefined;
  /** The number of credits: more than 0 gives them, less than 0 takes them. */
  readonly credits: number;
  /** A key of the client's choice: 1 to 255 characters. For 24 hours the same key returns what the first request brought about, instead of doing it again. The same key with another input is an IDEMPOTENCY_CONFLICT. A request that was refused is not remembered. Null means that a repeated request is carried out again. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why the credits are corrected: 1 to 500 characters. It is kept in the ledger. */
  readonly reason: string;
  /** The team whose credits are corrected. */
  readonly teamId: string;
};

/** How long an allowance of jobs lasts. */
export type AllowancePeriod =
  /** It begins anew on the first of each month, UTC. */
  | 'MONTH'
  /** It never begins anew by itself. */
  | 'TOTAL';

/** Why an attempt failed, by the kind of the failure. */
export type AttemptErrorKind =
  /** The upstream did not accept the gateway's credentials. */
  | 'AUTHENTICATION'
  /** The upstream's content filter refused the request. */
  | 'CONTENT_FILTER'
  /** The request is too long for the model. */
  | 'CONTEXT_LENGTH'
  /** The upstream had as many requests as it may have, so it was not asked. */
  | 'FULL'
  /** The process that ran the call stopped while the model was being asked. */
  | 'GATEWAY_RESTARTED'
  /** The gateway itself failed. */
  | 'INTERNAL'
  /** The upstream refused the request as invalid. No other model is asked. */
  | 'INVALID_REQUEST'
  /** The upstream's answer could not be understood. */
  | 'MALFORMED'
  /** The model's upstream is not configured, so nobody was asked. */
  | 'NOT_CONFIGURED'
  /** The upstream answers chats only, and this was another question. It was not asked. */
  | 'NOT_OFFERED'
  /** The upstream has no capacity for the model at the moment. */
  | 'OVERLOADED'
  /** The upstream limits requests to the model. */
  | 'RATE_LIMITED'
  /** The upstream did not answer in time. */
  | 'TIMEOUT'
  /** The answer was cut off before its end. */
  | 'TRUNCATED'
  /** The upstream could not serve the model, or could not be reached. */
  | 'UNAVAILABLE';

/** What is wrong with a line of the audit. */
export type AuditFaultKind =
  /** The hash is not that of what the line says: the line, or its hash, was changed. */
  | 'CHANGED'
  /** The line does not go on from the line before it. */
  | 'DETACHED'
  /** The chain does not end where it did: the newest lines were taken out, or some were put in. Acts since then do not make that good. */
  | 'END'
  /** There is no line with this sequence: it was taken out. */
  | 'MISSING'
  /** The line was made without a key, though earlier ones were made with AUDIT_KEY. A process ran without AUDIT_KEY, or somebody who has no key put the line in. If you know why, check on with `after` set to this sequence. */
  | 'NOT_KEYED'
  /** The hash was made with a key that AUDIT_KEY does not have. */
  | 'UNKNOWN_KEY';

/** Which lines of the audit are listed: those that fulfil all of these. What is null or left out is not filtered by. */
export type AuditFilter = {
  /** Only acts of this actor: "admin", "orgkey:<id>", "key:<id>", "person:<id>" or "gateway". */
  readonly actor?: string | null | undefined;
  /** Lines created at this time or later. */
  readonly createdAfter?: string | null | undefined;
  /** Lines created before this time. */
  readonly createdBefore?: string | null | undefined;
  /** Only this operation, by the name of its mutation, such as createTeam. */
  readonly operation?: string | null | undefined;
  /** Only acts on the thing with this id. */
  readonly subjectId?: string | null | undefined;
  /** Only acts on things of this type, such as Team. */
  readonly subjectType?: string | null | undefined;
};

/** How a team is billed. Only what is given changes, for jobs that are created from then on. */
export type BillingInput = {
  /** USD. What the team pays for one credit: 0 to 1000000. The margin in `usage` is reckoned from it. Null means that the gateway does not know. */
  readonly creditPriceUsd?: string | null | undefined;
  /** Credits for one USD: above 0, at most 1000000. Only with the mode USD. */
  readonly creditsPerUsd?: string | null | undefined;
  /** Whether calls beyond unpaidCostUsdPerDay are refused. False lets them through, and counts them in `unpaidCostWouldRefuse`. Absent keeps its value, which is true at first. Null means true. */
  readonly isUnpaidCostEnforced?: boolean | null | undefined;
  /** The same as percents of the allocated credits: at most 20, each from 1 to 99. Null means none. */
  readonly lowCreditsPercentThresholds?: ReadonlyArray<number> | null | undefined;
  /** Numbers of available credits at which the team's credits count as low, which webhooks are told of (CREDITS_LOW): at most 20, each 0 or more. Null means none. */
  readonly lowCreditsThresholds?: ReadonlyArray<number> | null | undefined;
  /** Percent that are added to the cost of calls wherever the team or its organization sees it: 0 to 10000, with up to 4 digits after the point. Null means 0. */
  readonly markupPercent?: string | null | undefined;
  /** What a completed job costs. USD needs creditsPerUsd, and TOKENS needs tokensPerCredit. Null means JOB. */
  readonly mode?: BillingMode | null | undefined;
  /** Credits that the team is granted on the first of each month, UTC, from the next one on: 1 or more. Null means none. */
  readonly monthlyCredits?: number | null | undefined;
  /** Tokens for one credit: 1 or more. Only with the mode TOKENS. */
  readonly tokensPerCredit?: number | null | undefined;
  /** Another limit of unpaid cost for a time, which replaces the one before. Null ends it. */
  readonly unpaidCostOverride?: UnpaidCostOverrideInput | null | undefined;
  /** USD. What jobs that end unpaid, and jobs that are open, may cost the team on a day, UTC, without the markup: 0 to 1000000. 0 refuses every call. Null means no limit. */
  readonly unpaidCostUsdPerDay?: string | null | undefined;
};

/** What a completed job of a team costs. A job keeps what was so when it was created. */
export type BillingMode =
  /** One credit, whatever its calls cost. */
  | 'JOB'
  /** One credit for each tokensPerCredit tokens of its calls, prompts and answers together. The sum is rounded up, and is 1 at least. */
  | 'TOKENS'
  /** For each USD that its calls cost, as the team sees it, creditsPerUsd credits. The sum is rounded up, and is 1 at least. */
  | 'USD';

/** Whether a model is asked. */
export type CircuitState =
  /** The model is asked. */
  | 'CLOSED'
  /** One request is let through, to find out whether the model is well again. */
  | 'HALF_OPEN'
  /** The model is passed over, unless a group has no other model left. */
  | 'OPEN';

/** The end of a job. */
export type CompleteJobInput = {
  /** Why the job failed: 1 to 1000 characters. It is kept as Job.errorMessage. Null means no reason. */
  readonly errorMessage?: string | null | undefined;
  /** The id of the job. */
  readonly jobId: string;
  /** Names to set in the job's metadata, as updateJobMetadata does. Null means none. */
  readonly metadata?: Record<string, unknown> | null | undefined;
  /** How the job ends. Null means COMPLETED. */
  readonly status?: JobOutcome | null | undefined;
};

/** What a part of a cost is paid for. */
export type CostComponentKind =
  /** All of it, because the upstream told one figure. */
  | 'ANSWER'
  /** Tokens of the answer that are sound. */
  | 'AUDIO_COMPLETION'
  /** Tokens of the prompt that are sound. */
  | 'AUDIO_PROMPT'
  /** Tokens of the prompt that came from the upstream's cache. */
  | 'CACHE_READ'
  /** Tokens of the prompt that were written to the upstream's cache, for 5 minutes. */
  | 'CACHE_WRITE'
  /** Tokens of the answer that are in no other component, reasoning included. */
  | 'COMPLETION'
  /** Tokens of the answer that are images. */
  | 'IMAGE_COMPLETION'
  /** Tokens of the prompt that are images. */
  | 'IMAGE_PROMPT'
  /** Tokens of the prompt that were written to the upstream's cache, for an hour. */
  | 'ONE_HOUR_CACHE_WRITE'
  /** Tokens of the prompt that are in no other component. */
  | 'PROMPT'
  /** The request itself, for which some models ask a price. */
  | 'REQUEST'
  /** Searches of the web that the upstream made for the answer. Their price is never known, so they are UNPRICED. */
  | 'WEB_SEARCH';

/** Where a cost comes from. */
export type CostSource =
  /** The tokens times the admin's price for the model, as it was when the call was admitted. */
  | 'ADMIN_PRICE'
  /** The tokens times the model's public price, as listed by Pydantic's genai-prices. */
  | 'PRICE_TABLE'
  /** No price is known for the model. The cost is null and never guessed. */
  | 'UNPRICED'
  /** The upstream's own figure for this answer. */
  | 'UPSTREAM';

/** A new model group. */
export type CreateModelGroupInput = {
  /** Up to 50 names that calls may pass on in providerOptions beyond those that every group allows, such as service_tier. "tools.web_search" allows tools of that type. Null means none. */
  readonly allowedOptions?: ReadonlyArray<string> | null | undefined;
  /** What the group is for: 1 to 2000 characters. Null means no description. */
  readonly description?: string | null | undefined;
  /** The name that is shown to people: 1 to 200 characters. Null means the name. */
  readonly displayName?: string | null | undefined;
  /** Whether the vectors of its models compare with each other, as those of one model at two upstreams do. Then an embedding may ask each of them. Otherwise it asks the first model only. Null means false. */
  readonly interchangeableEmbeddings?: boolean | null | undefined;
  /** The most tokens that an answer may have, in whichever spelling a call asks for them: 1 or more. A call that asks for more is refused, and one that does not say gets this limit. Null means no limit. */
  readonly maxOutputTokens?: number | null | undefined;
  /** The models: 1 to 20 models, each named once. */
  readonly models: ReadonlyArray<GroupModelInput>;
  /** The name: 1 to 100 letters, digits or . _ : @ -, with / between parts. It must be unique and is never changed. */
  readonly name: string;
};

/** A new organization. */
export type CreateOrganizationInput = {
  /** The id: 1 to 100 letters, digits or . _ : @ -. It must be unique and is never changed. */
  readonly id: string;
  /** Free data, at most 16 KiB as JSON. Null means {}. */
  readonly metadata?: Record<string, unknown> | null | undefined;
  /** The name, for people: 1 to 200 characters. */
  readonly name: string;
};

/** A key with which an organization manages its teams. */
export type CreateOrganizationKeyInput = {
  /** When the key expires. Must be in the future. Null means that the key never expires. */
  readonly expiresAt?: string | null | undefined;
  /** What to call the key: 1 to 200 characters. Null means that it has no name. */
  readonly name?: string | null | undefined;
  /** The organization that gets the key. */
  readonly organizationId: string;
};

/** A new team. */
export type CreateTeamInput = {
  /** The name, for people: 1 to 200 characters. Null means the id. */
  readonly alias?: string | null | undefined;
  /** How the team is billed. Admin only. Null means by JOB. */
  readonly billing?: BillingInput | null | undefined;
  /** The credits to start with: 0 to 2147483647. An organization's key gives them out of the pool. Null means 0. */
  readonly creditsAllocated?: number | null | undefined;
  /** What the calls of each key are limited to that has no limit of its own. Null means nothing. */
  readonly defaultKeyLimits?: LimitsInput | null | undefined;
  /** The id: 1 to 100 letters, digits or . _ : @ -. It must be unique among all teams and is never changed. */
  readonly id: string;
  /** What all calls of the team together are limited to. Null means that nothing is limited. */
  readonly limits?: LimitsInput | null | undefined;
  /** Free data, at most 16 KiB as JSON. Null means {}. */
  readonly metadata?: Record<string, unknown> | null | undefined;
  /** The names of the model groups that the team may use: at most 100. Null means none. */
  readonly modelGroups?: ReadonlyArray<string> | null | undefined;
  /** The organization that owns the team. Null means the organization of the key, or for the admin the one that DEFAULT_ORGANIZATION names. */
  readonly organizationId?: string | null | undefined;
};

/** A further virtual key for a team. */
export type CreateVirtualKeyInput = {
  /** When the key expires. Must be in the future. Null means that the key never expires. */
  readonly expiresAt?: string | null | undefined;
  /** How many jobs may be opened with the key, beyond which it is BUDGET_EXCEEDED. Null means no limit. */
  readonly jobAllowance?: JobAllowanceInput | null | undefined;
  /** What calls with the key are limited to. What is not given here is as the team has it for its keys. */
  readonly limits?: LimitsInput | null | undefined;
  /** The names of those of the team's model groups that calls with the key may name: at most 100. With an empty list it makes no calls. Null means all groups that the team has, also later. */
  readonly modelGroups?: ReadonlyArray<string> | null | undefined;
  /** What to call the key: 1 to 200 characters. Null means that it has no name. */
  readonly name?: string | null | undefined;
  /** The team that gets the key. */
  readonly teamId: string;
};

/** A new webhook. An organization can have 20, those of its teams included, the admin 20 for everything, and a gateway 10000 in all. */
export type CreateWebhookInput = {
  /** What it is told of: at least one type, each once. WEBHOOK_TEST cannot be asked for. */
  readonly events: ReadonlyArray<WebhookEventType>;
  /** The organization of whose teams it is told. If teamId is given too, the team must be one of them. Null and no teamId means the organization of the key; the admin is told of everything. */
  readonly organizationId?: string | null | undefined;
  /** The only team of which it is told. Null means all. */
  readonly teamId?: string | null | undefined;
  /** Where events are posted to: an https URL of at most 2000 characters, without a user or a password. Its host must be public. If WEBHOOK_PRIVATE_NETWORKS=allow, http and private hosts are allowed, too. */
  readonly url: string;
};

/** Whether somebody has paid for credits. */
export type CreditCategory =
  /** Somebody has paid for them. */
  | 'PAID'
  /** They were a present. They are used before paid ones that expire at the same time. */
  | 'PROMOTIONAL';

/** What a movement of credits is. */
export type CreditEntryKind =
  /** The admin corrected the credits, up or down. */
  | 'ADJUST'
  /** What a job held was given back, because the job ran out of time. */
  | 'EXPIRE'
  /** New credits were given to the team. */
  | 'GRANT'
  /** Credits were reserved for an open job. */
  | 'HOLD'
  /** Credits ceased to be, because their grant expired. */
  | 'LAPSE'
  /** What a job held was resolved, because the job completed: its credits were taken, and those that it did not need were given back. */
  | 'POST'
  /** Credits came from another team, or from the pool of the organization. */
  | 'TRANSFER_IN'
  /** Credits went to another team, or to the pool of the organization. */
  | 'TRANSFER_OUT'
  /** What a job held was given back, because the job failed or was cancelled. */
  | 'VOID';

/** Which database the gateway keeps its things in. */
export type DatabaseKind =
  /** PostgreSQL inside the gateway's own process. It is for one process. */
  | 'PGLITE'
  /** A PostgreSQL server. Several processes may share it. */
  | 'POSTGRESQL';

/** Which deliveries to list. A delivery must fulfil every field that is given. */
export type DeliveryFilter = {
  /** Deliveries of events of one of these types. */
  readonly event?: ReadonlyArray<WebhookEventType> | null | undefined;
  /** Deliveries with one of these states. */
  readonly status?: ReadonlyArray<DeliveryStatus> | null | undefined;
};

/** Whether an event has arrived at a webhook. */
export type DeliveryStatus =
  /** The receiver answered a try with a status of 200 to 299. */
  | 'DELIVERED'
  /** It was given up: all tries of 24 hours failed, or the webhook is not enabled any more. It can be replayed. */
  | 'FAILED'
  /** It has not arrived so far, and is going to be tried. */
  | 'PENDING';

/** What happens to a call if its client goes away. */
export type DisconnectPolicy =
  /** The call is cancelled when nobody has waited for it or followed it for 5 seconds (unless configured otherwise). What had arrived until then is kept and billed. */
  | 'CANCEL'
  /** The call goes on to its end, and can be read afterwards. */
  | 'FINISH';

/** What went wrong. Every error has its code in `extensions.code`, and beside it the HTTP status that other doors answer with (`status`) and whether sending the same request again can help (`retryable`). */
export type ErrorCode =
  /** It already exists. HTTP status 400, not retryable. What to do: Choose another id or name, or use what exists. */
  | 'ALREADY_EXISTS'
  /** A budget of the team, of the key or of the job is used up. HTTP status 403, not retryable. What to do: `budget` says which budget it is. UNPAID_COST: the jobs that the team does not pay for have cost what they may on a day; complete open jobs, or wait until midnight UTC. JOB_COST and JOB_TOKENS: the job's own limit (maxCostUsd, maxTokens), which ends only with the job. JOB_ALLOWANCE: the key has opened as many jobs as its jobAllowance says. CREDITS: only if the error names a `model`. A model that the error names has no price, which a budget in USD needs from the admin. */
  | 'BUDGET_EXCEEDED'
  /** The job still has running calls. HTTP status 409, retryable. What to do: Wait for the calls that the error names, or cancel them. Then complete the job again. */
  | 'CALLS_RUNNING'
  /** The call was cancelled. HTTP status 499, not retryable. What to do: Make a new call if the answer is still wanted. */
  | 'CANCELLED'
  /** This gateway runs only the documents of its list, and this one is not on it. HTTP status 403, not retryable. What to do: Send the id or the text of a listed document, or ask the operator to list this one. */
  | 'DOCUMENT_NOT_TRUSTED'
  /** This credential may not do that. HTTP status 403, not retryable. What to do: Use another credential. The error names the action that is not allowed. */
  | 'FORBIDDEN'
  /** The gateway stopped while the call was running. HTTP status 502, retryable. What to do: Make the call again. The upstream may have billed the first one. */
  | 'GATEWAY_RESTARTED'
  /** The idempotency key was used before, with another input. HTTP status 409, not retryable. What to do: Use a new key for a new request, and the same input for a repeated one. */
  | 'IDEMPOTENCY_CONFLICT'
  /** The team does not have enough credits. HTTP status 403, not retryable. What to do: Ask the admin for credits, or end open jobs that hold some. */
  | 'INSUFFICIENT_CREDITS'
  /** Something went wrong inside the gateway. HTTP status 500, not retryable. What to do: Report it to the operator, with the request id of the error. */
  | 'INTERNAL'
  /** The input is not valid. HTTP status 422, not retryable. What to do: Correct the fields that the error names. It shows what it got for each. */
  | 'INVALID_INPUT'
  /** Its state does not allow that. HTTP status 409, not retryable. What to do: Read the object again: it has ended, or something else must happen first. */
  | 'INVALID_STATE'
  /** The team may not use this model group. HTTP status 403, not retryable. What to do: Name one of the team's model groups, or ask the admin to assign this one. */
  | 'MODEL_GROUP_NOT_ALLOWED'
  /** The thing that was asked for does not exist. HTTP status 404, not retryable. What to do: Check the id. A thing out of the credential's reach gets the same answer as a thing that does not exist. */
  | 'NOT_FOUND'
  /** The gateway already runs as many calls as it can. HTTP status 503, retryable. What to do: Wait until calls have ended, and try again. */
  | 'OVERLOADED'
  /** A limit of the team or of the key is reached. HTTP status 429, retryable. What to do: Wait for as long as retryAfterMs says, and try again. `limit` says what is limited (REQUESTS, TOKENS or CONCURRENCY), and `of` whose limit it is (TEAM or KEY). */
  | 'RATE_LIMITED'
  /** The team is suspended. HTTP status 403, not retryable. What to do: Ask the admin to resume it; a team can also be resumed by its organization, if the admin did not suspend it. `suspended` says what is suspended: TEAM or ORGANIZATION. */
  | 'TEAM_SUSPENDED'
  /** No valid credential was sent. HTTP status 401, not retryable. What to do: Send the admin key, or a key of an organization or a team that is neither expired nor revoked. */
  | 'UNAUTHENTICATED'
  /** The gateway cannot serve this at the moment. HTTP status 503, retryable. What to do: Wait some seconds and try again. */
  | 'UNAVAILABLE'
  /** The model's provider failed. HTTP status 502, retryable. What to do: Try again later. The attempts of the call say what happened to each model. */
  | 'UPSTREAM_FAILED'
  /** The model's provider is limiting requests. HTTP status 429, retryable. What to do: Wait, and try again. The error tells how many milliseconds, if the provider did. */
  | 'UPSTREAM_RATE_LIMITED'
  /** The model's provider refused the request. HTTP status 400, not retryable. What to do: Correct the request. The error tells the provider's own code and the field that it blames, if it named them. */
  | 'UPSTREAM_REJECTED'
  /** The model's provider did not answer in time. HTTP status 504, retryable. What to do: Try again, or ask for a shorter answer. */
  | 'UPSTREAM_TIMEOUT';

/** Credits for the pool of an organization, out of which its keys give to its teams. */
export type GrantOrganizationCreditsInput = {
  /** The number of credits: 1 or more. */
  readonly credits: number;
  /** A key of the client's choice: 1 to 255 characters. For 24 hours the same key returns what the first request brought about, instead of doing it again. The same key with another input is an IDEMPOTENCY_CONFLICT. A request that was refused is not remembered. Null means that a repeated request is carried out again. */
  readonly idempotencyKey?: string | null | undefined;
  /** The organization whose pool gets the credits. */
  readonly organizationId: string;
  /** Why the organization gets them: 1 to 500 characters. It is kept in the ledger. Null means no reason. */
  readonly reason?: string | null | undefined;
};

/** A model of a group. */
export type GroupModelInput = {
  /** The model, as "<upstream>/<model>": the name of an upstream of the gateway, and the name by which that upstream knows the model. Without such a beginning it is a model of the upstream "default". 1 to 200 characters. A group names a model only once. */
  readonly name: string;
  /** The order in which models are tried: 0 to 1000, 0 is first. Null means the model's position in the list. Neighbours in the list that have a weight and no priority share the position of the first of them. */
  readonly priority?: number | null | undefined;
  /** The model's share among the models of its priority: 1 to 1000. Of weights 3 and 1, the first model is asked first by three of four calls; the other is its fallback. Null means 1 if another model of its priority has a weight. If none has, they are tried in the order of the list. */
  readonly weight?: number | null | undefined;
};

/** How many jobs may be opened with a key. Only the fields that are given change, so that two who change different fields at once do not undo each other. A key without an allowance needs jobs and period. If the period is changed, or the allowance is taken away and given again, the count begins anew. */
export type JobAllowanceInput = {
  /** Whether jobs beyond it are refused. False opens them, and counts them in `wouldRefuse`. Absent keeps its value, which is true at first. Null means true. */
  readonly isEnforced?: boolean | null | undefined;
  /** How many jobs in each period: 1 or more. Absent or null keeps its value. */
  readonly jobs?: number | null | undefined;
  /** Another number of jobs for a time, which replaces the one before. Absent keeps that, and null ends it. */
  readonly override?: JobAllowanceOverrideInput | null | undefined;
  /** How long the allowance lasts. Absent or null keeps its value. */
  readonly period?: AllowancePeriod | null | undefined;
};

/** Another number of jobs for a time. When the time is over, the normal one holds again by itself. */
export type JobAllowanceOverrideInput = {
  /** How many jobs in each period: 1 or more. */
  readonly jobs: number;
  /** Until when it holds. Must be in the future. */
  readonly until: string;
};

/** Which jobs to list. A job must fulfil every field that is given. */
export type JobFilter = {
  /** Jobs created at this time or later. */
  readonly createdAfter?: string | null | undefined;
  /** Jobs created before this time. */
  readonly createdBefore?: string | null | undefined;
  /** Jobs whose error message has words that begin with the words of this text, in any order and letter case: "rate lim" finds "Rate limit reached". 1 to 200 characters. */
  readonly errorText?: string | null | undefined;
  /** Jobs of exactly this type. */
  readonly jobType?: string | null | undefined;
  /** Jobs that were opened with one of these virtual keys. At most 100. */
  readonly keyIds?: ReadonlyArray<string> | null | undefined;
  /** Jobs whose metadata has all of this: each name with this value, objects within objects likewise, and lists with at least these items. {} lets through what has any metadata. */
  readonly metadataContains?: Record<string, unknown> | null | undefined;
  /** Jobs with one of these states. */
  readonly status?: ReadonlyArray<JobStatus> | null | undefined;
  /** Jobs of one of these teams. At most 100. */
  readonly teamIds?: ReadonlyArray<string> | null | undefined;
};

/** How a job is to end. */
export type JobOutcome =
  /** The work is called off. The job is free, and its running calls are cancelled. */
  | 'CANCELLED'
  /** The work is done. The job takes its held credit. Team keys only. */
  | 'COMPLETED'
  /** The work came to nothing. The job is free, and its running calls are cancelled. */
  | 'FAILED';

/** The state of a job. COMPLETED, FAILED, CANCELLED and EXPIRED are final. */
export type JobStatus =
  /** Its team, its organization or the admin called the job off. It is free. */
  | 'CANCELLED'
  /** The job is done, and took one credit. */
  | 'COMPLETED'
  /** The job ran out of time. It is free. */
  | 'EXPIRED'
  /** Its team, its organization or the admin gave the job up. It is free. */
  | 'FAILED'
  /** The job is open and has had a call. */
  | 'IN_PROGRESS'
  /** The job is open and has had no call so far. */
  | 'PENDING';

/** A figure that the audit recomputes. */
export type LedgerFigure =
  /** Credits given to the team: granted, corrected, transferred and lapsed. */
  | 'ALLOCATED'
  /** Credits that new jobs can take. Of an entry it is availableAfter. */
  | 'AVAILABLE'
  /** What is left of all grants together. It must be what is available and what is held. */
  | 'GRANTS'
  /** Credits reserved by open jobs. Of an entry it is heldAfter. */
  | 'HELD'
  /** An entry's number in the team's ledger: 1, 2, 3 ... without a gap. */
  | 'SEQUENCE'
  /** Credits taken by completed jobs. */
  | 'USED';

/** What calls are limited to. Only the fields that are given change, so that two who change different fields at once do not undo each other. */
export type LimitsInput = {
  /** Calls that may run at once: 1 to 2147483647. An absent field keeps its value, and null removes the limit. */
  readonly concurrentCalls?: number | null | undefined;
  /** Whether calls beyond the limits are refused. False lets them through, and counts them in `wouldRefuse`. Absent keeps its value, which is true at first. Null means true. */
  readonly isEnforced?: boolean | null | undefined;
  /** Other figures for a time, which replace the ones before. Absent keeps those, and null ends them. */
  readonly override?: LimitsOverrideInput | null | undefined;
  /** Calls that may begin in a minute: 1 to 2147483647. An absent field keeps its value, and null removes the limit. */
  readonly requestsPerMinute?: number | null | undefined;
  /** Tokens that the calls of a minute may use, prompts and answers together: 1 to 2147483647. An absent field keeps its value, and null removes the limit. */
  readonly tokensPerMinute?: number | null | undefined;
};

/** Other figures for a time. When the time is over, the normal ones hold again by themselves. */
export type LimitsOverrideInput = {
  /** Calls that may run at once: 1 to 2147483647. Null means that the normal figure holds. */
  readonly concurrentCalls?: number | null | undefined;
  /** Calls that may begin in a minute: 1 to 2147483647. Null means that the normal figure holds. */
  readonly requestsPerMinute?: number | null | undefined;
  /** Tokens of the calls of a minute: 1 to 2147483647. Null means that the normal figure holds. */
  readonly tokensPerMinute?: number | null | undefined;
  /** Until when these figures hold. Must be in the future. */
  readonly until: string;
};

/** Which calls with an error to count. A call must fulfil every field that is given. */
export type LlmCallErrorFilter = {
  /** Calls that ended with one of these errors. */
  readonly errorCodes?: ReadonlyArray<ErrorCode> | null | undefined;
  /** Calls in jobs of one of these types. At most 100. */
  readonly jobTypes?: ReadonlyArray<string> | null | undefined;
  /** Calls that were made with one of these virtual keys. At most 100. */
  readonly keyIds?: ReadonlyArray<string> | null | undefined;
  /** Calls whose metadata has all of this: each name with this value, objects within objects likewise, and lists with at least these items. {} lets through what has any metadata. */
  readonly metadataContains?: Record<string, unknown> | null | undefined;
  /** Calls that asked for one of these model groups, by the name that they asked for. At most 100. */
  readonly modelGroups?: ReadonlyArray<string> | null | undefined;
  /** Calls whose last attempt asked one of these models. At most 100. */
  readonly models?: ReadonlyArray<string> | null | undefined;
  /** Calls of one of these teams. At most 100. */
  readonly teamIds?: ReadonlyArray<string> | null | undefined;
};

/** Which errors of calls are asked for. */
export type LlmCallErrorsInput = {
  /** Which calls are counted. Null means all in reach. */
  readonly filter?: LlmCallErrorFilter | null | undefined;
  /** The number of groups, from 1 to 100. Null means 20. */
  readonly first?: number | null | undefined;
  /** Calls created at this time or later. */
  readonly from: string;
  /** Calls created before this time, which is after `from`, by 31 days at most. */
  readonly to: string;
};

/** Which calls to list. A call must fulfil every field that is given. */
export type LlmCallFilter = {
  /** Calls created at this time or later. */
  readonly createdAfter?: string | null | undefined;
  /** Calls created before this time. */
  readonly createdBefore?: string | null | undefined;
  /** Calls that ended with one of these errors. */
  readonly errorCodes?: ReadonlyArray<ErrorCode> | null | undefined;
  /** Calls whose error message has words that begin with the words of this text, in any order and letter case: "rate lim" finds "Rate limit reached". 1 to 200 characters. */
  readonly errorText?: string | null | undefined;
  /** Calls in jobs of one of these types. At most 100. */
  readonly jobTypes?: ReadonlyArray<string> | null | undefined;
  /** Calls that were made with one of these virtual keys. At most 100. */
  readonly keyIds?: ReadonlyArray<string> | null | undefined;
  /** Calls of one of these kinds. */
  readonly kind?: ReadonlyArray<LlmCallKind> | null | undefined;
  /** Calls whose metadata has all of this: each name with this value, objects within objects likewise, and lists with at least these items. {} lets through what has any metadata. */
  readonly metadataContains?: Record<string, unknown> | null | undefined;
  /** Calls that asked for one of these model groups, by the name that they asked for. At most 100. */
  readonly modelGroups?: ReadonlyArray<string> | null | undefined;
  /** Calls whose last attempt asked one of these models. At most 100. */
  readonly models?: ReadonlyArray<string> | null | undefined;
  /** Calls with one of these states. */
  readonly status?: ReadonlyArray<LlmCallStatus> | null | undefined;
  /** Calls of one of these teams. At most 100. */
  readonly teamIds?: ReadonlyArray<string> | null | undefined;
};

/** A question to a model group. */
export type LlmCallInput = {
  /** A key of the client's choice: 1 to 255 characters. For 24 hours the same key returns what the first request brought about, instead of doing it again. The same key with another input is an IDEMPOTENCY_CONFLICT. A request that was refused is not remembered. Null means that a repeated request is carried out again. */
  readonly idempotencyKey?: string | null | undefined;
  /** The open job that the call belongs to. Null opens a job for this call alone, which ends with it: as COMPLETED if the call succeeds, or if its own client cancels it after the first token, otherwise as FAILED. */
  readonly jobId?: string | null | undefined;
  /** The jobType of the job that is opened if jobId is null: 1 to 100 characters. Null means "llm-call". It is not allowed beside jobId. */
  readonly jobType?: string | null | undefined;
  /** The most tokens that the answer may have: 1 or more. Null leaves it to the model. */
  readonly maxTokens?: number | null | undefined;
  /** The conversation: 1 to 2000 messages. */
  readonly messages: ReadonlyArray<MessageInput>;
  /** Free data, at most 16 KiB as JSON. Null means {}. */
  readonly metadata?: Record<string, unknown> | null | undefined;
  /** The name of one of the team's model groups. */
  readonly modelGroup: string;
  /** What happens if the client goes away. Null means CANCEL for streamLlmCall, and FINISH for runLlmCall and startLlmCall. */
  readonly onDisconnect?: DisconnectPolicy | null | undefined;
  /** What happens if a model fails in the middle of its answer. Null means FAIL. */
  readonly onMidStreamFailure?: MidStreamFailurePolicy | null | undefined;
  /** Further fields of the request to the upstream, under the names it knows, such as {presence_penalty: 0.5}: what OpenAI's chat completions have, and the sampling and thinking options of the large providers. Any other name is refused, unless the admin named it in allowedOptions of the model group. Fields in extra_body are judged and sent as if they stood beside it. Null counts as absent. Fields that this input has are not allowed here. */
  readonly providerOptions?: Record<string, unknown> | null | undefined;
  /** What the call is for: 1 to 200 characters. Null means that the team does not say. */
  readonly purpose?: string | null | undefined;
  /** The form of the answer, such as {type: "json_object"} or {type: "json_schema", json_schema: ...}, as OpenAI defines it. Null means text. */
  readonly responseFormat?: Record<string, unknown> | null | undefined;
  /** A number that makes answers repeatable, if the model can do that. Null means none. */
  readonly seed?: number | null | undefined;
  /** Up to 16 texts. The answer ends before the first of them. Null and [] mean none. */
  readonly stop?: ReadonlyArray<string> | null | undefined;
  /** The team. It must be the key's own team, which is also what null means. It is not allowed beside jobId. */
  readonly teamId?: string | null | undefined;
  /** How freely the model chooses its words: 0 to 2. Null leaves it to the model. */
  readonly temperature?: number | null | undefined;
  /** "none", "auto", "required", or an object that names a tool, as OpenAI defines it. Null leaves it to the model. */
  readonly toolChoice?: unknown;
  /** The tools that the model may call, as OpenAI defines them: up to 128. Null and [] mean none. */
  readonly tools?: ReadonlyArray<Record<string, unknown>> | null | undefined;
  /** The share of probability that the model chooses from: 0 to 1. Null leaves it to the model. */
  readonly topP?: number | null | undefined;
};

/** What a call asks for. */
export type LlmCallKind =
  /** An answer to a conversation. */
  | 'CHAT'
  /** The continuation of a text, by OpenAI's older interface. */
  | 'COMPLETION'
  /** Vectors of texts. They are not stored. */
  | 'EMBEDDING'
  /** Whether texts are harmful. */
  | 'MODERATION';

/** The state of a call. All but RUNNING are final. */
export type LlmCallStatus =
  /** The call ended before it was done, by its team, its organization, the admin or the end of its job. */
  | 'CANCELLED'
  /** No model answered in full. The field `error` says why. */
  | 'FAILED'
  /** The call was admitted, and no model has answered in full yet. */
  | 'RUNNING'
  /** A model answered in full. */
  | 'SUCCEEDED';

/** What a model costs if the prompt is long. */
export type LongContextPriceInput = {
  /** USD per million tokens of a long prompt that came from the upstream's cache. Null means that they cost what other tokens of a long prompt cost. */
  readonly cachedInputUsdPerMillionTokens?: string | null | undefined;
  /** USD per million tokens of a long prompt. */
  readonly inputUsdPerMillionTokens: string;
  /** USD per million tokens of the answer to a long prompt. */
  readonly outputUsdPerMillionTokens: string;
  /** A prompt of more tokens than this is long: 1 to 100,000,000. */
  readonly thresholdTokens: number;
};

/** A message in OpenAI's chat format. */
export type MessageInput = {
  /** The text, which may be empty. Give exactly one of content and parts. An ASSISTANT or FUNCTION message may have neither. */
  readonly content?: string | null | undefined;
  /** The speaker's name: 1 to 64 characters. A FUNCTION message must have it. Null means no name. */
  readonly name?: string | null | undefined;
  /** Content parts instead of text, as OpenAI defines them: {type: "text", text}, {type: "image_url", image_url} ... */
  readonly parts?: ReadonlyArray<Record<string, unknown>> | null | undefined;
  /** Further fields of the message for the upstream, under the names it knows, such as {cache_control: ...}. Fields that this input has are not allowed here. */
  readonly providerOptions?: Record<string, unknown> | null | undefined;
  /** Who speaks. */
  readonly role: MessageRole;
  /** The id of the tool call that a TOOL message answers. Other messages must not have it. */
  readonly toolCallId?: string | null | undefined;
  /** The functions that an ASSISTANT message asked to be called, as OpenAI defines them. Null and [] mean none. */
  readonly toolCalls?: ReadonlyArray<Record<string, unknown>> | null | undefined;
};

/** Who speaks, as OpenAI's chat format defines it. */
export type MessageRole =
  /** The model. */
  | 'ASSISTANT'
  /** Instructions to the model, as newer models of OpenAI call them. */
  | 'DEVELOPER'
  /** The same in OpenAI's older interface: `name` is the function's name. */
  | 'FUNCTION'
  /** Instructions to the model. */
  | 'SYSTEM'
  /** The result of a function that the model asked to be called. */
  | 'TOOL'
  /** The person who asks. */
  | 'USER';

/** What happens to a call if its model fails in the middle of its answer. */
export type MidStreamFailurePolicy =
  /** The call has FAILED. What had arrived until then is kept and billed. */
  | 'FAIL'
  /** The group's next model starts over, after LlmCallModelSwitched with discard: true. Both models are billed. If there is no next model, the call has FAILED. */
  | 'RESTART';

/** What a person may do who has signed in. */
export type PersonRole =
  /** What the admin key may do. */
  | 'ADMIN'
  /** What a key of the person's organization may do. */
  | 'ORGANIZATION'
  /** Reads what an ADMIN reads, or if the person has an organization what ORGANIZATION reads. Changes nothing. */
  | 'VIEWER';

/** What a model costs, in USD per million tokens. Prices are exact decimals as strings, such as "0.15", from 0 to 10000. */
export type SetModelPriceInput = {
  /** USD per million tokens of the prompt that are sound. Null means that they have no price: then the part is UNPRICED. */
  readonly audioInputUsdPerMillionTokens?: string | null | undefined;
  /** USD per million tokens of the answer that are sound. Null means that they have no price: then the part is UNPRICED. */
  readonly audioOutputUsdPerMillionTokens?: string | null | undefined;
  /** USD per million tokens of the prompt that were written to the upstream's cache for 5 minutes, or for a time that the upstream does not tell. Null means that they have no price: then the part is UNPRICED. */
  readonly cacheWriteUsdPerMillionTokens?: string | null | undefined;
  /** USD per million tokens of the prompt that came from the upstream's cache. Null means that they cost what other tokens of the prompt cost. */
  readonly cachedInputUsdPerMillionTokens?: string | null | undefined;
  /** USD per million tokens of the prompt. */
  readonly inputUsdPerMillionTokens: string;
  /** The prices of prompts of more tokens than a threshold, for all tokens of such a prompt and its answer. Prices that it does not have, such as those of sound, are the same for all prompts. Null means that all prompts have the same price. */
  readonly longContext?: LongContextPriceInput | null | undefined;
  /** The name by which the upstream knows the model: 1 to 200 characters. The model need not be in a group. */
  readonly model: string;
  /** USD per million tokens of the prompt that were written to the upstream's cache for an hour. Null means that they have no price: then the part is UNPRICED. */
  readonly oneHourCacheWriteUsdPerMillionTokens?: string | null | undefined;
  /** USD per million tokens of the answer. */
  readonly outputUsdPerMillionTokens: string;
};

/** Credits that go from a team, or from the pool of an organization, to a team or pool of the same organization. Exactly one of the two `from` fields and one of the two `to` fields is given. */
export type TransferCreditsInput = {
  /** The number of credits: 1 or more. */
  readonly credits: number;
  /** The organization whose pool gives. */
  readonly fromOrganizationId?: string | null | undefined;
  /** The team that gives. */
  readonly fromTeamId?: string | null | undefined;
  /** A key of the client's choice: 1 to 255 characters. For 24 hours the same key returns what the first request brought about, instead of doing it again. The same key with another input is an IDEMPOTENCY_CONFLICT. A request that was refused is not remembered. Null means that a repeated request is carried out again. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why they are moved: 1 to 500 characters. It is kept in the ledger. */
  readonly reason: string;
  /** The organization whose pool gets. */
  readonly toOrganizationId?: string | null | undefined;
  /** The team that gets. */
  readonly toTeamId?: string | null | undefined;
};

/** Another limit of unpaid cost for a time. When the time is over, the normal one holds again by itself. */
export type UnpaidCostOverrideInput = {
  /** USD a day, without the markup: 0 to 1000000. 0 refuses every call. */
  readonly unpaidCostUsdPerDay: string;
  /** Until when it holds. Must be in the future. */
  readonly until: string;
};

/** Changes of a model group. A field that is null stays as it is. */
export type UpdateModelGroupInput = {
  /** Up to 50 names that calls may pass on in providerOptions beyond those that every group allows, such as service_tier. "tools.web_search" allows tools of that type. They replace the old ones, and [] allows none. */
  readonly allowedOptions?: ReadonlyArray<string> | null | undefined;
  /** What the group is for: 1 to 2000 characters. */
  readonly description?: string | null | undefined;
  /** The name that is shown to people: 1 to 200 characters. */
  readonly displayName?: string | null | undefined;
  /** Whether the vectors of its models compare with each other, as those of one model at two upstreams do. Then an embedding may ask each of them. Otherwise it asks the first model only. */
  readonly interchangeableEmbeddings?: boolean | null | undefined;
  /** The most tokens that an answer may have, in whichever spelling a call asks for them: 1 or more. A call that asks for more is refused, and one that does not say gets this limit. 0 takes the limit away. */
  readonly maxOutputTokens?: number | null | undefined;
  /** The models that replace all models of the group: 1 to 20 models, each named once. */
  readonly models?: ReadonlyArray<GroupModelInput> | null | undefined;
  /** The name of the group. A name is never changed. */
  readonly name: string;
};

/** Changes of an organization. Only what is given changes. */
export type UpdateOrganizationInput = {
  /** The id of the organization. */
  readonly id: string;
  /** Names to set in the metadata; the other names stay. The whole is at most 16 KiB as JSON. Null empties it. */
  readonly metadata?: Record<string, unknown> | null | undefined;
  /** The name, for people: 1 to 200 characters. Null keeps it. */
  readonly name?: string | null | undefined;
};

/** Changes of a team. Only what is given changes. */
export type UpdateTeamInput = {
  /** The name, for people: 1 to 200 characters. Null means the id. */
  readonly alias?: string | null | undefined;
  /** How the team is billed, for jobs that are created from then on. Admin only. Null changes nothing. */
  readonly billing?: BillingInput | null | undefined;
  /** What the calls of each key are limited to that has no limit of its own. Null removes all of these limits. */
  readonly defaultKeyLimits?: LimitsInput | null | undefined;
  /** The id of the team. */
  readonly id: string;
  /** What all calls of the team together are limited to. Null removes all of these limits. */
  readonly limits?: LimitsInput | null | undefined;
  /** Names to set in the metadata; the other names stay. The whole is at most 16 KiB as JSON. Null empties it. */
  readonly metadata?: Record<string, unknown> | null | undefined;
  /** The names of the model groups that replace those of the team: at most 100. An empty list takes all groups away. Null keeps them. */
  readonly modelGroups?: ReadonlyArray<string> | null | undefined;
};

/** A change of a webhook. What is not given, or null, stays. */
export type UpdateWebhookInput = {
  /** What it is told of: at least one type, each once. WEBHOOK_TEST cannot be asked for. */
  readonly events?: ReadonlyArray<WebhookEventType> | null | undefined;
  /** The id of the webhook. */
  readonly id: string;
  /** Whether it is told of anything. False also gives up what waits for it: within some seconds it is FAILED, and can be replayed. */
  readonly isEnabled?: boolean | null | undefined;
  /** Where events are posted to: an https URL of at most 2000 characters, without a user or a password. Its host must be public. If WEBHOOK_PRIVATE_NETWORKS=allow, http and private hosts are allowed, too. What waits is sent there, too. */
  readonly url?: string | null | undefined;
};

/** Who answers as the models. */
export type UpstreamKind =
  /** A server that speaks Anthropic's API. */
  | 'ANTHROPIC'
  /** OpenAI's models on Azure. */
  | 'AZURE_OPENAI'
  /** OpenAI itself. */
  | 'OPENAI'
  /** A server that speaks OpenAI's API. */
  | 'OPENAI_COMPATIBLE'
  /** The simulated model, whose answers are made up. */
  | 'SIMULATED';

/** What the rows of a report are about, beside a time. */
export type UsageDimension =
  /** A type of jobs. */
  | 'JOB_TYPE'
  /** A virtual key: that which made the call, or opened the job. */
  | 'KEY'
  /** A model. A call counts under the model of its last attempt. Attempts, tokens and cost count under the model of the attempt itself, so that what a failed model cost is seen. */
  | 'MODEL'
  /** A model group, by the name that was asked for. */
  | 'MODEL_GROUP'
  /** An organization. */
  | 'ORGANIZATION'
  /** The status of the job. Calls of a job that is open count as IN_PROGRESS until it ends. */
  | 'OUTCOME'
  /** A team. */
  | 'TEAM';

/** What a report counts. It must fit every field that is given. */
export type UsageFilter = {
  /** Only jobs of one of these types, and their calls. Null means all, and an empty list none. At most 100. */
  readonly jobTypes?: ReadonlyArray<string> | null | undefined;
  /** Only calls that one of these virtual keys made, and jobs that it opened. Null means all, and an empty list none. At most 100. */
  readonly keyIds?: ReadonlyArray<string> | null | undefined;
  /** Only calls that asked for one of these model groups. Jobs have none. Null means all, and an empty list none. At most 100. */
  readonly modelGroups?: ReadonlyArray<string> | null | undefined;
  /** Only what counts under one of these models. Jobs have none. Null means all, and an empty list none. At most 100. */
  readonly models?: ReadonlyArray<string> | null | undefined;
  /** Only what is of one of these organizations. Null means all, and an empty list none. At most 100. */
  readonly organizationIds?: ReadonlyArray<string> | null | undefined;
  /** Only what is of one of these teams. Null means all, and an empty list none. At most 100. */
  readonly teamIds?: ReadonlyArray<string> | null | undefined;
};

/** How long a time a row of a report is about. Hours, days and months are those of UTC. */
export type UsageGranularity =
  /** The whole range. */
  | 'ALL'
  /** One day. */
  | 'DAY'
  /** One hour. */
  | 'HOUR'
  /** One month. */
  | 'MONTH';

/** Which report is asked for. */
export type UsageInput = {
  /** The cursor of the row after which the page begins, of a report with the same range, granularity and groupBy. Null means the beginning. */
  readonly after?: string | null | undefined;
  /** What is counted. Null means everything in reach. */
  readonly filter?: UsageFilter | null | undefined;
  /** The number of rows, from 1 to 1000. Null means 100. */
  readonly first?: number | null | undefined;
  /** The beginning of the range. The hour that it is in counts as a whole. */
  readonly from: string;
  /** How long a time each row is about. Null means DAY. */
  readonly granularity?: UsageGranularity | null | undefined;
  /** What each row is about, beside its time. Null means nothing else. */
  readonly groupBy?: ReadonlyArray<UsageDimension> | null | undefined;
  /** The end of the range: after `from`, by 10 years at most. The hour that it is in counts as a whole, unless the hour begins with it. */
  readonly to: string;
};

/** How the numbers of tokens are known. */
export type UsageSource =
  /** The gateway counted them, with the o200k_base tokenizer: the upstream reported none, or the gateway closed a request that it had sent, in which case its prompt counts. */
  | 'ESTIMATED'
  /** The upstream reported them. */
  | 'REPORTED'
  /** The upstream may have billed an attempt without saying for how many tokens. The counts are those that are known, and 0 if none are. */
  | 'UNKNOWN';

/** Which keys are listed. A key must fit everything that is given. */
export type VirtualKeyFilter = {
  /** Only keys with one of these. Null means all. */
  readonly status?: ReadonlyArray<VirtualKeyStatus> | null | undefined;
  /** Only keys that were there before this time and have not been used since. The last use is exact to a minute. Null means all. */
  readonly unusedSince?: string | null | undefined;
  /** True: only keys that never expire. False: only the others. Null means all. */
  readonly withoutExpiry?: boolean | null | undefined;
  /** True: only keys with no limit, neither of their own nor in `defaultKeyLimits` of their team. False: only the others. Null means all. */
  readonly withoutLimit?: boolean | null | undefined;
};

/** Whether a key of a team or an organization is accepted. */
export type VirtualKeyStatus =
  /** The key is accepted. */
  | 'ACTIVE'
  /** The key is refused, because its time ran out. */
  | 'EXPIRED'
  /** The key is refused, because it was revoked. */
  | 'REVOKED';

/** What a webhook is told of. docs/webhooks.md has the data of each. */
export type WebhookEventType =
  /** A budget has refused a call or a job: told once for the team, key or job, its budget and the period. On the wire it is budget.exceeded. */
  | 'BUDGET_EXCEEDED'
  /** A team has no available credits any more. On the wire it is credits.exhausted. */
  | 'CREDITS_EXHAUSTED'
  /** A team's available credits were above one of its thresholds, and are not any more. If they pass several at once, the lowest is told. On the wire it is credits.low. */
  | 'CREDITS_LOW'
  /** A job was cancelled. On the wire it is job.cancelled. */
  | 'JOB_CANCELLED'
  /** A job was completed. On the wire it is job.completed. */
  | 'JOB_COMPLETED'
  /** A job ran out of time. On the wire it is job.expired. */
  | 'JOB_EXPIRED'
  /** A job failed. On the wire it is job.failed. */
  | 'JOB_FAILED'
  /** A key of a team or of an organization expires within 7 days. It is told once for each expiry. On the wire it is key.expiring. */
  | 'KEY_EXPIRING'
  /** What testWebhook sends. On the wire it is webhook.test. */
  | 'WEBHOOK_TEST';

type CallEvent_LlmCallDelta_Fragment = { readonly __typename: 'LlmCallDelta', readonly content: string, readonly callId: string, readonly sequence: number };

type CallEvent_LlmCallFinished_Fragment = { readonly __typename: 'LlmCallFinished', readonly callId: string, readonly sequence: number, readonly call: { readonly id: string, readonly status: LlmCallStatus, readonly model: string | null, readonly latencyMs: number | null, readonly timeToFirstTokenMs: number | null, readonly costUsd: string | null, readonly costSource: CostSource | null, readonly finishReason: string | null, readonly job: { readonly id: string }, readonly usage: { readonly promptTokens: number, readonly completionTokens: number, readonly totalTokens: number, readonly source: UsageSource } | null, readonly error: { readonly code: ErrorCode, readonly message: string } | null, readonly attempts: ReadonlyArray<{ readonly number: number, readonly model: string, readonly provider: string, readonly status: LlmCallStatus, readonly failureKind: AttemptErrorKind | null, readonly startedAt: string, readonly firstTokenAt: string | null, readonly endedAt: string, readonly costUsd: string | null }> } };

type CallEvent_LlmCallModelSwitched_Fragment = { readonly __typename: 'LlmCallModelSwitched', readonly fromModel: string, readonly toModel: string, readonly reason: string, readonly discard: boolean, readonly callId: string, readonly sequence: number };

type CallEvent_LlmCallReasoningDelta_Fragment = { readonly __typename: 'LlmCallReasoningDelta', readonly content: string, readonly callId: string, readonly sequence: number };

type CallEvent_LlmCallSnapshot_Fragment = { readonly __typename: 'LlmCallSnapshot', readonly content: string, readonly reasoning: string, readonly callId: string, readonly sequence: number, readonly toolCalls: ReadonlyArray<{ readonly name: string, readonly arguments: string }> };

type CallEvent_LlmCallStarted_Fragment = { readonly __typename: 'LlmCallStarted', readonly model: string, readonly callId: string, readonly sequence: number };

type CallEvent_LlmToolCallDelta_Fragment = { readonly __typename: 'LlmToolCallDelta', readonly index: number, readonly name: string | null, readonly arguments: string | null, readonly callId: string, readonly sequence: number };

export type CallEventFragment =
  | CallEvent_LlmCallDelta_Fragment
  | CallEvent_LlmCallFinished_Fragment
  | CallEvent_LlmCallModelSwitched_Fragment
  | CallEvent_LlmCallReasoningDelta_Fragment
  | CallEvent_LlmCallSnapshot_Fragment
  | CallEvent_LlmCallStarted_Fragment
  | CallEvent_LlmToolCallDelta_Fragment
;

export type CallEventsSubscriptionVariables = Exact<{
  callId: string;
  after?: number | null | undefined;
}>;


export type CallEventsSubscription = { readonly llmCallEvents:
    | { readonly __typename: 'LlmCallDelta', readonly content: string, readonly callId: string, readonly sequence: number }
    | { readonly __typename: 'LlmCallFinished', readonly callId: string, readonly sequence: number, readonly call: { readonly id: string, readonly status: LlmCallStatus, readonly model: string | null, readonly latencyMs: number | null, readonly timeToFirstTokenMs: number | null, readonly costUsd: string | null, readonly costSource: CostSource | null, readonly finishReason: string | null, readonly job: { readonly id: string }, readonly usage: { readonly promptTokens: number, readonly completionTokens: number, readonly totalTokens: number, readonly source: UsageSource } | null, readonly error: { readonly code: ErrorCode, readonly message: string } | null, readonly attempts: ReadonlyArray<{ readonly number: number, readonly model: string, readonly provider: string, readonly status: LlmCallStatus, readonly failureKind: AttemptErrorKind | null, readonly startedAt: string, readonly firstTokenAt: string | null, readonly endedAt: string, readonly costUsd: string | null }> } }
    | { readonly __typename: 'LlmCallModelSwitched', readonly fromModel: string, readonly toModel: string, readonly reason: string, readonly discard: boolean, readonly callId: string, readonly sequence: number }
    | { readonly __typename: 'LlmCallReasoningDelta', readonly content: string, readonly callId: string, readonly sequence: number }
    | { readonly __typename: 'LlmCallSnapshot', readonly content: string, readonly reasoning: string, readonly callId: string, readonly sequence: number, readonly toolCalls: ReadonlyArray<{ readonly name: string, readonly arguments: string }> }
    | { readonly __typename: 'LlmCallStarted', readonly model: string, readonly callId: string, readonly sequence: number }
    | { readonly __typename: 'LlmToolCallDelta', readonly index: number, readonly name: string | null, readonly arguments: string | null, readonly callId: string, readonly sequence: number }
   };

export type CancelCallMutationVariables = Exact<{
  id: string;
}>;


export type CancelCallMutation = { readonly cancelLlmCall: { readonly id: string, readonly status: LlmCallStatus } | null };

export type AuditLineFragment = { readonly id: string, readonly sequence: number, readonly createdAt: string, readonly actor: string, readonly operation: string, readonly subjectType: string, readonly subjectId: string, readonly organizationId: string | null, readonly requestId: string, readonly before: Record<string, unknown> | null, readonly after: Record<string, unknown> | null, readonly hash: string };

export type AuditLinesQueryVariables = Exact<{
  after?: string | null | undefined;
  filter?: AuditFilter | null | undefined;
}>;


export type AuditLinesQuery = { readonly auditEntries: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly sequence: number, readonly createdAt: string, readonly actor: string, readonly operation: string, readonly subjectType: string, readonly subjectId: string, readonly organizationId: string | null, readonly requestId: string, readonly before: Record<string, unknown> | null, readonly after: Record<string, unknown> | null, readonly hash: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type OrganizationAuditLinesQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
  filter?: AuditFilter | null | undefined;
}>;


export type OrganizationAuditLinesQuery = { readonly organization: { readonly id: string, readonly auditEntries: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly sequence: number, readonly createdAt: string, readonly actor: string, readonly operation: string, readonly subjectType: string, readonly subjectId: string, readonly organizationId: string | null, readonly requestId: string, readonly before: Record<string, unknown> | null, readonly after: Record<string, unknown> | null, readonly hash: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null };

export type AuditEndQueryVariables = Exact<{ [key: string]: never; }>;


export type AuditEndQuery = { readonly auditEntries: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly sequence: number } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type AuditPartQueryVariables = Exact<{
  after: number;
}>;


export type AuditPartQuery = { readonly auditCheck: { readonly isSound: boolean, readonly isComplete: boolean, readonly checkedLines: number, readonly lastSequence: number, readonly lastHash: string, readonly fault: { readonly sequence: number, readonly kind: AuditFaultKind } | null } | null };

export type CallRowFragment = { readonly id: string, readonly kind: LlmCallKind, readonly status: LlmCallStatus, readonly purpose: string | null, readonly modelGroup: string, readonly model: string | null, readonly createdAt: string, readonly finishedAt: string | null, readonly latencyMs: number | null, readonly timeToFirstTokenMs: number | null, readonly costUsd: string | null, readonly costSource: CostSource | null, readonly hasUnpricedPart: boolean, readonly team: { readonly id: string, readonly alias: string }, readonly job: { readonly id: string, readonly jobType: string }, readonly usage: { readonly promptTokens: number, readonly cachedPromptTokens: number | null, readonly cacheWritePromptTokens: number | null, readonly completionTokens: number, readonly reasoningTokens: number | null, readonly totalTokens: number, readonly source: UsageSource } | null, readonly error: { readonly code: ErrorCode, readonly message: string, readonly retryAfterMs: number | null, readonly upstreamCode: string | null, readonly upstreamParam: string | null } | null, readonly attempts: ReadonlyArray<{ readonly number: number, readonly model: string, readonly provider: string, readonly upstream: string | null, readonly status: LlmCallStatus, readonly failureKind: AttemptErrorKind | null, readonly startedAt: string, readonly firstTokenAt: string | null, readonly endedAt: string, readonly costUsd: string | null, readonly costSource: CostSource | null, readonly usage: { readonly totalTokens: number, readonly source: UsageSource } | null }> };

export type CallsQueryVariables = Exact<{
  filter?: LlmCallFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type CallsQuery = { readonly llmCalls: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly kind: LlmCallKind, readonly status: LlmCallStatus, readonly purpose: string | null, readonly modelGroup: string, readonly model: string | null, readonly createdAt: string, readonly finishedAt: string | null, readonly latencyMs: number | null, readonly timeToFirstTokenMs: number | null, readonly costUsd: string | null, readonly costSource: CostSource | null, readonly hasUnpricedPart: boolean, readonly team: { readonly id: string, readonly alias: string }, readonly job: { readonly id: string, readonly jobType: string }, readonly usage: { readonly promptTokens: number, readonly cachedPromptTokens: number | null, readonly cacheWritePromptTokens: number | null, readonly completionTokens: number, readonly reasoningTokens: number | null, readonly totalTokens: number, readonly source: UsageSource } | null, readonly error: { readonly code: ErrorCode, readonly message: string, readonly retryAfterMs: number | null, readonly upstreamCode: string | null, readonly upstreamParam: string | null } | null, readonly attempts: ReadonlyArray<{ readonly number: number, readonly model: string, readonly provider: string, readonly upstream: string | null, readonly status: LlmCallStatus, readonly failureKind: AttemptErrorKind | null, readonly startedAt: string, readonly firstTokenAt: string | null, readonly endedAt: string, readonly costUsd: string | null, readonly costSource: CostSource | null, readonly usage: { readonly totalTokens: number, readonly source: UsageSource } | null }> } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type CallCountQueryVariables = Exact<{
  filter?: LlmCallFilter | null | undefined;
}>;


export type CallCountQuery = { readonly llmCalls: { readonly totalCount: number } | null };

export type ErrorGroupsQueryVariables = Exact<{
  input: LlmCallErrorsInput;
}>;


export type ErrorGroupsQuery = { readonly llmCallErrors: { readonly isComplete: boolean, readonly countedFrom: string, readonly countedCalls: number, readonly groupCount: number, readonly groups: ReadonlyArray<{ readonly errorCode: ErrorCode, readonly model: string | null, readonly calls: number, readonly lastAt: string, readonly lastCall: { readonly id: string, readonly error: { readonly code: ErrorCode, readonly message: string, readonly retryAfterMs: number | null, readonly upstreamCode: string | null, readonly upstreamParam: string | null } | null } | null }> } | null };

export type ModelGroupNamesQueryVariables = Exact<{ [key: string]: never; }>;


export type ModelGroupNamesQuery = { readonly modelGroups: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly name: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type JobFactsFragment = { readonly id: string, readonly jobType: string, readonly status: JobStatus, readonly createdAt: string, readonly startedAt: string | null, readonly completedAt: string | null, readonly expiresAt: string | null, readonly errorMessage: string | null, readonly maxCostUsd: string | null, readonly maxTokens: number | null, readonly metadata: Record<string, unknown>, readonly key: { readonly id: string, readonly name: string | null, readonly prefix: string } | null, readonly team: { readonly id: string, readonly alias: string }, readonly costs: { readonly totalCalls: number, readonly successfulCalls: number, readonly failedCalls: number, readonly cancelledCalls: number, readonly runningCalls: number, readonly promptTokens: number, readonly completionTokens: number, readonly totalTokens: number, readonly totalCostUsd: string, readonly failedAttemptsCostUsd: string, readonly creditsPosted: number, readonly creditsRemaining: number, readonly estimatedCalls: number, readonly unknownUsageCalls: number, readonly unpricedCalls: number, readonly partlyUnpricedCalls: number }, readonly creditEntries: ReadonlyArray<{ readonly id: string, readonly kind: CreditEntryKind, readonly credits: number, readonly heldCredits: number, readonly availableAfter: number, readonly createdAt: string, readonly actor: string, readonly reason: string | null }> };

export type JobQueryVariables = Exact<{
  id: string;
}>;


export type JobQuery = { readonly job: { readonly id: string, readonly jobType: string, readonly status: JobStatus, readonly createdAt: string, readonly startedAt: string | null, readonly completedAt: string | null, readonly expiresAt: string | null, readonly errorMessage: string | null, readonly maxCostUsd: string | null, readonly maxTokens: number | null, readonly metadata: Record<string, unknown>, readonly key: { readonly id: string, readonly name: string | null, readonly prefix: string } | null, readonly team: { readonly id: string, readonly alias: string }, readonly costs: { readonly totalCalls: number, readonly successfulCalls: number, readonly failedCalls: number, readonly cancelledCalls: number, readonly runningCalls: number, readonly promptTokens: number, readonly completionTokens: number, readonly totalTokens: number, readonly totalCostUsd: string, readonly failedAttemptsCostUsd: string, readonly creditsPosted: number, readonly creditsRemaining: number, readonly estimatedCalls: number, readonly unknownUsageCalls: number, readonly unpricedCalls: number, readonly partlyUnpricedCalls: number }, readonly creditEntries: ReadonlyArray<{ readonly id: string, readonly kind: CreditEntryKind, readonly credits: number, readonly heldCredits: number, readonly availableAfter: number, readonly createdAt: string, readonly actor: string, readonly reason: string | null }> } | null };

export type JobCallsQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type JobCallsQuery = { readonly job: { readonly id: string, readonly llmCalls: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly kind: LlmCallKind, readonly status: LlmCallStatus, readonly purpose: string | null, readonly modelGroup: string, readonly model: string | null, readonly createdAt: string, readonly finishedAt: string | null, readonly latencyMs: number | null, readonly timeToFirstTokenMs: number | null, readonly costUsd: string | null, readonly costSource: CostSource | null, readonly hasUnpricedPart: boolean, readonly usage: { readonly promptTokens: number, readonly cachedPromptTokens: number | null, readonly cacheWritePromptTokens: number | null, readonly completionTokens: number, readonly reasoningTokens: number | null, readonly totalTokens: number, readonly source: UsageSource } | null, readonly error: { readonly code: ErrorCode, readonly message: string, readonly retryAfterMs: number | null, readonly upstreamCode: string | null, readonly upstreamParam: string | null } | null, readonly attempts: ReadonlyArray<{ readonly number: number, readonly model: string, readonly provider: string, readonly upstream: string | null, readonly status: LlmCallStatus, readonly failureKind: AttemptErrorKind | null, readonly startedAt: string, readonly firstTokenAt: string | null, readonly endedAt: string, readonly costUsd: string | null, readonly costSource: CostSource | null, readonly usage: { readonly totalTokens: number, readonly source: UsageSource } | null }> } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type JobUpdatedSubscriptionVariables = Exact<{
  id: string;
}>;


export type JobUpdatedSubscription = { readonly jobUpdated: { readonly id: string, readonly jobType: string, readonly status: JobStatus, readonly createdAt: string, readonly startedAt: string | null, readonly completedAt: string | null, readonly expiresAt: string | null, readonly errorMessage: string | null, readonly maxCostUsd: string | null, readonly maxTokens: number | null, readonly metadata: Record<string, unknown>, readonly key: { readonly id: string, readonly name: string | null, readonly prefix: string } | null, readonly team: { readonly id: string, readonly alias: string }, readonly costs: { readonly totalCalls: number, readonly successfulCalls: number, readonly failedCalls: number, readonly cancelledCalls: number, readonly runningCalls: number, readonly promptTokens: number, readonly completionTokens: number, readonly totalTokens: number, readonly totalCostUsd: string, readonly failedAttemptsCostUsd: string, readonly creditsPosted: number, readonly creditsRemaining: number, readonly estimatedCalls: number, readonly unknownUsageCalls: number, readonly unpricedCalls: number, readonly partlyUnpricedCalls: number }, readonly creditEntries: ReadonlyArray<{ readonly id: string, readonly kind: CreditEntryKind, readonly credits: number, readonly heldCredits: number, readonly availableAfter: number, readonly createdAt: string, readonly actor: string, readonly reason: string | null }> } };

export type EndJobMutationVariables = Exact<{
  input: CompleteJobInput;
}>;


export type EndJobMutation = { readonly completeJob: { readonly job: { readonly id: string, readonly jobType: string, readonly status: JobStatus, readonly createdAt: string, readonly startedAt: string | null, readonly completedAt: string | null, readonly expiresAt: string | null, readonly errorMessage: string | null, readonly maxCostUsd: string | null, readonly maxTokens: number | null, readonly metadata: Record<string, unknown>, readonly key: { readonly id: string, readonly name: string | null, readonly prefix: string } | null, readonly team: { readonly id: string, readonly alias: string }, readonly costs: { readonly totalCalls: number, readonly successfulCalls: number, readonly failedCalls: number, readonly cancelledCalls: number, readonly runningCalls: number, readonly promptTokens: number, readonly completionTokens: number, readonly totalTokens: number, readonly totalCostUsd: string, readonly failedAttemptsCostUsd: string, readonly creditsPosted: number, readonly creditsRemaining: number, readonly estimatedCalls: number, readonly unknownUsageCalls: number, readonly unpricedCalls: number, readonly partlyUnpricedCalls: number }, readonly creditEntries: ReadonlyArray<{ readonly id: string, readonly kind: CreditEntryKind, readonly credits: number, readonly heldCredits: number, readonly availableAfter: number, readonly createdAt: string, readonly actor: string, readonly reason: string | null }> } } | null };

export type JobRowFragment = { readonly id: string, readonly jobType: string, readonly status: JobStatus, readonly createdAt: string, readonly completedAt: string | null, readonly errorMessage: string | null, readonly team: { readonly id: string, readonly alias: string }, readonly costs: { readonly totalCalls: number, readonly runningCalls: number, readonly failedCalls: number, readonly totalTokens: number, readonly totalCostUsd: string, readonly creditsPosted: number } };

export type JobsQueryVariables = Exact<{
  filter?: JobFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type JobsQuery = { readonly jobs: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly jobType: string, readonly status: JobStatus, readonly createdAt: string, readonly completedAt: string | null, readonly errorMessage: string | null, readonly team: { readonly id: string, readonly alias: string }, readonly costs: { readonly totalCalls: number, readonly runningCalls: number, readonly failedCalls: number, readonly totalTokens: number, readonly totalCostUsd: string, readonly creditsPosted: number } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type JobCountQueryVariables = Exact<{
  filter?: JobFilter | null | undefined;
}>;


export type JobCountQuery = { readonly jobs: { readonly totalCount: number } | null };

export type KeysOfTeamQueryVariables = Exact<{
  id: string;
}>;


export type KeysOfTeamQuery = { readonly team: { readonly id: string, readonly virtualKeys: ReadonlyArray<{ readonly id: string, readonly name: string | null, readonly prefix: string }> } | null };

export type RunningCallsQueryVariables = Exact<{
  filter?: LlmCallFilter | null | undefined;
}>;


export type RunningCallsQuery = { readonly llmCalls: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly purpose: string | null, readonly modelGroup: string, readonly createdAt: string, readonly team: { readonly id: string, readonly alias: string }, readonly job: { readonly id: string, readonly jobType: string } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type GroupFragment = { readonly id: string, readonly name: string, readonly displayName: string, readonly description: string | null, readonly maxOutputTokens: number | null, readonly interchangeableEmbeddings: boolean, readonly allowedOptions: ReadonlyArray<string>, readonly models: ReadonlyArray<{ readonly name: string, readonly priority: number, readonly weight: number | null }> };

export type ModelGroupsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ModelGroupsQuery = { readonly modelGroups: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly name: string, readonly displayName: string, readonly description: string | null, readonly maxOutputTokens: number | null, readonly interchangeableEmbeddings: boolean, readonly allowedOptions: ReadonlyArray<string>, readonly models: ReadonlyArray<{ readonly name: string, readonly priority: number, readonly weight: number | null }> } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type ModelCircuitsQueryVariables = Exact<{ [key: string]: never; }>;


export type ModelCircuitsQuery = { readonly modelCircuits: ReadonlyArray<{ readonly model: string, readonly state: CircuitState, readonly failures: number, readonly probeAt: string | null, readonly isForAllTeams: boolean, readonly teamIds: ReadonlyArray<string> }> | null };

export type ModelFiguresQueryVariables = Exact<{
  input: UsageInput;
}>;


export type ModelFiguresQuery = { readonly usage: { readonly rows: ReadonlyArray<{ readonly model: string | null, readonly modelGroup: string | null, readonly figures: { readonly attempts: number, readonly failedAttempts: number, readonly costUsd: string, readonly timeToFirstTokenMs: { readonly p50: number, readonly p95: number } | null } }> } | null };

export type ModelPricesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ModelPricesQuery = { readonly modelPrices: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly model: string, readonly inputUsdPerMillionTokens: string, readonly outputUsdPerMillionTokens: string, readonly cachedInputUsdPerMillionTokens: string | null, readonly cacheWriteUsdPerMillionTokens: string | null, readonly oneHourCacheWriteUsdPerMillionTokens: string | null, readonly audioInputUsdPerMillionTokens: string | null, readonly audioOutputUsdPerMillionTokens: string | null, readonly updatedAt: string, readonly longContext: { readonly thresholdTokens: number, readonly inputUsdPerMillionTokens: string, readonly outputUsdPerMillionTokens: string, readonly cachedInputUsdPerMillionTokens: string | null } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type PriceFragment = { readonly model: string, readonly inputUsdPerMillionTokens: string, readonly outputUsdPerMillionTokens: string, readonly cachedInputUsdPerMillionTokens: string | null, readonly cacheWriteUsdPerMillionTokens: string | null, readonly oneHourCacheWriteUsdPerMillionTokens: string | null, readonly audioInputUsdPerMillionTokens: string | null, readonly audioOutputUsdPerMillionTokens: string | null, readonly updatedAt: string, readonly longContext: { readonly thresholdTokens: number, readonly inputUsdPerMillionTokens: string, readonly outputUsdPerMillionTokens: string, readonly cachedInputUsdPerMillionTokens: string | null } | null };

export type CreateModelGroupMutationVariables = Exact<{
  input: CreateModelGroupInput;
}>;


export type CreateModelGroupMutation = { readonly createModelGroup: { readonly id: string, readonly name: string, readonly displayName: string, readonly description: string | null, readonly maxOutputTokens: number | null, readonly interchangeableEmbeddings: boolean, readonly allowedOptions: ReadonlyArray<string>, readonly models: ReadonlyArray<{ readonly name: string, readonly priority: number, readonly weight: number | null }> } | null };

export type UpdateModelGroupMutationVariables = Exact<{
  input: UpdateModelGroupInput;
}>;


export type UpdateModelGroupMutation = { readonly updateModelGroup: { readonly id: string, readonly name: string, readonly displayName: string, readonly description: string | null, readonly maxOutputTokens: number | null, readonly interchangeableEmbeddings: boolean, readonly allowedOptions: ReadonlyArray<string>, readonly models: ReadonlyArray<{ readonly name: string, readonly priority: number, readonly weight: number | null }> } | null };

export type DeleteModelGroupMutationVariables = Exact<{
  name: string;
}>;


export type DeleteModelGroupMutation = { readonly deleteModelGroup: string | null };

export type SetModelPriceMutationVariables = Exact<{
  input: SetModelPriceInput;
}>;


export type SetModelPriceMutation = { readonly setModelPrice: { readonly model: string, readonly inputUsdPerMillionTokens: string, readonly outputUsdPerMillionTokens: string, readonly cachedInputUsdPerMillionTokens: string | null, readonly cacheWriteUsdPerMillionTokens: string | null, readonly oneHourCacheWriteUsdPerMillionTokens: string | null, readonly audioInputUsdPerMillionTokens: string | null, readonly audioOutputUsdPerMillionTokens: string | null, readonly updatedAt: string, readonly longContext: { readonly thresholdTokens: number, readonly inputUsdPerMillionTokens: string, readonly outputUsdPerMillionTokens: string, readonly cachedInputUsdPerMillionTokens: string | null } | null } | null };

export type RemoveModelPriceMutationVariables = Exact<{
  model: string;
}>;


export type RemoveModelPriceMutation = { readonly removeModelPrice: { readonly model: string } | null };

export type OwnKeyFragment = { readonly id: string, readonly name: string | null, readonly prefix: string, readonly status: VirtualKeyStatus, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null };

export type OrganizationKeysQueryVariables = Exact<{
  id: string;
}>;


export type OrganizationKeysQuery = { readonly organization: { readonly id: string, readonly keys: ReadonlyArray<{ readonly id: string, readonly name: string | null, readonly prefix: string, readonly status: VirtualKeyStatus, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null }> } | null };

export type CreateOrganizationKeyMutationVariables = Exact<{
  input: CreateOrganizationKeyInput;
}>;


export type CreateOrganizationKeyMutation = { readonly createOrganizationKey: { readonly secret: string, readonly key: { readonly id: string, readonly name: string | null, readonly prefix: string, readonly status: VirtualKeyStatus, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null } } | null };

export type RevokeOrganizationKeyMutationVariables = Exact<{
  id: string;
}>;


export type RevokeOrganizationKeyMutation = { readonly revokeOrganizationKey: { readonly id: string, readonly name: string | null, readonly prefix: string, readonly status: VirtualKeyStatus, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null } | null };

export type KeysOfTeamsQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
  filter?: VirtualKeyFilter | null | undefined;
}>;


export type KeysOfTeamsQuery = { readonly organization: { readonly id: string, readonly virtualKeys: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly name: string | null, readonly prefix: string, readonly status: VirtualKeyStatus, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly team: { readonly id: string, readonly alias: string }, readonly modelGroups: ReadonlyArray<{ readonly id: string, readonly name: string }> | null, readonly limits: { readonly requestsPerMinute: number | null, readonly tokensPerMinute: number | null, readonly concurrentCalls: number | null }, readonly jobAllowance: { readonly jobs: number, readonly used: number, readonly period: AllowancePeriod } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type OrganizationsQueryVariables = Exact<{
  after?: string | null | undefined;
  status?: AccountStatus | null | undefined;
}>;


export type OrganizationsQuery = { readonly organizations: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly name: string, readonly status: AccountStatus | null, readonly createdAt: string | null, readonly teams: { readonly totalCount: number }, readonly credits: { readonly available: number, readonly granted: number, readonly passedOn: number } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type OrganizationQueryVariables = Exact<{
  id: string;
  usage: UsageInput;
}>;


export type OrganizationQuery = { readonly organization: { readonly id: string, readonly name: string, readonly status: AccountStatus | null, readonly createdAt: string | null, readonly metadata: Record<string, unknown> | null, readonly credits: { readonly available: number, readonly granted: number, readonly passedOn: number } | null, readonly usage: { readonly total: { readonly costUsd: string, readonly jobsCompleted: number, readonly jobsFailed: number, readonly jobsCancelled: number, readonly jobsExpired: number, readonly calls: number, readonly callsFailed: number, readonly unpaidJobsCostUsd: string } } } | null };

export type OrganizationTeamsQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type OrganizationTeamsQuery = { readonly organization: { readonly id: string, readonly teams: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly alias: string, readonly status: AccountStatus, readonly credits: { readonly allocated: number, readonly available: number, readonly held: number, readonly used: number, readonly remaining: number } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type OrganizationWorkQueryVariables = Exact<{
  teamIds: ReadonlyArray<string>;
}>;


export type OrganizationWorkQuery = { readonly openJobs: { readonly totalCount: number } | null, readonly runningCalls: { readonly totalCount: number } | null };

export type CreateOrganizationMutationVariables = Exact<{
  input: CreateOrganizationInput;
}>;


export type CreateOrganizationMutation = { readonly createOrganization: { readonly id: string } | null };

export type UpdateOrganizationMutationVariables = Exact<{
  input: UpdateOrganizationInput;
}>;


export type UpdateOrganizationMutation = { readonly updateOrganization: { readonly id: string, readonly name: string } | null };

export type SuspendOrganizationMutationVariables = Exact<{
  id: string;
}>;


export type SuspendOrganizationMutation = { readonly suspendOrganization: { readonly id: string, readonly status: AccountStatus | null } | null };

export type ResumeOrganizationMutationVariables = Exact<{
  id: string;
}>;


export type ResumeOrganizationMutation = { readonly resumeOrganization: { readonly id: string, readonly status: AccountStatus | null } | null };

export type DeleteOrganizationMutationVariables = Exact<{
  id: string;
}>;


export type DeleteOrganizationMutation = { readonly deleteOrganization: { readonly id: string, readonly status: AccountStatus | null } | null };

export type PoolFragment = { readonly available: number, readonly granted: number, readonly passedOn: number };

export type GrantToPoolMutationVariables = Exact<{
  input: GrantOrganizationCreditsInput;
}>;


export type GrantToPoolMutation = { readonly grantOrganizationCredits: { readonly id: string, readonly credits: { readonly available: number, readonly granted: number, readonly passedOn: number } | null } | null };

export type TransferCreditsMutationVariables = Exact<{
  input: TransferCreditsInput;
}>;


export type TransferCreditsMutation = { readonly transferCredits: { readonly fromOrganization: { readonly id: string, readonly credits: { readonly available: number, readonly granted: number, readonly passedOn: number } | null } | null, readonly toOrganization: { readonly id: string, readonly credits: { readonly available: number, readonly granted: number, readonly passedOn: number } | null } | null, readonly fromTeam: { readonly id: string, readonly credits: { readonly allocated: number, readonly available: number, readonly held: number, readonly used: number, readonly remaining: number } } | null, readonly toTeam: { readonly id: string, readonly credits: { readonly allocated: number, readonly available: number, readonly held: number, readonly used: number, readonly remaining: number } } | null } | null };

export type OverviewFiguresFragment = { readonly costUsd: string, readonly jobsCompleted: number, readonly jobsFailed: number, readonly jobsCancelled: number, readonly jobsExpired: number, readonly costPerCompletedJobUsd: string | null, readonly unpaidJobsCostUsd: string, readonly calls: number, readonly callsFailed: number, readonly callsRescued: number, readonly totalTokens: number, readonly errorRate: number | null, readonly fallbackRate: number | null, readonly latencyMs: { readonly p95: number } | null, readonly timeToFirstTokenMs: { readonly p95: number } | null };

export type OverviewQueryVariables = Exact<{
  now: UsageInput;
  before: UsageInput;
}>;


export type OverviewQuery = { readonly now: { readonly isComplete: boolean, readonly total: { readonly costUsd: string, readonly jobsCompleted: number, readonly jobsFailed: number, readonly jobsCancelled: number, readonly jobsExpired: number, readonly costPerCompletedJobUsd: string | null, readonly unpaidJobsCostUsd: string, readonly calls: number, readonly callsFailed: number, readonly callsRescued: number, readonly totalTokens: number, readonly errorRate: number | null, readonly fallbackRate: number | null, readonly latencyMs: { readonly p95: number } | null, readonly timeToFirstTokenMs: { readonly p95: number } | null }, readonly rows: ReadonlyArray<{ readonly start: string, readonly figures: { readonly costUsd: string, readonly jobsCompleted: number, readonly jobsFailed: number, readonly jobsCancelled: number, readonly jobsExpired: number, readonly costPerCompletedJobUsd: string | null, readonly unpaidJobsCostUsd: string, readonly calls: number, readonly callsFailed: number, readonly callsRescued: number, readonly totalTokens: number, readonly errorRate: number | null, readonly fallbackRate: number | null, readonly latencyMs: { readonly p95: number } | null, readonly timeToFirstTokenMs: { readonly p95: number } | null } }> } | null, readonly before: { readonly total: { readonly costUsd: string, readonly jobsCompleted: number, readonly jobsFailed: number, readonly jobsCancelled: number, readonly jobsExpired: number, readonly costPerCompletedJobUsd: string | null, readonly unpaidJobsCostUsd: string, readonly calls: number, readonly callsFailed: number, readonly callsRescued: number, readonly totalTokens: number, readonly errorRate: number | null, readonly fallbackRate: number | null, readonly latencyMs: { readonly p95: number } | null, readonly timeToFirstTokenMs: { readonly p95: number } | null }, readonly rows: ReadonlyArray<{ readonly start: string, readonly figures: { readonly costUsd: string, readonly jobsCompleted: number, readonly jobsFailed: number, readonly jobsCancelled: number, readonly jobsExpired: number, readonly costPerCompletedJobUsd: string | null, readonly unpaidJobsCostUsd: string, readonly calls: number, readonly callsFailed: number, readonly callsRescued: number, readonly totalTokens: number, readonly errorRate: number | null, readonly fallbackRate: number | null, readonly latencyMs: { readonly p95: number } | null, readonly timeToFirstTokenMs: { readonly p95: number } | null } }> } | null };

export type CostOfQueryVariables = Exact<{
  input: UsageInput;
}>;


export type CostOfQuery = { readonly usage: { readonly rows: ReadonlyArray<{ readonly start: string, readonly model: string | null, readonly modelGroup: string | null, readonly teamId: string | null, readonly jobType: string | null, readonly figures: { readonly costUsd: string, readonly jobsCompleted: number } }> } | null };

export type RunningNowQueryVariables = Exact<{ [key: string]: never; }>;


export type RunningNowQuery = { readonly llmCalls: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly purpose: string | null, readonly modelGroup: string, readonly createdAt: string, readonly team: { readonly id: string, readonly alias: string }, readonly job: { readonly id: string, readonly jobType: string } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type CallErrorsQueryVariables = Exact<{
  input: LlmCallErrorsInput;
}>;


export type CallErrorsQuery = { readonly llmCallErrors: { readonly countedCalls: number, readonly isComplete: boolean, readonly groups: ReadonlyArray<{ readonly errorCode: ErrorCode, readonly model: string | null, readonly calls: number }> } | null };

export type PlaygroundGroupsQueryVariables = Exact<{
  teamId: string;
}>;


export type PlaygroundGroupsQuery = { readonly team: { readonly id: string, readonly credits: { readonly available: number }, readonly modelGroups: ReadonlyArray<{ readonly id: string, readonly name: string, readonly displayName: string, readonly description: string | null, readonly models: ReadonlyArray<{ readonly name: string, readonly priority: number }> }> } | null };

export type OpenPlaygroundJobMutationVariables = Exact<{ [key: string]: never; }>;


export type OpenPlaygroundJobMutation = { readonly createJob: { readonly id: string, readonly status: JobStatus, readonly createdAt: string, readonly costs: { readonly totalCalls: number, readonly runningCalls: number, readonly failedCalls: number, readonly totalTokens: number, readonly totalCostUsd: string, readonly creditsPosted: number } } | null };

export type EndPlaygroundJobMutationVariables = Exact<{
  input: CompleteJobInput;
}>;


export type EndPlaygroundJobMutation = { readonly completeJob: { readonly job: { readonly id: string, readonly status: JobStatus, readonly createdAt: string, readonly costs: { readonly totalCalls: number, readonly runningCalls: number, readonly failedCalls: number, readonly totalTokens: number, readonly totalCostUsd: string, readonly creditsPosted: number } } } | null };

export type StartPlaygroundCallMutationVariables = Exact<{
  input: LlmCallInput;
}>;


export type StartPlaygroundCallMutation = { readonly startLlmCall: { readonly id: string, readonly job: { readonly id: string } } | null };

export type PlaygroundJobUpdatedSubscriptionVariables = Exact<{
  jobId: string;
}>;


export type PlaygroundJobUpdatedSubscription = { readonly jobUpdated: { readonly id: string, readonly status: JobStatus, readonly createdAt: string, readonly costs: { readonly totalCalls: number, readonly runningCalls: number, readonly failedCalls: number, readonly totalTokens: number, readonly totalCostUsd: string, readonly creditsPosted: number } } };

export type PlaygroundJobFragment = { readonly id: string, readonly status: JobStatus, readonly createdAt: string, readonly costs: { readonly totalCalls: number, readonly runningCalls: number, readonly failedCalls: number, readonly totalTokens: number, readonly totalCostUsd: string, readonly creditsPosted: number } };

export type SettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type SettingsQuery = { readonly system: { readonly version: string, readonly nodeVersion: string, readonly startedAt: string, readonly uptimeSeconds: number, readonly host: string, readonly processId: number, readonly database: { readonly kind: DatabaseKind, readonly description: string, readonly serverVersion: string | null, readonly latencyMs: number | null, readonly fault: string | null, readonly appliedMigrations: number | null, readonly pendingMigrations: ReadonlyArray<string> | null }, readonly redis: { readonly address: string, readonly isConnected: boolean } | null, readonly upstreams: ReadonlyArray<{ readonly name: string, readonly kind: UpstreamKind, readonly address: string | null, readonly hasKey: boolean, readonly concurrencyMax: number | null, readonly runningRequests: number, readonly lastAnsweredAt: string | null, readonly lastFailedAt: string | null, readonly lastFailure: string | null, readonly circuits: ReadonlyArray<{ readonly model: string, readonly state: CircuitState }> }>, readonly settings: ReadonlyArray<{ readonly name: string, readonly value: string | null, readonly isDefault: boolean, readonly isSecret: boolean }> } | null };

export type LedgerTotalsQueryVariables = Exact<{ [key: string]: never; }>;


export type LedgerTotalsQuery = { readonly ledgerTotals: { readonly issued: number, readonly earned: number, readonly lapsed: number, readonly available: number, readonly held: number, readonly isBalanced: boolean, readonly unsoundAccounts: number } | null };

export type TeamLedgerQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type TeamLedgerQuery = { readonly team: { readonly id: string, readonly creditEntries: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly kind: CreditEntryKind, readonly credits: number, readonly heldCredits: number, readonly availableAfter: number, readonly heldAfter: number, readonly createdAt: string, readonly reason: string | null, readonly actor: string, readonly job: { readonly id: string, readonly jobType: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type TeamGrantsQueryVariables = Exact<{
  id: string;
}>;


export type TeamGrantsQuery = { readonly team: { readonly id: string, readonly creditGrants: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly category: CreditCategory, readonly credits: number, readonly remaining: number, readonly createdAt: string, readonly expiresAt: string | null, readonly reference: string | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type LedgerProofQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type LedgerProofQuery = { readonly ledgerAudit: { readonly teamId: string, readonly isSound: boolean, readonly isComplete: boolean, readonly entryCount: number, readonly jobCount: number, readonly endCursor: string | null, readonly differences: ReadonlyArray<{ readonly figure: LedgerFigure, readonly recorded: number, readonly recomputed: number, readonly entryId: string | null, readonly jobId: string | null }> } | null };

export type AddCreditsMutationVariables = Exact<{
  input: AddCreditsInput;
}>;


export type AddCreditsMutation = { readonly addCredits: { readonly id: string, readonly credits: { readonly allocated: number, readonly available: number, readonly held: number, readonly used: number, readonly remaining: number } } | null };

export type AdjustCreditsMutationVariables = Exact<{
  input: AdjustCreditsInput;
}>;


export type AdjustCreditsMutation = { readonly adjustCredits: { readonly id: string, readonly credits: { readonly allocated: number, readonly available: number, readonly held: number, readonly used: number, readonly remaining: number } } | null };

export type BalanceFragment = { readonly id: string, readonly credits: { readonly allocated: number, readonly available: number, readonly held: number, readonly used: number, readonly remaining: number } };

export type KeyFragment = { readonly id: string, readonly name: string | null, readonly prefix: string, readonly status: VirtualKeyStatus, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly modelGroups: ReadonlyArray<{ readonly id: string, readonly name: string }> | null, readonly limits: { readonly requestsPerMinute: number | null, readonly tokensPerMinute: number | null, readonly concurrentCalls: number | null }, readonly jobAllowance: { readonly jobs: number, readonly used: number, readonly period: AllowancePeriod } | null };

export type TeamKeysQueryVariables = Exact<{
  id: string;
}>;


export type TeamKeysQuery = { readonly team: { readonly id: string, readonly modelGroups: ReadonlyArray<{ readonly id: string, readonly name: string, readonly displayName: string }>, readonly virtualKeys: ReadonlyArray<{ readonly id: string, readonly name: string | null, readonly prefix: string, readonly status: VirtualKeyStatus, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly modelGroups: ReadonlyArray<{ readonly id: string, readonly name: string }> | null, readonly limits: { readonly requestsPerMinute: number | null, readonly tokensPerMinute: number | null, readonly concurrentCalls: number | null }, readonly jobAllowance: { readonly jobs: number, readonly used: number, readonly period: AllowancePeriod } | null }> } | null };

export type CreateKeyMutationVariables = Exact<{
  input: CreateVirtualKeyInput;
}>;


export type CreateKeyMutation = { readonly createVirtualKey: { readonly virtualKey: string, readonly key: { readonly id: string, readonly name: string | null, readonly prefix: string, readonly status: VirtualKeyStatus, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly modelGroups: ReadonlyArray<{ readonly id: string, readonly name: string }> | null, readonly limits: { readonly requestsPerMinute: number | null, readonly tokensPerMinute: number | null, readonly concurrentCalls: number | null }, readonly jobAllowance: { readonly jobs: number, readonly used: number, readonly period: AllowancePeriod } | null } } | null };

export type RotateKeyMutationVariables = Exact<{
  id: string;
  graceSeconds: number;
}>;


export type RotateKeyMutation = { readonly rotateVirtualKey: { readonly virtualKey: string, readonly key: { readonly id: string, readonly name: string | null, readonly prefix: string, readonly status: VirtualKeyStatus, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly modelGroups: ReadonlyArray<{ readonly id: string, readonly name: string }> | null, readonly limits: { readonly requestsPerMinute: number | null, readonly tokensPerMinute: number | null, readonly concurrentCalls: number | null }, readonly jobAllowance: { readonly jobs: number, readonly used: number, readonly period: AllowancePeriod } | null } } | null };

export type RevokeKeyMutationVariables = Exact<{
  id: string;
}>;


export type RevokeKeyMutation = { readonly revokeVirtualKey: { readonly id: string, readonly name: string | null, readonly prefix: string, readonly status: VirtualKeyStatus, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly modelGroups: ReadonlyArray<{ readonly id: string, readonly name: string }> | null, readonly limits: { readonly requestsPerMinute: number | null, readonly tokensPerMinute: number | null, readonly concurrentCalls: number | null }, readonly jobAllowance: { readonly jobs: number, readonly used: number, readonly period: AllowancePeriod } | null } | null };

export type LimitsFieldsFragment = { readonly requestsPerMinute: number | null, readonly tokensPerMinute: number | null, readonly concurrentCalls: number | null, readonly isEnforced: boolean, readonly wouldRefuse: number, readonly override: { readonly until: string } | null };

export type TeamLimitsFragment = { readonly id: string, readonly limits: { readonly requestsPerMinute: number | null, readonly tokensPerMinute: number | null, readonly concurrentCalls: number | null, readonly isEnforced: boolean, readonly wouldRefuse: number, readonly override: { readonly until: string } | null }, readonly defaultKeyLimits: { readonly requestsPerMinute: number | null, readonly tokensPerMinute: number | null, readonly concurrentCalls: number | null, readonly isEnforced: boolean, readonly wouldRefuse: number, readonly override: { readonly until: string } | null }, readonly billing: { readonly mode: BillingMode, readonly creditsPerUsd: string | null, readonly tokensPerCredit: number | null, readonly creditPriceUsd: string | null, readonly markupPercent: string | null, readonly monthlyCredits: number | null, readonly lowCreditsThresholds: ReadonlyArray<number>, readonly unpaidCostUsdPerDay: string | null, readonly unpaidCostUsdToday: string, readonly isUnpaidCostEnforced: boolean, readonly unpaidCostWouldRefuse: number } };

export type TeamLimitsOfQueryVariables = Exact<{
  id: string;
}>;


export type TeamLimitsOfQuery = { readonly team: { readonly id: string, readonly limits: { readonly requestsPerMinute: number | null, readonly tokensPerMinute: number | null, readonly concurrentCalls: number | null, readonly isEnforced: boolean, readonly wouldRefuse: number, readonly override: { readonly until: string } | null }, readonly defaultKeyLimits: { readonly requestsPerMinute: number | null, readonly tokensPerMinute: number | null, readonly concurrentCalls: number | null, readonly isEnforced: boolean, readonly wouldRefuse: number, readonly override: { readonly until: string } | null }, readonly billing: { readonly mode: BillingMode, readonly creditsPerUsd: string | null, readonly tokensPerCredit: number | null, readonly creditPriceUsd: string | null, readonly markupPercent: string | null, readonly monthlyCredits: number | null, readonly lowCreditsThresholds: ReadonlyArray<number>, readonly unpaidCostUsdPerDay: string | null, readonly unpaidCostUsdToday: string, readonly isUnpaidCostEnforced: boolean, readonly unpaidCostWouldRefuse: number } } | null };

export type TeamsQueryVariables = Exact<{
  after?: string | null | undefined;
  organizationId?: string | null | undefined;
}>;


export type TeamsQuery = { readonly teams: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly alias: string, readonly status: AccountStatus, readonly createdAt: string, readonly organization: { readonly id: string, readonly name: string }, readonly credits: { readonly allocated: number, readonly available: number, readonly held: number, readonly used: number }, readonly modelGroups: ReadonlyArray<{ readonly id: string, readonly name: string }> } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type TeamQueryVariables = Exact<{
  id: string;
  usage: UsageInput;
}>;


export type TeamQuery = { readonly team: { readonly id: string, readonly alias: string, readonly status: AccountStatus, readonly createdAt: string, readonly organization: { readonly id: string, readonly name: string }, readonly credits: { readonly allocated: number, readonly available: number, readonly held: number, readonly used: number, readonly remaining: number }, readonly modelGroups: ReadonlyArray<{ readonly id: string, readonly name: string, readonly displayName: string }>, readonly billing: { readonly mode: BillingMode }, readonly usage: { readonly total: { readonly costUsd: string, readonly jobsCompleted: number, readonly jobsFailed: number, readonly jobsCancelled: number, readonly jobsExpired: number, readonly calls: number, readonly callsFailed: number, readonly unpaidJobsCostUsd: string } } } | null };

export type OpenWorkQueryVariables = Exact<{
  id: string;
}>;


export type OpenWorkQuery = { readonly team: { readonly id: string, readonly openJobs: { readonly totalCount: number }, readonly runningCalls: { readonly totalCount: number } } | null };

export type TeamChoicesQueryVariables = Exact<{
  isAdmin: boolean;
}>;


export type TeamChoicesQuery = { readonly organizations?: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly name: string, readonly status: AccountStatus | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null, readonly modelGroups: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly name: string, readonly displayName: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type CreateTeamMutationVariables = Exact<{
  input: CreateTeamInput;
}>;


export type CreateTeamMutation = { readonly createTeam: { readonly virtualKey: string, readonly team: { readonly id: string } } | null };

export type UpdateTeamMutationVariables = Exact<{
  input: UpdateTeamInput;
}>;


export type UpdateTeamMutation = { readonly updateTeam: { readonly id: string, readonly alias: string, readonly status: AccountStatus, readonly modelGroups: ReadonlyArray<{ readonly id: string, readonly name: string, readonly displayName: string }>, readonly limits: { readonly requestsPerMinute: number | null, readonly tokensPerMinute: number | null, readonly concurrentCalls: number | null, readonly isEnforced: boolean, readonly wouldRefuse: number, readonly override: { readonly until: string } | null }, readonly defaultKeyLimits: { readonly requestsPerMinute: number | null, readonly tokensPerMinute: number | null, readonly concurrentCalls: number | null, readonly isEnforced: boolean, readonly wouldRefuse: number, readonly override: { readonly until: string } | null }, readonly billing: { readonly mode: BillingMode, readonly creditsPerUsd: string | null, readonly tokensPerCredit: number | null, readonly creditPriceUsd: string | null, readonly markupPercent: string | null, readonly monthlyCredits: number | null, readonly lowCreditsThresholds: ReadonlyArray<number>, readonly unpaidCostUsdPerDay: string | null, readonly unpaidCostUsdToday: string, readonly isUnpaidCostEnforced: boolean, readonly unpaidCostWouldRefuse: number } } | null };

export type SuspendTeamMutationVariables = Exact<{
  id: string;
}>;


export type SuspendTeamMutation = { readonly suspendTeam: { readonly id: string, readonly status: AccountStatus } | null };

export type ResumeTeamMutationVariables = Exact<{
  id: string;
}>;


export type ResumeTeamMutation = { readonly resumeTeam: { readonly id: string, readonly status: AccountStatus } | null };

export type DeleteTeamMutationVariables = Exact<{
  id: string;
}>;


export type DeleteTeamMutation = { readonly deleteTeam: { readonly id: string, readonly status: AccountStatus } | null };

export type DeliveryFragment = { readonly id: string, readonly eventId: string, readonly event: WebhookEventType, readonly status: DeliveryStatus, readonly createdAt: string, readonly nextTryAt: string | null, readonly payload: Record<string, unknown>, readonly tries: ReadonlyArray<{ readonly at: string, readonly httpStatus: number | null, readonly error: string | null, readonly ms: number }> };

export type DeliveriesQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
  filter?: DeliveryFilter | null | undefined;
}>;


export type DeliveriesQuery = { readonly webhook: { readonly id: string, readonly deliveries: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly eventId: string, readonly event: WebhookEventType, readonly status: DeliveryStatus, readonly createdAt: string, readonly nextTryAt: string | null, readonly payload: Record<string, unknown>, readonly tries: ReadonlyArray<{ readonly at: string, readonly httpStatus: number | null, readonly error: string | null, readonly ms: number }> } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type TestWebhookMutationVariables = Exact<{
  id: string;
}>;


export type TestWebhookMutation = { readonly testWebhook: { readonly id: string, readonly eventId: string, readonly event: WebhookEventType, readonly status: DeliveryStatus, readonly createdAt: string, readonly nextTryAt: string | null, readonly payload: Record<string, unknown>, readonly tries: ReadonlyArray<{ readonly at: string, readonly httpStatus: number | null, readonly error: string | null, readonly ms: number }> } | null };

export type ReplayDeliveryMutationVariables = Exact<{
  id: string;
}>;


export type ReplayDeliveryMutation = { readonly replayWebhookDelivery: { readonly id: string, readonly eventId: string, readonly event: WebhookEventType, readonly status: DeliveryStatus, readonly createdAt: string, readonly nextTryAt: string | null, readonly payload: Record<string, unknown>, readonly tries: ReadonlyArray<{ readonly at: string, readonly httpStatus: number | null, readonly error: string | null, readonly ms: number }> } | null };

export type EndpointFragment = { readonly id: string, readonly url: string, readonly events: ReadonlyArray<WebhookEventType>, readonly organizationId: string | null, readonly teamId: string | null, readonly isEnabled: boolean, readonly createdAt: string };

export type WebhooksQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type WebhooksQuery = { readonly webhooks: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly url: string, readonly events: ReadonlyArray<WebhookEventType>, readonly organizationId: string | null, readonly teamId: string | null, readonly isEnabled: boolean, readonly createdAt: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type WebhookQueryVariables = Exact<{
  id: string;
}>;


export type WebhookQuery = { readonly webhook: { readonly id: string, readonly url: string, readonly events: ReadonlyArray<WebhookEventType>, readonly organizationId: string | null, readonly teamId: string | null, readonly isEnabled: boolean, readonly createdAt: string } | null };

export type WebhookOwnersQueryVariables = Exact<{ [key: string]: never; }>;


export type WebhookOwnersQuery = { readonly organizations: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly name: string, readonly status: AccountStatus | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type DeliveryCountQueryVariables = Exact<{
  id: string;
}>;


export type DeliveryCountQuery = { readonly webhook: { readonly id: string, readonly deliveries: { readonly totalCount: number } } | null };

export type CreateWebhookMutationVariables = Exact<{
  input: CreateWebhookInput;
}>;


export type CreateWebhookMutation = { readonly createWebhook: { readonly secret: string, readonly webhook: { readonly id: string } } | null };

export type UpdateWebhookMutationVariables = Exact<{
  input: UpdateWebhookInput;
}>;


export type UpdateWebhookMutation = { readonly updateWebhook: { readonly id: string, readonly url: string, readonly events: ReadonlyArray<WebhookEventType>, readonly organizationId: string | null, readonly teamId: string | null, readonly isEnabled: boolean, readonly createdAt: string } | null };

export type RotateWebhookSecretMutationVariables = Exact<{
  id: string;
  graceSeconds: number;
}>;


export type RotateWebhookSecretMutation = { readonly rotateWebhookSecret: { readonly secret: string } | null };

export type DeleteWebhookMutationVariables = Exact<{
  id: string;
}>;


export type DeleteWebhookMutation = { readonly deleteWebhook: string | null };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer:
    | { readonly __typename: 'AdminViewer', readonly name: string }
    | { readonly __typename: 'OrganizationViewer', readonly key: { readonly id: string, readonly prefix: string, readonly name: string | null }, readonly organization: { readonly id: string, readonly name: string } }
    | { readonly __typename: 'PersonViewer', readonly name: string, readonly role: PersonRole, readonly only: { readonly id: string, readonly name: string } | null }
    | { readonly __typename: 'TeamViewer', readonly key: { readonly id: string, readonly prefix: string, readonly name: string | null }, readonly team: { readonly id: string, readonly alias: string, readonly organization: { readonly id: string, readonly name: string } } }
   | null };

export type CallAttemptFragment = { readonly number: number, readonly model: string, readonly provider: string, readonly upstream: string | null, readonly status: LlmCallStatus, readonly failureKind: AttemptErrorKind | null, readonly startedAt: string, readonly firstTokenAt: string | null, readonly endedAt: string, readonly costUsd: string | null, readonly costSource: CostSource | null, readonly usage: { readonly totalTokens: number, readonly source: UsageSource } | null };

export type CallFactsFragment = { readonly id: string, readonly kind: LlmCallKind, readonly status: LlmCallStatus, readonly purpose: string | null, readonly modelGroup: string, readonly model: string | null, readonly createdAt: string, readonly finishedAt: string | null, readonly latencyMs: number | null, readonly timeToFirstTokenMs: number | null, readonly costUsd: string | null, readonly costSource: CostSource | null, readonly hasUnpricedPart: boolean, readonly usage: { readonly promptTokens: number, readonly cachedPromptTokens: number | null, readonly cacheWritePromptTokens: number | null, readonly completionTokens: number, readonly reasoningTokens: number | null, readonly totalTokens: number, readonly source: UsageSource } | null, readonly error: { readonly code: ErrorCode, readonly message: string, readonly retryAfterMs: number | null, readonly upstreamCode: string | null, readonly upstreamParam: string | null } | null, readonly attempts: ReadonlyArray<{ readonly number: number, readonly model: string, readonly provider: string, readonly upstream: string | null, readonly status: LlmCallStatus, readonly failureKind: AttemptErrorKind | null, readonly startedAt: string, readonly firstTokenAt: string | null, readonly endedAt: string, readonly costUsd: string | null, readonly costSource: CostSource | null, readonly usage: { readonly totalTokens: number, readonly source: UsageSource } | null }> };

export type CostOfAttemptFragment = { readonly number: number, readonly costComponents: ReadonlyArray<{ readonly component: CostComponentKind, readonly tokens: number | null, readonly usdPerMillionTokens: string | null, readonly costUsd: string | null }> };

export type CallDetailQueryVariables = Exact<{
  id: string;
}>;


export type CallDetailQuery = { readonly llmCall: { readonly content: string | null, readonly reasoning: string | null, readonly finishReason: string | null, readonly metadata: Record<string, unknown>, readonly id: string, readonly kind: LlmCallKind, readonly status: LlmCallStatus, readonly purpose: string | null, readonly modelGroup: string, readonly model: string | null, readonly createdAt: string, readonly finishedAt: string | null, readonly latencyMs: number | null, readonly timeToFirstTokenMs: number | null, readonly costUsd: string | null, readonly costSource: CostSource | null, readonly hasUnpricedPart: boolean, readonly attempts: ReadonlyArray<{ readonly number: number, readonly model: string, readonly provider: string, readonly upstream: string | null, readonly status: LlmCallStatus, readonly failureKind: AttemptErrorKind | null, readonly startedAt: string, readonly firstTokenAt: string | null, readonly endedAt: string, readonly costUsd: string | null, readonly costSource: CostSource | null, readonly costComponents: ReadonlyArray<{ readonly component: CostComponentKind, readonly tokens: number | null, readonly usdPerMillionTokens: string | null, readonly costUsd: string | null }>, readonly usage: { readonly totalTokens: number, readonly source: UsageSource } | null }>, readonly toolCalls: ReadonlyArray<{ readonly id: string, readonly name: string, readonly arguments: string }>, readonly key: { readonly id: string, readonly name: string | null, readonly prefix: string } | null, readonly job: { readonly id: string, readonly jobType: string }, readonly usage: { readonly promptTokens: number, readonly cachedPromptTokens: number | null, readonly cacheWritePromptTokens: number | null, readonly completionTokens: number, readonly reasoningTokens: number | null, readonly totalTokens: number, readonly source: UsageSource } | null, readonly error: { readonly code: ErrorCode, readonly message: string, readonly retryAfterMs: number | null, readonly upstreamCode: string | null, readonly upstreamParam: string | null } | null } | null };

export type TeamNamesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type TeamNamesQuery = { readonly teams: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly alias: string, readonly credits: { readonly allocated: number, readonly available: number } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export const CallEventFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallEvent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"callId"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallStarted"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"model"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallDelta"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"content"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallReasoningDelta"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"content"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmToolCallDelta"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"index"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"arguments"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallModelSwitched"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fromModel"}},{"kind":"Field","name":{"kind":"Name","value":"toModel"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"discard"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallSnapshot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"content"}},{"kind":"Field","name":{"kind":"Name","value":"reasoning"}},{"kind":"Field","name":{"kind":"Name","value":"toolCalls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"arguments"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallFinished"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"call"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"latencyMs"}},{"kind":"Field","name":{"kind":"Name","value":"timeToFirstTokenMs"}},{"kind":"Field","name":{"kind":"Name","value":"costUsd"}},{"kind":"Field","name":{"kind":"Name","value":"costSource"}},{"kind":"Field","name":{"kind":"Name","value":"finishReason"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"promptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"completionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attempts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"failureKind"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"firstTokenAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"costUsd"}}]}}]}}]}}]}}]} as unknown as DocumentNode<CallEventFragment, unknown>;
export const AuditLineFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AuditLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuditEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"actor"}},{"kind":"Field","name":{"kind":"Name","value":"operation"}},{"kind":"Field","name":{"kind":"Name","value":"subjectType"}},{"kind":"Field","name":{"kind":"Name","value":"subjectId"}},{"kind":"Field","name":{"kind":"Name","value":"organizationId"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}},{"kind":"Field","name":{"kind":"Name","value":"hash"}}]}}]} as unknown as DocumentNode<AuditLineFragment, unknown>;
export const CallAttemptFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallAttempt"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallAttempt"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"upstream"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"failureKind"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"firstTokenAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"costUsd"}},{"kind":"Field","name":{"kind":"Name","value":"costSource"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}}]}}]} as unknown as DocumentNode<CallAttemptFragment, unknown>;
export const CallFactsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallFacts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCall"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"modelGroup"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"latencyMs"}},{"kind":"Field","name":{"kind":"Name","value":"timeToFirstTokenMs"}},{"kind":"Field","name":{"kind":"Name","value":"costUsd"}},{"kind":"Field","name":{"kind":"Name","value":"costSource"}},{"kind":"Field","name":{"kind":"Name","value":"hasUnpricedPart"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"promptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cachedPromptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cacheWritePromptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"completionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"reasoningTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterMs"}},{"kind":"Field","name":{"kind":"Name","value":"upstreamCode"}},{"kind":"Field","name":{"kind":"Name","value":"upstreamParam"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attempts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallAttempt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallAttempt"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallAttempt"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"upstream"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"failureKind"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"firstTokenAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"costUsd"}},{"kind":"Field","name":{"kind":"Name","value":"costSource"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}}]}}]} as unknown as DocumentNode<CallFactsFragment, unknown>;
export const CallRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCall"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallFacts"}},{"kind":"Field","name":{"kind":"Name","value":"team"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alias"}}]}},{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"jobType"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallAttempt"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallAttempt"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"upstream"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"failureKind"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"firstTokenAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"costUsd"}},{"kind":"Field","name":{"kind":"Name","value":"costSource"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallFacts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCall"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"modelGroup"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"latencyMs"}},{"kind":"Field","name":{"kind":"Name","value":"timeToFirstTokenMs"}},{"kind":"Field","name":{"kind":"Name","value":"costUsd"}},{"kind":"Field","name":{"kind":"Name","value":"costSource"}},{"kind":"Field","name":{"kind":"Name","value":"hasUnpricedPart"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"promptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cachedPromptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cacheWritePromptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"completionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"reasoningTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterMs"}},{"kind":"Field","name":{"kind":"Name","value":"upstreamCode"}},{"kind":"Field","name":{"kind":"Name","value":"upstreamParam"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attempts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallAttempt"}}]}}]}}]} as unknown as DocumentNode<CallRowFragment, unknown>;
export const JobFactsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"JobFacts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"jobType"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"maxCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"maxTokens"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"}},{"kind":"Field","name":{"kind":"Name","value":"key"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}}]}},{"kind":"Field","name":{"kind":"Name","value":"team"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alias"}}]}},{"kind":"Field","name":{"kind":"Name","value":"costs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCalls"}},{"kind":"Field","name":{"kind":"Name","value":"successfulCalls"}},{"kind":"Field","name":{"kind":"Name","value":"failedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"cancelledCalls"}},{"kind":"Field","name":{"kind":"Name","value":"runningCalls"}},{"kind":"Field","name":{"kind":"Name","value":"promptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"completionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"failedAttemptsCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"creditsPosted"}},{"kind":"Field","name":{"kind":"Name","value":"creditsRemaining"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"unknownUsageCalls"}},{"kind":"Field","name":{"kind":"Name","value":"unpricedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"partlyUnpricedCalls"}}]}},{"kind":"Field","name":{"kind":"Name","value":"creditEntries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"credits"}},{"kind":"Field","name":{"kind":"Name","value":"heldCredits"}},{"kind":"Field","name":{"kind":"Name","value":"availableAfter"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"actor"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]} as unknown as DocumentNode<JobFactsFragment, unknown>;
export const JobRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"JobRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"jobType"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"team"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alias"}}]}},{"kind":"Field","name":{"kind":"Name","value":"costs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCalls"}},{"kind":"Field","name":{"kind":"Name","value":"runningCalls"}},{"kind":"Field","name":{"kind":"Name","value":"failedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"creditsPosted"}}]}}]}}]} as unknown as DocumentNode<JobRowFragment, unknown>;
export const GroupFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Group"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ModelGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"maxOutputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"interchangeableEmbeddings"}},{"kind":"Field","name":{"kind":"Name","value":"allowedOptions"}},{"kind":"Field","name":{"kind":"Name","value":"models"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"priority"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}}]}}]}}]} as unknown as DocumentNode<GroupFragment, unknown>;
export const PriceFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ModelPrice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"inputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cachedInputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cacheWriteUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"oneHourCacheWriteUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"audioInputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"audioOutputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"longContext"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"thresholdTokens"}},{"kind":"Field","name":{"kind":"Name","value":"inputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cachedInputUsdPerMillionTokens"}}]}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]} as unknown as DocumentNode<PriceFragment, unknown>;
export const OwnKeyFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OwnKey"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrganizationKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]} as unknown as DocumentNode<OwnKeyFragment, unknown>;
export const PoolFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pool"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrganizationCredits"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"granted"}},{"kind":"Field","name":{"kind":"Name","value":"passedOn"}}]}}]} as unknown as DocumentNode<PoolFragment, unknown>;
export const OverviewFiguresFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OverviewFigures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UsageFigures"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"costUsd"}},{"kind":"Field","name":{"kind":"Name","value":"jobsCompleted"}},{"kind":"Field","name":{"kind":"Name","value":"jobsFailed"}},{"kind":"Field","name":{"kind":"Name","value":"jobsCancelled"}},{"kind":"Field","name":{"kind":"Name","value":"jobsExpired"}},{"kind":"Field","name":{"kind":"Name","value":"costPerCompletedJobUsd"}},{"kind":"Field","name":{"kind":"Name","value":"unpaidJobsCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"callsFailed"}},{"kind":"Field","name":{"kind":"Name","value":"callsRescued"}},{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"errorRate"}},{"kind":"Field","name":{"kind":"Name","value":"fallbackRate"}},{"kind":"Field","name":{"kind":"Name","value":"latencyMs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"p95"}}]}},{"kind":"Field","name":{"kind":"Name","value":"timeToFirstTokenMs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"p95"}}]}}]}}]} as unknown as DocumentNode<OverviewFiguresFragment, unknown>;
export const PlaygroundJobFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PlaygroundJob"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"costs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCalls"}},{"kind":"Field","name":{"kind":"Name","value":"runningCalls"}},{"kind":"Field","name":{"kind":"Name","value":"failedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"creditsPosted"}}]}}]}}]} as unknown as DocumentNode<PlaygroundJobFragment, unknown>;
export const BalanceFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Balance"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Team"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"credits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"allocated"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}}]}}]}}]} as unknown as DocumentNode<BalanceFragment, unknown>;
export const KeyFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Key"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VirtualKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"modelGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"limits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestsPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"tokensPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"concurrentCalls"}}]}},{"kind":"Field","name":{"kind":"Name","value":"jobAllowance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jobs"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"period"}}]}}]}}]} as unknown as DocumentNode<KeyFragment, unknown>;
export const LimitsFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LimitsFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Limits"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestsPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"tokensPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"concurrentCalls"}},{"kind":"Field","name":{"kind":"Name","value":"isEnforced"}},{"kind":"Field","name":{"kind":"Name","value":"wouldRefuse"}},{"kind":"Field","name":{"kind":"Name","value":"override"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"until"}}]}}]}}]} as unknown as DocumentNode<LimitsFieldsFragment, unknown>;
export const TeamLimitsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TeamLimits"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Team"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"limits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LimitsFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"defaultKeyLimits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LimitsFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"billing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"creditsPerUsd"}},{"kind":"Field","name":{"kind":"Name","value":"tokensPerCredit"}},{"kind":"Field","name":{"kind":"Name","value":"creditPriceUsd"}},{"kind":"Field","name":{"kind":"Name","value":"markupPercent"}},{"kind":"Field","name":{"kind":"Name","value":"monthlyCredits"}},{"kind":"Field","name":{"kind":"Name","value":"lowCreditsThresholds"}},{"kind":"Field","name":{"kind":"Name","value":"unpaidCostUsdPerDay"}},{"kind":"Field","name":{"kind":"Name","value":"unpaidCostUsdToday"}},{"kind":"Field","name":{"kind":"Name","value":"isUnpaidCostEnforced"}},{"kind":"Field","name":{"kind":"Name","value":"unpaidCostWouldRefuse"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LimitsFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Limits"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestsPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"tokensPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"concurrentCalls"}},{"kind":"Field","name":{"kind":"Name","value":"isEnforced"}},{"kind":"Field","name":{"kind":"Name","value":"wouldRefuse"}},{"kind":"Field","name":{"kind":"Name","value":"override"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"until"}}]}}]}}]} as unknown as DocumentNode<TeamLimitsFragment, unknown>;
export const DeliveryFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Delivery"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"WebhookDelivery"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"eventId"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"nextTryAt"}},{"kind":"Field","name":{"kind":"Name","value":"payload"}},{"kind":"Field","name":{"kind":"Name","value":"tries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"error"}},{"kind":"Field","name":{"kind":"Name","value":"ms"}}]}}]}}]} as unknown as DocumentNode<DeliveryFragment, unknown>;
export const EndpointFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Endpoint"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Webhook"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"events"}},{"kind":"Field","name":{"kind":"Name","value":"organizationId"}},{"kind":"Field","name":{"kind":"Name","value":"teamId"}},{"kind":"Field","name":{"kind":"Name","value":"isEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<EndpointFragment, unknown>;
export const CostOfAttemptFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CostOfAttempt"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallAttempt"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"costComponents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"component"}},{"kind":"Field","name":{"kind":"Name","value":"tokens"}},{"kind":"Field","name":{"kind":"Name","value":"usdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"costUsd"}}]}}]}}]} as unknown as DocumentNode<CostOfAttemptFragment, unknown>;
export const CallEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"CallEvents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"callId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"llmCallEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"callId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"callId"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallEvent"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallEvent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"callId"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallStarted"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"model"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallDelta"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"content"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallReasoningDelta"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"content"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmToolCallDelta"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"index"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"arguments"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallModelSwitched"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fromModel"}},{"kind":"Field","name":{"kind":"Name","value":"toModel"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"discard"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallSnapshot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"content"}},{"kind":"Field","name":{"kind":"Name","value":"reasoning"}},{"kind":"Field","name":{"kind":"Name","value":"toolCalls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"arguments"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallFinished"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"call"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"latencyMs"}},{"kind":"Field","name":{"kind":"Name","value":"timeToFirstTokenMs"}},{"kind":"Field","name":{"kind":"Name","value":"costUsd"}},{"kind":"Field","name":{"kind":"Name","value":"costSource"}},{"kind":"Field","name":{"kind":"Name","value":"finishReason"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"promptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"completionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attempts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"failureKind"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"firstTokenAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"costUsd"}}]}}]}}]}}]}}]} as unknown as DocumentNode<CallEventsSubscription, CallEventsSubscriptionVariables>;
export const CancelCallDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelCall"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelLlmCall"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]} as unknown as DocumentNode<CancelCallMutation, CancelCallMutationVariables>;
export const AuditLinesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuditLines"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AuditFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"auditEntries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AuditLine"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AuditLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuditEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"actor"}},{"kind":"Field","name":{"kind":"Name","value":"operation"}},{"kind":"Field","name":{"kind":"Name","value":"subjectType"}},{"kind":"Field","name":{"kind":"Name","value":"subjectId"}},{"kind":"Field","name":{"kind":"Name","value":"organizationId"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}},{"kind":"Field","name":{"kind":"Name","value":"hash"}}]}}]} as unknown as DocumentNode<AuditLinesQuery, AuditLinesQueryVariables>;
export const OrganizationAuditLinesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OrganizationAuditLines"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AuditFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"auditEntries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AuditLine"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AuditLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuditEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"actor"}},{"kind":"Field","name":{"kind":"Name","value":"operation"}},{"kind":"Field","name":{"kind":"Name","value":"subjectType"}},{"kind":"Field","name":{"kind":"Name","value":"subjectId"}},{"kind":"Field","name":{"kind":"Name","value":"organizationId"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}},{"kind":"Field","name":{"kind":"Name","value":"hash"}}]}}]} as unknown as DocumentNode<OrganizationAuditLinesQuery, OrganizationAuditLinesQueryVariables>;
export const AuditEndDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuditEnd"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"auditEntries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<AuditEndQuery, AuditEndQueryVariables>;
export const AuditPartDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuditPart"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SafeInt"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"auditCheck"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isSound"}},{"kind":"Field","name":{"kind":"Name","value":"isComplete"}},{"kind":"Field","name":{"kind":"Name","value":"checkedLines"}},{"kind":"Field","name":{"kind":"Name","value":"lastSequence"}},{"kind":"Field","name":{"kind":"Name","value":"lastHash"}},{"kind":"Field","name":{"kind":"Name","value":"fault"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}}]}}]}}]} as unknown as DocumentNode<AuditPartQuery, AuditPartQueryVariables>;
export const CallsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Calls"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"llmCalls"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallRow"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallAttempt"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallAttempt"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"upstream"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"failureKind"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"firstTokenAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"costUsd"}},{"kind":"Field","name":{"kind":"Name","value":"costSource"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallFacts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCall"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"modelGroup"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"latencyMs"}},{"kind":"Field","name":{"kind":"Name","value":"timeToFirstTokenMs"}},{"kind":"Field","name":{"kind":"Name","value":"costUsd"}},{"kind":"Field","name":{"kind":"Name","value":"costSource"}},{"kind":"Field","name":{"kind":"Name","value":"hasUnpricedPart"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"promptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cachedPromptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cacheWritePromptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"completionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"reasoningTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterMs"}},{"kind":"Field","name":{"kind":"Name","value":"upstreamCode"}},{"kind":"Field","name":{"kind":"Name","value":"upstreamParam"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attempts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallAttempt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCall"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallFacts"}},{"kind":"Field","name":{"kind":"Name","value":"team"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alias"}}]}},{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"jobType"}}]}}]}}]} as unknown as DocumentNode<CallsQuery, CallsQueryVariables>;
export const CallCountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CallCount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"llmCalls"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<CallCountQuery, CallCountQueryVariables>;
export const ErrorGroupsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ErrorGroups"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallErrorsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"llmCallErrors"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isComplete"}},{"kind":"Field","name":{"kind":"Name","value":"countedFrom"}},{"kind":"Field","name":{"kind":"Name","value":"countedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"groupCount"}},{"kind":"Field","name":{"kind":"Name","value":"groups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"lastAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastCall"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterMs"}},{"kind":"Field","name":{"kind":"Name","value":"upstreamCode"}},{"kind":"Field","name":{"kind":"Name","value":"upstreamParam"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ErrorGroupsQuery, ErrorGroupsQueryVariables>;
export const ModelGroupNamesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ModelGroupNames"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"modelGroups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<ModelGroupNamesQuery, ModelGroupNamesQueryVariables>;
export const JobDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Job"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"job"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"JobFacts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"JobFacts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"jobType"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"maxCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"maxTokens"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"}},{"kind":"Field","name":{"kind":"Name","value":"key"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}}]}},{"kind":"Field","name":{"kind":"Name","value":"team"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alias"}}]}},{"kind":"Field","name":{"kind":"Name","value":"costs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCalls"}},{"kind":"Field","name":{"kind":"Name","value":"successfulCalls"}},{"kind":"Field","name":{"kind":"Name","value":"failedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"cancelledCalls"}},{"kind":"Field","name":{"kind":"Name","value":"runningCalls"}},{"kind":"Field","name":{"kind":"Name","value":"promptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"completionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"failedAttemptsCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"creditsPosted"}},{"kind":"Field","name":{"kind":"Name","value":"creditsRemaining"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"unknownUsageCalls"}},{"kind":"Field","name":{"kind":"Name","value":"unpricedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"partlyUnpricedCalls"}}]}},{"kind":"Field","name":{"kind":"Name","value":"creditEntries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"credits"}},{"kind":"Field","name":{"kind":"Name","value":"heldCredits"}},{"kind":"Field","name":{"kind":"Name","value":"availableAfter"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"actor"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]} as unknown as DocumentNode<JobQuery, JobQueryVariables>;
export const JobCallsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"JobCalls"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"job"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"llmCalls"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallFacts"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallAttempt"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallAttempt"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"upstream"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"failureKind"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"firstTokenAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"costUsd"}},{"kind":"Field","name":{"kind":"Name","value":"costSource"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallFacts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCall"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"modelGroup"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"latencyMs"}},{"kind":"Field","name":{"kind":"Name","value":"timeToFirstTokenMs"}},{"kind":"Field","name":{"kind":"Name","value":"costUsd"}},{"kind":"Field","name":{"kind":"Name","value":"costSource"}},{"kind":"Field","name":{"kind":"Name","value":"hasUnpricedPart"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"promptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cachedPromptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cacheWritePromptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"completionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"reasoningTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterMs"}},{"kind":"Field","name":{"kind":"Name","value":"upstreamCode"}},{"kind":"Field","name":{"kind":"Name","value":"upstreamParam"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attempts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallAttempt"}}]}}]}}]} as unknown as DocumentNode<JobCallsQuery, JobCallsQueryVariables>;
export const JobUpdatedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"JobUpdated"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jobUpdated"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"jobId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"JobFacts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"JobFacts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"jobType"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"maxCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"maxTokens"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"}},{"kind":"Field","name":{"kind":"Name","value":"key"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}}]}},{"kind":"Field","name":{"kind":"Name","value":"team"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alias"}}]}},{"kind":"Field","name":{"kind":"Name","value":"costs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCalls"}},{"kind":"Field","name":{"kind":"Name","value":"successfulCalls"}},{"kind":"Field","name":{"kind":"Name","value":"failedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"cancelledCalls"}},{"kind":"Field","name":{"kind":"Name","value":"runningCalls"}},{"kind":"Field","name":{"kind":"Name","value":"promptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"completionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"failedAttemptsCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"creditsPosted"}},{"kind":"Field","name":{"kind":"Name","value":"creditsRemaining"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"unknownUsageCalls"}},{"kind":"Field","name":{"kind":"Name","value":"unpricedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"partlyUnpricedCalls"}}]}},{"kind":"Field","name":{"kind":"Name","value":"creditEntries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"credits"}},{"kind":"Field","name":{"kind":"Name","value":"heldCredits"}},{"kind":"Field","name":{"kind":"Name","value":"availableAfter"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"actor"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]} as unknown as DocumentNode<JobUpdatedSubscription, JobUpdatedSubscriptionVariables>;
export const EndJobDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"EndJob"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CompleteJobInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"completeJob"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"JobFacts"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"JobFacts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"jobType"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"maxCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"maxTokens"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"}},{"kind":"Field","name":{"kind":"Name","value":"key"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}}]}},{"kind":"Field","name":{"kind":"Name","value":"team"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alias"}}]}},{"kind":"Field","name":{"kind":"Name","value":"costs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCalls"}},{"kind":"Field","name":{"kind":"Name","value":"successfulCalls"}},{"kind":"Field","name":{"kind":"Name","value":"failedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"cancelledCalls"}},{"kind":"Field","name":{"kind":"Name","value":"runningCalls"}},{"kind":"Field","name":{"kind":"Name","value":"promptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"completionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"failedAttemptsCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"creditsPosted"}},{"kind":"Field","name":{"kind":"Name","value":"creditsRemaining"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"unknownUsageCalls"}},{"kind":"Field","name":{"kind":"Name","value":"unpricedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"partlyUnpricedCalls"}}]}},{"kind":"Field","name":{"kind":"Name","value":"creditEntries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"credits"}},{"kind":"Field","name":{"kind":"Name","value":"heldCredits"}},{"kind":"Field","name":{"kind":"Name","value":"availableAfter"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"actor"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]} as unknown as DocumentNode<EndJobMutation, EndJobMutationVariables>;
export const JobsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Jobs"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"JobFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jobs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"JobRow"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"JobRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"jobType"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"team"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alias"}}]}},{"kind":"Field","name":{"kind":"Name","value":"costs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCalls"}},{"kind":"Field","name":{"kind":"Name","value":"runningCalls"}},{"kind":"Field","name":{"kind":"Name","value":"failedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"creditsPosted"}}]}}]}}]} as unknown as DocumentNode<JobsQuery, JobsQueryVariables>;
export const JobCountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"JobCount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"JobFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jobs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<JobCountQuery, JobCountQueryVariables>;
export const KeysOfTeamDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"KeysOfTeam"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"team"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"virtualKeys"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}}]}}]}}]}}]} as unknown as DocumentNode<KeysOfTeamQuery, KeysOfTeamQueryVariables>;
export const RunningCallsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RunningCalls"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"llmCalls"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"EnumValue","value":"OLDEST_FIRST"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"modelGroup"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"team"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alias"}}]}},{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"jobType"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<RunningCallsQuery, RunningCallsQueryVariables>;
export const ModelGroupsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ModelGroups"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"modelGroups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Group"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Group"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ModelGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"maxOutputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"interchangeableEmbeddings"}},{"kind":"Field","name":{"kind":"Name","value":"allowedOptions"}},{"kind":"Field","name":{"kind":"Name","value":"models"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"priority"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}}]}}]}}]} as unknown as DocumentNode<ModelGroupsQuery, ModelGroupsQueryVariables>;
export const ModelCircuitsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ModelCircuits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"modelCircuits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"failures"}},{"kind":"Field","name":{"kind":"Name","value":"probeAt"}},{"kind":"Field","name":{"kind":"Name","value":"isForAllTeams"}},{"kind":"Field","name":{"kind":"Name","value":"teamIds"}}]}}]}}]} as unknown as DocumentNode<ModelCircuitsQuery, ModelCircuitsQueryVariables>;
export const ModelFiguresDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ModelFigures"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UsageInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"usage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rows"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"modelGroup"}},{"kind":"Field","name":{"kind":"Name","value":"figures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"failedAttempts"}},{"kind":"Field","name":{"kind":"Name","value":"costUsd"}},{"kind":"Field","name":{"kind":"Name","value":"timeToFirstTokenMs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"p50"}},{"kind":"Field","name":{"kind":"Name","value":"p95"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ModelFiguresQuery, ModelFiguresQueryVariables>;
export const ModelPricesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ModelPrices"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"modelPrices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ModelPrice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"inputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cachedInputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cacheWriteUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"oneHourCacheWriteUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"audioInputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"audioOutputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"longContext"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"thresholdTokens"}},{"kind":"Field","name":{"kind":"Name","value":"inputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cachedInputUsdPerMillionTokens"}}]}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]} as unknown as DocumentNode<ModelPricesQuery, ModelPricesQueryVariables>;
export const CreateModelGroupDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateModelGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateModelGroupInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createModelGroup"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Group"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Group"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ModelGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"maxOutputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"interchangeableEmbeddings"}},{"kind":"Field","name":{"kind":"Name","value":"allowedOptions"}},{"kind":"Field","name":{"kind":"Name","value":"models"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"priority"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}}]}}]}}]} as unknown as DocumentNode<CreateModelGroupMutation, CreateModelGroupMutationVariables>;
export const UpdateModelGroupDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateModelGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateModelGroupInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateModelGroup"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Group"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Group"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ModelGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"maxOutputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"interchangeableEmbeddings"}},{"kind":"Field","name":{"kind":"Name","value":"allowedOptions"}},{"kind":"Field","name":{"kind":"Name","value":"models"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"priority"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}}]}}]}}]} as unknown as DocumentNode<UpdateModelGroupMutation, UpdateModelGroupMutationVariables>;
export const DeleteModelGroupDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteModelGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteModelGroup"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"name"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}]}]}}]} as unknown as DocumentNode<DeleteModelGroupMutation, DeleteModelGroupMutationVariables>;
export const SetModelPriceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetModelPrice"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SetModelPriceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setModelPrice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ModelPrice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"inputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cachedInputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cacheWriteUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"oneHourCacheWriteUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"audioInputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"audioOutputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"longContext"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"thresholdTokens"}},{"kind":"Field","name":{"kind":"Name","value":"inputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputUsdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cachedInputUsdPerMillionTokens"}}]}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]} as unknown as DocumentNode<SetModelPriceMutation, SetModelPriceMutationVariables>;
export const RemoveModelPriceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemoveModelPrice"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"model"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removeModelPrice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"model"},"value":{"kind":"Variable","name":{"kind":"Name","value":"model"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"model"}}]}}]}}]} as unknown as DocumentNode<RemoveModelPriceMutation, RemoveModelPriceMutationVariables>;
export const OrganizationKeysDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OrganizationKeys"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"keys"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OwnKey"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OwnKey"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrganizationKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]} as unknown as DocumentNode<OrganizationKeysQuery, OrganizationKeysQueryVariables>;
export const CreateOrganizationKeyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateOrganizationKey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateOrganizationKeyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createOrganizationKey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"secret"}},{"kind":"Field","name":{"kind":"Name","value":"key"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OwnKey"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OwnKey"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrganizationKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]} as unknown as DocumentNode<CreateOrganizationKeyMutation, CreateOrganizationKeyMutationVariables>;
export const RevokeOrganizationKeyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeOrganizationKey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revokeOrganizationKey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OwnKey"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OwnKey"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrganizationKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]} as unknown as DocumentNode<RevokeOrganizationKeyMutation, RevokeOrganizationKeyMutationVariables>;
export const KeysOfTeamsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"KeysOfTeams"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"VirtualKeyFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"virtualKeys"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Key"}},{"kind":"Field","name":{"kind":"Name","value":"team"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alias"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Key"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VirtualKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"modelGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"limits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestsPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"tokensPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"concurrentCalls"}}]}},{"kind":"Field","name":{"kind":"Name","value":"jobAllowance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jobs"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"period"}}]}}]}}]} as unknown as DocumentNode<KeysOfTeamsQuery, KeysOfTeamsQueryVariables>;
export const OrganizationsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Organizations"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"status"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AccountStatus"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organizations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"status"},"value":{"kind":"Variable","name":{"kind":"Name","value":"status"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"teams"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"credits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pool"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pool"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrganizationCredits"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"granted"}},{"kind":"Field","name":{"kind":"Name","value":"passedOn"}}]}}]} as unknown as DocumentNode<OrganizationsQuery, OrganizationsQueryVariables>;
export const OrganizationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Organization"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"usage"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UsageInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"}},{"kind":"Field","name":{"kind":"Name","value":"credits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pool"}}]}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"usage"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"costUsd"}},{"kind":"Field","name":{"kind":"Name","value":"jobsCompleted"}},{"kind":"Field","name":{"kind":"Name","value":"jobsFailed"}},{"kind":"Field","name":{"kind":"Name","value":"jobsCancelled"}},{"kind":"Field","name":{"kind":"Name","value":"jobsExpired"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"callsFailed"}},{"kind":"Field","name":{"kind":"Name","value":"unpaidJobsCostUsd"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pool"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrganizationCredits"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"granted"}},{"kind":"Field","name":{"kind":"Name","value":"passedOn"}}]}}]} as unknown as DocumentNode<OrganizationQuery, OrganizationQueryVariables>;
export const OrganizationTeamsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OrganizationTeams"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"teams"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alias"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"credits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"allocated"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]} as unknown as DocumentNode<OrganizationTeamsQuery, OrganizationTeamsQueryVariables>;
export const OrganizationWorkDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OrganizationWork"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"teamIds"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"openJobs"},"name":{"kind":"Name","value":"jobs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"status"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"PENDING"},{"kind":"EnumValue","value":"IN_PROGRESS"}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"teamIds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"teamIds"}}}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"runningCalls"},"name":{"kind":"Name","value":"llmCalls"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"status"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"RUNNING"}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"teamIds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"teamIds"}}}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<OrganizationWorkQuery, OrganizationWorkQueryVariables>;
export const CreateOrganizationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateOrganization"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateOrganizationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createOrganization"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]} as unknown as DocumentNode<CreateOrganizationMutation, CreateOrganizationMutationVariables>;
export const UpdateOrganizationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateOrganization"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateOrganizationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateOrganization"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<UpdateOrganizationMutation, UpdateOrganizationMutationVariables>;
export const SuspendOrganizationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SuspendOrganization"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"suspendOrganization"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]} as unknown as DocumentNode<SuspendOrganizationMutation, SuspendOrganizationMutationVariables>;
export const ResumeOrganizationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResumeOrganization"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resumeOrganization"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]} as unknown as DocumentNode<ResumeOrganizationMutation, ResumeOrganizationMutationVariables>;
export const DeleteOrganizationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteOrganization"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteOrganization"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]} as unknown as DocumentNode<DeleteOrganizationMutation, DeleteOrganizationMutationVariables>;
export const GrantToPoolDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"GrantToPool"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"GrantOrganizationCreditsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"grantOrganizationCredits"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"credits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pool"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pool"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrganizationCredits"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"granted"}},{"kind":"Field","name":{"kind":"Name","value":"passedOn"}}]}}]} as unknown as DocumentNode<GrantToPoolMutation, GrantToPoolMutationVariables>;
export const TransferCreditsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TransferCredits"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TransferCreditsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transferCredits"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fromOrganization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"credits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pool"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"toOrganization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"credits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pool"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"fromTeam"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Balance"}}]}},{"kind":"Field","name":{"kind":"Name","value":"toTeam"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Balance"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pool"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrganizationCredits"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"granted"}},{"kind":"Field","name":{"kind":"Name","value":"passedOn"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Balance"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Team"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"credits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"allocated"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}}]}}]}}]} as unknown as DocumentNode<TransferCreditsMutation, TransferCreditsMutationVariables>;
export const OverviewDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Overview"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"now"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UsageInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UsageInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"now"},"name":{"kind":"Name","value":"usage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"now"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isComplete"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OverviewFigures"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rows"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"figures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OverviewFigures"}}]}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"before"},"name":{"kind":"Name","value":"usage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OverviewFigures"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rows"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"figures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OverviewFigures"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OverviewFigures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UsageFigures"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"costUsd"}},{"kind":"Field","name":{"kind":"Name","value":"jobsCompleted"}},{"kind":"Field","name":{"kind":"Name","value":"jobsFailed"}},{"kind":"Field","name":{"kind":"Name","value":"jobsCancelled"}},{"kind":"Field","name":{"kind":"Name","value":"jobsExpired"}},{"kind":"Field","name":{"kind":"Name","value":"costPerCompletedJobUsd"}},{"kind":"Field","name":{"kind":"Name","value":"unpaidJobsCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"callsFailed"}},{"kind":"Field","name":{"kind":"Name","value":"callsRescued"}},{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"errorRate"}},{"kind":"Field","name":{"kind":"Name","value":"fallbackRate"}},{"kind":"Field","name":{"kind":"Name","value":"latencyMs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"p95"}}]}},{"kind":"Field","name":{"kind":"Name","value":"timeToFirstTokenMs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"p95"}}]}}]}}]} as unknown as DocumentNode<OverviewQuery, OverviewQueryVariables>;
export const CostOfDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CostOf"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UsageInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"usage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rows"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"modelGroup"}},{"kind":"Field","name":{"kind":"Name","value":"teamId"}},{"kind":"Field","name":{"kind":"Name","value":"jobType"}},{"kind":"Field","name":{"kind":"Name","value":"figures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"costUsd"}},{"kind":"Field","name":{"kind":"Name","value":"jobsCompleted"}}]}}]}}]}}]}}]} as unknown as DocumentNode<CostOfQuery, CostOfQueryVariables>;
export const RunningNowDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RunningNow"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"llmCalls"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"status"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"RUNNING"}]}}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"modelGroup"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"team"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alias"}}]}},{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"jobType"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<RunningNowQuery, RunningNowQueryVariables>;
export const CallErrorsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CallErrors"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallErrorsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"llmCallErrors"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"countedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"isComplete"}},{"kind":"Field","name":{"kind":"Name","value":"groups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}}]}}]}}]}}]} as unknown as DocumentNode<CallErrorsQuery, CallErrorsQueryVariables>;
export const PlaygroundGroupsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PlaygroundGroups"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"teamId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"team"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"teamId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"credits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}}]}},{"kind":"Field","name":{"kind":"Name","value":"modelGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"models"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"priority"}}]}}]}}]}}]}}]} as unknown as DocumentNode<PlaygroundGroupsQuery, PlaygroundGroupsQueryVariables>;
export const OpenPlaygroundJobDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"OpenPlaygroundJob"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createJob"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"jobType"},"value":{"kind":"StringValue","value":"playground","block":false}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PlaygroundJob"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PlaygroundJob"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"costs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCalls"}},{"kind":"Field","name":{"kind":"Name","value":"runningCalls"}},{"kind":"Field","name":{"kind":"Name","value":"failedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"creditsPosted"}}]}}]}}]} as unknown as DocumentNode<OpenPlaygroundJobMutation, OpenPlaygroundJobMutationVariables>;
export const EndPlaygroundJobDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"EndPlaygroundJob"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CompleteJobInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"completeJob"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PlaygroundJob"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PlaygroundJob"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"costs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCalls"}},{"kind":"Field","name":{"kind":"Name","value":"runningCalls"}},{"kind":"Field","name":{"kind":"Name","value":"failedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"creditsPosted"}}]}}]}}]} as unknown as DocumentNode<EndPlaygroundJobMutation, EndPlaygroundJobMutationVariables>;
export const StartPlaygroundCallDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartPlaygroundCall"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startLlmCall"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<StartPlaygroundCallMutation, StartPlaygroundCallMutationVariables>;
export const PlaygroundJobUpdatedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"PlaygroundJobUpdated"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"jobId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jobUpdated"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"jobId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"jobId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PlaygroundJob"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PlaygroundJob"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"costs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCalls"}},{"kind":"Field","name":{"kind":"Name","value":"runningCalls"}},{"kind":"Field","name":{"kind":"Name","value":"failedCalls"}},{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"creditsPosted"}}]}}]}}]} as unknown as DocumentNode<PlaygroundJobUpdatedSubscription, PlaygroundJobUpdatedSubscriptionVariables>;
export const SettingsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Settings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"system"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"nodeVersion"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"uptimeSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"processId"}},{"kind":"Field","name":{"kind":"Name","value":"database"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"serverVersion"}},{"kind":"Field","name":{"kind":"Name","value":"latencyMs"}},{"kind":"Field","name":{"kind":"Name","value":"fault"}},{"kind":"Field","name":{"kind":"Name","value":"appliedMigrations"}},{"kind":"Field","name":{"kind":"Name","value":"pendingMigrations"}}]}},{"kind":"Field","name":{"kind":"Name","value":"redis"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"isConnected"}}]}},{"kind":"Field","name":{"kind":"Name","value":"upstreams"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"hasKey"}},{"kind":"Field","name":{"kind":"Name","value":"concurrencyMax"}},{"kind":"Field","name":{"kind":"Name","value":"runningRequests"}},{"kind":"Field","name":{"kind":"Name","value":"lastAnsweredAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastFailedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastFailure"}},{"kind":"Field","name":{"kind":"Name","value":"circuits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"settings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}},{"kind":"Field","name":{"kind":"Name","value":"isSecret"}}]}}]}}]}}]} as unknown as DocumentNode<SettingsQuery, SettingsQueryVariables>;
export const LedgerTotalsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"LedgerTotals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ledgerTotals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issued"}},{"kind":"Field","name":{"kind":"Name","value":"earned"}},{"kind":"Field","name":{"kind":"Name","value":"lapsed"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"isBalanced"}},{"kind":"Field","name":{"kind":"Name","value":"unsoundAccounts"}}]}}]}}]} as unknown as DocumentNode<LedgerTotalsQuery, LedgerTotalsQueryVariables>;
export const TeamLedgerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TeamLedger"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"team"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"creditEntries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"credits"}},{"kind":"Field","name":{"kind":"Name","value":"heldCredits"}},{"kind":"Field","name":{"kind":"Name","value":"availableAfter"}},{"kind":"Field","name":{"kind":"Name","value":"heldAfter"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"actor"}},{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"jobType"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]} as unknown as DocumentNode<TeamLedgerQuery, TeamLedgerQueryVariables>;
export const TeamGrantsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TeamGrants"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"team"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"creditGrants"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"credits"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]} as unknown as DocumentNode<TeamGrantsQuery, TeamGrantsQueryVariables>;
export const LedgerProofDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"LedgerProof"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ledgerAudit"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"teamId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"teamId"}},{"kind":"Field","name":{"kind":"Name","value":"isSound"}},{"kind":"Field","name":{"kind":"Name","value":"isComplete"}},{"kind":"Field","name":{"kind":"Name","value":"entryCount"}},{"kind":"Field","name":{"kind":"Name","value":"jobCount"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"differences"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"figure"}},{"kind":"Field","name":{"kind":"Name","value":"recorded"}},{"kind":"Field","name":{"kind":"Name","value":"recomputed"}},{"kind":"Field","name":{"kind":"Name","value":"entryId"}},{"kind":"Field","name":{"kind":"Name","value":"jobId"}}]}}]}}]}}]} as unknown as DocumentNode<LedgerProofQuery, LedgerProofQueryVariables>;
export const AddCreditsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddCredits"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddCreditsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addCredits"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Balance"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Balance"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Team"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"credits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"allocated"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}}]}}]}}]} as unknown as DocumentNode<AddCreditsMutation, AddCreditsMutationVariables>;
export const AdjustCreditsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AdjustCredits"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AdjustCreditsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"adjustCredits"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Balance"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Balance"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Team"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"credits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"allocated"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}}]}}]}}]} as unknown as DocumentNode<AdjustCreditsMutation, AdjustCreditsMutationVariables>;
export const TeamKeysDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TeamKeys"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"team"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"modelGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"virtualKeys"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Key"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Key"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VirtualKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"modelGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"limits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestsPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"tokensPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"concurrentCalls"}}]}},{"kind":"Field","name":{"kind":"Name","value":"jobAllowance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jobs"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"period"}}]}}]}}]} as unknown as DocumentNode<TeamKeysQuery, TeamKeysQueryVariables>;
export const CreateKeyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateKey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateVirtualKeyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createVirtualKey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"virtualKey"}},{"kind":"Field","name":{"kind":"Name","value":"key"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Key"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Key"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VirtualKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"modelGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"limits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestsPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"tokensPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"concurrentCalls"}}]}},{"kind":"Field","name":{"kind":"Name","value":"jobAllowance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jobs"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"period"}}]}}]}}]} as unknown as DocumentNode<CreateKeyMutation, CreateKeyMutationVariables>;
export const RotateKeyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RotateKey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"graceSeconds"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rotateVirtualKey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"graceSeconds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"graceSeconds"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"virtualKey"}},{"kind":"Field","name":{"kind":"Name","value":"key"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Key"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Key"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VirtualKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"modelGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"limits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestsPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"tokensPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"concurrentCalls"}}]}},{"kind":"Field","name":{"kind":"Name","value":"jobAllowance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jobs"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"period"}}]}}]}}]} as unknown as DocumentNode<RotateKeyMutation, RotateKeyMutationVariables>;
export const RevokeKeyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeKey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revokeVirtualKey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Key"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Key"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VirtualKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"modelGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"limits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestsPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"tokensPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"concurrentCalls"}}]}},{"kind":"Field","name":{"kind":"Name","value":"jobAllowance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jobs"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"period"}}]}}]}}]} as unknown as DocumentNode<RevokeKeyMutation, RevokeKeyMutationVariables>;
export const TeamLimitsOfDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TeamLimitsOf"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"team"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TeamLimits"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LimitsFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Limits"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestsPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"tokensPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"concurrentCalls"}},{"kind":"Field","name":{"kind":"Name","value":"isEnforced"}},{"kind":"Field","name":{"kind":"Name","value":"wouldRefuse"}},{"kind":"Field","name":{"kind":"Name","value":"override"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"until"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TeamLimits"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Team"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"limits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LimitsFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"defaultKeyLimits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LimitsFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"billing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"creditsPerUsd"}},{"kind":"Field","name":{"kind":"Name","value":"tokensPerCredit"}},{"kind":"Field","name":{"kind":"Name","value":"creditPriceUsd"}},{"kind":"Field","name":{"kind":"Name","value":"markupPercent"}},{"kind":"Field","name":{"kind":"Name","value":"monthlyCredits"}},{"kind":"Field","name":{"kind":"Name","value":"lowCreditsThresholds"}},{"kind":"Field","name":{"kind":"Name","value":"unpaidCostUsdPerDay"}},{"kind":"Field","name":{"kind":"Name","value":"unpaidCostUsdToday"}},{"kind":"Field","name":{"kind":"Name","value":"isUnpaidCostEnforced"}},{"kind":"Field","name":{"kind":"Name","value":"unpaidCostWouldRefuse"}}]}}]}}]} as unknown as DocumentNode<TeamLimitsOfQuery, TeamLimitsOfQueryVariables>;
export const TeamsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Teams"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organizationId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"teams"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"organizationId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organizationId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alias"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"credits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"allocated"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"used"}}]}},{"kind":"Field","name":{"kind":"Name","value":"modelGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<TeamsQuery, TeamsQueryVariables>;
export const TeamDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Team"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"usage"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UsageInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"team"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alias"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"credits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"allocated"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}}]}},{"kind":"Field","name":{"kind":"Name","value":"modelGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"billing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"usage"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"costUsd"}},{"kind":"Field","name":{"kind":"Name","value":"jobsCompleted"}},{"kind":"Field","name":{"kind":"Name","value":"jobsFailed"}},{"kind":"Field","name":{"kind":"Name","value":"jobsCancelled"}},{"kind":"Field","name":{"kind":"Name","value":"jobsExpired"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"callsFailed"}},{"kind":"Field","name":{"kind":"Name","value":"unpaidJobsCostUsd"}}]}}]}}]}}]}}]} as unknown as DocumentNode<TeamQuery, TeamQueryVariables>;
export const OpenWorkDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OpenWork"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"team"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","alias":{"kind":"Name","value":"openJobs"},"name":{"kind":"Name","value":"jobs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"status"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"PENDING"},{"kind":"EnumValue","value":"IN_PROGRESS"}]}}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"runningCalls"},"name":{"kind":"Name","value":"llmCalls"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"status"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"RUNNING"}]}}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]}}]} as unknown as DocumentNode<OpenWorkQuery, OpenWorkQueryVariables>;
export const TeamChoicesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TeamChoices"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"isAdmin"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organizations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"directives":[{"kind":"Directive","name":{"kind":"Name","value":"include"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"if"},"value":{"kind":"Variable","name":{"kind":"Name","value":"isAdmin"}}}]}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"modelGroups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<TeamChoicesQuery, TeamChoicesQueryVariables>;
export const CreateTeamDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateTeam"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateTeamInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createTeam"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"team"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"virtualKey"}}]}}]}}]} as unknown as DocumentNode<CreateTeamMutation, CreateTeamMutationVariables>;
export const UpdateTeamDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateTeam"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateTeamInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateTeam"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alias"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"modelGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"TeamLimits"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LimitsFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Limits"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestsPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"tokensPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"concurrentCalls"}},{"kind":"Field","name":{"kind":"Name","value":"isEnforced"}},{"kind":"Field","name":{"kind":"Name","value":"wouldRefuse"}},{"kind":"Field","name":{"kind":"Name","value":"override"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"until"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TeamLimits"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Team"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"limits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LimitsFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"defaultKeyLimits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LimitsFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"billing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"creditsPerUsd"}},{"kind":"Field","name":{"kind":"Name","value":"tokensPerCredit"}},{"kind":"Field","name":{"kind":"Name","value":"creditPriceUsd"}},{"kind":"Field","name":{"kind":"Name","value":"markupPercent"}},{"kind":"Field","name":{"kind":"Name","value":"monthlyCredits"}},{"kind":"Field","name":{"kind":"Name","value":"lowCreditsThresholds"}},{"kind":"Field","name":{"kind":"Name","value":"unpaidCostUsdPerDay"}},{"kind":"Field","name":{"kind":"Name","value":"unpaidCostUsdToday"}},{"kind":"Field","name":{"kind":"Name","value":"isUnpaidCostEnforced"}},{"kind":"Field","name":{"kind":"Name","value":"unpaidCostWouldRefuse"}}]}}]}}]} as unknown as DocumentNode<UpdateTeamMutation, UpdateTeamMutationVariables>;
export const SuspendTeamDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SuspendTeam"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"suspendTeam"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]} as unknown as DocumentNode<SuspendTeamMutation, SuspendTeamMutationVariables>;
export const ResumeTeamDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResumeTeam"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resumeTeam"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]} as unknown as DocumentNode<ResumeTeamMutation, ResumeTeamMutationVariables>;
export const DeleteTeamDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteTeam"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteTeam"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]} as unknown as DocumentNode<DeleteTeamMutation, DeleteTeamMutationVariables>;
export const DeliveriesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Deliveries"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DeliveryFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"webhook"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"deliveries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Delivery"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Delivery"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"WebhookDelivery"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"eventId"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"nextTryAt"}},{"kind":"Field","name":{"kind":"Name","value":"payload"}},{"kind":"Field","name":{"kind":"Name","value":"tries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"error"}},{"kind":"Field","name":{"kind":"Name","value":"ms"}}]}}]}}]} as unknown as DocumentNode<DeliveriesQuery, DeliveriesQueryVariables>;
export const TestWebhookDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TestWebhook"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"testWebhook"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Delivery"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Delivery"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"WebhookDelivery"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"eventId"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"nextTryAt"}},{"kind":"Field","name":{"kind":"Name","value":"payload"}},{"kind":"Field","name":{"kind":"Name","value":"tries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"error"}},{"kind":"Field","name":{"kind":"Name","value":"ms"}}]}}]}}]} as unknown as DocumentNode<TestWebhookMutation, TestWebhookMutationVariables>;
export const ReplayDeliveryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ReplayDelivery"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replayWebhookDelivery"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Delivery"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Delivery"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"WebhookDelivery"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"eventId"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"nextTryAt"}},{"kind":"Field","name":{"kind":"Name","value":"payload"}},{"kind":"Field","name":{"kind":"Name","value":"tries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"error"}},{"kind":"Field","name":{"kind":"Name","value":"ms"}}]}}]}}]} as unknown as DocumentNode<ReplayDeliveryMutation, ReplayDeliveryMutationVariables>;
export const WebhooksDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Webhooks"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"webhooks"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Endpoint"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Endpoint"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Webhook"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"events"}},{"kind":"Field","name":{"kind":"Name","value":"organizationId"}},{"kind":"Field","name":{"kind":"Name","value":"teamId"}},{"kind":"Field","name":{"kind":"Name","value":"isEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<WebhooksQuery, WebhooksQueryVariables>;
export const WebhookDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Webhook"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"webhook"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Endpoint"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Endpoint"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Webhook"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"events"}},{"kind":"Field","name":{"kind":"Name","value":"organizationId"}},{"kind":"Field","name":{"kind":"Name","value":"teamId"}},{"kind":"Field","name":{"kind":"Name","value":"isEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<WebhookQuery, WebhookQueryVariables>;
export const WebhookOwnersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WebhookOwners"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organizations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<WebhookOwnersQuery, WebhookOwnersQueryVariables>;
export const DeliveryCountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DeliveryCount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"webhook"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"deliveries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]}}]} as unknown as DocumentNode<DeliveryCountQuery, DeliveryCountQueryVariables>;
export const CreateWebhookDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateWebhook"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateWebhookInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createWebhook"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"secret"}},{"kind":"Field","name":{"kind":"Name","value":"webhook"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<CreateWebhookMutation, CreateWebhookMutationVariables>;
export const UpdateWebhookDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateWebhook"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateWebhookInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateWebhook"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Endpoint"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Endpoint"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Webhook"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"events"}},{"kind":"Field","name":{"kind":"Name","value":"organizationId"}},{"kind":"Field","name":{"kind":"Name","value":"teamId"}},{"kind":"Field","name":{"kind":"Name","value":"isEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<UpdateWebhookMutation, UpdateWebhookMutationVariables>;
export const RotateWebhookSecretDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RotateWebhookSecret"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"graceSeconds"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rotateWebhookSecret"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"graceSeconds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"graceSeconds"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"secret"}}]}}]}}]} as unknown as DocumentNode<RotateWebhookSecretMutation, RotateWebhookSecretMutationVariables>;
export const DeleteWebhookDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteWebhook"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteWebhook"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}]}}]} as unknown as DocumentNode<DeleteWebhookMutation, DeleteWebhookMutationVariables>;
export const ViewerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AdminViewer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PersonViewer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","alias":{"kind":"Name","value":"only"},"name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrganizationViewer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TeamViewer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"team"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alias"}},{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;
export const CallDetailDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CallDetail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"llmCall"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallFacts"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CostOfAttempt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"content"}},{"kind":"Field","name":{"kind":"Name","value":"reasoning"}},{"kind":"Field","name":{"kind":"Name","value":"finishReason"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"}},{"kind":"Field","name":{"kind":"Name","value":"toolCalls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"arguments"}}]}},{"kind":"Field","name":{"kind":"Name","value":"key"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}}]}},{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"jobType"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallAttempt"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallAttempt"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"upstream"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"failureKind"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"firstTokenAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"costUsd"}},{"kind":"Field","name":{"kind":"Name","value":"costSource"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallFacts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCall"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"modelGroup"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"latencyMs"}},{"kind":"Field","name":{"kind":"Name","value":"timeToFirstTokenMs"}},{"kind":"Field","name":{"kind":"Name","value":"costUsd"}},{"kind":"Field","name":{"kind":"Name","value":"costSource"}},{"kind":"Field","name":{"kind":"Name","value":"hasUnpricedPart"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"promptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cachedPromptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cacheWritePromptTokens"}},{"kind":"Field","name":{"kind":"Name","value":"completionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"reasoningTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterMs"}},{"kind":"Field","name":{"kind":"Name","value":"upstreamCode"}},{"kind":"Field","name":{"kind":"Name","value":"upstreamParam"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attempts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallAttempt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CostOfAttempt"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LlmCallAttempt"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"costComponents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"component"}},{"kind":"Field","name":{"kind":"Name","value":"tokens"}},{"kind":"Field","name":{"kind":"Name","value":"usdPerMillionTokens"}},{"kind":"Field","name":{"kind":"Name","value":"costUsd"}}]}}]}}]} as unknown as DocumentNode<CallDetailQuery, CallDetailQueryVariables>;
export const TeamNamesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TeamNames"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"teams"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alias"}},{"kind":"Field","name":{"kind":"Name","value":"credits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"allocated"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<TeamNamesQuery, TeamNamesQueryVariables>;