import {
  compensations,
  inputs,
  type InputType,
  type Rule,
  saga,
  start,
  type State,
  type Transition,
} from '@shop/orders/saga';

const states = Object.keys(saga) as State[];
const rules = states.flatMap((state) =>
  inputs.map((input) => ({ state, input, rule: saga[state].on[input] })),
);
const transitions = rules.flatMap(({ rule, ...at }) => (typeof rule === 'object' ? [{ ...at, rule }] : []));

const limitVariables = {
  reserve: 'RESERVE_TIMEOUT_MS',
  authorise: 'AUTHORISE_TIMEOUT_MS',
  complete: 'COMPLETE_TIMEOUT_MS',
  refund: 'REFUND_RETRY_MS',
};

/** docs/saga.md: the drawing, every transition, and what each state ignores and refuses. */
export const sagaPage = (): string => `# How an order runs

Generated from [the transition table](../apps/orders/src/model/saga.ts) by \`npm run docs:saga\`; do not edit.

\`\`\`mermaid
stateDiagram-v2
  [*] --> ${start.state}: OrderPlaced / ${start.send}
${edges().join('\n')}
${states
  .filter((state) => !saga[state].limit)
  .map((state) => `  ${state} --> [*]`)
  .join('\n')}
\`\`\`

An edge reads *input / commands sent*. Every state that waits has a time limit, after which \`DeadlinePassed\` moves it on.

## States

${table(
  ['State', 'The customer sees', 'Time limit', 'Announces', 'Refuses', 'Notes and ignores'],
  states.map((state) => {
    const { status, limit, announce } = saga[state];
    return [
      state,
      status,
      limit ? limitVariables[limit] : '',
      announce ?? '',
      where(state, 'refuse'),
      where(state, 'ignore'),
    ];
  }),
)}

Time limits are configuration of orders; entering a state starts its own. A refused request answers 409. Every other pair of state and input cannot occur: such a message goes to the dead-letter topic.

## Transitions

${table(
  ['State', 'Input', 'Next', 'Sends', 'Takes back', 'Reason'],
  transitions.map(({ state, input, rule }) => [
    state,
    input,
    rule.to ?? '(stays)',
    sends(rule),
    (rule.undo ?? []).join(', '),
    reasonOf(rule),
  ]),
)}

## Compensations

${table(['Step', 'Taken back by'], Object.entries(compensations))}

Compensations work from any state, also before their step arrives ([ADR 12](adr/0012-compensations-are-total.md)).
A refund gives money back; goods that return are booked as a stock adjustment. Asking for a refund again while one runs, or after it, changes nothing and is accepted.
`;

function edges(): string[] {
  const byEdge = Map.groupBy(transitions, ({ state, rule }) => `  ${state} --> ${rule.to ?? state}`);
  return [...byEdge].map(([edge, parts]) => {
    const labels = Map.groupBy(parts, ({ rule }) => sends(rule));
    const lines = [...labels].map(([sent, same]) =>
      [same.map(({ input }) => input).join(', '), sent].filter(Boolean).join(' / '),
    );
    return `${edge}: ${lines.join('<br>')}`;
  });
}

const sends = ({ send = [], undo = [] }: Transition): string =>
  [...new Set([...send, ...undo.map((step) => compensations[step])])].join(', ');

const reasonOf = ({ because }: Transition): string =>
  because === 'given' ? '*from the input*' : (because ?? '');

const where = (state: State, wanted: Rule): string =>
  rules
    .filter((at) => at.state === state && at.rule === wanted)
    .map(({ input }): InputType => input)
    .join(', ');

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
