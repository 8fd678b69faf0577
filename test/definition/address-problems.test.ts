import { expect, test } from "vitest";
import { addressProblems } from "../../definition/address-problems.ts";
import { lms } from "../../stacks/lms.ts";

const problemsAt = (address: string) => {
  const { blue, green } = lms.environments;
  return addressProblems({ environments: { blue, green: { ...green, address } } });
};

test.for(["https://lms-green.internal.company.com", "https://10.0.0.7:8443"])(
  "%s is an address to ask a side at",
  (address) => expect(problemsAt(address)).toEqual([]),
);

test.for([
  "http://lms-green.internal",
  "lms-green.internal",
  "https://",
  "https://lms-green.internal/",
  "https://lms-green.internal/api",
  "https://user:word@lms-green.internal",
  "https://lms-green.internal:port",
  "https://a b",
])("%j is none", (address) =>
  expect(problemsAt(address)).toEqual([
    {
      key: "environments.green.address",
      found: JSON.stringify(address),
      expected: "an address as https://HOST or https://HOST:PORT, without a path",
    },
  ]),
);
