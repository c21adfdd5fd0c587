const letterR = 82

function isDigits(value: string): boolean {
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index)
    if (code < 48 || code > 57) return false
  }
  return value !== ''
}

/** Luhn's check digit of the first `length` digits. */
function luhnOf(digits: string, length: number): number {
  let sum = 0
  for (let index = 0; index < length; index++) {
    const digit = digits.charCodeAt(length - 1 - index) - 48
    const doubled = index % 2 === 0 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return (10 - (sum % 10)) % 10
}

/** The digit that makes `digits` valid by Luhn's rule (ISO/IEC 7812-1), as printed on Nordic payment slips. */
export function luhnDigit(digits: string): string {
  return String(luhnOf(digits, digits.length))
}

/** True for two or more digits whose last one is the Luhn digit of the others. */
export function isLuhn(value: string): boolean {
  return (
    value.length >= 2 &&
    value.length <= 40 &&
    isDigits(value) &&
    luhnOf(value, value.length - 1) === value.charCodeAt(value.length - 1) - 48
  )
}

/** The remainder by 97 of a number written with digits and letters (A = 10 .. Z = 35), as ISO 7064 MOD 97-10 reads it. */
export function mod97(value: string): number {
  let remainder = 0
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index)
    if (code >= 48 && code <= 57) remainder = (remainder * 10 + code - 48) % 97
    else if (code >= 65 && code <= 90) remainder = (remainder * 100 + code - 55) % 97
    else return -1
  }
  return remainder
}

/** True for an ISO 11649 creditor reference: `RF`, two check digits, up to 21 letters or digits; blanks removed, upper case. */
export function isCreditorReference(value: string): boolean {
  return /^RF\d{2}[A-Z0-9]{1,21}$/.test(value) && mod97(value.slice(4) + value.slice(0, 4)) === 1
}

/** True for an IBAN (ISO 13616): country, two check digits, up to 30 letters or digits; blanks removed, upper case. */
export function isIban(value: string): boolean {
  return /^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(value) && mod97(value.slice(4) + value.slice(0, 4)) === 1
}

const recursive = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5] as const

/** The check digit of the Swiss QR and ISR references: modulo 10, recursive. */
export function recursiveMod10Digit(digits: string): string {
  let carry = 0
  for (let index = 0; index < digits.length; index++)
    carry = recursive[(carry + digits.charCodeAt(index) - 48) % 10] ?? 0
  return String((10 - carry) % 10)
}

/** True for a Swiss QR reference: 27 digits, the last one by modulo 10 recursive (Swiss Implementation Guidelines QR-bill). */
export function isQrReference(value: string): boolean {
  return value.length === 27 && isDigits(value) && recursiveMod10Digit(value.slice(0, -1)) === value.slice(-1)
}

/**
 * What a reference says without its check digits: `RF18539007547034` gives `539007547034`, a QR reference its 26 digits without
 * zeros in front, a Luhn number its digits without the last. Undefined when no check digit is valid.
 */
export function withoutCheckDigits(value: string): string | undefined {
  if (value.charCodeAt(0) === letterR && isCreditorReference(value)) return value.slice(4)
  if (!isDigits(value)) return undefined
  if (value.length > 20 && value.length <= 27 && isQrReference(value.padStart(27, '0'))) return value.slice(0, -1)
  return value.length >= 5 && isLuhn(value) ? value.slice(0, -1) : undefined
}
