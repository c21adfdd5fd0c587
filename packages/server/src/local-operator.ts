import type { Authorize } from './configuration.ts'

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Everybody who reaches the port is one operator with every staff role: for trying out on one's own machine, never for a
 * network. Requests that name another host are refused, so that a web page cannot reach the port by a DNS trick.
 */
export function localOperator(tenantId = 'local'): Authorize {
  return (request) =>
    loopbackNames.has(new URL(request.url).hostname)
      ? {
          tenantId,
          actorId: 'operator',
          roles: ['ADMIN', 'FINANCE', 'BOOKKEEPER', 'SENIOR_ACCOUNTANT', 'PLATFORM_ADMIN'],
        }
      : null
}
