/** The object, with an own field of this name: so it arrives when somebody sends one. */
export function ownProto(object: object): object {
  const fields = Object.entries(object).map(
    ([name, value]) => `"${name}":${JSON.stringify(value)}`,
  );
  return JSON.parse(`{${['"__proto__":{}', ...fields].join()}}`);
}
