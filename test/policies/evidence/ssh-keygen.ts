import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether OpenSSH's own tool is on the PATH; tests that compare with it are skipped where it is not. */
export const hasSshKeygen = ((): boolean => {
  try {
    execFileSync("ssh-keygen", ["-?"], { stdio: "pipe" });
    return true;
  } catch (error) {
    // It knows no such option, and says so; a tool that is not there says nothing.
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
})();

/** A folder for keys and files, removed by `remove`. */
export interface KeyFolder {
  readonly path: string;
  /** Makes a key; answers with the path of its private half. */
  make(name: string, type: string, bits?: number): string;
  /** Signs a text, and answers with the armoured signature. */
  sign(key: string, text: string, namespace: string, ...options: readonly string[]): string;
  /** What `ssh-keygen -Y verify` says: whether it accepts. */
  accepts(signers: string, by: string, namespace: string, text: string, signature: string): boolean;
  readonly remove: () => void;
}

export const keyFolder = (): KeyFolder => {
  const path = mkdtempSync(join(tmpdir(), "cutover-keys-"));
  const file = (name: string, content: string): string => {
    writeFileSync(join(path, name), content);
    return join(path, name);
  };
  return {
    path,
    make: (name, type, bits) => {
      const key = join(path, name);
      const size = bits === undefined ? [] : ["-b", String(bits)];
      execFileSync("ssh-keygen", ["-q", "-t", type, ...size, "-N", "", "-C", "", "-f", key]);
      return key;
    },
    sign: (key, text, namespace, ...options) => {
      const message = file("message", text);
      rmSync(`${message}.sig`, { force: true });
      execFileSync("ssh-keygen", ["-Y", "sign", ...options, "-n", namespace, "-f", key, message], {
        stdio: "pipe",
      });
      return readFileSync(`${message}.sig`, "utf8");
    },
    accepts: (signers, by, namespace, text, signature) => {
      const [allowed, sig] = [file("allowed", signers), file("signature", signature)];
      try {
        execFileSync(
          "ssh-keygen",
          ["-Y", "verify", "-f", allowed, "-I", by, "-n", namespace, "-s", sig],
          { input: text, stdio: "pipe" },
        );
        return true;
      } catch {
        return false;
      }
    },
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
};
