import { Field, ObjectType, registerEnumType } from "type-graphql";
import { DecimalScalar, SafeIntScalar } from "../../../edge/graphql/scalars.js";
import { CostSource } from "../../../generated/prisma/enums.js";
import { COMPONENTS, type CostComponentName } from "../../../upstream/pricing/cost-components.js";

const CostComponentKind = Object.fromEntries(COMPONENTS.map((name) => [name, name])) as {
  readonly [Name in CostComponentName]: Name;
};

registerEnumType(CostComponentKind, {
  name: "CostComponentKind",
  description: "What a part of a cost is paid for.",
  valuesConfig: {
    PROMPT: { description: "Tokens of the prompt that are in no other component." },
    CACHE_READ: { description: "Tokens of the prompt that came from the upstream's cache." },
    CACHE_WRITE: { description: "Tokens of the prompt that were written to the upstream's cache, for 5 minutes." },
    ONE_HOUR_CACHE_WRITE: {
      description: "Tokens of the prompt that were written to the upstream's cache, for an hour.",
    },
    AUDIO_PROMPT: { description: "Tokens of the prompt that are sound." },
    IMAGE_PROMPT: { description: "Tokens of the prompt that are images." },
    COMPLETION: { description: "Tokens of the answer that are in no other component, reasoning included." },
    AUDIO_COMPLETION: { description: "Tokens of the answer that are sound." },
    IMAGE_COMPLETION: { description: "Tokens of the answer that are images." },
    WEB_SEARCH: {
      description:
        "Searches of the web that the upstream made for the answer. Their price is never known, so they are UNPRICED.",
    },
    REQUEST: { description: "The request itself, for which some models ask a price." },
    ANSWER: { description: "All of it, because the upstream told one figure." },
  },
});

@ObjectType({ description: "A part of what an attempt cost.", simpleResolvers: true })
export class CostComponent {
  @Field(() => CostComponentKind, { description: "What is paid for." })
  readonly component!: CostComponentName;

  @Field(() => SafeIntScalar, {
    nullable: true,
    description: "How many tokens it has. Null for WEB_SEARCH, REQUEST and ANSWER, which are not counted in tokens.",
  })
  readonly tokens!: number | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "USD per million tokens, exact to 1e-9, and with the team's markup if it is not the admin who asks. Null if the price is not known, or not by tokens.",
  })
  readonly usdPerMillionTokens!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "USD, with the team's markup if it is not the admin who asks. It is tokens times usdPerMillionTokens, but for less than 1e-9 that rounding moves between components, so that they add up to the attempt's costUsd exactly. Null if the price is not known.",
  })
  readonly costUsd!: string | null;

  @Field(() => CostSource, { description: "Where the price comes from. UNPRICED if it is not known." })
  readonly source!: CostSource;
}
