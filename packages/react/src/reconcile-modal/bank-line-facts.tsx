import type { BankLine } from '@recon/core'
import { plainWords } from '../messages/reason-messages.ts'
import { Amount } from '../parts/amount.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import type { KeyIdentifier } from './key-identifier.ts'

/** The bank's side: amount, identifiers as the bank gave them, and its own words. */
export function BankLineFacts({ line, identifier }: { readonly line: BankLine; readonly identifier: KeyIdentifier }) {
  const { messages, format } = useRecon()
  const words = messages.reconcile
  const labels = words.keyIdentifier as Readonly<Record<string, string>>
  const key = line.references[identifier.bank]
  const { bankReference, remittanceText } = line.references
  const instrument = line.instrument === undefined ? undefined : messages.instrument[line.instrument]
  return (
    <dl className="recon-facts">
      <Fact label={words.booked}>{format.date(line.bookingDate)}</Fact>
      {line.valueDate === undefined || line.valueDate === line.bookingDate ? null : (
        <Fact label={words.valueDate}>{format.date(line.valueDate)}</Fact>
      )}
      {instrument === undefined ? null : (
        <Fact label={messages.desk.column.instrument}>
          {line.transactionCode === undefined ? instrument : `${instrument}, ${line.transactionCode}`}
        </Fact>
      )}
      {key === undefined ? null : (
        <Fact label={labels[identifier.bank] ?? plainWords(identifier.bank)}>
          <mark className="recon-key-identifier">{key}</mark>
        </Fact>
      )}
      {bankReference === undefined || identifier.bank === 'bankReference' ? null : (
        <Fact label={words.bankReference}>
          <span className="recon-code">{bankReference}</span>
        </Fact>
      )}
      {line.returnCode === undefined ? null : (
        <Fact label={words.returnCode}>
          <span className="recon-code">{line.returnCode}</span>
          {messages.returnCode[line.returnCode] === undefined ? null : ` ${messages.returnCode[line.returnCode]}`}
        </Fact>
      )}
      {line.originalAmount === undefined ? null : (
        <Fact label={words.originalAmount}>
          <Amount value={line.originalAmount} />
        </Fact>
      )}
      {line.account === undefined ? null : <Fact label={messages.desk.column.account}>{line.account}</Fact>}
      {remittanceText === undefined ? null : <Fact label={words.text}>{remittanceText}</Fact>}
    </dl>
  )
}

export function Fact({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className="recon-fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
