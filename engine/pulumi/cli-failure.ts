import { BadInput } from "../../definition/bad-input.ts";
import { StackLocked, type Workspace } from "../engine.ts";
import { lockHolder } from "../lock-files.ts";

/** As the CLI words a lock that lies in a folder or a bucket. */
const lockLine = /created by (?<username>.*)@(?<hostname>.*) \(pid (?<pid>\d+)\) at (?<since>\S+)/;

/** As Pulumi Cloud words it; it names nobody. */
const conflict = "Another update is currently in progress";

/** What became of an operation that the CLI gave up before its engine started, from what it said. */
export const failureBeforeBeginning = (
  { directory, stack }: Workspace,
  complaint: string,
): StackLocked | BadInput => {
  const { username, hostname, pid, since } = lockLine.exec(complaint)?.groups ?? {};
  if (since !== undefined) {
    return new StackLocked(
      lockHolder({
        pid: Number(pid),
        hostname: hostname ?? "",
        username: username ?? "",
        since: new Date(since).toISOString(),
      }),
    );
  }
  if (complaint.includes(conflict)) {
    const since = new Date().toISOString();
    return new StackLocked({ pid: 0, hostname: "Pulumi Cloud", username: "?", since, dead: false });
  }
  return new BadInput({
    where: `stack ${stack} in ${directory}`,
    found: `refused by the Pulumi CLI (${inOneLine(complaint)})`,
    expected: "a project, a stack and a policy pack that it accepts",
  });
};

/** The CLI's own sentence, without what the Automation API writes around it. */
const inOneLine = (complaint: string): string => {
  const lines = complaint.split("\n").map((line) => line.trim());
  const said = lines.find((line) => line.startsWith("error: ")) ?? lines.find(Boolean) ?? "";
  return said.replace(/^error: /, "").replace(/\.$/, "");
};
