/* global document, getComputedStyle, matchMedia, ResizeObserver, uPlot, window */
// Draws the plots of a rehearsal. Everything it shows comes from the block of JSON in the page; colours
// come from the style sheet, so that a change between light and dark is one redraw.
(() => {
  "use strict";
  const { bends, marks, seconds, plots } = JSON.parse(
    document.getElementById("plot-data").textContent,
  );
  const root = document.documentElement;
  const narrow = matchMedia("(max-width: 640px)");
  const colour = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();
  const gutter = () => Number.parseFloat(colour("gutter"));
  const margin = () => Number.parseFloat(colour("margin"));
  const height = () => (narrow.matches ? 180 : 210);

  const between = (value, from, to) => {
    const index = Math.max(
      1,
      bends.findIndex((bend) => bend[from] >= value),
    );
    const start = bends[index - 1];
    const end = bends[Math.min(index, bends.length - 1)];
    if (end[from] === start[from]) return start[to];
    return start[to] + ((value - start[from]) / (end[from] - start[from])) * (end[to] - start[to]);
  };
  const instantAt = (second) => between(second, "seconds", "at");
  const secondsAt = (instant) => between(instant, "at", "seconds");
  const clock = (second) => new Date(instantAt(second)).toISOString().slice(11, 19);

  // The roundest instants first, finer ones where there is room left.
  const units = [3600, 1800, 900, 600, 300, 120, 60, 30, 15, 10, 5, 2, 1].map((s) => s * 1000);
  const splits = (u, _axis, min, max) => {
    const perPixel = ((max - min) / u.bbox.width) * uPlot.pxRatio;
    const placed = [];
    for (const unit of units) {
      const last = instantAt(max - 20 * perPixel);
      for (
        let instant = Math.ceil(instantAt(min) / unit) * unit;
        instant <= last;
        instant += unit
      ) {
        const at = secondsAt(instant);
        if (placed.every((other) => Math.abs(other - at) >= 78 * perPixel)) placed.push(at);
      }
    }
    return placed.sort((one, other) => one - other);
  };

  const font = (weight = 400) =>
    `${weight} ${11 * uPlot.pxRatio}px ${getComputedStyle(document.body).fontFamily}`;

  /** Runs `draw` with the plot's area as the clip. */
  const within = (u, draw) => {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    draw(ctx, bbox, uPlot.pxRatio);
    ctx.restore();
  };

  const drawBands = (u) =>
    within(u, (ctx, { left: start, width: wide, top, height: tall }, ratio) => {
      for (const [index, { stage, from, to }] of marks.stages.entries()) {
        const left = u.valToPos(from, "x", true);
        const right = u.valToPos(to, "x", true);
        ctx.fillStyle = colour(index % 2 === 0 ? "band-even" : "band-odd");
        ctx.fillRect(left, top, right - left, tall);
        // Zoomed in, a stage may begin left of the plot: its name stands where it can be seen.
        const seenFrom = Math.max(left, start);
        const seenTo = Math.min(right, start + wide);
        ctx.font = font(600);
        if (ctx.measureText(stage).width + 8 * ratio > seenTo - seenFrom) continue;
        u.stageNames.push([stage, seenFrom + 5 * ratio]);
      }
    });

  const drawFast = (u) =>
    within(u, (ctx, { top, height: tall }, ratio) => {
      ctx.strokeStyle = colour("muted");
      ctx.lineWidth = ratio;
      for (const { from, to } of marks.fast) {
        const left = u.valToPos(from, "x", true);
        const right = u.valToPos(to, "x", true);
        ctx.save();
        ctx.beginPath();
        ctx.rect(left, top + tall - 5 * ratio, right - left, 5 * ratio);
        ctx.clip();
        ctx.beginPath();
        for (let x = left - 6 * ratio; x < right; x += 5 * ratio) {
          ctx.moveTo(x, top + tall);
          ctx.lineTo(x + 5 * ratio, top + tall - 5 * ratio);
        }
        ctx.stroke();
        ctx.restore();
      }
    });

  /** Text on a plate of the page's colour, so that no line runs through it. */
  const label = (ctx, ratio, text, x, y, ink) => {
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    const wide = ctx.measureText(text).width;
    ctx.fillStyle = colour("plate");
    ctx.fillRect(x - 3 * ratio, y - 12 * ratio, wide + 6 * ratio, 15 * ratio);
    ctx.fillStyle = ink;
    ctx.fillText(text, x, y);
  };

  const drawIntervals = (u, plot) =>
    within(u, (ctx, _box, ratio) => {
      for (const { fromSeconds, toSeconds, low, high, seen } of plot.intervals) {
        const left = u.valToPos(fromSeconds, "x", true);
        const right = u.valToPos(toSeconds, "x", true);
        const upper = u.valToPos(high, "y", true);
        const lower = Math.max(u.valToPos(low, "y", true), upper + 3 * ratio);
        ctx.fillStyle = colour("interval");
        ctx.fillRect(left, upper, right - left, lower - upper);
        ctx.strokeStyle = colour("green");
        ctx.lineWidth = 2.5 * ratio;
        ctx.beginPath();
        ctx.moveTo(left, u.valToPos(seen, "y", true));
        ctx.lineTo(right, u.valToPos(seen, "y", true));
        ctx.stroke();
      }
    });

  const drawLimits = (u, plot) =>
    within(u, (ctx, { left, width, top }, ratio) => {
      ctx.font = font();
      let lowest = -Infinity;
      for (const { label: name, short, value, orders } of [...plot.limits].sort(
        (a, b) => b.value - a.value,
      )) {
        const y = Math.round(u.valToPos(value, "y", true));
        ctx.strokeStyle = colour(orders === "roll back" ? "limit" : "muted");
        ctx.lineWidth = 1.5 * ratio;
        ctx.setLineDash(orders === "roll back" ? [7 * ratio, 4 * ratio] : [2 * ratio, 3 * ratio]);
        ctx.beginPath();
        ctx.moveTo(left, y);
        ctx.lineTo(left + width, y);
        ctx.stroke();
        ctx.setLineDash([]);
        const whole = `${name}: ${orders}`;
        const text = ctx.measureText(whole).width > width * 0.4 ? short : whole;
        const x = left + width - ctx.measureText(text).width - 6 * ratio;
        const above = Math.max(y - 5 * ratio, top + 12 * ratio, lowest + 15 * ratio);
        lowest = above;
        label(ctx, ratio, text, x, above, colour("text"));
      }
    });

  /** Triangles where a value is above the scale. */
  const drawPeaks = (u, plot) =>
    within(u, (ctx, { top }, ratio) => {
      for (const [index, series] of plot.series.entries()) {
        ctx.fillStyle = colour(series.colour);
        for (const [step, value] of u.data[index + 1].entries()) {
          if (value === null || value <= plot.top) continue;
          const x = u.valToPos(u.data[0][step], "x", true);
          ctx.beginPath();
          ctx.moveTo(x, top);
          ctx.lineTo(x - 4 * ratio, top + 7 * ratio);
          ctx.lineTo(x + 4 * ratio, top + 7 * ratio);
          ctx.fill();
        }
      }
    });

  const drawEvents = (u) => {
    const { ctx, bbox } = u;
    const ratio = uPlot.pxRatio;
    ctx.save();
    ctx.font = font(600);
    let before = -Infinity;
    let row = 0;
    for (const { at, kind, number } of marks.events) {
      const x = Math.round(u.valToPos(at, "x", true));
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.strokeStyle = colour(kind === "fault" ? "lost" : "text");
      ctx.lineWidth = (kind === "rollback" ? 2 : 1) * ratio;
      ctx.setLineDash(kind === "alarm" ? [2 * ratio, 2 * ratio] : []);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      row = x - before < 18 * ratio ? row + 1 : 0;
      before = x;
      const left = Math.min(x + 4 * ratio, bbox.left + bbox.width - 12 * ratio);
      label(ctx, ratio, String(number), left, bbox.top + (14 + 16 * row) * ratio, colour("text"));
    }
    ctx.restore();
  };

  const drawStageNames = (u) => {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.font = font(600);
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    ctx.fillStyle = colour("muted");
    for (const [stage, x] of u.stageNames) ctx.fillText(stage, x, bbox.top - 5 * uPlot.pxRatio);
    ctx.restore();
    u.stageNames = [];
  };

  /** Points with gaps on both sides, which a line cannot show. */
  const alone = (u, index) => {
    const values = u.data[index];
    return [...values.keys()].filter(
      (step) =>
        values[step] !== null &&
        (values[step - 1] ?? null) === null &&
        (values[step + 1] ?? null) === null,
    );
  };

  const seriesOf = ({ form, colour: name }) => ({
    stroke: () => colour(name),
    width: form === "area" ? 0.5 : form === "steps" ? 1.5 : 2,
    ...(form === "area" && { fill: () => colour(`${name}-fill`) }),
    ...(form === "dashed line" && { dash: [6, 4] }),
    ...(form === "steps" && { dash: [4, 3] }),
    ...(form === "steps" && { paths: uPlot.paths.stepped({ align: 1 }) }),
    points: { show: form !== "area", filter: alone, size: 4 },
  });

  /** The key above a plot becomes its read-out: what each series was where the cursor stands. */
  const readOut = (figure, plot) => {
    const places = [...figure.querySelectorAll(".key li")].map((item) => {
      const value = document.createElement("b");
      item.append(value);
      return value;
    });
    const time = document.createElement("li");
    time.className = "at";
    figure.querySelector(".key").append(time);
    return (step) => {
      const known = step !== null && step !== undefined && seconds[step] !== undefined;
      time.textContent = known ? `${clock(seconds[step])} UTC` : "";
      for (const [index, place] of places.entries()) {
        const { shown, values } = plot.series[index];
        const value = known ? (shown ?? values)[step] : null;
        place.textContent =
          value === null || value === undefined ? "" : `${value.toFixed(plot.places)} ${plot.unit}`;
      }
    };
  };

  // The axis runs from edge to edge of the night, also where the load began later or ended earlier.
  const first = seconds.length === 0 || seconds[0] > 0 ? [0] : [];
  const last =
    seconds.length === 0 || seconds.at(-1) < marks.wallSeconds ? [marks.wallSeconds] : [];
  const padded = (values) => [...first.map(() => null), ...values, ...last.map(() => null)];

  const draw = (plot) => {
    const place = document.querySelector(`[data-plot="${plot.id}"]`);
    const show = readOut(place.closest("figure"), plot);
    const u = new uPlot(
      {
        width: place.clientWidth,
        height: height(),
        padding: [20, margin(), 0, 0],
        legend: { show: false },
        cursor: {
          y: false,
          drag: { x: true, y: false },
          sync: { key: "night", scales: ["x", null] },
          points: { size: 7 },
        },
        scales: { x: { time: false }, y: { range: [0, plot.top] } },
        axes: [
          {
            splits,
            values: (_u, ticks) => ticks.map(clock),
            stroke: () => colour("muted"),
            grid: { show: false },
            ticks: { stroke: () => colour("line"), size: 4 },
            size: 28,
            gap: 3,
            font: `11px ${getComputedStyle(document.body).fontFamily}`,
          },
          {
            splits: () => plot.ticks,
            values: (_u, ticks) => ticks.map((tick) => String(tick)),
            stroke: () => colour("muted"),
            grid: { stroke: () => colour("line"), width: 1 },
            ticks: { show: false },
            size: gutter,
            gap: 6,
            font: `11px ${getComputedStyle(document.body).fontFamily}`,
          },
        ],
        series: [{}, ...plot.series.map(seriesOf)],
        hooks: {
          init: [(self) => (self.stageNames = [])],
          drawClear: [drawBands],
          draw: [
            (self) => {
              drawFast(self);
              drawIntervals(self, plot);
              drawLimits(self, plot);
              drawPeaks(self, plot);
              drawEvents(self);
              drawStageNames(self);
            },
          ],
          setCursor: [
            ({ cursor }) => show(typeof cursor.idx === "number" ? cursor.idx - first.length : null),
          ],
        },
      },
      [[...first, ...seconds, ...last], ...plot.series.map(({ values }) => padded(values))],
      place,
    );
    new ResizeObserver(() => {
      if (place.clientWidth > 0) u.setSize({ width: place.clientWidth, height: height() });
    }).observe(place);
    return u;
  };

  /** On paper nothing stays folded; afterwards all is as it was. */
  const unfoldOnPaper = () => {
    let opened = [];
    const unfold = () => {
      opened = [...opened, ...document.querySelectorAll("details:not([open])")];
      for (const details of opened) details.open = true;
    };
    const fold = () => {
      for (const details of opened) details.open = false;
      opened = [];
    };
    matchMedia("print").addEventListener("change", ({ matches }) => (matches ? unfold() : fold()));
    window.addEventListener("beforeprint", unfold);
    window.addEventListener("afterprint", fold);
  };

  // Without a canvas the still drawings stay.
  root.classList.add("drawn");
  let drawn = [];
  try {
    drawn = plots.map(draw);
  } catch (error) {
    root.classList.remove("drawn");
    throw error;
  } finally {
    unfoldOnPaper();
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const u of drawn) u.redraw();
  });
})();
