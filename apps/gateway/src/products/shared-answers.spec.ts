import { describe, expect, it } from '@jest/globals';
import { SharedAnswers } from './shared-answers.ts';

describe('shared answers', () => {
  const shared = () => {
    const answers = new SharedAnswers<string>();
    const asked: PromiseWithResolvers<string>[] = [];
    const ask = (key = 'page') =>
      answers.of(key, () => {
        const question = Promise.withResolvers<string>();
        asked.push(question);
        return question.promise;
      });
    return { ask, asked };
  };
  const turn = () => new Promise(setImmediate);

  it('go to all who ask while a question is under way, but not that question’s own answer', async () => {
    const { ask, asked } = shared();
    const first = ask();
    const [second, third] = [ask(), ask()];
    expect(asked).toHaveLength(1);
    asked[0]!.resolve('before they came');
    expect(await first).toBe('before they came');
    await turn();
    expect(asked).toHaveLength(2);
    asked[1]!.resolve('after');
    expect(await Promise.all([second, third])).toEqual(['after', 'after']);
  });

  it('are of one question each: another is asked at once', () => {
    const { ask, asked } = shared();
    void ask('one page');
    void ask('another');
    expect(asked).toHaveLength(2);
  });

  it('are asked for again by those who wait when a question fails, and by those who come later', async () => {
    const { ask, asked } = shared();
    const first = ask();
    const second = ask();
    asked[0]!.reject(new Error('no'));
    await expect(first).rejects.toThrow('no');
    await turn();
    asked[1]!.resolve('yes');
    expect(await second).toBe('yes');
    void ask();
    expect(asked).toHaveLength(3);
  });
});
