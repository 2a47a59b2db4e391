import { describe, expect, it } from '@jest/globals';
import { terminalProgress } from './progress.ts';

/** What a terminal, or a file, was told. */
function output(isTTY: boolean) {
  const written: string[] = [];
  const stream = {
    isTTY,
    columns: 80,
    write: (text: string) => written.push(text),
  } as unknown as NodeJS.WriteStream;
  return { stream, text: () => written.join('') };
}

describe('progress', () => {
  it('is a plain line for each step where nobody watches', async () => {
    const { stream, text } = output(false);
    const progress = terminalProgress(stream);
    await progress.step('Kafka', async (note) => note('embedded'));
    progress.line('done');
    expect(text()).toMatch(/^ {2}\S+ Kafka +\S*embedded +\S* +0\.0 s\S*\ndone\n$/);
    expect(text()).not.toMatch(/\x1b\[\d*[AJ]/);
  });

  it('redraws what is under way on a terminal', async () => {
    const { stream, text } = output(true);
    await terminalProgress(stream).step('Kafka', () => new Promise((resolve) => setTimeout(resolve, 250)));
    expect(text()).toContain('\x1b[1A\x1b[0J');
  });

  it('marks a step that failed and passes the failure on', async () => {
    const { stream, text } = output(false);
    const failed = terminalProgress(stream).step('Build', () => Promise.reject(new Error('no')));
    await expect(failed).rejects.toThrow('no');
    expect(text()).toContain('✗');
  });
});
