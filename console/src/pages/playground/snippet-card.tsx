import { Tabs } from "radix-ui";
import { Card } from "../../ui/card";
import { CodeBlock } from "../../ui/text/code-block";
import { CopyButton } from "../../ui/text/copy-button";
import type { CallInput } from "./draft";
import { snippetsOf } from "./snippets";

interface Props {
  /** Null if there is something wrong with the draft. */
  readonly input: CallInput | null;
  readonly jobId: string | null;
}

/** The same call as a program, in each of four languages. */
export function SnippetCard({ input, jobId }: Props) {
  if (!input) return null;
  const snippets = snippetsOf(input, jobId, location.origin);
  return (
    <Card title="The same as a program" note="The key is read from the variable KEY.">
      <Tabs.Root defaultValue="curl">
        <Tabs.List aria-label="Language" className="mb-2 flex gap-1 border-b">
          {snippets.map(({ language }) => (
            <Tabs.Trigger
              key={language}
              value={language}
              className="-mb-px border-transparent border-b-2 px-2.5 py-1.5 text-dim data-[state=active]:border-accent data-[state=active]:text-text"
            >
              {language}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {snippets.map(({ language, text }) => (
          <Tabs.Content key={language} value={language}>
            <div className="mb-2">
              <CodeBlock label={`The call as ${language}`} text={text} />
            </div>
            <CopyButton text={text} label={`Copy as ${language}`} />
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Card>
  );
}
