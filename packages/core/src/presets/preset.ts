import type { MatchPolicy } from '../matching/match-policy.ts'
import type { Desk, Role } from '../review/permission.ts'
import type { ReviewSettings } from '../review/review-settings.ts'

/** One of the five systems, ready to use: how it matches, how its items are worked, by whom, and what it says. */
export interface Preset {
  /** Kebab-case. */
  readonly name: string
  readonly desk: Desk
  readonly policy: MatchPolicy
  readonly settings: ReviewSettings
  /** Names of the machines in use (see docs/machines.md). */
  readonly machines: readonly string[]
  readonly roles: readonly Role[]
  /** The words of this system in English, by key; a host or a language pack replaces them. */
  readonly messages: Readonly<Record<string, string>>
}
