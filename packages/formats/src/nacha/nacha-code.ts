/** Return reasons of the Nacha Operating Rules (Appendix Four), for telling known from unknown; unknown ones are kept. */
export const returnReasons: ReadonlySet<string> = new Set(
  (
    'R01 R02 R03 R04 R05 R06 R07 R08 R09 R10 R11 R12 R13 R14 R15 R16 R17 R18 R19 R20 R21 R22 R23 R24 R25 R26 R27 R28 R29 R30 ' +
    'R31 R32 R33 R34 R35 R36 R37 R38 R39 R40 R41 R42 R43 R44 R45 R46 R47 R50 R51 R52 R53 R61 R62 R67 R68 R69 R70 R71 R72 R73 ' +
    'R74 R75 R76 R77 R80 R81 R82 R83 R84 R85'
  ).split(' '),
)

/** Dishonored returns (R61 to R70) come from the sender's bank, contested ones (R71 to R77) from the receiver's. */
export function isDispute(reason: string): boolean {
  return reason >= 'R61' && reason <= 'R77'
}

/** Reasons of notifications of change and of their refusals, with what the corrected data holds. */
export const changeReasons: Readonly<Record<string, string>> = {
  C01: 'account number',
  C02: 'routing number',
  C03: 'routing and account number',
  C04: 'receiver name',
  C05: 'transaction code',
  C06: 'account number and transaction code',
  C07: 'routing number, account number and transaction code',
  C08: 'receiving bank',
  C09: 'individual identification number',
  C13: 'addenda format',
  C14: 'SEC code for outbound international payment',
  C61: 'refused: misrouted',
  C62: 'refused: trace number wrong',
  C63: 'refused: company number wrong',
  C64: 'refused: identification number wrong',
  C65: 'refused: corrected data wrong',
  C66: 'refused: corrected data wrong',
  C67: 'refused: routing number wrong',
  C68: 'refused: not an IAT entry',
  C69: 'refused: field wrong',
}

/** Transaction types of an international entry's first addenda (IAT, record 10). */
export const internationalTypes: ReadonlySet<string> = new Set(
  'ANN ARC BOC BUS DEP LOA MIS MOR MTE PEN POP POS RCK REM RLS SAL SHR TAX TEL WEB'.split(' '),
)

/** The direction of an entry by its transaction code, seen from the account it names. */
export function entryDirection(code: string): 'CREDIT' | 'DEBIT' | undefined {
  if (!/^[2-58]\d$/.test(code)) return undefined
  const last = Number(code[1])
  if (code[0] === '8') return last >= 1 && last <= 8 ? (last % 2 === 1 ? 'CREDIT' : 'DEBIT') : undefined
  if (code === '55') return 'DEBIT'
  if (last >= 1 && last <= 4) return 'CREDIT'
  return last >= 6 && last <= 9 ? 'DEBIT' : undefined
}

/** Prenotes and zero-dollar entries carry no money. */
export function isNonMonetary(code: string): boolean {
  return code[0] !== '8' && /[3489]$/.test(code)
}
