import providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import type {
  CheckFailure as CheckFailureMessage,
  DiffResponse,
} from "@pulumi/pulumi/proto/provider_pb.js";
import statusPb from "@pulumi/pulumi/proto/status_pb.js";
import { CallFailed } from "../grpc-calls.ts";
import { isPropertyMap, Secret, type PropertyMap } from "../values/property-values.ts";
import { fromStruct } from "../values/property-wire.ts";
import { nameOf, typeOf } from "../values/urn.ts";
import { InitializationFailed, type CheckFailure, type ProviderDiff } from "./provider.ts";

/** Names in a request the resource that it is about. */
export function about<
  Request extends {
    setUrn(urn: string): unknown;
    setName(name: string): unknown;
    setType(type: string): unknown;
  },
>(urn: string, request: Request): Request {
  request.setUrn(urn);
  request.setName(nameOf(urn));
  request.setType(typeOf(urn));
  return request;
}

/** Marks as secret what was sent as a secret under the same key and came back plain. */
export function withSecretsOf(found: PropertyMap, sent: PropertyMap): PropertyMap {
  const marked: Record<string, PropertyMap[string]> = { ...found };
  for (const [key, value] of Object.entries(found)) {
    const before = sent[key];
    if (before instanceof Secret && !(value instanceof Secret)) {
      marked[key] = new Secret(value);
    } else if (isPropertyMap(before) && isPropertyMap(value)) {
      marked[key] = withSecretsOf(value, before);
    }
  }
  return marked;
}

/** Why the provider does not take some inputs. */
export function failuresOf(failures: readonly CheckFailureMessage[]): readonly CheckFailure[] {
  return failures.map((failure) => ({
    property: failure.getProperty(),
    reason: failure.getReason(),
  }));
}

/** What the provider says of a difference. */
export function diffOf(response: DiffResponse): ProviderDiff {
  const { DIFF_NONE, DIFF_SOME } = providerPb.DiffResponse.DiffChanges;
  const changes = response.getChanges();
  const { ADD_REPLACE, DELETE_REPLACE, UPDATE_REPLACE } = providerPb.PropertyDiff.Kind;
  const detailed = [...response.getDetaileddiffMap().entries()];
  const replacing = detailed.filter(([, diff]) =>
    [ADD_REPLACE, DELETE_REPLACE, UPDATE_REPLACE].some((kind) => kind === diff.getKind()),
  );
  return {
    changes: changes === DIFF_NONE ? "none" : changes === DIFF_SOME ? "some" : "unknown",
    replaceKeys: [...new Set([...response.getReplacesList(), ...replacing.map(([path]) => path)])],
    changedKeys: [...new Set([...response.getDiffsList(), ...detailed.map(([path]) => path)])],
    deleteBeforeReplace: response.getDeletebeforereplace(),
  };
}

/** Turns the error of a call that did half its work into {@link InitializationFailed}. */
export async function partly<Response>(
  response: Promise<Response>,
  keepSecrets: (found: PropertyMap) => PropertyMap,
): Promise<Response> {
  try {
    return await response;
  } catch (error) {
    const bytes =
      error instanceof CallFailed ? error.metadata.get("grpc-status-details-bin")[0] : undefined;
    if (bytes === undefined || typeof bytes === "string") {
      throw error;
    }
    for (const detail of statusPb.Status.deserializeBinary(bytes).getDetailsList()) {
      const failed = detail.unpack(
        (data) => providerPb.ErrorResourceInitFailed.deserializeBinary(data),
        "pulumirpc.ErrorResourceInitFailed",
      );
      if (failed !== null) {
        throw new InitializationFailed(
          failed.getId(),
          keepSecrets(fromStruct(failed.getProperties())),
          failed.hasInputs() ? fromStruct(failed.getInputs()) : undefined,
          failed.getReasonsList(),
        );
      }
    }
    throw error;
  }
}
