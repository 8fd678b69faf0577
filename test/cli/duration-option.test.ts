import { expect, test } from "vitest";
import { durationOption } from "../../cli/duration-option.ts";
import { hours, minutes, seconds } from "../../definition/units.ts";

const read = (text: string) => durationOption("cutover watch", "--for", text, hours(2));

test.for([
  { text: "30m", is: minutes(30) },
  { text: "1h30m", is: minutes(90) },
  { text: "90s", is: seconds(90) },
  { text: "2h", is: hours(2) },
])("$text is a span", ({ text, is }) => {
  expect(read(text)).toEqual(is);
});

test.for(["", "0m", "2h1s", "30", "m", "-5m", "30 minutes", "5d", "1e3s"])(
  '"%s" is refused, with an example',
  (text) => {
    expect(() => read(text)).toThrow("expected a span of at most 2 h, for example 30m");
  },
);
