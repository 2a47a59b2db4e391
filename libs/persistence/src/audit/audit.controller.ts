import { Controller, Get, Query, type Type } from '@nestjs/common';
import { AuditPage, AuditQuery } from '@shop/contracts';
import { ApiAnswer, RequireScope } from '@shop/service-kit';
import { Audit } from './audit.ts';

/** Shows a service's records to administrators, under the same path as the gateway does. */
export function auditController(service: string): Type {
  @Controller(`v1/admin/audit/${service}`)
  @RequireScope('admin')
  class AuditController {
    constructor(private readonly audit: Audit) {}

    @Get()
    @ApiAnswer(200, 'What administrators did, newest first', AuditPage)
    list(@Query({ schema: AuditQuery }) query: AuditQuery) {
      return this.audit.page(query);
    }
  }
  return AuditController;
}
