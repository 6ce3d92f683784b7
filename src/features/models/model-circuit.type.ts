import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import { CircuitState } from "../../upstream/resilience/circuit-breakers.js";

registerEnumType(CircuitState, {
  name: "CircuitState",
  description: "Whether a model is asked.",
  valuesConfig: {
    CLOSED: { description: "As always." },
    OPEN: { description: "It is passed over, except where a group has no other model left." },
    HALF_OPEN: { description: "One request goes through to find out." },
  },
});

@ObjectType({
  description: "The circuit breaker of a model that failed last, in the process that answers.",
  simpleResolvers: true,
})
export class ModelCircuit {
  @Field(() => String, { description: "The model's name." })
  readonly model!: string;

  @Field(() => CircuitState, { description: "Whether it is asked." })
  readonly state!: CircuitState;

  @Field(() => Int, { description: "In a row; 5 open the circuit." })
  readonly failures!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "From when on a request goes through to find out; null while it is CLOSED.",
  })
  readonly probeAt!: Date | null;
}
