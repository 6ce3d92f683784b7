import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { listComplexity } from "../../edge/graphql/complexity.js";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import { ModelCircuit } from "../models/circuits/model-circuit.type.js";

export enum DatabaseKind {
  PGLITE = "PGLITE",
  POSTGRESQL = "POSTGRESQL",
}

registerEnumType(DatabaseKind, {
  name: "DatabaseKind",
  description: "Which database the gateway keeps its things in.",
  valuesConfig: {
    PGLITE: { description: "PostgreSQL inside the gateway's own process. It is for one process." },
    POSTGRESQL: { description: "A PostgreSQL server. Several processes may share it." },
  },
});

export enum UpstreamKind {
  SIMULATED = "SIMULATED",
  OPENAI_COMPATIBLE = "OPENAI_COMPATIBLE",
  OPENAI = "OPENAI",
  AZURE_OPENAI = "AZURE_OPENAI",
  ANTHROPIC = "ANTHROPIC",
}

registerEnumType(UpstreamKind, {
  name: "UpstreamKind",
  description: "Who answers as the models.",
  valuesConfig: {
    SIMULATED: { description: "The simulated model, whose answers are made up." },
    OPENAI_COMPATIBLE: { description: "A server that speaks OpenAI's API." },
    OPENAI: { description: "OpenAI itself." },
    AZURE_OPENAI: { description: "OpenAI's models on Azure." },
    ANTHROPIC: { description: "A server that speaks Anthropic's API." },
  },
});

@ObjectType({ description: "The database of the gateway.", simpleResolvers: true })
export class SystemDatabase {
  @Field(() => DatabaseKind, { description: "Which database it is." })
  readonly kind!: DatabaseKind;

  @Field(() => String, {
    description:
      'Its kind and its place in words, such as "PostgreSQL at db.example.com:5432". It has no user and no password.',
  })
  readonly description!: string;

  @Field(() => String, {
    nullable: true,
    description: "Why the database cannot be used at the moment, in one sentence. Null if it can be used.",
  })
  readonly fault!: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "How long the database took to answer a question for this field, in milliseconds, with the wait for a free connection. Null if it gave no answer within 2 seconds.",
  })
  readonly latencyMs!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The version of PostgreSQL, such as "17.5". Null if the database does not answer.',
  })
  readonly serverVersion!: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "How many migrations were applied to the database, those of a newer version of the gateway too. Null if the database does not answer.",
  })
  readonly appliedMigrations!: number | null;

  @Field(() => [String], {
    nullable: true,
    description:
      "The names of the migrations of this version that were not applied, oldest first. Null if the database does not answer.",
  })
  readonly pendingMigrations!: readonly string[] | null;
}

@ObjectType({ description: "The Redis that the processes on one database share.", simpleResolvers: true })
export class SystemRedis {
  @Field(() => String, { description: 'Its host and port, such as "redis.example.com:6379".' })
  readonly address!: string;

  @Field(() => Boolean, {
    description: "Whether it answers now. While it does not, a call is followed only through the process that runs it.",
  })
  readonly isConnected!: boolean;
}

@ObjectType({
  description: "Who answers as the models. The query modelCircuits tells which models fail.",
  simpleResolvers: true,
})
export class SystemUpstream {
  @Field(() => String, {
    description: 'Its name. Models of groups begin with it and a slash, unless it is "default".',
  })
  readonly name!: string;

  @Field(() => UpstreamKind, { description: "Who answers." })
  readonly kind!: UpstreamKind;

  @Field(() => String, {
    nullable: true,
    description: "The address of the upstream, without a user, a password and a query. Null for the simulated model.",
  })
  readonly address!: string | null;

  @Field(() => Boolean, { description: "Whether the gateway has a key for the upstream." })
  readonly hasKey!: boolean;

  @Field(() => Int, { description: "How long an answer may take to begin, in milliseconds." })
  readonly firstTokenTimeoutMs!: number;

  @Field(() => Int, { description: "The longest pause inside a streamed answer, in milliseconds." })
  readonly idleTimeoutMs!: number;

  @Field(() => Int, {
    nullable: true,
    description: "How many requests the process may have at the upstream at the same time. Null means no limit.",
  })
  readonly concurrencyMax!: number | null;

  @Field(() => Int, { description: "How many requests the process has at the upstream now." })
  readonly runningRequests!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When a model of the upstream last answered in full. Null if none has since the process started.",
  })
  readonly lastAnsweredAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When an attempt at the upstream last failed. Null if none has since the process started.",
  })
  readonly lastFailedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why that attempt failed, such as "rate-limited". Null if none has failed.',
  })
  readonly lastFailure!: string | null;

  @Field(() => [ModelCircuit], {
    complexity: listComplexity,
    description: "The circuit breakers of its models whose last request failed, by name.",
  })
  readonly circuits!: readonly ModelCircuit[];
}

@ObjectType({ description: "A variable that the gateway was started with.", simpleResolvers: true })
export class SystemSetting {
  @Field(() => String, { description: 'The name of the variable, such as "PORT".' })
  readonly name!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "The value that counts, whether it was given or is the default. An address is shown without its user, password and query. Null if there is no value, and always if it is secret.",
  })
  readonly value!: string | null;

  @Field(() => Boolean, {
    description: "Whether the value is the default one. For a secret, false says that one was given.",
  })
  readonly isDefault!: boolean;

  @Field(() => Boolean, { description: "Whether the value is secret. If so, it is never shown." })
  readonly isSecret!: boolean;
}

@ObjectType({
  description:
    "The process that answers, what it stands on, and how it is configured. Other processes on the same database may differ.",
  simpleResolvers: true,
})
export class SystemInfo {
  @Field(() => String, { description: 'The version of Tollgate, such as "0.1.0".' })
  readonly version!: string;

  @Field(() => DateTimeScalar, { description: "When the process started." })
  readonly startedAt!: Date;

  @Field(() => Int, { description: "How long the process has run, in seconds." })
  readonly uptimeSeconds!: number;

  @Field(() => String, { description: 'The version of Node.js, such as "24.21.0".' })
  readonly nodeVersion!: string;

  @Field(() => String, { description: "The name of the machine or the container." })
  readonly host!: string;

  @Field(() => Int, { description: "The number of the process on its machine." })
  readonly processId!: number;

  @Field(() => SystemDatabase, { description: "The database." })
  readonly database!: SystemDatabase;

  @Field(() => SystemRedis, { nullable: true, description: "Redis. Null if none is configured." })
  readonly redis!: SystemRedis | null;

  @Field(() => SystemUpstream, {
    description: 'The upstream "default". If there is none of that name, the first of the file that UPSTREAMS names.',
  })
  readonly upstream!: SystemUpstream;

  @Field(() => [SystemUpstream], {
    complexity: listComplexity,
    description: 'All who answer as the models: "default" first, then those of the file in its order. Never empty.',
  })
  readonly upstreams!: readonly SystemUpstream[];

  @Field(() => [SystemSetting], {
    complexity: listComplexity,
    description: "All variables that the gateway knows, in the order of .env.example.",
  })
  readonly settings!: readonly SystemSetting[];
}
