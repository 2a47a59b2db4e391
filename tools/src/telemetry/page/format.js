const number = (digits) => new Intl.NumberFormat('en', { maximumFractionDigits: digits });
const whole = number(0);
const oneDigit = number(1);

/** Two or three digits that matter. */
const short = (value) => (value >= 10 ? whole : oneDigit).format(value);

export const count = (value) => (value === null ? '–' : whole.format(value));

export const rate = (perSecond) => {
  if (perSecond === 0) return '0/s';
  return perSecond >= 1 ? `${short(perSecond)}/s` : `${short(perSecond * 60)}/min`;
};

export function ms(value) {
  if (value === null || value === undefined) return '–';
  if (value >= 60_000) return `${oneDigit.format(value / 60_000)} min`;
  if (value >= 1_000) return `${number(2).format(value / 1_000)} s`;
  return `${value >= 1 || value === 0 ? short(value) : number(2).format(value)} ms`;
}

export const bytes = (value) => (value === null ? '–' : `${whole.format(value / 2 ** 20)} MB`);

export const percent = (share) => (share === null ? '–' : `${whole.format(share * 100)} %`);

export const clock = (at) => new Date(at).toLocaleTimeString('en-GB');

/** The end of an id tells two of one minute apart; the beginning is their time. */
export const tail = (id) => `…${id.slice(-8)}`;

export const plural = (value, noun) => `${whole.format(value)} ${noun}${value === 1 ? '' : 's'}`;
