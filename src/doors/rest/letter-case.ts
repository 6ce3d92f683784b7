/** Values of enums are in lower case at this door, and in upper case behind it. */
export const lowerCase = <Text extends string>(text: Text) => text.toLowerCase() as Lowercase<Text>;
export const upperCase = <Text extends string>(text: Text) => text.toUpperCase() as Uppercase<Text>;

/** The values of an enum, as this door writes them. */
export const lowerCased = <Text extends string>(values: Readonly<Record<string, Text>>) =>
  Object.values(values).map(lowerCase);
