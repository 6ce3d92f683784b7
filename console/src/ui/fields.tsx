import { type ReactNode, useId } from "react";

const CONTROL =
  "w-full rounded-control border border-line-2 bg-bg px-2.5 py-1.5 disabled:opacity-60 aria-invalid:border-bad";

interface FieldProps {
  readonly label: string;
  /** The unit, or what an empty field means. */
  readonly hint?: ReactNode;
  readonly error?: string | null;
}

interface TextProps extends FieldProps {
  readonly value: string;
  onChange(value: string): void;
  readonly placeholder?: string;
  readonly type?: "text" | "number" | "url" | "search" | "datetime-local";
  readonly isMono?: boolean;
  readonly isRequired?: boolean;
  /** Gives the field more than one line. */
  readonly lines?: number;
}

export function TextField({ label, hint, error, value, onChange, placeholder, type = "text", ...more }: TextProps) {
  const id = useId();
  const { isMono, isRequired, lines } = more;
  const props = {
    id,
    value,
    placeholder,
    required: isRequired,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": hint || error ? `${id}-about` : undefined,
    className: `${CONTROL} ${isMono ? "font-mono text-[12.5px]" : ""}`,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
  };
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      {lines ? <textarea rows={lines} {...props} /> : <input type={type} autoComplete="off" {...props} />}
    </Field>
  );
}

interface SelectProps<Value extends string> extends FieldProps {
  readonly value: Value;
  /** The values with the words for them. */
  readonly options: readonly (readonly [value: NoInfer<Value>, words: string])[];
  onChange(value: NoInfer<Value>): void;
}

export function SelectField<Value extends string>({
  label,
  hint,
  error,
  value,
  options,
  onChange,
}: SelectProps<Value>) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <select id={id} value={value} className={CONTROL} onChange={({ target }) => onChange(target.value as Value)}>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </Field>
  );
}

interface CheckProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly isChecked: boolean;
  onChange(isChecked: boolean): void;
}

export function CheckField({ label, hint, isChecked, onChange }: CheckProps) {
  return (
    <label className="flex items-start gap-2">
      <input
        type="checkbox"
        checked={isChecked}
        onChange={({ target }) => onChange(target.checked)}
        className="mt-0.5 size-4 accent-(--accent)"
      />
      <span>
        {label}
        {hint && <span className="block text-faint text-xs">{hint}</span>}
      </span>
    </label>
  );
}

function Field({
  id,
  label,
  hint,
  error,
  children,
}: FieldProps & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-dim text-xs">
        {label}
      </label>
      {children}
      {(error || hint) && (
        <span id={`${id}-about`} className={`text-xs ${error ? "text-bad" : "text-faint"}`}>
          {error ?? hint}
        </span>
      )}
    </div>
  );
}

interface ChoicesProps extends FieldProps {
  readonly values: readonly string[];
  readonly options: readonly (readonly [value: string, words: string])[];
  onChange(values: readonly string[]): void;
}

/** Any number of values. */
export function ChoicesField({ label, hint, values, options, onChange }: ChoicesProps) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-dim text-xs">{label}</legend>
      <div className="flex max-h-40 flex-col gap-1.5 overflow-y-auto rounded-control border px-2.5 py-2">
        {options.length === 0 && <span className="text-faint text-xs">There are none.</span>}
        {options.map(([value, words]) => (
          <CheckField
            key={value}
            label={words}
            isChecked={values.includes(value)}
            onChange={(isChecked) => onChange(isChecked ? [...values, value] : values.filter((one) => one !== value))}
          />
        ))}
      </div>
      {hint && <span className="text-faint text-xs">{hint}</span>}
    </fieldset>
  );
}
