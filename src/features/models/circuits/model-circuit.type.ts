import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../../../edge/graphql/scalars.js";
import { CircuitState } from "../../../upstream/resilience/circuit.js";

registerEnumType(CircuitState, {
  name: "CircuitState",
  description: "Whether a model is asked.",
  valuesConfig: {
    CLOSED: { description: "The model is asked." },
    OPEN: { description: "The model is passed over, unless a group has no other model left." },
    HALF_OPEN: { description: "One request is let through, to find out whether the model is well again." },
  },
});

@ObjectType({
  description: "The circuit breaker of a model whose last request failed, in the process that answers.",
  simpleResolvers: true,
})
export class ModelCircuit {
  @Field(() => String, {
    description: 'The model, as "<upstream>/<model>", or the name alone if it is a model of the upstream "default".',
  })
  readonly model!: string;

  @Field(() => String, { description: "The name of its upstream." })
  readonly upstream!: string;

  @Field(() => CircuitState, { description: "Whether the model is asked." })
  readonly state!: CircuitState;

  @Field(() => Boolean, {
    description:
      "Whether the circuit is open for all teams. It is so once the requests of two teams failed within a minute.",
  })
  readonly isForAllTeams!: boolean;

  @Field(() => [ID], {
    description:
      "The teams for which the circuit is open, if it is not open for all: their requests failed, and nobody else's did.",
  })
  readonly teamIds!: string[];

  @Field(() => Int, {
    description: "Number of failures in a row. At 5 the circuit opens, at first for the team whose requests failed.",
  })
  readonly failures!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "From when on a request is let through, to find out whether the model is well again. Null while the circuit is CLOSED.",
  })
  readonly probeAt!: Date | null;
}
