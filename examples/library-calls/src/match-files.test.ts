import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const example = join(import.meta.dirname, 'match-files.ts')

describe('the quick start', () => {
  it('shows the example as it is in the repository', () => {
    const guide = readFileSync(join(root, 'docs/guides/quick-start.md'), 'utf8')
    expect(guide).toContain(`\`\`\`ts\n${readFileSync(example, 'utf8')}\`\`\``)
  })

  it('prints what it says', () => {
    const answer = spawnSync(process.execPath, ['--conditions=recon-source', example], { encoding: 'utf8', cwd: root })
    expect(answer.stderr).toBe('')
    expect(answer.stdout).toMatch(/^\d+ of \d+ items reconciled\n/)
    expect(answer.stdout).toContain('FAILED_PAYMENT')
    expect(answer.stdout.match(/unexplained 0\.00/g)).toHaveLength(2)
  })
})
