// Options of a case, as the engine's policy. Every key of the schema maps to a setting; nothing looks at a case's id.
import { matchPolicy } from '../../packages/core/src/index.ts'

const unlimited = { minimum: 0, maximum: null, direction: 'EITHER' }
const directions = { either: 'EITHER', 'ledger-before-bank': 'ENTRY_FIRST', 'bank-before-ledger': 'LINE_FIRST' }
const referenceModes = {
  'must-match': 'MUST_AGREE',
  'must-be-set-and-match': 'MUST_BE_SET_AND_AGREE',
  contained: 'CONTAINED',
  fuzzy: 'FUZZY',
  optional: 'EVIDENCE',
  ignore: 'IGNORE',
  'required-if-no-counterparty': 'REQUIRED_WITHOUT_COUNTERPARTY',
}
const textFields = {
  label: 'remittanceText',
  text: 'remittanceText',
  reference: 'endToEndId',
  ref: 'endToEndId',
  note: 'customerReference',
  transactionId: 'bankReference',
  checkNumber: 'checkNumber',
  invoiceNumber: 'structuredReference',
}

/** Settings an opinion may need beyond those its case states, by the name of the policy setting. */
export const opinionSettings = {
  'amounts.acceptOverpayment': { amounts: { acceptOverpayment: true } },
  'amounts.beyondTolerance PROPOSE': { amounts: { beyondTolerance: 'PROPOSE' } },
  'deduplication.idBeyondWindow false': { deduplication: { idBeyondWindow: false } },
  'groups.partial': { groups: { partial: true } },
  'tieBreak OLDEST': { tieBreak: 'OLDEST' },
  'tieBreak NEWEST': { tieBreak: 'NEWEST' },
  'references.mode IGNORE': { references: { mode: 'IGNORE' } },
  'references.mode CONTAINED': { references: { mode: 'CONTAINED' } },
  'counterparty MUST_AGREE': { counterparty: 'MUST_AGREE' },
  'account IGNORE': { account: 'IGNORE' },
  'passes none': { passes: [] },
}

export function toDecimal(value, scale = 0) {
  const text = String(value)
  const plain = /e/i.test(text) ? Number(value).toFixed(12) : text
  return scale === 0 ? plain : shift(plain, scale)
}

/** The decimal string times ten to the power of `places`. */
export function shift(text, places) {
  const negative = text.startsWith('-')
  const [whole, fraction = ''] = text.replace(/^[-+]/, '').split('.')
  const digits = whole + fraction.padEnd(places, '0')
  const point = whole.length + places
  const shifted = `${digits.slice(0, point).replace(/^0+(?=\d)/, '')}.${digits.slice(point)}`.replace(/\.$/, '')
  return (negative ? '-' : '') + shifted.replace(/^\./, '0.')
}

export function toWindow(window) {
  if (window === undefined || window === 'off') return undefined
  const unit = window.businessDays === undefined ? 'CALENDAR' : 'BUSINESS'
  const days = window.days ?? window.businessDays ?? window.maxDays ?? null
  const exclusive = window.inclusive === false && days !== null ? 1 : 0
  return {
    minimum: (window.minDays ?? 0) + (window.minDays !== undefined && window.inclusive === false ? 1 : 0),
    maximum: days === null ? null : Math.max(0, days - exclusive),
    direction: directions[window.direction ?? 'either'] ?? 'EITHER',
    unit,
  }
}

export function toTolerance(tolerance, scale = 0) {
  if (tolerance === undefined) return undefined
  if (tolerance === 'off') return { absolute: '999999999999999' }
  return {
    ...(tolerance.abs === undefined ? {} : { absolute: toDecimal(tolerance.abs, scale) }),
    ...(tolerance.pct === undefined ? {} : { fraction: toDecimal(tolerance.pct) }),
    ...(tolerance.pctOf === undefined ? {} : { fractionOf: tolerance.pctOf === 'bank' ? 'LINE' : 'ENTRY' }),
    ...(tolerance.combine === undefined ? {} : { combine: tolerance.combine === 'smaller' ? 'SMALLER' : 'LARGER' }),
    ...(tolerance.inclusive === undefined ? {} : { inclusive: tolerance.inclusive }),
    ...(tolerance.onlySameDay === undefined ? {} : { onlySameDay: tolerance.onlySameDay }),
  }
}

/** `tolerance(abs 0.50, 2%, 2 days)` as options of its own; the widest of several passes holds for the run. */
function optionsOfPasses(passes) {
  const merged = {}
  for (const pass of passes) {
    const text = typeof pass === 'string' ? pass : JSON.stringify(pass)
    const abs = /abs\s+([\d.]+)/i.exec(text)?.[1]
    const percent = /([\d.]+)\s*%/.exec(text)?.[1]
    const days = /(\d+)\s*days?/i.exec(text)?.[1]
    if (abs !== undefined || percent !== undefined) {
      merged.amountTolerance = {
        ...(abs === undefined ? {} : { abs }),
        ...(percent === undefined ? {} : { pct: Number(percent) / 100 }),
        combine: 'larger',
      }
    }
    if (days !== undefined) merged.dateWindow = { days: Number(days) }
  }
  return merged
}

function aliasMap(aliases) {
  if (aliases === undefined) return {}
  if (!Array.isArray(aliases)) {
    return Object.fromEntries(
      Object.entries(aliases).flatMap(([name, value]) =>
        Array.isArray(value) ? value.map((alias) => [alias, name]) : [[name, String(value)]],
      ),
    )
  }
  return Object.fromEntries(
    aliases.flatMap((alias) => {
      if (Array.isArray(alias)) return [[String(alias[0]), String(alias[1])]]
      if (typeof alias === 'string') return alias.includes('=') ? [alias.split('=').map((part) => part.trim())] : []
      const names = Object.values(alias).flat().map(String)
      return names.slice(0, -1).map((name) => [name, names.at(-1)])
    }),
  )
}

function windowsOf(options, synthetic) {
  const stated = toWindow(options.dateWindow)
  const reference = toWindow(options.referenceWindow)
  if (synthetic && stated === undefined) {
    const open = { amountOnly: unlimited, withName: unlimited, withReference: unlimited, withCheckNumber: unlimited }
    return { dates: open, automatic: { dateWindow: unlimited, checkDateWindow: unlimited } }
  }
  if (stated === undefined)
    return reference === undefined ? {} : { dates: { withReference: reference, withCheckNumber: reference } }
  const named = reference ?? stated
  const check = options.checkNumber === 'overrides-date' ? unlimited : named
  return {
    dates: { amountOnly: stated, withName: stated, withReference: named, withCheckNumber: check },
    automatic: { dateWindow: named, checkDateWindow: check },
    groups: { dateWindow: stated },
  }
}

function merge(base, over) {
  const merged = { ...base }
  for (const [key, value] of Object.entries(over ?? {})) {
    const plain = typeof value === 'object' && value !== null && !Array.isArray(value)
    merged[key] = plain && typeof merged[key] === 'object' ? merge(merged[key], value) : value
  }
  return merged
}

/** The policy of one case. `scale` shifts absolute limits where amounts are finer than the currency's minor unit. */
export function casePolicy(testCase, scale, over) {
  const items = [...(testCase.bank ?? []), ...(testCase.ledger ?? [])]
  const options = { ...optionsOfPasses(testCase.options.passes ?? []), ...testCase.options }
  const synthetic = items.some((item) => item.dateSynthetic === true)
  const tolerance = toTolerance(toleranceOf(options, items), scale)
  const amountsAlone = options.onlyAmountCompared === true
  const mode = amountsAlone ? 'IGNORE' : referenceModes[options.reference]
  const { deduplication: _deduplication, ...settings } = over
  const input = {
    name: 'match-case',
    ...(options.rules !== undefined && options.rules.length === 0 ? { passes: [] } : {}),
    ...(options.currency === 'ignore'
      ? { currency: 'IGNORE' }
      : options.currency === 'base'
        ? { currency: 'CONVERTED' }
        : {}),
    ...(options.account === 'must-match' ? { account: 'MUST_AGREE' } : {}),
    ...(options.counterparty === 'must-match' ? { counterparty: 'MUST_AGREE' } : {}),
    ...(options.tieBreak === undefined ? {} : { tieBreak: options.tieBreak === 'newest' ? 'NEWEST' : 'OLDEST' }),
    ...(options.aliases === undefined ? {} : { aliases: aliasMap(options.aliases) }),
    references: {
      ...(mode === undefined ? {} : { mode }),
      ...(options.caseSensitive === undefined ? {} : { caseSensitive: options.caseSensitive }),
      ...(options.minDigits === undefined ? {} : { minimumDigits: options.minDigits }),
      ...(options.fuzzyMaxEditShare === undefined ? {} : { fuzzyShare: options.fuzzyMaxEditShare }),
      ...(options.stripFront === undefined ? {} : { stripFront: options.stripFront }),
      ...(options.stripBackZeros === undefined ? {} : { stripBackZeros: Boolean(options.stripBackZeros) }),
      ...(options.lookalikes === undefined ? {} : { lookalikes: options.lookalikes }),
      ...(options.textFields === undefined
        ? {}
        : { lineFields: [...new Set(options.textFields.map((field) => textFields[field] ?? 'remittanceText'))] }),
    },
    amounts: {
      ...(tolerance === undefined ? {} : { tolerance, beyondTolerance: options.allowPartial ? 'PROPOSE' : 'REFUSE' }),
    },
    groups: {
      ...(options.allowOneToMany === undefined ? {} : { oneToMany: options.allowOneToMany }),
      ...(options.allowOneToMany || options.allowManyToOne ? { minimumBits: -64 } : {}),
      ...(options.allowManyToOne === undefined ? {} : { manyToOne: options.allowManyToOne }),
      ...(options.mixedSigns === undefined ? {} : { mixedSigns: options.mixedSigns }),
      ...(options.allowPartial === undefined ? {} : { partial: options.allowPartial }),
      ...(options.groupBy === 'given' ? { search: false } : {}),
      fee: feeOf(options, scale),
    },
  }
  const windows = windowsOf(options, synthetic || amountsAlone)
  return matchPolicy(merge(merge(input, windows), settings))
}

function feeOf(options, scale) {
  const allowance = options.feeAllowance
  if (allowance === undefined) return {}
  if (typeof allowance !== 'object') return { absolute: toDecimal(allowance, scale) }
  return {
    ...(allowance.abs === undefined ? {} : { absolute: toDecimal(allowance.abs, scale) }),
    ...(allowance.pct === undefined ? {} : { fraction: toDecimal(allowance.pct) }),
  }
}

/** An allowance for fees holds for single items too; a gross amount says what the fee was. */
function toleranceOf(options, items) {
  if (options.amountTolerance !== undefined) return options.amountTolerance
  const allowance = options.feeAllowance
  if (allowance !== undefined) return typeof allowance === 'object' ? allowance : { abs: String(allowance) }
  const fees = items
    .filter((item) => item.grossAmount != null && item.amount != null)
    .map((item) => Math.abs(Number(item.grossAmount) - Number(item.amount)))
  return fees.length === 0 ? undefined : { abs: Math.max(...fees).toFixed(6) }
}
