/** Who reads a schema: the shop takes `request`s, gives `answer`s, and does both with the `message`s that lie in topics. */
export type Direction = 'request' | 'answer' | 'message';
export type GapKind =
  'removed' | 'missing' | 'unknown' | 'type' | 'null' | 'enum' | 'bound' | 'pattern' | 'other';

export interface Rule {
  /** What broke, as a heading. */
  title: string;
  /** What to do instead. */
  advice: string;
}

const v2 =
  'Declare a .v2 of the message beside the .v1, send both while consumers move over, and take the .v1 away when nobody reads it.';
const besideField =
  'Expand, then contract: add a new field beside it, move the clients over, and take the old one away with the next version of the endpoint.';
const besideEndpoint = 'Add the new endpoint beside the old one, and keep the old one until nobody calls it.';
const wider = 'Keep taking what was taken; refuse more only in a new endpoint or field.';

const schemaRules: Record<Direction, Record<GapKind, Rule>> = {
  request: {
    removed: {
      title: 'a field of a request is gone',
      advice: 'Keep taking the field, and ignore it, until nobody sends it.',
    },
    missing: {
      title: 'a request needs what it did not need',
      advice: 'Make it optional, with a default for who does not send it.',
    },
    unknown: {
      title: 'a field of a request is no longer taken',
      advice: 'Keep taking the field, and ignore it, until nobody sends it.',
    },
    type: {
      title: 'a request takes another type',
      advice: 'Take both types, or add a field of the new type beside the old one.',
    },
    null: { title: 'a request no longer takes null', advice: wider },
    enum: { title: 'a request no longer takes a value', advice: wider },
    bound: { title: 'a limit of a request is tighter', advice: wider },
    pattern: {
      title: 'a request must look different',
      advice: 'Take what fitted before as well, or add a field beside it.',
    },
    other: { title: 'a request is constrained differently', advice: wider },
  },
  answer: {
    removed: { title: 'a field of an answer is gone', advice: besideField },
    missing: {
      title: 'a field of an answer may be missing',
      advice: 'Keep sending it always; what can be missing goes into a new, optional field.',
    },
    unknown: { title: 'an answer has a new field', advice: besideField },
    type: { title: 'an answer has another type', advice: besideField },
    null: {
      title: 'an answer may be null where it never was',
      advice: 'Keep a value there; what can be null goes into a new field.',
    },
    enum: {
      title: 'an answer has a value that clients do not know',
      advice: 'Clients decide by it: answer the nearest old value, and tell the new one in a new field.',
    },
    bound: {
      title: 'an answer goes beyond what was promised',
      advice: 'Stay within the old limits, or tell it in a new field.',
    },
    pattern: { title: 'an answer looks different', advice: besideField },
    other: { title: 'an answer is constrained differently', advice: besideField },
  },
  message: {
    removed: { title: 'a field of a message is gone', advice: v2 },
    missing: {
      title: 'a message needs a field, or may lack one, unlike those in the topics',
      advice: `Make a new field optional; keep sending an old one. Else: ${v2}`,
    },
    unknown: {
      title: 'a closed object of a message refuses a field that is sent',
      advice: `Leave open what is open, and put a new field into the message itself. Else: ${v2}`,
    },
    type: { title: 'a message has another type', advice: v2 },
    null: { title: 'null is new, or no longer read, in a message', advice: v2 },
    enum: {
      title: 'a value is new, or no longer read, in a message',
      advice: `A consumer parks values that it does not know. ${v2}`,
    },
    bound: { title: 'a limit of a message has changed', advice: v2 },
    pattern: { title: 'a message looks different', advice: v2 },
    other: { title: 'a message is constrained differently', advice: v2 },
  },
};

export const rules = {
  ...(Object.fromEntries(
    Object.entries(schemaRules).flatMap(([direction, kinds]) =>
      Object.entries(kinds).map(([kind, rule]) => [`${direction}-${kind}`, rule]),
    ),
  ) as Record<`${Direction}-${GapKind}`, Rule>),
  'api-removed': { title: 'a whole API is gone', advice: besideEndpoint },
  'endpoint-removed': { title: 'an endpoint is gone', advice: besideEndpoint },
  'parameter-required': {
    title: 'a request needs a parameter that it did not need',
    advice: 'Make it optional, with a default for who does not send it.',
  },
  'parameter-removed': {
    title: 'a parameter is no longer taken',
    advice: 'Keep taking the parameter, and ignore it, until nobody sends it.',
  },
  'body-required': {
    title: 'a request needs a body that it did not need',
    advice: 'Make the body optional, or add a new endpoint.',
  },
  'media-removed': { title: 'a media type is gone', advice: 'Keep the old media type beside the new one.' },
  'good-answer-removed': { title: 'a good answer is gone', advice: besideEndpoint },
  'answer-header-removed': { title: 'a header of an answer is gone', advice: 'Keep sending it.' },
  'access-narrowed': { title: 'fewer may call an endpoint', advice: besideEndpoint },
  'message-type-removed': { title: 'a message is gone, or has another type', advice: v2 },
  'topic-changed': { title: 'a message has another topic', advice: `Its consumers read the old one. ${v2}` },
  'key-changed': {
    title: 'a message has another key',
    advice: `Messages of one key are in order; with another key they overtake those before. ${v2}`,
  },
  'partitions-changed': {
    title: 'a topic has another number of partitions',
    advice:
      'Keys would move to other partitions and lose their order. Make a new topic (.v2) and move over to it.',
  },
  'sample-refused': { title: 'a message of a released version can no longer be read', advice: v2 },
  'sample-edited': {
    title: 'a golden sample was edited',
    advice: 'Leave it as it was; the sample of a new field belongs to a new version, or to a unit test.',
  },
} satisfies Record<string, Rule>;

export type RuleName = keyof typeof rules;

/** One change that breaks somebody. */
export interface Finding {
  rule: RuleName;
  /** Whose contract: an app, or `messages`. */
  document: string;
  /** Which part of it, such as `POST /v1/orders, body/lines/0`. */
  where: string;
  what: string;
}
