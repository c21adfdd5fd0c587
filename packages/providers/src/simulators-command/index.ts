#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { type ServeOptions, serveSimulators, simulatorNames, simulatorSecret } from '../testing/serve-simulators.ts'

const usage = `recon-simulators [NAME...] [--port N] [--webhooks URL] [--copies N]

  NAME         ${simulatorNames.join(', ')}; all of them where absent
  --port       the first port, the others follow; 4500 where absent
  --webhooks   where webhooks go, with {provider} in it: http://localhost:3000/recon/webhooks/{provider}/tenant-1
  --copies     how often each webhook is delivered although it was accepted; 1 where absent

Drive a simulator with POST URL/_simulator/CONTROL and a JSON array of arguments; GET URL/_simulator lists the controls.`

function optionsOf(words: readonly string[]): ServeOptions | string {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '4500' },
      webhooks: { type: 'string' },
      copies: { type: 'string', default: '1' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) return usage
  const names = simulatorNames.filter((name) => positionals.includes(name))
  const port = Number(values.port)
  const copies = Number(values.copies)
  const sound = Number.isInteger(port) && port >= 0 && port < 65_500 && Number.isInteger(copies) && copies > 0
  if (!sound || names.length !== positionals.length) return usage
  if (values.webhooks !== undefined && !URL.canParse(values.webhooks.replaceAll('{provider}', 'x'))) return usage
  return {
    ...(names.length === 0 ? {} : { names }),
    ...(port === 0 ? {} : { port }),
    ...(values.webhooks === undefined ? {} : { webhooks: values.webhooks }),
    copies,
  }
}

const options = optionsOf(process.argv.slice(2))
if (typeof options === 'string') {
  console.error(options)
  process.exitCode = 2
} else {
  const running = await serveSimulators(options)
  for (const { name, url, controls } of running.served) console.log(`${name}  ${url}\n  ${controls.join(' ')}`)
  console.log(`Webhooks are signed with "${simulatorSecret}". Stop with Ctrl+C.`)
  const stop = () => void running.close().then(() => process.exit(0))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}
