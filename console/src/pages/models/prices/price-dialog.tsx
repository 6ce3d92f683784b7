import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import { ModelPricesDocument, type PriceFragment, SetModelPriceDocument } from "../../../api/graphql";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialogs/dialog";
import { TextField } from "../../../ui/fields";
import { Failed } from "../../../ui/states";
import { LONG_FIELDS, PRICE_FIELDS, priceInputOf, valuesOf } from "./price-fields";

interface Props {
  /** The price that is changed, or null for a new one. */
  readonly price: PriceFragment | null;
  onClose(): void;
}

/** Sets what a model costs. Calls that run keep the price that they began with. */
export function PriceDialog({ price, onClose }: Props) {
  const [model, setModel] = useState(price?.model ?? "");
  const [values, setValues] = useState(() => valuesOf(price));
  const [set, setting] = useMutation(SetModelPriceDocument, { refetchQueries: [ModelPricesDocument] });

  async function save() {
    await set({ variables: { input: priceInputOf(model, values) } });
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
        {[...PRICE_FIELDS, ...LONG_FIELDS].map(({ name, ...field }) => (
          <TextField
            key={name}
            {...field}
            value={values[name]}
            onChange={(value) => setValues((before) => ({ ...before, [name]: value }))}
          />
        ))}
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
