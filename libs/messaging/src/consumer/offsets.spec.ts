import { describe, expect, it } from '@jest/globals';
import { eventually } from '@shop/testing';
import type { Position } from '../broker/port.ts';
import { Offsets } from './offsets.ts';

const at = (partition: number, offset: number): Position => ({ topic: 't', partition, offset });

function recording(commit: (positions: Position[]) => Promise<void> = () => Promise.resolve()) {
  const commits: Position[][] = [];
  const offsets = new Offsets(
    (positions) => {
      commits.push(positions);
      return commit(positions);
    },
    5,
    100,
  );
  return { offsets, commits };
}

describe('the offsets of a consumer', () => {
  it('are committed together, the highest of each partition', async () => {
    const { offsets, commits } = recording();
    for (const position of [at(0, 1), at(0, 5), at(1, 3)]) offsets.finished(position, 1);
    await eventually(() => expect(commits).toEqual([[at(0, 5), at(1, 3)]]));
  });

  it('are committed at once after many messages', () => {
    const { offsets, commits } = recording();
    offsets.finished(at(0, 100), 100);
    expect(commits).toEqual([[at(0, 100)]]);
  });

  it('are not committed for a partition that was lost', async () => {
    const { offsets, commits } = recording();
    offsets.finished(at(0, 1), 1);
    offsets.finished(at(1, 1), 1);
    offsets.forget([at(0, 0)]);
    await offsets.flush();
    expect(commits).toEqual([[at(1, 1)]]);
  });

  it('are committed again after a failure, unless their partition was lost meanwhile', async () => {
    let fail = true;
    const { offsets, commits } = recording(async () => {
      if (fail) throw new Error('no coordinator');
    });
    offsets.finished(at(0, 1), 1);
    offsets.finished(at(1, 1), 1);
    const flushed = offsets.flush();
    offsets.forget([at(1, 0)]);
    await flushed;
    fail = false;
    await eventually(() => expect(commits).toHaveLength(2));
    expect(commits[1]).toEqual([at(0, 1)]);
  });
});
