/** The whole chain: from a key to a job that is completed. Each tab is an operation, which gives the tab its name. */
export const EXAMPLE_TABS: readonly { readonly query: string; readonly variables?: string }[] = [
  {
    query: `# Tollgate sells LLM work by the job: a completed job
# costs one credit, however many calls it made.
#
# Put a key into the field at the top right: a team's
# virtual key or the admin key. It stays in this tab of
# the browser. Then press Ctrl-Enter. The next tabs go
# on from here. The book icon opens the manual of every
# type and field.

query WhoAmI {
  viewer {
    __typename
    ... on TeamViewer {
      team {
        id
        modelGroups {
          name
        }
        credits {
          available
        }
      }
    }
  }
}
`,
  },
  {
    query: `# With the admin key: a customer, a model group, and a
# team with 100 credits. What is there already answers
# ALREADY_EXISTS, and the rest is done.
#
# The answer shows the team's virtualKey once. Put it
# into the field at the top right, and go on.

mutation MakeTeam(
  $organization: ID!
  $group: ID!
  $team: ID!
) {
  createOrganization(
    input: { id: $organization, name: "An example" }
  ) {
    id
  }
  createModelGroup(
    input: { name: $group, models: [{ name: "gpt-4o-mini" }] }
  ) {
    name
  }
  createTeam(
    input: {
      id: $team
      organizationId: $organization
      modelGroups: [$group]
      creditsAllocated: 100
    }
  ) {
    virtualKey
  }
}
`,
    variables: variables({ organization: "example", group: "ChatFast", team: "example-team" }),
  },
  {
    query: `# With the team's key. The next tabs work in this job.

mutation OpenJob {
  createJob(input: { jobType: "question" }) {
    id
    status
    expiresAt
  }
}
`,
  },
  {
    query: `# The events of the call come in one after the other,
# and add up below them. If jobId is empty, it is the
# job that this page opened last.

subscription StreamCall(
  $jobId: ID!
  $group: ID!
  $question: String!
) {
  streamLlmCall(
    input: {
      jobId: $jobId
      modelGroup: $group
      messages: [{ role: USER, content: $question }]
    }
  ) {
    __typename
    sequence
    ... on LlmCallStarted {
      model
    }
    ... on LlmCallSnapshot {
      content
      reasoning
      toolCalls {
        name
        arguments
      }
    }
    ... on LlmCallDelta {
      content
    }
    ... on LlmCallReasoningDelta {
      content
    }
    ... on LlmToolCallDelta {
      index
      name
      arguments
    }
    ... on LlmCallModelSwitched {
      fromModel
      toModel
      reason
      discard
    }
    ... on LlmCallFinished {
      call {
        id
        status
        costUsd
      }
    }
  }
}
`,
    variables: variables({ jobId: "", group: "ChatFast", question: "What is a tollgate?" }),
  },
  {
    query: `# Completing the job takes one credit. If jobId is empty,
# it is the job that this page opened last.

mutation CompleteJob($jobId: ID!) {
  completeJob(input: { jobId: $jobId }) {
    job {
      id
      status
    }
    costs {
      totalCalls
      totalTokens
      totalCostUsd
      creditApplied
      creditsRemaining
    }
  }
}
`,
    variables: variables({ jobId: "" }),
  },
];

function variables(values: Readonly<Record<string, string>>): string {
  return JSON.stringify(values, null, 2);
}
