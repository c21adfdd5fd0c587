import { actionFr, cashDeskFr, deskFr, doneFr, frameFr, keysFr } from './desk-words-fr.ts'
import { mappingFr } from './mapping-words-fr.ts'
import type { Messages } from './messages.ts'
import { portalFr } from './portal-words-fr.ts'
import { reasonFr, returnCodeFr, stepFr } from './reason-words-fr.ts'
import { activityFr, proofFr, reconcileFr, summaryFr, sweepFr } from './reconcile-words-fr.ts'
import { screensFr } from './screen-words-fr.ts'
import { collectionsFr, depositSourceFr, importFr, paymentsFr, runFr, treasuryFr } from './staff-words-fr.ts'

/** French. */
export const fr: Messages = {
  locale: 'fr',
  direction: 'ltr',
  frame: frameFr,
  desk: deskFr,
  action: actionFr,
  done: doneFr,
  scenario: {
    AUTO_RECONCILED: 'Rapprochée d’office',
    SYSTEM_MATCH: 'Correspondance',
    UNMATCHED: 'Sans correspondance',
    FAILED_PAYMENT: 'Paiement échoué',
    DUPLICATE: 'Doublon',
    AMOUNT_VARIANCE: 'Écart',
    SWEEP: 'Nivellement',
  },
  status: {
    OUTSTANDING: 'En attente',
    RECONCILED: 'Rapprochée',
    UNRECEIVED: 'Non reçue',
    FLAGGED: 'Signalée',
    ESCALATED: 'Transmise',
    AWAITING_JOURNAL: 'En attente d’écriture',
  },
  instrument: {
    WIRE: 'Virement',
    EFT: 'EFT',
    CHECK: 'Chèque',
    DIRECT_DEBIT: 'Prélèvement',
    SWEEP: 'Nivellement',
    CARD: 'Carte',
    CASH: 'Espèces',
    FEE: 'Frais',
    INTEREST: 'Intérêts',
    OTHER: 'Autre',
  },
  signal: {
    SOURCE_STATUS: 'Système source',
    SUPERSESSION: 'Ligne remplacée',
    RETURN_CODE: 'Code de rejet',
    IDENTIFIER: 'Identifiant',
    REFERENCE_TEXT: 'Libellé',
    AMOUNT: 'Montant',
    DATE: 'Date',
    NAME: 'Nom',
    COUNTERPARTY_ACCOUNT: 'Compte du tiers',
    ACCOUNT: 'Compte',
    INSTRUMENT: 'Moyen',
    STRUCTURE: 'Structure',
    GROUP_SUM: 'Somme du groupe',
  },
  verdict: {
    AGREES: 'concorde',
    CLOSE: 'proche',
    NEUTRAL: 'ne dit rien',
    DISAGREES: 'contredit',
    MISSING: 'absent',
  },
  reason: reasonFr,
  step: stepFr,
  returnCode: returnCodeFr,
  reconcile: reconcileFr,
  sweep: sweepFr,
  proof: proofFr,
  activity: activityFr,
  summary: summaryFr,
  keys: keysFr,
  cashDesk: cashDeskFr,
  portal: portalFr,
  payments: paymentsFr,
  depositSource: depositSourceFr,
  importing: importFr,
  mapping: mappingFr,
  run: runFr,
  collections: collectionsFr,
  treasury: treasuryFr,
  screens: screensFr,
}
