import { newId, type ShippingAddress } from '@shop/contracts';
import { forms, type Secret, texts } from './patterns.ts';

/** A person as nobody else is called, so that each trace of theirs can be recognised. */
export const customerId = 'zerlina.quastenfloss@canary.example';

export const address: ShippingAddress = {
  name: 'Zerlina Quastenfloß',
  street: '77 Xylophon Crescent',
  city: 'Quellenburg-Nord',
  postalCode: 'QX7 9ZZ',
  country: 'DE',
};

/** The published test number of a card scheme. */
export const cardNumber = '4111111111111111';

/** Beside what is good in an order, one thing that is refused. */
export const badOrders = (order: object): [why: string, body: unknown][] => [
  ['a country that is none', { ...order, shippingAddress: { ...address, country: 'Germany' } }],
  [
    'a name that no column can hold',
    { ...order, shippingAddress: { ...address, name: `${address.name}\u0007` } },
  ],
  ['a field that an address does not have', { ...order, shippingAddress: { ...address, email: customerId } }],
  ['a card number for a token', { ...order, paymentToken: cardNumber }],
  ['a card number within a token', { ...order, paymentToken: `tok_${cardNumber}` }],
  ['a card number for a product', { ...order, lines: [{ productId: cardNumber, quantity: 1 }] }],
  ['products that do not exist', { ...order, lines: [{ productId: newId(), quantity: 1 }] }],
  ['half of a JSON text', JSON.stringify({ ...order, shippingAddress: address }).slice(0, -2)],
  ['JSON that its error quotes', `{"at":${address.postalCode}}`],
  ['JSON that breaks off within the address', `{"shippingAddress": {"street": ${address.street}}}`],
];

const asItMayBeWritten = (...given: string[]) =>
  given.flatMap((text) => [...new Set([text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1)])]);
const names = asItMayBeWritten(customerId);

/** All that is looked for. The customer's id is an e-mail address, but there are places where it is meant to be. */
export const wanted = (secrets: readonly string[]): Secret[] => [
  ...forms.map((form) => ({
    ...form,
    in: (text: string) => form.in(text).filter((found) => !names.includes(found)),
  })),
  texts('address', asItMayBeWritten(address.name, address.street, address.city, address.postalCode)),
  texts('customer id', names),
  texts('payment token', [
    'tok_ok',
    'tok_flaky',
    'tok_lost_answer',
    'tok_declined',
    'tok_unheard_of',
    'tok_hang',
  ]),
  texts('secret', secrets),
];
