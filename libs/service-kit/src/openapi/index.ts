export { defaultsOf, documentService } from './document-service.ts';
export { openApi } from './open-api.ts';
