/* global document, EventSource, livePlots */
// Shows the readings that the server sends, one a second.
(() => {
  "use strict";
  const kept = 300;
  const { stages, thresholds } = JSON.parse(document.getElementById("world").textContent);
  const draw = livePlots(thresholds);
  const place = (name) => document.querySelector(`[data-is="${name}"]`);
  const write = (name, text) => {
    if (place(name).textContent !== text) place(name).textContent = text;
  };
  const count = (value) => Math.round(value).toLocaleString("en-US").replaceAll(",", "\u202f");
  const percent = (part) => `${(part * 100).toFixed(1)} %`;
  const utc = (at) => `${new Date(at).toISOString().slice(11, 19)} UTC`;

  const paceOf = ({ rate, updating, stage, carriesUntil, at }) => {
    if (updating !== undefined) return `at wall speed: process ${updating} updates the stack`;
    if (rate > 1)
      return `${Math.round(rate)} times as fast as the wall: ${stage ?? "nothing"} soaks`;
    const soaks = carriesUntil !== undefined && at < carriesUntil;
    return soaks ? `at wall speed: ${stage} soaks` : "at wall speed: the next move is yours";
  };

  const showTraffic = ({ weights, lately }) => {
    write("set", weights.blue + weights.green === 0 ? "–" : `${weights.green} %`);
    write("seen", lately === undefined ? "–" : percent(lately.share.seen));
    const split = place("split");
    split.querySelector("b").style.left = `calc(${100 - weights.green}% - 1px)`;
    if (lately === undefined) return write("verdict", "");
    const { seen, low, high, requests } = lately.share;
    const inside = seen >= low && seen <= high;
    const interval = `the 99.9 % interval ${percent(low)} – ${percent(high)} of ${count(requests)} answers`;
    write("verdict", `${inside ? "Inside" : "Outside"} ${interval}.`);
    place("verdict").className = inside ? "" : "outside";
    split.querySelector(".blue").style.width = percent(1 - seen).replace(" ", "");
    split.querySelector(".green").style.width = percent(seen).replace(" ", "");
    split.ariaLabel = `Blue ${percent(1 - seen)}, green ${percent(seen)}; set to ${weights.green} %`;
  };

  const showLadder = ({ stage, at, carriesUntil, moves }) => {
    for (const soak of document.querySelectorAll("[data-stage]")) {
      const mine = soak.dataset.stage === stage;
      soak.closest("tr").classList.toggle("in-force", mine);
      soak.closest("tr").ariaCurrent = mine ? "step" : null;
      const { carriesFor } = stages.find((each) => each.stage === soak.dataset.stage);
      soak.hidden = !mine || carriesUntil === undefined;
      if (mine) soak.querySelector("progress").value = 1 - (carriesUntil - at) / carriesFor;
    }
    if (moves.length === 0) return;
    const items = moves.map(({ at: moved, from, to }) => {
      const item = document.createElement("li");
      const time = document.createElement("time");
      time.dateTime = moved;
      time.textContent = utc(Date.parse(moved));
      item.append(time, from === "(none)" ? to : `${from} → ${to}`);
      return item;
    });
    if (place("moves").textContent !== items.map(({ textContent }) => textContent).join("")) {
      place("moves").replaceChildren(...items);
    }
  };

  const showAlarms = ({ alarms }) => {
    for (const cell of document.querySelectorAll("[data-alarm]")) {
      const state = alarms.find(({ threshold }) => threshold === cell.dataset.alarm)?.state;
      cell.textContent = state ?? "not there yet";
      cell.classList.toggle("quiet-alarm", state === "OK");
      cell.classList.toggle("raised", state === "Alert");
    }
  };

  const labels = ({ second, weights }) => {
    const ms = (value) => (value === null ? "no answers" : `${Math.round(value)} ms`);
    return second === undefined
      ? {}
      : {
          share: `Green’s share: ${second.share === null ? "no answers" : percent(second.share.seen)} seen, ${weights.green} % set`,
          requests: `Requests per second: blue ${count(second.blue)}, green ${count(second.green)}, unanswered ${count(second.unanswered)}`,
          errors: `Requests without a good answer: ${(second.errorPercent ?? 0).toFixed(2)} %`,
          latency: `Response time (p95): blue ${ms(second.blueP95)}, green ${ms(second.greenP95)}`,
        };
  };

  /** What a reader who does not look is told, and only when it is new. */
  const newsOf = ({ stage, weights, alarms, updating }) => {
    const raised = alarms
      .filter(({ state }) => state === "Alert")
      .map(({ threshold }) => threshold);
    return [
      `Stage ${stage ?? "not begun"}, green set to ${weights.green} %.`,
      ...(updating === undefined ? [] : ["An update runs."]),
      ...(raised.length === 0 ? [] : [`Raised: ${raised.join(", ")}.`]),
    ].join(" ");
  };

  let readings = [];
  const show = (reading) => {
    const { at, stage, requests } = reading;
    write("stage", stage ?? "not begun");
    write("clock", utc(at));
    write("pace", paceOf(reading));
    write("sent", requests === undefined ? "–" : count(requests.sent));
    write("failed", requests === undefined ? "–" : count(requests.failed));
    write("news", newsOf(reading));
    showTraffic(reading);
    showLadder(reading);
    showAlarms(reading);
    for (const [plot, label] of Object.entries(labels(reading))) {
      document.querySelector(`[data-plot="${plot}"]`).ariaLabel = label;
    }
  };

  const source = new EventSource("/events");
  source.addEventListener("open", () => {
    readings = [];
    place("connection").hidden = true;
  });
  source.addEventListener("error", () => {
    place("connection").hidden = false;
  });
  source.addEventListener("readings", ({ data }) => {
    readings = [...readings, ...JSON.parse(data)].slice(-kept);
    if (readings.length === 0) return;
    draw(readings);
    show(readings.at(-1));
  });
})();
