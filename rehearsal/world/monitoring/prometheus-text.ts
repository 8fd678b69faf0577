/** One line of Prometheus' text exposition. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** The line up to its value: the same text is the same series. */
  readonly key: string;
}

type SeriesName = Pick<Sample, "name" | "labels">;

/** What one exposition says: its samples, and the type that each family declares. */
export interface Exposition {
  readonly samples: readonly Sample[];
  /** `counter`, `gauge`, `histogram`, … by family name. */
  readonly types: ReadonlyMap<string, string>;
}

/** Reads Prometheus' text exposition; remembers series names, which repeat at each scrape. */
export class PrometheusText {
  readonly #names = new Map<string, SeriesName>();

  /** @throws SyntaxError naming the first line that is not in the format. */
  parse(text: string): Exposition {
    const samples: Sample[] = [];
    const types = new Map<string, string>();
    for (const line of text.split("\n")) {
      if (line === "" || line === "\r") continue;
      if (line.startsWith("#")) {
        const [, family, type] = /^#\s+TYPE\s+(\S+)\s+(\S+)\s*$/.exec(line) ?? [];
        if (family !== undefined && type !== undefined) types.set(family, type);
        continue;
      }
      samples.push(this.#sample(line));
    }
    return { samples, types };
  }

  #sample(line: string): Sample {
    const end = endOfName(line);
    const key = line.slice(0, end);
    const [value, timestamp, ...surplus] = line.slice(end).trim().split(/\s+/);
    if (value === undefined || value === "" || surplus.length > 0) throw notInFormat(line);
    if (timestamp !== undefined && !/^-?\d+$/.test(timestamp)) throw notInFormat(line);
    const number = numberOf(value);
    if (number === undefined) throw notInFormat(line);
    return { ...this.#name(key, line), value: number, key };
  }

  #name(key: string, line: string): SeriesName {
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const brace = key.indexOf("{");
    const name = (brace < 0 ? key : key.slice(0, brace)).trim();
    if (!/^[a-zA-Z_:][\w:]*$/.test(name)) throw notInFormat(line);
    const labels = brace < 0 ? {} : labelsOf(key.slice(brace + 1, key.lastIndexOf("}")), line);
    const parsed = { name, labels };
    this.#names.set(key, parsed);
    return parsed;
  }
}

/** Where the name and the labels end: a brace or a space inside of a quoted value does not count. */
const endOfName = (line: string): number => {
  const brace = line.indexOf("{");
  const space = line.indexOf(" ");
  if (brace < 0 || (space >= 0 && space < brace)) return space < 0 ? line.length : space;
  let quoted = false;
  for (let index = brace; index < line.length; index += 1) {
    const character = line[index];
    if (quoted && character === "\\") index += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === "}") return index + 1;
  }
  throw notInFormat(line);
};

const labelsOf = (text: string, line: string): Record<string, string> => {
  const labels: Record<string, string> = {};
  const pattern = /\s*([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(,|$)/y;
  while (pattern.lastIndex < text.trimEnd().length) {
    const [, name, value] = pattern.exec(text) ?? [];
    if (name === undefined || value === undefined) throw notInFormat(line);
    labels[name] = value.replace(/\\(.)/g, (_, escaped: string) =>
      escaped === "n" ? "\n" : escaped,
    );
  }
  return labels;
};

const numberOf = (text: string): number | undefined => {
  if (text === "NaN") return NaN;
  if (/^[+]?Inf$/.test(text)) return Infinity;
  if (text === "-Inf") return -Infinity;
  const number = Number(text);
  return Number.isNaN(number) ? undefined : number;
};

const notInFormat = (line: string): SyntaxError =>
  new SyntaxError(`not a line of Prometheus' text format: ${JSON.stringify(line)}`);
