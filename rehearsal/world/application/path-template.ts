const PLACEHOLDER = /^(?:\{[^}]*\}|:.+)$/;

/** A path whose segments `{name}` or `:name` stand for any value. */
export interface PathTemplate {
  /** The values of the placeholders in order; undefined when the path is another one. */
  match(path: string): readonly string[] | undefined;
  /** The path with each placeholder replaced by `value`. */
  fill(value: string): string;
}

/** Reads a path template of an example request. */
export const pathTemplate = (template: string): PathTemplate => {
  const expected = template.split("/");
  return {
    match(path) {
      const found = path.split("/");
      if (found.length !== expected.length) return undefined;
      const values: string[] = [];
      for (const [index, segment] of expected.entries()) {
        const value = found[index] ?? "";
        if (PLACEHOLDER.test(segment) && value !== "") values.push(value);
        else if (segment !== value) return undefined;
      }
      return values;
    },
    fill: (value) =>
      expected.map((segment) => (PLACEHOLDER.test(segment) ? value : segment)).join("/"),
  };
};
