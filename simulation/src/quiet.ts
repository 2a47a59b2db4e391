// Imported first: the services read it when they are loaded, and would log every fault of every schedule.
process.env['LOG_LEVEL'] ??= 'silent';
