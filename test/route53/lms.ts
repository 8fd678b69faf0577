import { lms } from "../../stacks/lms.ts";
import { withRecords } from "./with-records.ts";

/** The Leave Management System, split by weighted records of Route 53. */
export const byRoute53 = withRecords(lms);
