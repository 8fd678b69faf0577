import { NotThere } from "./bounded.ts";
import { WrongStatus } from "./http-json.ts";

/** What names an object of a kind. */
export interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** Path of an object at the API server. @param group `apis/apps/v1`. @param plural `deployments`. */
export const pathOf = (group: string, plural: string, { namespace, name }: Named): string =>
  `/${group}/namespaces/${encodeURIComponent(namespace)}/${plural}/${encodeURIComponent(name)}`;

/** Reads an object. @throws NotThere where the cluster has none. */
export const found = async <T>(what: string, read: () => Promise<T>): Promise<T> => {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof WrongStatus) || error.code !== 404) throw error;
    throw new NotThere(`the cluster has no ${what}`);
  }
};
