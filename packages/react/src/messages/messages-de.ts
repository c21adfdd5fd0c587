import { actionDe, cashDeskDe, deskDe, doneDe, frameDe, keysDe } from './desk-words-de.ts'
import { mappingDe } from './mapping-words-de.ts'
import type { Messages } from './messages.ts'
import { portalDe } from './portal-words-de.ts'
import { reasonDe, returnCodeDe, stepDe } from './reason-words-de.ts'
import { activityDe, proofDe, reconcileDe, summaryDe, sweepDe } from './reconcile-words-de.ts'
import { screensDe } from './screen-words-de.ts'
import { collectionsDe, depositSourceDe, importDe, paymentsDe, runDe, treasuryDe } from './staff-words-de.ts'

/** German. */
export const de: Messages = {
  locale: 'de',
  direction: 'ltr',
  frame: frameDe,
  desk: deskDe,
  action: actionDe,
  done: doneDe,
  scenario: {
    AUTO_RECONCILED: 'Automatisch abgestimmt',
    SYSTEM_MATCH: 'Systemtreffer',
    UNMATCHED: 'Ohne Treffer',
    FAILED_PAYMENT: 'Fehlgeschlagen',
    DUPLICATE: 'Dublette',
    AMOUNT_VARIANCE: 'Abweichung',
    SWEEP: 'Cash-Pooling',
  },
  status: {
    OUTSTANDING: 'Offen',
    RECONCILED: 'Abgestimmt',
    UNRECEIVED: 'Nicht eingegangen',
    FLAGGED: 'Markiert',
    ESCALATED: 'Eskaliert',
    AWAITING_JOURNAL: 'Wartet auf Buchung',
  },
  instrument: {
    WIRE: 'Überweisung',
    EFT: 'EFT',
    CHECK: 'Scheck',
    DIRECT_DEBIT: 'Lastschrift',
    SWEEP: 'Pooling',
    CARD: 'Karte',
    CASH: 'Bar',
    FEE: 'Gebühr',
    INTEREST: 'Zinsen',
    OTHER: 'Sonstige',
  },
  signal: {
    SOURCE_STATUS: 'Quellsystem',
    SUPERSESSION: 'Ersetzte Zeile',
    RETURN_CODE: 'Rückgabegrund',
    IDENTIFIER: 'Kennung',
    REFERENCE_TEXT: 'Verwendungszweck',
    AMOUNT: 'Betrag',
    DATE: 'Datum',
    NAME: 'Name',
    COUNTERPARTY_ACCOUNT: 'Konto der Gegenpartei',
    ACCOUNT: 'Konto',
    INSTRUMENT: 'Zahlungsart',
    STRUCTURE: 'Pooling-Struktur',
    GROUP_SUM: 'Summe der Gruppe',
  },
  verdict: {
    AGREES: 'stimmt überein',
    CLOSE: 'ähnlich',
    NEUTRAL: 'sagt nichts',
    DISAGREES: 'widerspricht',
    MISSING: 'fehlt',
  },
  reason: reasonDe,
  step: stepDe,
  returnCode: returnCodeDe,
  reconcile: reconcileDe,
  sweep: sweepDe,
  proof: proofDe,
  activity: activityDe,
  summary: summaryDe,
  keys: keysDe,
  cashDesk: cashDeskDe,
  portal: portalDe,
  payments: paymentsDe,
  depositSource: depositSourceDe,
  importing: importDe,
  mapping: mappingDe,
  run: runDe,
  collections: collectionsDe,
  treasury: treasuryDe,
  screens: screensDe,
}
