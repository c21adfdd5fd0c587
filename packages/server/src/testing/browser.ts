import { type Client, createClient } from '@recon/client'
import { harnessUrl, type ReconHarness } from './recon-harness.ts'

/** A browser of the client: keeps cookies, follows nothing by itself. */
export interface Browser {
  readonly cookies: Map<string, string>
  readonly get: (url: string, method?: 'GET' | 'HEAD') => Promise<Response>
  /** Presses the button of the page behind a link. */
  readonly press: (url: string, page: string, headers?: Record<string, string>) => Promise<Response>
  /** Opens the link and presses its button. */
  readonly enter: (link: string) => Promise<Response>
  readonly client: Client
}

export function browser(harness: ReconHarness): Browser {
  const cookies = new Map<string, string>()
  const send = async (request: Request): Promise<Response> => {
    if (cookies.size > 0)
      request.headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await harness.recon.handler(request)
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const at = pair.indexOf('=')
      if (cookie.includes('Max-Age=0')) cookies.delete(pair.slice(0, at))
      else cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
  const get = (url: string, method: 'GET' | 'HEAD' = 'GET') => send(new Request(url, { method }))
  const press = (url: string, page: string, headers: Record<string, string> = {}) => {
    const nonce = /name="nonce" value="([^"]*)"/.exec(page)?.[1] ?? ''
    const to = /action="([^"]*)"/.exec(page)?.[1] ?? ''
    return send(
      new Request(new URL(to, url), {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', ...headers },
        body: new URLSearchParams({ nonce }).toString(),
      }),
    )
  }
  return {
    cookies,
    get,
    press,
    enter: async (link) => press(link, await (await get(link)).text()),
    client: createClient({
      url: harnessUrl,
      retries: 0,
      headers: { 'sec-fetch-site': 'same-origin' },
      fetch: (input, init) => send(new Request(input, init)),
    }),
  }
}
