import type { Open } from "./tbd.ts";

/** Where the gates of staging and production read their facts. Only credentials come from outside. */
export interface FactSources {
  /** Datadog site, for example `datadoghq.eu`. */
  readonly datadogSite: Open<string>;
  /** Address of the cluster's API server, as the kubeconfig names it. */
  readonly kubernetesServer: Open<string>;
  /** Where a figure is one of Prometheus. */
  readonly prometheus?: PrometheusSource;
  /** By name of the store: the databases that figures and the revision of the schema are read from. */
  readonly databases?: Readonly<Record<string, DatabaseSource>>;
}

export interface PrometheusSource {
  /** Its address, or that of anything with its API: `https://HOST`, with a path where it has one. */
  readonly address: Open<string>;
  /** Environment variable with the bearer token, where one is asked for. */
  readonly tokenVariable?: string;
}

/** A Postgres, asked over TLS with its certificate verified. */
export interface DatabaseSource {
  readonly host: Open<string>;
  /** 5432 unless said. */
  readonly port?: Open<number>;
  /** What the server calls it. */
  readonly database: Open<string>;
  /** Environment variables with the credentials of a role that may only read. */
  readonly variables: { readonly user: string; readonly password: string };
  /** File of the repository with the authorities that sign its certificate, as PEM; those that Node knows unless said. */
  readonly authorities?: string;
}
