import type { ReasonMessages } from './messages.ts'

export const stepEn: Readonly<Record<string, string>> = {
  'leading-zeros': 'leading zeros',
  whitespace: 'white space',
  punctuation: 'punctuation',
  case: 'upper and lower case',
}

export const reasonEn: ReasonMessages = {}
