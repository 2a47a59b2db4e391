/** A figure with as many digits as mean something. */
export const fine = (value: number): string =>
  Math.abs(value) >= 100 ? whole(value) : value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
export const whole = (value: number): string => Math.round(value).toLocaleString('en');
