// the workbench lays out its own pages inside the root: the form that yields to a host's rules
import '@recon/react/styles.plain.css'
import './workbench.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Workbench } from './workbench.tsx'

const place = document.getElementById('workbench')
if (place === null) throw new Error('The page has no place for the workbench.')
createRoot(place).render(
  <StrictMode>
    <Workbench />
  </StrictMode>,
)
