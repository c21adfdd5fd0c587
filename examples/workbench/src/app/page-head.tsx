import type { ReactNode } from 'react'

/** Title and one line of facts at the left, what can be done at the right. */
export function PageHead(props: { readonly title: string; readonly note?: ReactNode; readonly children?: ReactNode }) {
  return (
    <header className="wb-head">
      <div>
        <h1>{props.title}</h1>
        {props.note === undefined ? null : <p>{props.note}</p>}
      </div>
      <div className="wb-actions">{props.children}</div>
    </header>
  )
}
