import type { RequestContext } from "../context.js";

/**
 * Makes a value at its first use in a request, and keeps it until the request is over. Loaders of lists are declared with
 * it.
 */
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
