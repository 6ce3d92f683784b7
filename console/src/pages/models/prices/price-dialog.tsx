import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import { ModelPricesDocument, type PriceFragment, SetModelPriceDocument } from "../../../api/graphql";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialogs/dialog";
import { TextField } from "../../../ui/fields";
import { Failed } from "../../../ui/states";

interface Props {
  /** The price that is changed, or null for a new one. */
  readonly price: PriceFragment | null;
  onClose(): void;
}

/** Sets what a model costs. Calls that run keep the price that they began with. */
export function PriceDialog({ price, onClose }: Props) {
  const [model, setModel] = useState(price?.model ?? "");
  const [input, setInput] = useState(price?.inputUsdPerMillionTokens ?? "");
  const [output, setOutput] = useState(price?.outputUsdPerMillionTokens ?? "");
  const [cached, setCached] = useState(price?.cachedInputUsdPerMillionTokens ?? "");
  const [set, setting] = useMutation(SetModelPriceDocument, { refetchQueries: [ModelPricesDocument] });

  async function save() {
    await set({
      variables: {
        input: {
          model: model.trim(),
          inputUsdPerMillionTokens: input.trim(),
          outputUsdPerMillionTokens: output.trim(),
          ...(cached.trim() !== "" && { cachedInputUsdPerMillionTokens: cached.trim() }),
        },
      },
    });
    onClose();
  }

  return (
    <Dialog
      title={price ? `Price of ${price.model}` : "New price"}
      description="USD per million tokens."
      isOpen
      onClose={onClose}
    >
      <form
        className="flex flex-col gap-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          void save().catch(() => undefined);
        }}
      >
        {setting.error && <Failed error={setting.error} />}
        {!price && (
          <TextField label="Model" hint="As groups list it." isRequired isMono value={model} onChange={setModel} />
        )}
        <TextField label="Input" isRequired value={input} onChange={setInput} placeholder="0.15" />
        <TextField label="Output" isRequired value={output} onChange={setOutput} placeholder="0.60" />
        <TextField
          label="Cached input"
          hint="Empty means that it costs what other input costs."
          value={cached}
          onChange={setCached}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" disabled={setting.loading}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
