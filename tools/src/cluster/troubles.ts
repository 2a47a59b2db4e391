/** What we read of a pod. */
export interface Pod {
  metadata: { name: string };
  status: {
    phase?: string;
    conditions?: { type: string; status: string; message?: string }[];
    containerStatuses?: Container[];
    initContainerStatuses?: Container[];
  };
}

interface Container {
  name: string;
  ready: boolean;
  state?: { waiting?: { reason?: string; message?: string }; terminated?: Ended };
  lastState?: { terminated?: Ended };
}

interface Ended {
  reason?: string;
  exitCode: number;
}

/** Why pods are not ready, a line for each that is not. */
export const troubles = (pods: readonly Pod[]): string[] =>
  pods.flatMap(({ metadata, status }) => {
    const isReady = status.conditions?.some(
      ({ type, status: holds }) => type === 'Ready' && holds === 'True',
    );
    return isReady || status.phase === 'Succeeded' ? [] : [`  ${metadata.name}: ${reason(status)}`];
  });

function reason({ phase, conditions = [], ...status }: Pod['status']): string {
  const unscheduled = conditions.find(
    ({ type, status: holds }) => type === 'PodScheduled' && holds === 'False',
  );
  if (unscheduled) return unscheduled.message ?? 'has no node';
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  const said = containers.flatMap(whatOf);
  return said.join('; ') || `${phase ?? 'unknown'}, not ready yet`;
}

function whatOf({ name, state, lastState }: Container): string[] {
  const waiting = state?.waiting;
  const ended = state?.terminated ?? lastState?.terminated;
  const words = [
    ...(waiting?.reason && waiting.reason !== 'PodInitializing' ? [waiting.reason] : []),
    ...(ended && ended.exitCode !== 0 ? [`ended with ${ended.exitCode}`] : []),
    ...(ended?.reason === 'OOMKilled' ? ['out of memory'] : []),
  ];
  return words.length ? [`${name} ${words.join(', ')}`] : [];
}
