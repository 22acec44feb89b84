import type { FactoryProvider } from '@nestjs/common';
import type { Role } from './process-card';
import { ProcessRegistry } from './process-registry';

/** Says, among the providers of a module, what a process does that has the module. */
export function takesRole(role: Role): FactoryProvider<Role> {
  return {
    provide: Symbol(role),
    inject: [ProcessRegistry],
    useFactory: (processRegistry: ProcessRegistry) => {
      processRegistry.takeRole(role);
      return role;
    },
  };
}
