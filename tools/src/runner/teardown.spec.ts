import { describe, expect, it } from '@jest/globals';
import { silent } from './progress.ts';
import { Teardown } from './teardown.ts';

describe('the teardown', () => {
  it('undoes the last first, once', async () => {
    const undone: string[] = [];
    const teardown = new Teardown();
    for (const step of ['database', 'service']) teardown.add(() => void undone.push(step));
    await Promise.all([teardown.run(silent), teardown.run(silent)]);
    expect(undone).toEqual(['service', 'database']);
  });

  it('goes on after a step that fails, and says so in the end', async () => {
    const undone: string[] = [];
    const teardown = new Teardown();
    teardown.add(() => void undone.push('database'));
    teardown.add(() => Promise.reject(new Error('the service hangs')));
    await expect(teardown.run(silent)).rejects.toMatchObject({ errors: [{ message: 'the service hangs' }] });
    expect(undone).toEqual(['database']);
  });

  it('undoes at once what was started by somebody who did not notice the end', async () => {
    const undone: string[] = [];
    const teardown = new Teardown();
    await teardown.run(silent);
    teardown.add(() => void undone.push('late'));
    expect(undone).toEqual(['late']);
  });
});
