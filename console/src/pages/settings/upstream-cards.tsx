import type { SettingsQuery, UpstreamKind } from "../../api/graphql";
import { formatCount } from "../../format/numbers";
import { Card } from "../../ui/card";
import { Chip } from "../../ui/chip";
import { Facts } from "../../ui/facts";
import { Time } from "../../ui/time";

type Upstream = NonNullable<SettingsQuery["system"]>["upstreams"][number];

const KIND_WORDS: Readonly<Record<UpstreamKind, string>> = {
  SIMULATED: "simulated: its answers are made up",
  OPENAI_COMPATIBLE: "OpenAI's API",
  OPENAI: "OpenAI",
  AZURE_OPENAI: "OpenAI on Azure",
  ANTHROPIC: "Anthropic's API",
};

/** A card for each of those who answer as the models, as the process knows them. */
export function UpstreamCards({ upstreams }: { readonly upstreams: readonly Upstream[] }) {
  return upstreams.map((upstream) => (
    <Card
      key={upstream.name}
      title={upstreams.length === 1 ? "Upstream" : `Upstream ${upstream.name}`}
      action={<Circuits upstream={upstream} />}
    >
      <Facts
        facts={[
          ["Kind", KIND_WORDS[upstream.kind]],
          upstream.address && ["Address", upstream.address],
          upstream.address && ["Key", upstream.hasKey ? "set" : "none"],
          [
            "Requests now",
            upstream.concurrencyMax === null
              ? formatCount(upstream.runningRequests)
              : `${formatCount(upstream.runningRequests)} of ${formatCount(upstream.concurrencyMax)}`,
          ],
          upstream.lastAnsweredAt && ["Answered last", <Time key="answered" at={upstream.lastAnsweredAt} />],
          upstream.lastFailedAt && [
            "Failed last",
            <span key="failed">
              <Time at={upstream.lastFailedAt} /> {upstream.lastFailure}
            </span>,
          ],
        ]}
      />
    </Card>
  ));
}

function Circuits({ upstream: { circuits } }: { readonly upstream: Upstream }) {
  const open = circuits.filter(({ state }) => state !== "CLOSED").length;
  return open === 0 ? null : <Chip tone="bad">{`${formatCount(open)} passed over`}</Chip>;
}
