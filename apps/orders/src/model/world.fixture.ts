import { decide } from './decide.ts';
import { saga, start } from './saga.ts';
import type { Command, Input, InputType, State } from './vocabulary.ts';

type Stock = 'untouched' | 'reserved' | 'committed' | 'gone' | 'refused';
type Money = 'untouched' | 'held' | 'taken' | 'returned' | 'declined';

const why = { code: 'payment/declined', message: 'Declined' };

/** Inventory and payments reduced to what they promise, with every message in flight at once and delivered in any order. */
export class World {
  state: State = start.state;
  stock: Stock = 'untouched';
  money: Money = 'untouched';
  readonly commands: Command[] = [start.send];
  readonly answers: InputType[] = [];

  /** `lucky` says how a step turns out that may go either way. */
  obey(index: number, lucky: boolean): void {
    const [command] = this.commands.splice(index % (this.commands.length || 1), 1);
    if (command) this.answers.push(this.#outcome(command, lucky));
  }

  hear(index: number): void {
    const [answer] = this.answers.splice(index % (this.answers.length || 1), 1);
    if (answer) this.input(answer);
  }

  /** One command succeeds and its answer arrives. */
  proceed(): void {
    this.obey(0, true);
    this.hear(this.answers.length - 1);
  }

  expireReservation(): void {
    if (this.stock !== 'reserved') return;
    this.stock = 'gone';
    this.answers.push('ReservationExpired');
  }

  passDeadline(): void {
    if (saga[this.state].limit) this.input('DeadlinePassed');
  }

  input(type: InputType): void {
    const input: Input = { type, reason: why };
    const decision = decide(this.state, input);
    if (decision.outcome !== 'accepted') return;
    this.state = decision.state;
    this.commands.push(...decision.dispatch.map(({ command }) => command));
  }

  /** Delivers whatever is in flight until nothing is; a state that still waits then runs into its time limit. */
  settle(): void {
    for (
      let turns = 0;
      this.commands.length > 0 || this.answers.length > 0 || saga[this.state].limit;
      turns++
    ) {
      if (turns > 200) throw new Error(`does not settle: ${this.state}`);
      if (this.commands.length > 0) this.obey(0, true);
      else if (this.answers.length > 0) this.hear(0);
      else this.passDeadline();
    }
  }

  #outcome(command: Command, lucky: boolean): InputType {
    switch (command) {
      case 'ReserveStock':
        if (this.stock === 'untouched') this.stock = lucky ? 'reserved' : 'refused';
        return this.stock === 'reserved' ? 'StockReserved' : 'StockRejected';
      case 'CommitStock':
        if (this.stock === 'reserved') this.stock = 'committed';
        return this.stock === 'committed' ? 'StockCommitted' : 'StockCommitFailed';
      case 'ReleaseStock':
        this.stock = 'gone';
        return 'StockReleased';
      case 'AuthorisePayment':
        if (this.money === 'untouched') this.money = lucky ? 'held' : 'declined';
        return this.money === 'held' ? 'PaymentAuthorised' : 'PaymentDeclined';
      case 'CapturePayment':
        if (this.money === 'held') this.money = lucky ? 'taken' : 'declined';
        return this.money === 'taken' ? 'PaymentCaptured' : 'PaymentCaptureFailed';
      case 'CancelPayment':
        return this.#giveBack();
      case 'RefundPayment':
        if (this.money !== 'taken' && this.money !== 'returned')
          throw new Error(`refund of money that is ${this.money}`);
        return this.#giveBack();
    }
  }

  #giveBack(): InputType {
    const taken = this.money === 'taken' || this.money === 'returned';
    this.money = 'returned';
    return taken ? 'PaymentRefunded' : 'PaymentVoided';
  }
}
