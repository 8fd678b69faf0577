/* global document, getComputedStyle, matchMedia, ResizeObserver, uPlot */
/* exported livePlots */
// The plots of a standing world: five minutes that move on with every reading. Colours come from the style
// sheet, so that a change between light and dark is one redraw.

/** @returns what draws readings into every plot of the page. */
const livePlots = (thresholds) => {
  "use strict";
  const seconds = 300;
  const narrow = matchMedia("(max-width: 640px)");
  const colour = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const fontFamily = () => getComputedStyle(document.body).fontFamily;
  const height = () => (narrow.matches ? 170 : 200);
  let readings = [];
  const clockAt = (second) => {
    const at = readings.findLast(({ wallAt }) => wallAt / 1000 <= second)?.at;
    return at === undefined ? "" : new Date(at).toISOString().slice(11, 19);
  };

  /** Draws over the span of each run of readings for which `when` holds. */
  const spans = (u, when, draw) => {
    let from;
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (const [index, reading] of readings.entries()) {
      if (when(reading)) from ??= reading.wallAt / 1000;
      const ends = from !== undefined && (!when(reading) || index === readings.length - 1);
      if (!ends) continue;
      const left = u.valToPos(from, "x", true);
      ctx.save();
      draw(ctx, left, u.valToPos(reading.wallAt / 1000, "x", true) - left, bbox);
      ctx.restore();
      from = undefined;
    }
    ctx.restore();
  };

  const drawUpdates = (u) =>
    spans(
      u,
      ({ updating }) => updating !== undefined,
      (ctx, left, width, { top, height: tall }) => {
        ctx.fillStyle = colour("band-odd");
        ctx.fillRect(left, top, width, tall);
      },
    );

  const drawFast = (u) =>
    spans(
      u,
      ({ rate }) => rate > 1,
      (ctx, left, width, { top, height: tall }) => {
        const size = 5 * uPlot.pxRatio;
        const foot = top + tall;
        ctx.beginPath();
        ctx.rect(left, foot - size, width, size);
        ctx.clip();
        ctx.strokeStyle = colour("muted");
        ctx.lineWidth = uPlot.pxRatio;
        ctx.beginPath();
        for (let x = left - size; x < left + width; x += size) {
          ctx.moveTo(x, foot);
          ctx.lineTo(x + size, foot - size);
        }
        ctx.stroke();
      },
    );

  const drawLimits = (u, limits) => {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.font = `${11 * uPlot.pxRatio}px ${fontFamily()}`;
    ctx.textAlign = "right";
    ctx.textBaseline = "bottom";
    for (const { title, limit, unit, breach } of limits) {
      const y = u.valToPos(limit, "y", true);
      ctx.strokeStyle = colour(breach === "roll back" ? "limit" : "muted");
      ctx.setLineDash([7 * uPlot.pxRatio, 4 * uPlot.pxRatio]);
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
      ctx.fillStyle = colour("text");
      const whole = `${title} ${limit} ${unit}: ${breach}`;
      const fits = ctx.measureText(whole).width < bbox.width * 0.6;
      const text = fits ? whole : `${limit} ${unit}: ${breach}`;
      ctx.fillText(text, bbox.left + bbox.width - 4 * uPlot.pxRatio, y - 2 * uPlot.pxRatio);
    }
    ctx.restore();
  };

  const limitsOn = (plot) => thresholds.filter((threshold) => threshold.plot === plot);
  const topOf = (plot, least) => {
    const limits = limitsOn(plot).map(({ limit }) => limit * 1.25);
    return (_u, _low, high) => [0, Math.max(least, ...limits, (high ?? 0) * 1.1)];
  };
  const line = (name, more) => ({ stroke: () => colour(name), width: 2, ...more });
  const area = (name) => line(name, { width: 0.5, fill: () => colour(`${name}-fill`) });
  const unseen = { stroke: "transparent", width: 0, points: { show: false } };
  const percent = (part) => (part === undefined || part === null ? null : part * 100);

  const plots = {
    share: {
      unit: "%",
      range: () => [0, 100],
      series: [unseen, unseen, line("ink", { dash: [4, 3], width: 1.5 }), line("green")],
      bands: [{ series: [1, 2], fill: () => colour("interval") }],
      values: ({ weights, second }) => [
        percent(second?.share?.high),
        percent(second?.share?.low),
        weights.green,
        percent(second?.share?.seen),
      ],
    },
    requests: {
      unit: "/s",
      range: topOf("requests", 10),
      series: [area("lost"), area("green"), area("blue")],
      values: ({ second }) =>
        second === undefined
          ? [null, null, null]
          : [
              second.blue + second.green + second.unanswered,
              second.blue + second.green,
              second.blue,
            ],
    },
    errors: {
      unit: "%",
      range: topOf("errors", 1),
      series: [line("lost")],
      values: ({ second }) => [second?.errorPercent ?? null],
    },
    latency: {
      unit: "ms",
      range: topOf("latency", 100),
      series: [line("blue"), line("green")],
      values: ({ second }) => [second?.blueP95 ?? null, second?.greenP95 ?? null],
    },
  };

  const axis = () => ({
    stroke: () => colour("muted"),
    ticks: { show: false },
    font: `11px ${fontFamily()}`,
  });
  const optionsOf = (id, place) => ({
    width: place.clientWidth,
    height: height(),
    padding: [10, 26, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: { range: plots[id].range } },
    bands: plots[id].bands ?? [],
    axes: [
      {
        ...axis(),
        incrs: [60],
        space: 60,
        size: 26,
        grid: { show: false },
        values: (_u, ticks) => ticks.map(clockAt),
      },
      {
        ...axis(),
        size: 58,
        gap: 6,
        grid: { stroke: () => colour("line"), width: 1 },
        values: (_u, ticks) => ticks.map((tick) => `${tick} ${plots[id].unit}`),
      },
    ],
    series: [{}, ...plots[id].series.map((each) => ({ points: { show: false }, ...each }))],
    hooks: {
      drawClear: [drawUpdates],
      draw: [(u) => drawFast(u), (u) => drawLimits(u, limitsOn(id))],
    },
  });

  const columns = (id) => {
    const rows = readings.map((reading) => plots[id].values(reading));
    return [
      readings.map(({ wallAt }) => wallAt / 1000),
      ...plots[id].series.map((_each, index) => rows.map((row) => row[index])),
    ];
  };
  const drawn = [...document.querySelectorAll("[data-plot]")].map((place) => {
    const id = place.dataset.plot;
    const u = new uPlot(optionsOf(id, place), columns(id), place);
    new ResizeObserver(() => {
      if (place.clientWidth > 0) u.setSize({ width: place.clientWidth, height: height() });
    }).observe(place);
    return [id, u];
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const [, u] of drawn) u.redraw();
  });
  return (next) => {
    readings = next;
    const last = (readings.at(-1)?.wallAt ?? 0) / 1000;
    for (const [id, u] of drawn) {
      u.batch(() => {
        u.setData(columns(id), false);
        u.setScale("x", { min: last - seconds, max: last });
      });
    }
  };
};
