/** Makes one decorator of several, for fields that more than one input has. */
export const allOf =
  (...decorators: readonly PropertyDecorator[]): PropertyDecorator =>
  (target, field) => {
    for (const decorate of decorators) decorate(target, field);
  };
