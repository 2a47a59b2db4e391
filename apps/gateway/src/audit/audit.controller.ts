import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuditedService, AuditPage, AuditQuery } from '@shop/contracts';
import { Priority, RequireScope } from '@shop/service-kit';
import { type Call, CurrentCall } from '../call.ts';
import { Answers } from '../docs/answers.ts';
import { forward } from '../forward.ts';
import { Upstreams } from '../upstreams.ts';

@ApiTags('Administration')
@RequireScope('admin')
@Controller('v1/admin/audit')
export class AuditController {
  constructor(private readonly upstreams: Upstreams) {}

  @Get(':service')
  @Priority('batch')
  @ApiOperation({ operationId: 'listAuditRecords', summary: 'What administrators did, newest first' })
  @Answers(200, 'A page of records', AuditPage)
  list(
    @Param('service', { schema: AuditedService }) service: AuditedService,
    @Query({ schema: AuditQuery }) _query: AuditQuery,
    @CurrentCall() call: Call,
  ) {
    return forward(this.upstreams[service], call);
  }
}
