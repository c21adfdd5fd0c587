/** `__Host-`: only over TLS (or loopback), only this host, whole path, no domain: another site cannot plant it. */
export const sessionCookie = '__Host-recon-portal'
export const nonceCookie = '__Host-recon-nonce'

/** The value of a cookie; undefined when it is missing or comes twice. */
export function readCookie(request: Request, name: string): string | undefined {
  const header = request.headers.get('cookie') ?? ''
  if (header.length > 8192) return undefined
  const found = header
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
  const [only] = found
  return found.length === 1 && only !== undefined ? only.slice(name.length + 1) : undefined
}

export function writeCookie(name: string, value: string, seconds: number): string {
  return `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${seconds}`
}

/**
 * Whether a write comes from our own page. Browsers say so in Sec-Fetch-Site; older ones in Origin. A request with neither is
 * no browser's, and cannot carry a victim's cookie.
 */
export function isSameOrigin(request: Request, publicUrl: string): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = request.headers.get('origin')
  return origin === null || origin === new URL(publicUrl).origin
}
