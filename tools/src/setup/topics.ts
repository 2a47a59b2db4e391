import { kafkaConfig, commandConfig } from '@shop/config';
import { createTopics } from '@shop/messaging/topics';

/** Creates the topics that are missing. */
const { KAFKA_BROKERS } = commandConfig('setup topics', kafkaConfig);
await createTopics(KAFKA_BROKERS, { log: (line) => console.log(line) });
