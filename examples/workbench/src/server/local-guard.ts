import type { MiddlewareHandler } from 'hono'

const localNames = new Set(['localhost', '127.0.0.1', '[::1]'])

function hostName(host: string | undefined): string {
  return (host ?? '').replace(/:\d{1,5}$/, '').toLowerCase()
}

/** Browsers say in Sec-Fetch-Site where a request comes from; `Origin` is `null` for forms of pages without a referrer. */
function isOwnPage(site: string | undefined, origin: string | undefined): boolean {
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  return origin === undefined || localNames.has(hostName(origin.replace(/^https?:\/\//, '')))
}

/**
 * The workbench signs nobody in: it answers this machine only. Another site's page in the same browser must not reach it,
 * neither by a name that resolves to this machine (DNS rebinding) nor by a form it posts.
 */
export const localGuard: MiddlewareHandler = async (context, next) => {
  if (!localNames.has(hostName(context.req.header('host')))) {
    return context.text('The workbench answers localhost only.', 421)
  }
  const reads = context.req.method === 'GET' || context.req.method === 'HEAD'
  if (!reads && !isOwnPage(context.req.header('sec-fetch-site'), context.req.header('origin'))) {
    return context.text('Requests of other sites are not answered.', 403)
  }
  await next()
  context.header('x-content-type-options', 'nosniff')
  context.header('referrer-policy', 'no-referrer')
  if (!context.res.headers.has('content-security-policy')) {
    context.header(
      'content-security-policy',
      "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    )
  }
}
