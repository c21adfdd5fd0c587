import type { Contract, Routes } from '@recon/client'
import type { Decision } from '@recon/core'
import type * as z from 'zod'
import type { PortalVisitor } from '../portal/portal-session-store.ts'
import type { Ambience, UnitOfWork } from '../store/unit-of-work.ts'

/** What an endpoint's function gets: an open transaction of the caller's tenant, and the parsed input. */
export interface Call<Input> {
  readonly unit: UnitOfWork
  readonly input: Input
  readonly request: Request
  readonly ambience: Ambience
  /** The client's contact, on routes of the portal. */
  readonly visitor?: PortalVisitor
}

type Field<Of, Name extends string> = Of extends { readonly [Key in Name]: infer Part } ? Part : undefined
type Parsed<Part> = Part extends z.ZodType ? z.output<Part> : object
type InputOf<Of> = Parsed<Field<Of, 'params'>> & Parsed<Field<Of, 'query'>> & Parsed<Field<Of, 'body'>>

/** Answers may be made of readonly parts; the wire does not care. */
export type Frozen<Value> = Value extends (infer Item)[]
  ? readonly Frozen<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Frozen<Value[Key]> }
    : Value
type OutputOf<Of> = Field<Of, 'response'> extends z.ZodType ? Frozen<z.output<Field<Of, 'response'>>> : Response

type HandlerOf<Of, Decides> = (
  call: Call<InputOf<Of>>,
) => Promise<(Decides extends true ? Decision<OutputOf<Of>> : OutputOf<Of>) | Response>
type DecidesOf<Of> = Of extends { readonly decides: infer Value } ? Value : false

/** One function per route: a route without its function does not compile. */
export type Handlers = {
  readonly [Group in keyof Routes]: {
    readonly [Name in keyof Routes[Group] & keyof Contract[Group]]: HandlerOf<
      Contract[Group][Name],
      DecidesOf<Routes[Group][Name]>
    >
  }
}

/** A handler with its types forgotten, as the router calls it. */
export type AnyHandler = (call: Call<never>) => Promise<unknown>
