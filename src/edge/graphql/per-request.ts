import type { RequestContext } from "../context.js";

/** Something made on first use in a request and gone with it: how a feature declares its loaders. */
export function perRequest<Value>(make: (context: RequestContext) => Value): (context: RequestContext) => Value {
  const values = new WeakMap<RequestContext, Value>();
  return (context) => {
    const known = values.get(context);
    if (known !== undefined) return known;
    const value = make(context);
    values.set(context, value);
    return value;
  };
}
