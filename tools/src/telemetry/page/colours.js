const known = [
  'gateway',
  'catalog',
  'inventory',
  'orders',
  'payments',
  'notifications',
  'psp-sandbox',
  'identity',
];

/** The class that gives a service its colour, the same wherever it is shown. */
export function colour(service) {
  const index = known.indexOf(service);
  return `c${index >= 0 ? index : known.length}`;
}
