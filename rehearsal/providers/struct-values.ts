import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { Properties } from "./property-values.ts";

/** Properties as the protocol carries them; what is `undefined` is left out. */
export const toStruct = (properties: Properties): struct.Struct =>
  struct.Struct.fromJavaScript(
    JSON.parse(JSON.stringify(properties)) as Parameters<typeof struct.Struct.fromJavaScript>[0],
  );

/** Properties out of a message; none when it carries none. */
export const fromStruct = (message: struct.Struct | undefined): Properties =>
  message?.toJavaScript() ?? {};
