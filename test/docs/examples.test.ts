import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { previewAnswer } from "../../cli/preview-answer.ts";
import { previewMarkdown } from "../../cli/preview-markdown.ts";
import { allRules } from "../../policies/all-rules.ts";

const textOf = (file: string): string =>
  readFileSync(new URL(`../../docs/examples/${file}`, import.meta.url), "utf8");

describe.for(["preview-allowed", "preview-refused"])(
  "%s, as `npm run examples` wrote it",
  (name) => {
    const preview = previewAnswer.parse(JSON.parse(textOf(`${name}.json`)));

    test("the comment is what the command makes of the preview today", () =>
      expect(textOf(`${name}.md`)).toBe(`${previewMarkdown(preview)}\n`));

    test("it knows every gate that there is", () =>
      expect(preview.systems[0]?.judgement?.gates.map(({ policy }) => policy)).toEqual(
        allRules.map((rule) => rule.name),
      ));
  },
);
