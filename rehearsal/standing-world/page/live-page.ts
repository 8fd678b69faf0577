import { inWords } from "../../../definition/units.ts";
import { browserPart, inlined } from "../../report/inlined.ts";
import { html, Markup } from "../../report/markup.ts";
import { plotOfThreshold } from "../../report/plots/threshold-lines.ts";
import { table } from "../../report/table.ts";
import type { WorldFacts } from "./world-facts.ts";

const own = (name: string): URL => new URL(`./browser/${name}`, import.meta.url);

/** The page of a standing world: everything in one file, and figures from the server that it came from. */
export const livePage = (facts: WorldFacts): string => {
  const { styles, scripts, policy } = inlined({
    sheets: [
      ...["page", "plots", "tables", "narrow"].map((name) => browserPart(`${name}.css`)),
      own("live.css"),
    ],
    scripts: [own("live-plots.js"), own("live.js")],
    asksItsServer: true,
  });
  return html`${new Markup("<!doctype html>")}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <link rel="icon" href="data:," />
        <title>${facts.system}: a world to cut over in</title>
        ${styles}
      </head>
      <body>
        ${masthead(facts)}
        <main>${traffic} ${ladder(facts)} ${health(facts)} ${terminal(facts)}</main>
        <footer>
          <p>Served by <code>cutover world</code> on this machine, as long as it runs.</p>
        </footer>
        ${data(facts)} ${scripts}
      </body>
    </html> `.toString();
};

const masthead = ({ title, versions }: WorldFacts): Markup =>
  html`<header class="masthead">
    <p class="kind-of-page">A world to cut over in</p>
    <h1>${title}</h1>
    <dl class="facts">
      <div>
        <dt>Blue → green</dt>
        <dd>${versions.blue} → ${versions.green}</dd>
      </div>
      <div>
        <dt>Stage</dt>
        <dd data-is="stage">–</dd>
      </div>
      <div>
        <dt>Cutover clock</dt>
        <dd><time data-is="clock">–</time></dd>
      </div>
      <div>
        <dt>It runs</dt>
        <dd data-is="pace">–</dd>
      </div>
      <div>
        <dt>Requests sent</dt>
        <dd data-is="sent">–</dd>
      </div>
      <div>
        <dt>Without a good answer</dt>
        <dd data-is="failed">–</dd>
      </div>
    </dl>
    <p class="connection" data-is="connection" hidden>
      The world does not answer. It may have been ended; the figures below are its last.
    </p>
    <p class="unseen" role="status" data-is="news"></p>
  </header>`;

const figure = (id: string, title: string, key: Markup): Markup =>
  html`<figure class="plot">
    <h3>${title}</h3>
    <ul class="key">
      ${key}
    </ul>
    <div class="live" data-plot="${id}" role="img" aria-label="${title}: no figures yet"></div>
  </figure>`;

const sides = html`<li><i class="area blue"></i>Blue</li>
  <li><i class="area green"></i>Green</li>`;

const lines = html`<li><i class="line blue"></i>Blue</li>
  <li><i class="line green"></i>Green</li>`;

const traffic = html`<section id="traffic" aria-labelledby="traffic-heading">
  <h2 id="traffic-heading">Traffic</h2>
  <p class="split-words">
    Green answers <strong data-is="seen">–</strong>; set to <strong data-is="set">–</strong>.
    <span data-is="verdict"></span>
  </p>
  <div class="split" role="img" aria-label="Share of blue and green" data-is="split">
    <i class="blue"></i><i class="green"></i><b></b>
  </div>
  ${figure(
    "share",
    "Green’s share, second by second",
    html`<li><i class="line green"></i>Seen</li>
      <li><i class="steps"></i>Set</li>
      <li><i class="area interval"></i>99.9 % interval around it</li>`,
  )}
  ${figure(
    "requests",
    "Requests per second, by who answered",
    html`${sides}
      <li><i class="area lost"></i>Nobody within a second</li>`,
  )}
  <p class="note">
    Five minutes of wall time, labelled by the cutover clock. Hatched at the foot: the clock runs
    fast, and more requests are sent. Grey: a process updates the stack.
  </p>
</section>`;

const ladder = ({ ladder: stages }: WorldFacts): Markup =>
  html`<section id="ladder" aria-labelledby="ladder-heading">
    <h2 id="ladder-heading">Ladder</h2>
    ${table(
      "Stages, the one in force marked",
      [{ heading: "Stage" }, { heading: "Green", figures: true }, { heading: "What holds" }],
      stages.map(({ stage, title, green, carriesFor }) => ({
        cells: [
          stage,
          `${green} %`,
          html`${title}
            <div class="soak" data-stage="${stage}" hidden>
              <progress max="1" value="0" aria-label="Soak of ${stage}"></progress>
              <small>soaks for ${inWords({ milliseconds: carriesFor })}</small>
            </div>`,
        ],
      })),
    )}
    <h3>Last moves</h3>
    <ol class="moves" data-is="moves">
      <li class="quiet">Nothing has moved yet.</li>
    </ol>
  </section>`;

const health = ({ thresholds }: WorldFacts): Markup =>
  html`<section id="health" aria-labelledby="health-heading">
    <h2 id="health-heading">Health</h2>
    <div class="columns">
      ${figure("errors", "Requests without a good answer", html`<li><i class="line lost"></i>All</li>`)}
      ${figure("latency", "Response time (p95)", lines)}
    </div>
    <h3>Alarms</h3>
    ${table(
      "Each threshold of the plan, with its alarm",
      [{ heading: "Threshold" }, { heading: "Limit", figures: true }, { heading: "Alarm" }],
      thresholds.map(({ name, title, limit, unit, breach }) => ({
        cells: [
          html`${title} <small>${breach}</small>`,
          `${limit} ${unit}`,
          html`<span class="alarm" data-alarm="${name}">not there yet</span>`,
        ],
      })),
    )}
  </section>`;

const terminal = ({ commands }: WorldFacts): Markup =>
  html`<section id="terminal" aria-labelledby="terminal-heading">
    <h2 id="terminal-heading">In another terminal</h2>
    <pre class="commands" tabindex="0" aria-label="Commands">${commands.join("\n")}</pre>
  </section>`;

const data = (facts: WorldFacts): Markup => {
  const { ladder: stages, thresholds, speed } = facts;
  const limits = thresholds.map((line) => ({ ...line, plot: plotOfThreshold(line) }));
  const json = JSON.stringify({ stages, thresholds: limits, speed });
  // `<` is written as an escape, so that no text can end the block.
  return new Markup(
    `<script type="application/json" id="world">${json.replaceAll("<", "\\u003c")}</script>`,
  );
};
