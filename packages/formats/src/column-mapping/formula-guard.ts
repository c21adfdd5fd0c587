/**
 * Spreadsheets run a text cell that begins like a formula. An apostrophe in front stops them; reading takes it off again, and
 * texts that already look guarded get one more, so that writing and reading give the same text.
 */
const guardNeeded = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/
const guarded = /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

/** For text columns only: an amount such as `-12.50` must stay a number. */
export function guardedText(text: string): string {
  return guardNeeded.test(text) ? `'${text}` : text
}

export function unguarded(text: string): string {
  return text.charCodeAt(0) === 39 && guarded.test(text) ? text.slice(1) : text
}
