import { type Client, createClient } from '@recon/client'
import type { Recon } from '@recon/server'

const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

/** Opens the link of a mail as a person's browser does, presses its one button, and comes back as that browser's client. */
export async function visitPortal(recon: Recon, mail: string): Promise<Client> {
  const link = /http\S+\/portal\/enter\/[\w-]+/.exec(mail)?.[0]
  if (link === undefined) throw new Error('The mail has no link.')
  const opened = await recon.handler(new Request(link))
  const nonce = /name="nonce" value="([^"]+)"/.exec(await opened.text())?.[1] ?? ''
  const entered = await recon.handler(
    new Request(link, {
      method: 'POST',
      headers: { cookie: cookiesOf(opened), 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ nonce }).toString(),
    }),
  )
  if (entered.status !== 303) throw new Error(`The link answered ${entered.status}.`)
  const session = cookiesOf(entered)
  return createClient({
    url: new URL(link).origin + new URL(link).pathname.replace(/\/portal\/.*/, ''),
    retries: 0,
    headers: { cookie: session },
    fetch: async (input, init) => recon.handler(new Request(input, init)),
  })
}
