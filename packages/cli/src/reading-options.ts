import { type FormatName, formatNames, type ParseOptions } from '@recon/formats'
import { listOption, type OptionValues, textOption, UsageProblem } from './command.ts'

/** How bank files are read, from the options `match` and `parse` share. @throws UsageProblem */
export function readingOptions(values: OptionValues): ParseOptions {
  const format = textOption(values, 'format')
  if (format !== undefined && !isFormat(format)) {
    throw new UsageProblem(`--format ${format}: there are ${formatNames.join(', ')}.`)
  }
  const order = textOption(values, 'date-order')
  if (order !== undefined && order !== 'DMY' && order !== 'MDY' && order !== 'YMD') {
    throw new UsageProblem(`--date-order ${order}: there are DMY, MDY, YMD.`)
  }
  const batches = textOption(values, 'batches')
  if (batches !== undefined && batches !== 'payments' && batches !== 'bookings') {
    throw new UsageProblem(`--batches ${batches}: there are payments, bookings.`)
  }
  const account = textOption(values, 'account')
  const currency = textOption(values, 'currency')
  const profile = textOption(values, 'profile')
  const tolerate = listOption(values, 'tolerate').map((code) => (code === 'ALL' ? '*' : code))
  return {
    ...(format === undefined ? {} : { format }),
    ...(order === undefined ? {} : { dateOrder: order }),
    ...(batches === undefined ? {} : { batches }),
    ...(account === undefined ? {} : { account }),
    ...(currency === undefined ? {} : { currency }),
    ...(profile === undefined ? {} : { profile }),
    ...(tolerate.length === 0 ? {} : { tolerate }),
  }
}

function isFormat(name: string): name is FormatName {
  return (formatNames as readonly string[]).includes(name)
}
