import provider from "@pulumi/pulumi/proto/provider_pb.js";
import type { InputFailure } from "./check-schema.ts";
import { propertyDiff } from "./property-diff.ts";
import { revealAll, type Properties } from "./property-values.ts";
import { fromStruct, toStruct } from "./struct-values.ts";

/** What this server understands, for engines that ask first. */
export const handshakeAnswer = (): provider.ProviderHandshakeResponse =>
  new provider.ProviderHandshakeResponse()
    .setAcceptSecrets(true)
    .setAcceptResources(false)
    .setAcceptOutputs(false);

/** What this server understands, for engines that ask when they configure. */
export const configureAnswer = (): provider.ConfigureResponse =>
  new provider.ConfigureResponse()
    .setAcceptsecrets(true)
    .setAcceptresources(false)
    .setAcceptoutputs(false)
    .setSupportspreview(true);

/** Checks the configuration of a `Provider` resource. */
export const checkConfigAnswer = (
  request: provider.CheckRequest,
  failuresOf: (config: Properties) => readonly InputFailure[],
): provider.CheckResponse => {
  const config = fromStruct(request.getNews());
  return new provider.CheckResponse()
    .setInputs(toStruct(config))
    .setFailuresList(
      failuresOf(revealAll(config)).map(({ property, reason }) =>
        new provider.CheckFailure().setProperty(property).setReason(reason),
      ),
    );
};

/** Compares configurations; a change never replaces what the provider made. */
export const diffConfigAnswer = (request: provider.DiffRequest): provider.DiffResponse => {
  const before = revealAll(fromStruct(request.getOldInputs()));
  const changes = propertyDiff(before, revealAll(fromStruct(request.getNews())));
  const { DIFF_NONE, DIFF_SOME } = provider.DiffResponse.DiffChanges;
  return new provider.DiffResponse()
    .setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList([...new Set(changes.map(({ path }) => /^[^.[]*/.exec(path)?.[0] ?? path))]);
};
