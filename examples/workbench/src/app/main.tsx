import '@recon/react/styles.css'
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
