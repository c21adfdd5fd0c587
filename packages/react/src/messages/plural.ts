const rules = new Map<string, Intl.PluralRules>()
const numbers = new Map<string, Intl.NumberFormat>()

export interface PluralForms {
  readonly zero?: string
  readonly one?: string
  readonly two?: string
  readonly few?: string
  readonly many?: string
  readonly other: string
}

/** A count in words: the form the language asks for, with `#` replaced by the number as the language writes it. */
export function plural(locale: string, count: number, forms: PluralForms): string {
  let rule = rules.get(locale)
  if (rule === undefined) {
    rule = new Intl.PluralRules(locale)
    rules.set(locale, rule)
  }
  return (forms[rule.select(count)] ?? forms.other).replace('#', countText(locale, count))
}

export function countText(locale: string, count: number): string {
  let format = numbers.get(locale)
  if (format === undefined) {
    format = new Intl.NumberFormat(locale)
    numbers.set(locale, format)
  }
  return format.format(count)
}
