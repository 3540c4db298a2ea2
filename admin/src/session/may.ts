import { useMemo } from 'react';
import { usePermissions } from 'react-admin';
import type { Viewer } from './viewer.ts';

export type Permission = Viewer['permissions'][number]['permission'];

/** What is held, and in which programs; null: in all. */
export type Held = ReadonlyMap<Permission, readonly string[] | null>;

/** Whether something is permitted, in a program or, with none named, somewhere. */
export type May = (permission: Permission, program?: string) => boolean;

export function mayBy(held: Held): May {
  return (permission, program) => {
    const programs = held.get(permission);
    if (programs === undefined) return false;
    return programs === null || program === undefined || programs.includes(program);
  };
}

export const heldBy = ({ permissions }: Pick<Viewer, 'permissions'>): Held =>
  new Map(permissions.map(({ permission, programs }) => [permission, programs]));

const NOTHING: Held = new Map();

/** What the signed-in one may do; nothing, until it is known. The server decides again about every act. */
export function useMay(): May {
  const { permissions } = usePermissions<Held>();
  return useMemo(() => mayBy(permissions ?? NOTHING), [permissions]);
}
