/** What a rollout counts at one instant, and where it stands. */
export interface RolloutCounts {
  readonly generation: number;
  readonly desired: number;
  readonly replicas: number;
  readonly updated: number;
  readonly ready: number;
  readonly available: number;
  readonly progress: "created" | "under way" | "complete" | "deadline exceeded";
  readonly replicaSet: string;
}

const AVAILABLE = {
  True: ["MinimumReplicasAvailable", "Deployment has minimum availability."],
  False: ["MinimumReplicasUnavailable", "Deployment does not have minimum availability."],
} as const;

const progressing = ({
  progress,
  replicaSet,
}: RolloutCounts): readonly [string, string, string] => {
  switch (progress) {
    case "created":
      return ["True", "NewReplicaSetCreated", `Created new replica set "${replicaSet}"`];
    case "under way":
      return ["True", "ReplicaSetUpdated", `ReplicaSet "${replicaSet}" is progressing.`];
    case "complete":
      return [
        "True",
        "NewReplicaSetAvailable",
        `ReplicaSet "${replicaSet}" has successfully progressed.`,
      ];
    case "deadline exceeded":
      return [
        "False",
        "ProgressDeadlineExceeded",
        `ReplicaSet "${replicaSet}" has timed out progressing.`,
      ];
  }
};

/** The status of a Deployment in Kubernetes' own terms, without times. */
export const rolloutStatus = (counts: RolloutCounts): Readonly<Record<string, unknown>> => {
  // With `maxUnavailable: 0` the minimum that must be available is all of them.
  const available = counts.available >= counts.desired ? "True" : "False";
  const [reason, message] = AVAILABLE[available];
  const [status, progressReason, progressMessage] = progressing(counts);
  return {
    observedGeneration: counts.generation,
    replicas: counts.replicas,
    updatedReplicas: counts.updated,
    readyReplicas: counts.ready,
    availableReplicas: counts.available,
    unavailableReplicas: Math.max(0, counts.desired - counts.available),
    conditions: [
      { type: "Available", status: available, reason, message },
      { type: "Progressing", status, reason: progressReason, message: progressMessage },
    ],
  };
};
