/** The running process of a pod, as the kubelet handles it. */
export interface Container {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** Percent of the limit; at 100 the kernel kills it. */
  memoryPercent(): number;
  /** Finishes what is in flight, then ends. */
  stop(): Promise<void>;
  /** Ends at once. */
  kill(): Promise<void>;
}
