import * as grpc from "@grpc/grpc-js";
import resourceGrpc from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import resourcePb from "@pulumi/pulumi/proto/resource_pb.js";
import aliasPb from "@pulumi/pulumi/proto/alias_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import { deferred } from "../../../rehearsal/engine/deferred.ts";
import { call } from "../../../rehearsal/engine/grpc-calls.ts";
import type { Exit } from "../../../rehearsal/engine/program/node-process.ts";
import type {
  ProgramRun,
  StartProgram,
} from "../../../rehearsal/engine/program/program-process.ts";
import {
  Secret,
  unknown,
  type PropertyMap,
  type PropertyValue,
} from "../../../rehearsal/engine/values/property-values.ts";
import { fromStruct, keepAll, toStruct } from "../../../rehearsal/engine/values/property-wire.ts";
import type { Declaration, DeclaredResource } from "./programs/declared/declaration.ts";

/** As the SDK ends a program whose failure it has told. */
const exitAfterMessage = 32;
const service = resourceGrpc.ResourceMonitorService;

/** What stands for a resource once it is registered. */
interface Standing {
  readonly urn: string;
  readonly id: PropertyValue;
  readonly outputs: PropertyMap;
}

/**
 * Registers what the environment declares, as a Node program with the SDK would, but within the test's own process:
 * a run takes milliseconds.
 */
export const declaredProgram: StartProgram = (run, log) => {
  const ended = deferred<Exit>();
  const client = new resourceGrpc.ResourceMonitorClient(
    run.monitorAddress,
    grpc.credentials.createInsecure(),
  );
  let isEnding = false;
  const end = (code: number | null): void => {
    isEnding = true;
    client.close();
    ended.resolve({ code, signal: null });
  };
  const declaration = JSON.parse(run.environment["DECLARATION"] ?? "{}") as Declaration;
  const { dryRun, stack, project } = run;
  new DeclaredProgram(client, { dryRun, stack, project: project.name }, declaration).run().then(
    () => end(0),
    (error: unknown) => {
      if (!isEnding) {
        log.error(error instanceof Error ? error.message : String(error));
        end(exitAfterMessage);
      }
    },
  );
  return {
    exited: ended.promise,
    end: () => {
      end(null);
      return Promise.resolve();
    },
  };
};

/** What a program must know of the update that it is part of. */
interface Update extends Pick<ProgramRun, "dryRun" | "stack"> {
  readonly project: string;
}

/** Talks to a resource monitor, of either engine. */
export class DeclaredProgram {
  readonly #client: grpc.Client;
  readonly #update: Update;
  readonly #declaration: Declaration;
  readonly #standing = new Map<string, Promise<Standing>>();

  constructor(client: grpc.Client, update: Update, declaration: Declaration) {
    this.#client = client;
    this.#update = update;
    this.#declaration = declaration;
  }

  async run(): Promise<void> {
    const declaration = this.#declaration;
    const stack = new resourcePb.RegisterResourceRequest();
    stack.setType("pulumi:pulumi:Stack");
    stack.setName(`${this.#update.project}-${this.#update.stack}`);
    stack.setAcceptsecrets(true);
    const root = (await call(this.#client, service.registerResource, stack)).getUrn();
    for (const resource of declaration.resources) {
      const standing = this.#register(resource, root);
      this.#standing.set(resource.name, standing);
      if (declaration.inTurn === true) await standing;
    }
    await Promise.all(this.#standing.values());
    if (declaration.throws !== undefined) throw new Error(declaration.throws);
    const outputs = await this.#resolved(
      Object.fromEntries(
        Object.entries(declaration.outputs ?? {}).filter(([, value]) => isPath(value)),
      ) as Readonly<Record<string, string>>,
    );
    const plain = Object.entries(declaration.outputs ?? {}).filter(([, value]) => !isPath(value));
    await this.#registerOutputs(root, { ...Object.fromEntries(plain), ...outputs.values });
    await call(this.#client, service.signalAndWaitForShutdown, new emptyPb.Empty());
  }

  async #register(resource: DeclaredResource, root: string): Promise<Standing> {
    const { name, inputs = {}, secret = [], options = {} } = resource;
    const component = resource.component === true;
    const request = new resourcePb.RegisterResourceRequest();
    request.setType(
      component
        ? (resource.type ?? "test:index:Group")
        : resource.isProvider === true
          ? "pulumi:providers:test"
          : "test:index:Thing",
    );
    request.setName(name);
    request.setCustom(!component);
    request.setAcceptsecrets(true);
    request.setAcceptresources(true);
    request.setSupportspartialvalues(true);
    request.setAliasspecs(true);
    request.setParent(resource.parent === undefined ? root : await this.#urnOf(resource.parent));
    const from = await this.#resolved(resource.from ?? {});
    const properties: Record<string, PropertyValue> = {
      ...(inputs as PropertyMap),
      ...from.values,
    };
    secret.forEach((key) => (properties[key] = new Secret(properties[key] ?? null)));
    request.setObject(toStruct(properties, keepAll));
    const dependsOn = await Promise.all((resource.dependsOn ?? []).map((of) => this.#urnOf(of)));
    request.setDependenciesList([...new Set([...dependsOn, ...Object.values(from.urns)])]);
    for (const key of Object.keys(properties)) {
      const urns = new resourcePb.RegisterResourceRequest.PropertyDependencies();
      urns.setUrnsList(from.urns[key] === undefined ? [] : [from.urns[key]]);
      request.getPropertydependenciesMap().set(key, urns);
    }
    if (resource.deletedWith !== undefined) {
      request.setDeletedwith(await this.#urnOf(resource.deletedWith));
    }
    if (resource.provider !== undefined) {
      const { urn, id } = await this.#of(resource.provider);
      request.setProvider(`${urn}::${typeof id === "string" ? id : ""}`);
    }
    applyOptions(request, options);
    const response = await call(this.#client, service.registerResource, request);
    if (component) {
      await this.#registerOutputs(response.getUrn(), properties);
    }
    return {
      urn: response.getUrn(),
      id: response.getId() === "" ? unknown : response.getId(),
      outputs: fromStruct(response.getObject()),
    };
  }

  async #registerOutputs(urn: string, outputs: PropertyMap): Promise<void> {
    const request = new resourcePb.RegisterResourceOutputsRequest();
    request.setUrn(urn);
    request.setOutputs(toStruct(outputs, keepAll));
    await call(this.#client, service.registerResourceOutputs, request);
  }

  /** The values that stand at `name.output`, and the resources that they come from. */
  async #resolved(paths: Readonly<Record<string, string>>): Promise<{
    readonly values: Readonly<Record<string, PropertyValue>>;
    readonly urns: Readonly<Record<string, string>>;
  }> {
    const values: Record<string, PropertyValue> = {};
    const urns: Record<string, string> = {};
    for (const [key, path] of Object.entries(paths)) {
      const [name = "", output = ""] = path.split(".");
      const { urn, id, outputs } = await this.#of(name);
      urns[key] = urn;
      const value = output === "id" ? id : outputs[output];
      if (value !== undefined || this.#update.dryRun) {
        values[key] = value ?? unknown;
      }
    }
    return { values, urns };
  }

  async #urnOf(name: string): Promise<string> {
    return (await this.#of(name)).urn;
  }

  #of(name: string): Promise<Standing> {
    const standing = this.#standing.get(name);
    if (standing === undefined) {
      throw new Error(`${name} is used before it is declared`);
    }
    return standing;
  }
}

const isPath = (value: string | number): value is string =>
  typeof value === "string" && value.includes(".");

function applyOptions(
  request: InstanceType<typeof resourcePb.RegisterResourceRequest>,
  options: NonNullable<DeclaredResource["options"]>,
): void {
  const { protect, retainOnDelete, import: importId, customTimeouts } = options;
  if (protect !== undefined) {
    request.setProtect(protect);
  }
  if (retainOnDelete !== undefined) {
    request.setRetainondelete(retainOnDelete);
  }
  if (importId !== undefined) {
    request.setImportid(importId);
  }
  if (customTimeouts !== undefined) {
    const timeouts = new resourcePb.RegisterResourceRequest.CustomTimeouts();
    timeouts.setCreate(customTimeouts.create);
    request.setCustomtimeouts(timeouts);
  }
  if (options.deleteBeforeReplace !== undefined) {
    request.setDeletebeforereplace(options.deleteBeforeReplace);
    request.setDeletebeforereplacedefined(true);
  }
  request.setReplaceonchangesList([...(options.replaceOnChanges ?? [])]);
  request.setIgnorechangesList([...(options.ignoreChanges ?? [])]);
  request.setAdditionalsecretoutputsList([...(options.additionalSecretOutputs ?? [])]);
  request.setAliasesList(
    (options.aliases ?? []).map(({ name }) => {
      const spec = new aliasPb.Alias.Spec();
      spec.setName(name);
      const alias = new aliasPb.Alias();
      alias.setSpec(spec);
      return alias;
    }),
  );
}
