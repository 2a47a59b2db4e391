import { Injectable } from '@nestjs/common';
import { Problem, ShutdownSequence } from '@shop/service-kit';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Operation } from '../book/payment.ts';
import { sandboxProblems } from '../psp-sandbox.errors.ts';
import type { Connection } from './connection.ts';

/** Faults for everyone, whatever the token: rates are from 0 to 1. */
export const Faults = z
  .strictObject({
    failRate: z.number().min(0).max(1).default(0),
    lostAnswerRate: z.number().min(0).max(1).default(0),
    delayMs: z.int().min(0).max(60_000).default(0),
  })
  .meta({ id: 'Faults' });
export type Faults = z.output<typeof Faults>;

interface Asked {
  operation: Operation;
  key: string;
  token: string;
  connection: Connection;
}

const slowMs = 3_000;
const flakyFailures = 2;

/** How the provider behaves before and after it acts: the ways in which real ones fail. */
@Injectable()
export class Temper {
  faults: Faults = Faults.parse({});
  private readonly failures = new Map<string, number>();
  private readonly lostAnswers = new Set<string>();

  constructor(private readonly shutdown: ShutdownSequence) {}

  async around<T>(asked: Asked, act: () => T): Promise<T> {
    await this.before(asked);
    const answer = act();
    if (this.losesAnswer(asked)) asked.connection.cut();
    return answer;
  }

  private async before({ operation, key, token, connection }: Asked): Promise<void> {
    if (this.faults.delayMs) await pause(this.faults.delayMs);
    if (operation === 'authorise' && token === 'tok_slow') await pause(slowMs);
    if (operation === 'authorise' && token === 'tok_hang') await this.hang(connection);
    if (Math.random() < this.faults.failRate || (token === 'tok_flaky' && this.failsAgain(key))) {
      throw new Problem(sandboxProblems.failing);
    }
  }

  /** Does nothing until the caller gives up, and nothing afterwards. */
  private async hang(connection: Connection): Promise<never> {
    this.shutdown.draining.addEventListener('abort', connection.cut, { once: true });
    await connection.closed;
    this.shutdown.draining.removeEventListener('abort', connection.cut);
    throw new Problem(sandboxProblems.failing);
  }

  private failsAgain(key: string): boolean {
    const failures = (this.failures.get(key) ?? 0) + 1;
    this.failures.set(key, failures);
    return failures <= flakyFailures;
  }

  private losesAnswer({ operation, key, token }: Asked): boolean {
    if (Math.random() < this.faults.lostAnswerRate) return true;
    const loses = token === 'tok_lost_answer' && (operation === 'authorise' || operation === 'capture');
    if (!loses || this.lostAnswers.has(key)) return false;
    this.lostAnswers.add(key);
    return true;
  }
}
