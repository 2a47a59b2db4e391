/** A kind of thing that must not be found where it is not allowed. */
export interface Secret {
  what: string;
  /** What is to be hidden in a text. */
  in(text: string): string[];
}

/** What gives a secret away by its form alone. */
export const forms: readonly Secret[] = [
  { what: 'token', in: all(/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]*)?|\bbearer +[\w.~+/-]{8,}=*/gi) },
  { what: 'private key', in: all(/-----BEGIN [A-Z ]*PRIVATE KEY-----/g) },
  { what: 'e-mail address', in: all(/[\w.+=%-]+(?:@|%40)(?:[a-z0-9-]+\.)+[a-z]{2,}/gi) },
  { what: 'card number', in: cardNumbers },
];

/** Exact texts. */
export const texts = (what: string, wanted: readonly string[]): Secret => ({
  what,
  in: (text) => wanted.filter((each) => text.includes(each)),
});

function all(pattern: RegExp): Secret['in'] {
  return (text) => text.match(pattern) ?? [];
}

// 13 to 19 digits, alone or in groups, that are no part of a longer word or number. Payment cards begin with 2 to 6 (ISO/IEC 7812);
// times in milliseconds and nanoseconds begin with 1.
const digits = /(?<![\w.-])[2-6]\d{3}(?:[ -]?\d){9,15}(?![\w-]|\.\d)|(?<=_)[2-6]\d{12,18}(?!\w)/g;

function cardNumbers(text: string): string[] {
  return (text.match(digits) ?? []).filter((found) => passesLuhn(found.replace(/\D/g, '')));
}

/** ISO/IEC 7812-1, annex B. */
export function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const value = index % 2 === 0 ? Number(digit) : Number(digit) * 2;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
