import { request } from "undici";
import { expect, test } from "vitest";
import { rehearsalToken } from "../../../../definition/rehearsal-token.ts";
import { accountId, zoneId } from "../../../cloudflare-system.ts";
import { cloudflareSource } from "./cloudflare-source.ts";
import { greenAddress, pair } from "./cloudflare-world.ts";

const asked = async (url: string, token = rehearsalToken) => {
  const { statusCode, headers, body } = await request(url, {
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await body.text();
  return {
    status: statusCode,
    retryAfter: headers["retry-after"],
    answer: text === "" ? undefined : (JSON.parse(text) as object),
  };
};

test("load balancers, pools and monitors are given one by one and in lists", async () => {
  const both = pair({ blue: 0.9, green: 0.1 });
  const url = await cloudflareSource(both);
  const { account, balancer, green } = both;
  const ofAccount = `${url}/accounts/${accountId}/load_balancers`;
  const balancers = `${url}/zones/${zoneId}/load_balancers`;
  const wrapped = (result: unknown) => ({ result, success: true, errors: [], messages: [] });
  for (const [path, result] of [
    [balancers, account.balancers.list()],
    [`${balancers}/${balancer}`, account.balancers.found(balancer)],
    [`${ofAccount}/pools`, account.pools.list()],
    [`${ofAccount}/pools/${green}`, account.pools.found(green)],
    [`${ofAccount}/monitors`, account.monitors.list()],
  ] as const) {
    expect(await asked(path), path).toMatchObject({ status: 200, answer: wrapped(result) });
  }
});

test("the health of a pool is given by data center once somebody has looked", async () => {
  const both = pair({ blue: 1, green: 0 });
  const url = await cloudflareSource(both);
  const path = `${url}/accounts/${accountId}/load_balancers/pools/${both.green}/health`;
  await expect
    .poll(async () => (await asked(path)).answer)
    .toMatchObject({
      result: {
        pool_id: both.green,
        pop_health: { "Amsterdam, NL": { healthy: true, origins: [{ [greenAddress]: {} }] } },
      },
    });
});

test.for([
  ["/zones/zone-2/load_balancers", 404],
  [`/zones/${zoneId}/load_balancers/none`, 404],
  ["/accounts/account-2/load_balancers/pools", 404],
  [`/accounts/${accountId}/load_balancers/pools/none/health`, 404],
  [`/zones/${zoneId}/dns_records`, 404],
] as const)("%s is answered %i", async ([path, status]) => {
  const url = await cloudflareSource(pair({ blue: 1, green: 0 }));
  expect(await asked(url + path)).toMatchObject({ status });
});

test("a wrong token is refused", async () => {
  const url = await cloudflareSource(pair({ blue: 1, green: 0 }));
  expect(await asked(`${url}/zones/${zoneId}/load_balancers`, "wrong")).toMatchObject({
    status: 403,
    answer: { success: false, errors: [{ code: 10000, message: "Authentication error" }] },
  });
});

test("over the limit calls are refused, with the time to wait", async () => {
  const both = pair({ blue: 1, green: 0 });
  const url = await cloudflareSource(both);
  both.account.limitRate(1, 240);
  const path = `${url}/zones/${zoneId}/load_balancers`;
  expect(await asked(path)).toMatchObject({ status: 429, retryAfter: "240" });
  expect(await asked(path)).toMatchObject({ status: 200 });
});
