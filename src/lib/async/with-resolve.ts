/** A promise that its maker resolves later. */
export interface PromiseWithResolve<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
}

/** Makes a promise, and the function that resolves it. */
export function withResolve<Value = void>(): PromiseWithResolve<Value> {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
