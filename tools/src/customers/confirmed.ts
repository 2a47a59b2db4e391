import { createInterface } from 'node:readline/promises';

/** Has the id typed once more: what is erased does not come back. */
export async function confirmed(customer: string, gatewayUrl: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const question = `\n  This deletes the personal data of ${customer} at ${gatewayUrl} for good.\n  Type the customer's id to go on: `;
    return (await terminal.question(question)) === customer;
  } finally {
    terminal.close();
  }
}
