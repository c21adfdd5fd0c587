import { recon } from '../../../recon.ts'

export const dynamic = 'force-dynamic'
export const runtime = 'nodejs'

const handle = (request: Request): Promise<Response> => recon.handler(request)

export { handle as GET, handle as HEAD, handle as POST }
