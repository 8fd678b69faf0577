/** Where a field is: `spec.http[0].route`; map keys that are no identifiers come in brackets. */
export const childPath = (path: string, key: string | number): string => {
  if (typeof key === "number") return `${path}[${String(key)}]`;
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${key}]`;
  return path === "" ? key : `${path}.${key}`;
};

/**
 * Notes which fields of an object a validator reads. Compiled schemas let unknown fields pass, but they
 * read each field they know: what none has read, no schema knows.
 */
export class FieldReads {
  readonly #read = new Map<object, Set<string>>();
  readonly #watched = new Map<object, object>();

  /** The same object; what is read of it, at any depth, is noted. */
  watch<Target extends object>(target: Target): Target {
    const known = this.#watched.get(target);
    // What is kept under a target is the proxy of that target, so it has its type.
    if (known !== undefined) return known as Target;
    const read = new Set<string>();
    const proxy = new Proxy(target, {
      get: (object, key, receiver) => {
        const value: unknown = Reflect.get(object, key, receiver);
        if (typeof key !== "string") return value;
        read.add(key);
        return typeof value === "object" && value !== null ? this.watch(value) : value;
      },
      ownKeys: (object) => {
        for (const key of Object.keys(object)) read.add(key);
        return Reflect.ownKeys(object);
      },
    });
    this.#read.set(target, read);
    this.#watched.set(target, proxy);
    return proxy;
  }

  /** Paths of the fields that nobody read, below `target`. */
  unread(target: object, path = ""): readonly string[] {
    const read = this.#read.get(target);
    const entries = Object.entries(target) as readonly (readonly [string, unknown])[];
    // Of an object that takes any fields a schema reads none.
    if (read === undefined || (!Array.isArray(target) && path !== "" && read.size === 0)) return [];
    return entries.flatMap(([key, value]) => {
      const at = childPath(path, Array.isArray(target) ? Number(key) : key);
      if (!Array.isArray(target) && !read.has(key)) return [at];
      return typeof value === "object" && value !== null ? this.unread(value, at) : [];
    });
  }
}
