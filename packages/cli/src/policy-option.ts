import { type MatchPolicy, matchPolicy, presets, ReconError } from '@recon/core'
import { UsageProblem } from './command.ts'
import { settingText } from './mapping-option.ts'

const presetPolicies: ReadonlyMap<string, MatchPolicy> = new Map(
  Object.values(presets).map((preset) => [preset.name, preset.policy]),
)

/**
 * The policy named by `--policy`: a preset, or a JSON file with any part of a policy.
 * @throws UsageProblem for an unknown name, ReconError POLICY_INVALID naming the setting
 */
export async function policyOption(value: string | undefined): Promise<MatchPolicy> {
  const name = value ?? 'cash-management'
  const preset = presetPolicies.get(name)
  if (preset !== undefined) return preset
  if (!name.endsWith('.json')) {
    throw new UsageProblem(`--policy ${name}: there are ${[...presetPolicies.keys()].join(', ')}, or a .json file.`)
  }
  const text = await settingText(name)
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw new ReconError('POLICY_INVALID', `${name} is not JSON.`, { cause, place: name })
  }
  return matchPolicy(parsed as Parameters<typeof matchPolicy>[0])
}
