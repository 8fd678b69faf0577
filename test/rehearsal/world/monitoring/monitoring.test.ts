import { expect, test } from "vitest";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { Monitoring } from "../../../../rehearsal/world/monitoring/monitoring.ts";
import { loopback } from "./loopback.ts";

test("a failing service raises its alarm on cutover time, from scrape to notification", async () => {
  const clock = CutoverClock.startingAt(Date.UTC(2026, 10, 21));
  const started = clock.now();
  // 600 requests a minute of cutover time, one in ten failed.
  const total = (): number => Math.floor((clock.now() - started) / 100);
  const url = await loopback((_request, response) => {
    const labels = 'destination_workload_namespace="production",destination_workload="lms-green"';
    const of = (code: number, count: number): string =>
      `istio_requests_total{reporter="destination",${labels},response_code="${code}"} ${count}\n`;
    response.end(of(200, Math.ceil(total() * 0.9)) + of(503, Math.floor(total() * 0.1)));
  });
  const monitoring = new Monitoring({
    clock,
    targets: () => [{ url, tags: {} }],
    apiKey: "api",
    applicationKey: "app",
  });
  const count = "sum:istio.mesh.request.count{destination_workload:lms-green";
  monitoring.monitors.create(
    {
      name: "green error rate",
      type: "query alert",
      query: `min(last_2m):100 * default_zero(${count} AND response_code:5*}.as_count().rollup(sum, 60)) / cutoff_min(${count}}.as_count().rollup(sum, 60), 20) >= 1`,
      message: "@slack-lms-incidents",
    },
    clock.now(),
  );
  const alert = new Promise<number>((resolve) => {
    monitoring.monitors.onTransition(({ to, at }) => to === "Alert" && resolve(at));
  });
  clock.setRate(100);
  monitoring.start();
  const at = await alert;
  monitoring.stop();
  // Two complete minutes, judged 5 s after the second; a busy machine may be some evaluations late.
  expect(at - started).toBeGreaterThanOrEqual(120_000);
  expect(at - started).toBeLessThan(240_000);
  expect(monitoring.sink.deliveries).toMatchObject([{ handle: "@slack-lms-incidents", at }]);
});
