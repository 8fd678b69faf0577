import type { Workspace } from "../../engine/engine.ts";

/** Everything that plain `pulumi` and `cutover` need in another terminal. */
export const environmentOf = (
  { environment, directory, stack, backendUrl }: Workspace,
  policyPack: string,
): Readonly<Record<string, string>> => ({
  ...environment,
  PULUMI_BACKEND_URL: backendUrl,
  PULUMI_STACK: stack,
  // The CLI reads each of its options from the environment: no update here goes without the gates.
  PULUMI_OPTION_POLICY_PACK: policyPack,
  CUTOVER_DIRECTORY: directory,
});

/** Those variables as a file for `. FILE`, in any shell that POSIX describes. */
export const environmentFile = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `export ${name}=${quoted(value)}\n`)
    .join("");

/** One word of a shell, whatever is in it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
