import type { ILease } from "kubernetes-models/coordination.k8s.io/v1/Lease";
import { ApiError } from "../../kubernetes-object.ts";
import { invalid, within, type FieldError } from "../field-error.ts";

/** A time of a Lease: six digits of a second, no more and no fewer. */
const microTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(Z|[+-]\d\d:\d\d)$/;

/** What the API server asks of a Lease. @throws ApiError 400 for a time that it cannot decode. */
export const leaseRules = ({ spec }: ILease): readonly FieldError[] => {
  for (const time of [spec?.acquireTime, spec?.renewTime]) {
    if (time !== undefined && !microTime.test(time)) {
      throw new ApiError(
        400,
        "BadRequest",
        `Lease in version "v1" cannot be handled as a Lease: parsing time "${time}" as "2006-01-02T15:04:05.000000Z07:00": cannot parse it`,
      );
    }
  }
  const { leaseDurationSeconds: lasts, leaseTransitions } = spec ?? {};
  return [
    ...(lasts === undefined || lasts > 0
      ? []
      : [invalid("spec.leaseDurationSeconds", lasts, "must be greater than 0")]),
    ...within("spec.leaseTransitions", leaseTransitions, 0),
  ];
};
