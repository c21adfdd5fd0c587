import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface ProcessRun {
  readonly wall: number
  /** Peak resident memory in MiB, as Linux counts it; 0 elsewhere. */
  readonly peak: number
  readonly output: string
  readonly code: number | null
}

/** Runs a command to its end; output is kept only in part unless `keep`. */
export function measuredProcess(
  command: string,
  args: readonly string[],
  options: { readonly keep?: boolean } = {},
): Promise<ProcessRun> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let peak = 0
    const sample = (): void => {
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
        peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
      } catch {
        // The process has ended, or this is not Linux.
      }
    }
    const timer = setInterval(sample, 15)
    let output = ''
    let errors = ''
    child.stdout.on('data', (chunk: Buffer) => {
      if (options.keep || output.length < 200) output += chunk.toString('latin1', 0, options.keep ? undefined : 200)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      if (errors.length < 4000) errors += chunk.toString()
    })
    child.on('error', reject)
    child.on('close', (code) => {
      clearInterval(timer)
      if (code !== 0) reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${errors}`))
      else resolve({ wall: performance.now() - start, peak, output, code })
    })
  })
}
