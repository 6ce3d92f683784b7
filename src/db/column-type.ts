import type {
  AccountStatus,
  AllowancePeriod,
  BillingMode,
  CostSource,
  CreditCategory,
  CreditEntryKind,
  DeliveryStatus,
  JobStatus,
  LlmCallKind,
  LlmCallStatus,
  Prisma,
  UsageSource,
  WebhookEventType,
} from "../generated/prisma/client.js";

/** The TypeScript type of each PostgreSQL type, for the parameters and columns of statements. */
interface Types {
  readonly uuid: string;
  readonly text: string;
  readonly bool: boolean;
  readonly int4: number;
  readonly int8: bigint;
  /** An int8 that never passes 2^53, such as a count of tokens: a number here, so that it can be reckoned with and shown. */
  readonly safeint: number;
  readonly float8: number;
  readonly timestamptz: Date;
  readonly bytea: Uint8Array<ArrayBuffer>;
  readonly jsonb: Prisma.JsonValue;
  readonly account_status: AccountStatus;
  readonly allowance_period: AllowancePeriod;
  readonly billing_mode: BillingMode;
  readonly cost_source: CostSource;
  readonly credit_category: CreditCategory;
  readonly credit_entry_kind: CreditEntryKind;
  readonly delivery_status: DeliveryStatus;
  readonly job_status: JobStatus;
  readonly llm_call_kind: LlmCallKind;
  readonly llm_call_status: LlmCallStatus;
  readonly usage_source: UsageSource;
  readonly webhook_event_type: WebhookEventType;
  /**
   * Arrays of enums are sent as text[], because PGlite does not know an array type that was made after it was opened.
   */
  readonly "text[]": readonly string[];
  readonly "uuid[]": readonly string[];
}

/** The name of a type. A `?` at its end means that the value may be null. */
type ColumnType = keyof Types | `${keyof Types}?`;

export type Columns = Readonly<Record<string, ColumnType>>;

type ValueOf<Type extends ColumnType> = Type extends `${infer Base extends keyof Types}?`
  ? Types[Base] | null
  : Type extends keyof Types
    ? Types[Type]
    : never;

/** The values of columns, by name. */
export type ValuesOf<Of extends Columns> = { -readonly [Name in keyof Of]: ValueOf<Of[Name]> };

/**
 * The columns of a whole row of one of Prisma's models. Each field of the model has a column type with exactly the
 * field's values. `{ ... } as const satisfies RowOf<LlmCall>` does not compile if a field is missing or has another
 * type.
 */
export type RowOf<Model> = { readonly [Field in keyof Model]: TypeOf<Model[Field]> };

type TypeOf<Value> = {
  [Type in ColumnType]: [ValueOf<Type>] extends [Value] ? ([Value] extends [ValueOf<Type>] ? Type : never) : never;
}[ColumnType];
