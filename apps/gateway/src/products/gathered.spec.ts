import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from '@jest/globals';
import { Gathered } from './gathered.ts';

describe('gathered questions', () => {
  const gathered = (most = { questions: 1, keys: 3 }) => {
    const asked: string[][] = [];
    const answers: PromiseWithResolvers<void>[] = [];
    const questions = new Gathered(async (keys) => {
      asked.push(keys);
      const answer = Promise.withResolvers<void>();
      answers.push(answer);
      await answer.promise;
      return new Map(keys.map((key) => [key, `${key} of question ${asked.indexOf(keys) + 1}`]));
    }, most);
    return { questions, asked, answers };
  };
  const turn = () => new Promise(setImmediate);

  it('are asked at once by the first, and together by those who come meanwhile', async () => {
    const { questions, asked, answers } = gathered();
    const first = questions.of(['a']);
    const [second, third] = [questions.of(['b', 'a']), questions.of(['a'])];
    expect(asked).toEqual([['a']]);
    answers[0]!.resolve();
    expect((await first).get('a')).toBe('a of question 1');
    await turn();
    expect(asked).toEqual([['a'], ['b', 'a']]);
    answers[1]!.resolve();
    // Never the answer to a question that was asked before they came.
    expect((await second).get('a')).toBe('a of question 2');
    expect((await third).get('a')).toBe('a of question 2');
  });

  it('are asked in the context of the first who asked them', async () => {
    const who = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const questions = new Gathered(
      async (keys) => {
        seen.push(who.getStore());
        await turn();
        return new Map(keys.map((key) => [key, key]));
      },
      { questions: 1, keys: 3 },
    );
    const first = who.run('first', () => questions.of(['a']));
    const second = who.run('second', () => questions.of(['b']));
    await Promise.all([first, second, who.run('third', () => questions.of(['c']))]);
    expect(seen).toEqual(['first', 'second']);
  });

  it('do not grow beyond what can be asked at once', async () => {
    const { questions, asked } = gathered();
    void questions.of(['a']);
    void questions.of(['b', 'c']);
    void questions.of(['d', 'e']);
    expect(asked).toEqual([['a'], ['b', 'c']]);
  });

  it('fail for those who asked, and for no others', async () => {
    const { questions, answers } = gathered();
    const first = questions.of(['a']);
    const second = questions.of(['b']);
    answers[0]!.reject(new Error('no'));
    await expect(first).rejects.toThrow('no');
    await turn();
    answers[1]!.resolve();
    expect((await second).get('b')).toBe('b of question 2');
  });
});
