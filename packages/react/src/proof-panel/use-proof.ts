import { isZeroMoney, type Money, type RunProof } from '@recon/core'
import { plainWords } from '../messages/reason-messages.ts'
import { useRecon } from '../recon-root/recon-context.ts'

export interface ProofCause {
  readonly cause: string
  readonly label: string
  readonly amount: Money
  readonly count: number
}

/** The proof without markup: the causes of the difference in words, and whether they explain all of it. */
export function useProof(proof: RunProof | null) {
  const { messages } = useRecon()
  const words = messages.proof
  const causes: readonly ProofCause[] = (proof?.causes ?? []).map(({ cause, count, amount }) => ({
    cause,
    amount,
    count,
    label: `${words.cause[cause] ?? plainWords(cause)}, ${words.items(count)}`,
  }))
  return { causes, holds: proof === null ? null : isZeroMoney(proof.unexplained) }
}

export type ProofModel = ReturnType<typeof useProof>
